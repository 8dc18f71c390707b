"""A firm with one answer changed, or every missing one given at random: many variants, judged as one table.

What to ask next, which verdict is likely and what the verdict rests on are all read from such variants. Judging hundreds
together takes little longer than judging one, so a full assessment judges all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from advisor.assessment.outlook import HURDLE_KINDS, OutlookTable, VerdictOutlook, verdict_outlooks
from advisor.assessment.plausible import plausibility
from advisor.assessment.small_changes import small_changes
from advisor.assessment.verdict import NOT_ENOUGH_ANSWERS, ORDER
from advisor.inference.column_engine import column_engine
from advisor.interview.answer_table import AnswerColumn, AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.interview.session import applies
from advisor.knowledge.answer_types.number import around
from advisor.knowledge.facts import SIGN_FACTS, Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Test, Value, facts_in, leaves
from advisor.knowledge.questions_behind import project_questions
from advisor.knowledge.read_premises import sound_premise

SPACED = (0, 5, 50, 500, 20_000, 100_000, 500_000, 3_000_000)
"""Numbers that are tried where an answer bears on what a project takes, from a firm of five to a budget of millions."""
COMPLETIONS = 300
"""How many random completions of the missing answers are looked at."""


Trial = tuple[str, Answer]
"""A question and the answer it is given in a variant."""


@dataclass(frozen=True)
class Variants:
    """Variants of a firm with their outlooks: one for each trial of a missing answer, then one for each trial of another
    value of a known one, then random completions."""

    missing: Sequence[Trial]
    known: Sequence[Trial]
    outlooks: OutlookTable

    @property
    def of_missing(self) -> slice:
        """The places of the variants in which a missing answer is given."""
        return slice(0, len(self.missing))

    @property
    def of_known(self) -> slice:
        """The places of the variants in which a known answer is another."""
        return slice(len(self.missing), len(self.missing) + len(self.known))

    @property
    def completions(self) -> slice:
        """The places of the random completions."""
        return slice(len(self.missing) + len(self.known), len(self.outlooks))


def judged(
    knowledge: Knowledge, answers: Answers, missing: Sequence[Trial] = (), known: Sequence[Trial] = (), draws: int = 0
) -> Variants:
    """Variants of a firm by some trials, and as many random completions as ``draws``, judged together."""
    table = AnswerTable.with_changes(answers, [{name: answer} for name, answer in (*missing, *known)])
    if draws:
        table = table.followed_by(_completions(knowledge, answers, draws))
    return Variants(missing, known, verdict_outlooks(knowledge, table))


def variants_of(knowledge: Knowledge, answers: Answers, now: VerdictOutlook) -> Variants:
    """All variants that a full assessment of a firm is read from."""
    missing, draws = ([], 0) if now.settled else (missing_trials(knowledge, answers), COMPLETIONS)
    known = [] if now.name == ORDER[NOT_ENOUGH_ANSWERS] else known_trials(knowledge, answers)
    return judged(knowledge, answers, missing, known, draws)


def missing_trials(knowledge: Knowledge, answers: Answers, among: Collection[str] | None = None) -> list[Trial]:
    """Every missing answer that bears on the verdict at each value worth telling apart; ``among`` limits them to some
    questions. What was asked and is not known counts as missing."""
    options = _missing_options(knowledge, answers)
    return [(name, answer) for name, some in options.items() if among is None or name in among for answer in some]


def known_trials(knowledge: Knowledge, answers: Answers) -> list[Trial]:
    """Every known answer that bears on the verdict at each value worth telling apart that it can take beside the others, and
    at the smallest changes to it."""
    is_plausible, trials = plausibility(knowledge, answers), list[Trial]()
    for name, some in deciding_answers(knowledge).items():
        if (now := answers.value(name)) is not None:
            near = (Answer("known", value) for value in small_changes(knowledge.facts[name], now, some))
            trials += [(name, answer) for answer in dict.fromkeys((*some, *near)) if is_plausible(name, answer)]
    return trials


def _completions(knowledge: Knowledge, answers: Answers, draws: int) -> AnswerTable:
    """The sheet with every missing answer at any of the values it can tell apart, each with the same chance. The same
    answers give the same draws."""
    options = _missing_options(knowledge, answers)
    draw = np.random.Generator(np.random.PCG64(0))
    drawn = draw.integers([len(some) for some in options.values()], size=(draws, len(options)))
    columns = {name: AnswerColumn(some, drawn[:, place]) for place, (name, some) in enumerate(options.items())}
    return AnswerTable.with_columns(answers, draws, columns)


def _missing_options(knowledge: Knowledge, answers: Answers) -> dict[str, tuple[Answer, ...]]:
    """The questions that bear on the verdict and whose answers are missing, each with the answers worth telling apart."""
    options = deciding_answers(knowledge).items()
    return {name: _possible(some, answers.margin(name)) for name, some in options if _missing(name, knowledge, answers)}


def _missing(name: str, knowledge: Knowledge, answers: Answers) -> bool:
    answer = answers.given.get(name)
    is_open = answer is None or answer.status in ("unknown", "within")
    return is_open and applies(knowledge.questions[name], answers, knowledge)


def _possible(trials: Sequence[Answer], margin: Margin | None) -> tuple[Answer, ...]:
    """The answers worth telling apart, within the bounds already known where there are any."""
    if margin is None:
        return tuple(trials)
    steps = isinstance(trials[0].value, int)
    ends = (Answer("known", int(end) if steps else end) for end in margin.ends_and())
    return tuple(dict.fromkeys((*(trial for trial in trials if trial.value in margin), *ends)))


@lru_cache(maxsize=4)
def deciding_answers(knowledge: Knowledge) -> Mapping[str, tuple[Answer, ...]]:
    """The questions that bear on the verdict, each with the answers worth telling apart, in catalogue order."""
    scheme = knowledge.verdict
    facts = set(knowledge.facts_under((scheme.need, scheme.ability)))
    tests: dict[str, list[Test]] = {name: [] for name in facts}
    rules = column_engine(knowledge, HURDLE_KINDS).rules
    premises = [rule.premise for rule in rules]
    reached = {name for premise in premises for name in facts_in(premise)} | facts
    if SIGN_FACTS.keys() & reached:
        signs = [sound_premise(sign.when, knowledge.facts) for sign in scheme.signs]
        premises += signs
        reached.update(name for premise in signs for name in facts_in(premise))
    premises += [premise for name, premise in knowledge.asked_if.items() if name in reached]
    for leaf in (leaf for premise in premises for leaf in leaves(premise)):
        if isinstance(leaf, Test):
            tests.setdefault(leaf.fact, []).append(leaf)
    on_project = any(knowledge.facts[name].project for name in (*facts, *reached))
    values: dict[str, list[Value]] = {
        name: list(_spaced(knowledge.facts[name])) for name in (project_questions(knowledge) if on_project else ())
    }
    for name, fact_tests in tests.items():
        fact = knowledge.facts[name]
        if fact.question or fact.band:
            source = fact.band.of if fact.band else name
            values.setdefault(source, []).extend(_values(knowledge, knowledge.facts[source], fact, fact_tests))
    return {
        name: tuple(Answer("known", value) for value in dict.fromkeys(values[name]))
        for name in knowledge.questions
        if values.get(name)
    }


def _values(knowledge: Knowledge, source: Fact, fact: Fact, tests: list[Test]) -> Iterator[Value]:
    if fact.band:
        yield from around(source, [step.below for step in fact.band.steps if step.below is not None])
    else:
        inputs = [item for score in knowledge.scores.values() for item in score.inputs if item.fact == fact.name]
        yield from fact.type.trials(fact, tests, inputs)


def _spaced(fact: Fact) -> Iterator[Value]:
    """Values spread over all that an answer to a question a project is read from may be."""
    if fact.type.several:
        yield from (frozenset(), frozenset(fact.values))
    elif fact.values:
        yield from fact.steps or fact.values
    else:
        top = SPACED[-1] if fact.high is None else fact.high
        yield from (float(max(number, fact.low or 0)) for number in SPACED if number <= top)
