"""Which missing answers would settle the verdict, and by how much: what to ask next, and when asking more changes nothing.

For each missing answer that bears on the verdict every value it can tell apart is tried, all taken as equally likely, and
what would then still be open is compared with what is open now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from advisor.assessment.outlook import HURDLE_KINDS, OutlookTable, VerdictOutlook, verdict_outlooks
from advisor.assessment.verdict import NOT_ENOUGH_ANSWERS, VERDICT_DIMENSIONS
from advisor.inference.column_engine import column_engine
from advisor.inference.score_rows import Numbers
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
from advisor.knowledge.schema import VerdictName

PER_VERDICT = 1.0
"""What a verdict that is still possible weighs against the whole width of a score."""
PER_READING = 1.0
"""What need or ability weighs of which nothing is answered, as long as no verdict can be read for want of answers."""
PER_FINDING = 0.1
"""What a condition, blocker or lighter way still open weighs."""

SPACED = (0, 5, 50, 500, 20_000, 100_000, 500_000, 3_000_000)
"""Numbers that are tried where an answer bears on what a project takes, from a firm of five to a budget of millions."""
COMPLETIONS = 300
"""How many random completions of the missing answers are looked at."""


@dataclass(frozen=True)
class QuestionGain:
    """A missing answer and the share of what is open, above 0 and up to 1, that it may be expected to close."""

    question: str
    share: float


def question_gains(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, among: Collection[str] | None = None
) -> list[QuestionGain]:
    """The missing answers that can narrow the verdict, the most telling first; none once it is settled.

    ``among`` limits them to some questions. What was asked and is not known counts as missing.
    """
    if now.settled:
        return []
    options = deciding_answers(knowledge)
    candidates = [name for name in options if (among is None or name in among) and _missing(name, knowledge, answers)]
    trials = [(name, answer) for name in candidates for answer in _possible(options[name], answers.margin(name))]
    changes = [{}, *({name: answer} for name, answer in trials)]
    outlooks = verdict_outlooks(knowledge, AnswerTable.with_changes(answers, changes))
    open_now, *open_after = _uncertainty(outlooks, now).tolist()
    open_by_question: dict[str, list[float]] = {}
    for (name, _), still_open in zip(trials, open_after, strict=True):
        open_by_question.setdefault(name, []).append(still_open)
    gains = [
        QuestionGain(name, round(1 - sum(shares_open) / len(shares_open) / open_now, 6))
        for name, shares_open in open_by_question.items()
    ]
    return sorted((gain for gain in gains if gain.share > 0), key=lambda gain: -gain.share)


def questions_to_ask(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, among: Iterable[str], set_aside: Iterable[str] = ()
) -> list[str]:
    """The questions ``among`` these still worth asking, the next one first: neither answered nor ``set_aside``; none where
    no answer still to be had can change the verdict."""
    candidates = set(among).difference(answers.given, set_aside)
    return [gain.question for gain in question_gains(knowledge, answers, now, candidates)]


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


def _uncertainty(outlooks: OutlookTable, now: VerdictOutlook) -> Numbers:
    """For each firm how much is open of what can still turn the verdict of one of them; 0 where it is settled."""
    need, ability, hurdles = outlooks.rows("need"), outlooks.rows("ability"), outlooks.hurdles
    sizes = {
        "need": (need.high - need.low) / 100,
        "ability": (ability.high - ability.low) / 100,
        "blocked": PER_FINDING * hurdles["blocker"].open,
        "conditions": PER_FINDING * hurdles["condition"].open,
        "lighter": PER_FINDING * hurdles["lighter"].open,
    }
    assert set(sizes) == set(VERDICT_DIMENSIONS)
    further = PER_VERDICT * (outlooks.possible.sum(axis=1) - 1)
    width = sum((size for name, size in sizes.items() if name in now.open_dimensions), start=np.zeros(len(outlooks)))
    return np.where(outlooks.settled, 0.0, further + width + _unread(outlooks))


def _unread(outlooks: OutlookTable) -> Numbers:
    """For each firm how much is missing until need, and ability where nothing blocks, are answered well enough to read a
    verdict; 0 where one is read."""
    enough = outlooks.scheme.enough_answers
    need, ability = (np.maximum(0.0, 1 - outlooks.rows(name).answered / enough) for name in ("need", "ability"))
    missing = need + np.where(outlooks.hurdles["blocker"].found, 0.0, ability)
    return np.where(outlooks.verdicts == NOT_ENOUGH_ANSWERS, PER_READING * missing, 0.0)


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
        if name in values
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


def likely_verdicts(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, draws: int = COMPLETIONS
) -> tuple[tuple[VerdictName, float], ...]:
    """The share of random completions that lead to each verdict, the likeliest first; none once it is settled.

    Each missing answer takes any of the values it can tell apart with the same chance. The same answers give the same draws.
    """
    if now.settled:
        return ()
    options = {name: _possible(trials, answers.margin(name)) for name, trials in deciding_answers(knowledge).items()}
    missing = [name for name in options if _missing(name, knowledge, answers)]
    draw = np.random.Generator(np.random.PCG64(0))
    drawn = draw.integers([len(options[name]) for name in missing], size=(draws, len(missing)))
    completions = {name: AnswerColumn(options[name], drawn[:, column]) for column, name in enumerate(missing)}
    counts = Counter(verdict_outlooks(knowledge, AnswerTable.with_columns(answers, draws, completions)).names)
    return tuple((name, round(count / draws, 4)) for name, count in counts.most_common())
