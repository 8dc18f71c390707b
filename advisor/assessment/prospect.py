"""The verdict alone, without texts or trace, for any number of firms: what would be said, and what else is still possible.

Enters: a knowledge and answers. Leaves: a :class:`Prospect` for each firm. An assessment takes its verdict from here; so do
the questions asked of it (what if, what next, what would it take), which need thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.assessment.verdict import Hurdles, read_verdict
from advisor.inference.evaluator import Evaluation, evaluator_of
from advisor.inference.facts import derive
from advisor.inference.scores import ScoreValue, scorer_of
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName

KINDS = ("blocker", "condition", "lighter")
"""The kinds of finding a verdict looks at."""


@dataclass(frozen=True)
class Prospect:
    """The verdict of one firm, the verdicts still possible, and what it rests on."""

    name: VerdictName
    possible: tuple[VerdictName, ...]
    need: ScoreValue
    ability: ScoreValue
    blocked: Hurdles
    conditions: Hurdles
    lighter: Hurdles

    @property
    def settled(self) -> bool:
        """Whether no completion of the missing answers can change the verdict."""
        return len(self.possible) == 1


def prospects(knowledge: Knowledge, firms: Sequence[Answers]) -> list[Prospect]:
    """The prospect of each firm, in their order."""
    evaluator = evaluator_of(knowledge, KINDS)
    today, whatever = evaluator.evaluate(firms), evaluator.foresee(firms)
    hurdles = [hurdles_of(knowledge, kind, today, whatever) for kind in KINDS]
    scheme, scorer = knowledge.verdict, scorer_of(knowledge)
    under = knowledge.facts_under((scheme.need, scheme.ability))
    found = []
    for place, answers in enumerate(firms):
        scores = scorer.scores(derive(knowledge, answers, under), (scheme.need, scheme.ability))
        need, ability = scores[scheme.need], scores[scheme.ability]
        blocked, conditions, lighter = (kind[place] for kind in hurdles)
        name, possible = read_verdict(scheme, need, ability, blocked, conditions, lighter)
        found.append(Prospect(name, possible, need, ability, blocked, conditions, lighter))
    return found


def prospect(knowledge: Knowledge, answers: Answers) -> Prospect:
    """The prospect of one firm."""
    return prospects(knowledge, [answers])[0]


def hurdles_of(knowledge: Knowledge, kind: str, today: Evaluation, whatever: Evaluation) -> list[Hurdles]:
    """For each firm how findings of a kind stand."""
    names = [name for name in knowledge.makers if knowledge.findings[name].kind == kind]
    found = sure = possible = 0
    undecided = []
    for name in names:
        holds, fails = whatever.findings[name]
        found, sure, possible = found | today.findings[name][0], sure | holds, possible | ~fails
        undecided.append(~(holds | fails))
    bits = [1 << place for place in range(today.size)]
    return [
        Hurdles(bool(found & bit), bool(sure & bit), bool(possible & bit), sum(bool(who & bit) for who in undecided))
        for bit in bits
    ]
