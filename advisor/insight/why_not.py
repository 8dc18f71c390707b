"""Why not: for anything not concluded, the nearest rules and exactly which of their premises failed or are not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.model.insight import NearMissItem
from advisor.assessment.outlook import HURDLE_KINDS, VerdictOutlook, verdict_outlook
from advisor.assessment.verdict import VERDICTS, least_for, verdict_name
from advisor.errors import InputError, nearest
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import Facts, FactTable
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test, leaves
from advisor.knowledge.premises import Any as AnyOf
from advisor.knowledge.schema import VerdictName
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("insight")

NEAREST = 3
"""How many rules are named for a finding."""
UNKNOWN_COUNTS = 0.5
"""What a premise that is not known counts beside one that failed, when the nearest rule is looked for."""
NEAR_KINDS = ("blocker", "condition", "lighter", "risk", "misconception")
"""The kinds of finding a report names where they were nearly drawn, gravest first."""
NEAR_MISSES = 8
DEEP = 3
"""How many findings deep the reasons are followed."""
HINDERING: dict[VerdictName, tuple[str, ...]] = {
    "feasible": ("blocker", "condition", "lighter"),
    "conditional": ("blocker", "lighter"),
    "not_yet": ("lighter",),
    "not_needed_now": (),
}
"""The kinds of finding that keep a firm from each verdict."""


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


@dataclass(frozen=True)
class WhyNot:
    """Why something was not concluded: the nearest rules, nearest first; for a verdict, what keeps the firm from it."""

    target: str
    title: Text
    rules: tuple[RuleShort, ...] = ()
    hindrances: tuple[Text, ...] = ()
    findings: tuple[str, ...] = ()


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


def why_not(knowledge: Knowledge, answers: Answers, facts: Facts, target: str) -> WhyNot:
    """Why ``target``, a finding or a verdict, was not concluded; ``facts`` are those of the firm's inference.

    Raises :class:`~advisor.errors.InputError` where there is no such thing, or it was concluded.
    """
    for verdict in VERDICTS:
        if target == verdict:
            return _why_not_verdict(knowledge, answers, verdict)
    if rule := knowledge.rules_by_id.get(target):
        if rule.premise.holds(facts):
            raise InputError("was_concluded", name=target)
        short = Shortfalls(knowledge, answers, facts).rule(rule)
        return WhyNot(target, rule.rule.text, (short,))
    if target not in knowledge.findings:
        known = [*knowledge.findings, *VERDICTS]
        raise InputError("bad_name", name=target, nearest=nearest(target, known) or ", ".join(VERDICTS))
    if facts.found(target):
        raise InputError("was_concluded", name=target)
    return WhyNot(target, knowledge.findings[target].title, Shortfalls(knowledge, answers, facts).rules_for(target))


def _why_not_verdict(knowledge: Knowledge, answers: Answers, target: VerdictName) -> WhyNot:
    now = verdict_outlook(knowledge, answers)
    if now.name == target:
        raise InputError("was_concluded", name=target)
    hurdles = _hurdles(knowledge, answers, HINDERING[target])
    return WhyNot(target, verdict_name(target), (), tuple(_hindrances(knowledge, now, target)), hurdles)


def _hurdles(knowledge: Knowledge, answers: Answers, kinds: tuple[str, ...]) -> tuple[str, ...]:
    today = column_engine(knowledge, HURDLE_KINDS).today(FactTable(knowledge, AnswerTable.of([answers])))
    drawn = [name for name in knowledge.makers if today.finding(name, 0)]
    return tuple(name for name in drawn if knowledge.findings[name].kind in kinds)


def _hindrances(knowledge: Knowledge, now: VerdictOutlook, target: VerdictName) -> Iterator[Text]:
    """What would have to be otherwise for a verdict to be drawn, in the order a verdict is drawn."""
    need, ability, lighter = now.need.points, now.ability.points, now.lighter.found
    if need is None or ability is None or now.name == "not_enough_answers":
        yield phrase("why_not.too_few")
        return
    values = {"need": f"{need:.0f}", "ability": f"{ability:.0f}"}
    least_need, least_ability = least_for(knowledge.verdict, "conditional", lighter=lighter)
    _, enough_ability = least_for(knowledge.verdict, "feasible")
    too_low = need < least_need
    if target == "not_needed_now":
        yield phrase("why_not.need_high", limit=f"{least_need:g}", **values)
        if not lighter:
            yield phrase("why_not.no_lighter")
        return
    if too_low:
        yield phrase("why_not.need_low", limit=f"{least_need:g}", **values)
        if lighter:
            yield phrase("why_not.lighter")
    if target == "not_yet":
        if not now.blocked.found and ability >= least_ability:
            yield phrase("why_not.no_blocker", limit=f"{least_ability:g}", **values)
        return
    if now.blocked.found:
        yield phrase("why_not.blocked")
    limit = enough_ability if target == "feasible" else least_ability
    if ability < limit:
        yield phrase("why_not.ability_low", limit=f"{limit:g}", **values)
    if target == "feasible" and now.conditions.found:
        yield phrase("why_not.conditions")
    if target == "conditional" and not now.blocked.found and ability >= least_ability and not too_low:
        yield phrase("why_not.nothing_open", limit=f"{enough_ability:g}", **values)


def near_misses(knowledge: Knowledge, answers: Answers, facts: Facts) -> tuple[NearMissItem, ...]:
    """The grave findings that one premise kept from being drawn, or that only wait for an answer; nearest first."""
    shortfalls = Shortfalls(knowledge, answers, facts)
    ranked: list[tuple[float, int, NearMissItem]] = []
    for name, rules in knowledge.makers.items():
        kind = rules[0].rule.kind
        if kind not in NEAR_KINDS or facts.found(name):
            continue
        nearest_rule = shortfalls.rules_for(name)[0]
        failed = [s for s in nearest_rule.shortfalls if not s.unknown]
        premise_count = sum(1 for _ in leaves(knowledge.rules_by_id[nearest_rule.rule].premise))
        if nearest_rule.distance > 1 or not failed or len(nearest_rule.shortfalls) == premise_count:
            continue
        item = NearMissItem(
            finding=name,
            kind=kind,
            title=knowledge.findings[name].title,
            rule=nearest_rule.rule,
            failed=tuple(_said(s) for s in failed),
            unknown=tuple(s.premise for s in nearest_rule.shortfalls if s.unknown),
            sources=nearest_rule.sources,
        )
        ranked.append((nearest_rule.distance, NEAR_KINDS.index(kind), item))
    ranked.sort(key=lambda entry: (entry[1], entry[0], entry[2].finding))
    return tuple(item for _, _, item in ranked[:NEAR_MISSES])


def _said(short: Shortfall) -> Text:
    return short.premise if short.stands is None else phrase("why_not.stands", premise=short.premise, stands=short.stands)


def _in_words(premise: Premise, knowledge: Knowledge, negated: bool) -> Text:
    """A premise, or its opposite, as a sentence."""
    whole = Not(premise) if negated else premise
    return Text(zh=premise_in_words(whole, knowledge, "zh"), en=premise_in_words(whole, knowledge, "en"))
