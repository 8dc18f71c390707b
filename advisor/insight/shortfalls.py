"""What keeps rules from firing: the premises that failed or are not known, and how far each rule is from firing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from advisor.assessment.answer_items import answer_in_words
from advisor.inference.facts import Facts
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test
from advisor.knowledge.premises import Any as AnyOf
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("insight")

NEAREST = 3
"""How many rules are named for a finding."""
UNKNOWN_COUNTS = 0.5
"""What a premise that is not known counts beside one that failed, when the nearest rule is looked for."""
DEEP = 3
"""How many findings deep the reasons are followed."""


@dataclass(frozen=True)
class Shortfall:
    """One premise that stands in a rule's way: it failed, or its answer is not known; ``because`` leads on where another
    finding is what is missing."""

    premise: Text
    stands: Text | None
    unknown: bool
    because: tuple[RuleShort, ...] = ()


@dataclass(frozen=True)
class RuleShort:
    """A rule that did not fire, what is in its way and how far it is from firing."""

    rule: str
    text: Text
    sources: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    distance: float


class Shortfalls:
    """What keeps rules from firing for one firm, given everything inferred about it."""

    def __init__(self, knowledge: Knowledge, answers: Answers, facts: Facts) -> None:
        self.knowledge, self.answers, self.facts = knowledge, answers, facts

    def rules_for(self, finding: str, depth: int = 0) -> tuple[RuleShort, ...]:
        """The rules that would draw a finding, the nearest to firing first."""
        shorts = [self.rule(rule, depth) for rule in self.knowledge.makers.get(finding, ())]
        return tuple(sorted(shorts, key=lambda short: (short.distance, short.rule))[:NEAREST])

    def rule(self, rule: CompiledRule, depth: int = 0) -> RuleShort:
        """What is in one rule's way."""
        short = tuple(self._of(rule.premise, False, depth))
        distance = sum(UNKNOWN_COUNTS if s.unknown else 1.0 for s in short)
        return RuleShort(rule.id, rule.rule.text, tuple(rule.rule.sources), short, distance)

    def _of(self, premise: Premise, negated: bool, depth: int) -> Iterator[Shortfall]:
        truth = premise.holds(self.facts, negated)
        if truth is True:
            return
        match premise:
            case Not(part):
                yield from self._of(part, not negated, depth)
            case All(parts) | AnyOf(parts) if isinstance(premise, All) != negated:
                for part in parts:
                    yield from self._of(part, negated, depth)
            case All(parts) | AnyOf(parts):
                ways = [list(self._of(part, negated, depth)) for part in parts]
                yield from min(ways, key=lambda way: sum(UNKNOWN_COUNTS if s.unknown else 1.0 for s in way))
            case Found(finding):
                further = () if negated or depth >= DEEP else self.rules_for(finding, depth + 1)
                yield Shortfall(_in_words(premise, self.knowledge, negated), None, truth is None, further)
            case Test():
                yield Shortfall(_in_words(premise, self.knowledge, negated), self._stands(premise), truth is None)

    def _stands(self, test: Test) -> Text | None:
        """The answer as it is, in words."""
        if test.fact == MODEL_FACT:
            models = self.facts.value(MODEL_FACT)
            kinds = self.knowledge.models.kinds
            names = [kinds[name].label for name in kinds if isinstance(models, frozenset) and name in models]
            return None if not names else Text(zh="、".join(n.zh for n in names), en=", ".join(n.en for n in names))
        band = self.knowledge.bands.get(test.fact)
        name = band.of if band else test.fact
        if not self.facts.applies(name):
            return phrase("why_not.does_not_apply")
        return answer_in_words(self.answers.given.get(name), self.knowledge.facts[name])


@lru_cache(maxsize=5000)
def _in_words(premise: Premise, knowledge: Knowledge, negated: bool) -> Text:
    """A premise, or its opposite, as a sentence; the same for every firm, and so worked out once."""
    sentence = Not(premise) if negated else premise
    return Text(zh=premise_in_words(sentence, knowledge, "zh"), en=premise_in_words(sentence, knowledge, "en"))
