"""Remarks on answers that do not go together, or count for nothing; they are told and stop nothing.

Enters: the answers of one firm. Leaves: a :class:`Remark` for each cross-check of the knowledge whose doubt is certain, and
for the answers that another answer makes pointless. What is not answered is never remarked on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.interview.answers import NOT_APPLICABLE, Answers
from advisor.interview.in_words import margin_in_words
from advisor.interview.session import applies
from advisor.knowledge.cross_checks import CompiledCheck
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.schema import Doubt
from advisor.phrases import fill, joined, phrases
from advisor.text import LANGS, Text

phrase = phrases("interview")

NOT_COUNTED = "answers_not_counted"
"""The id of remarks on answers to questions that do not apply."""


@dataclass(frozen=True)
class Remark:
    """What is doubtful about some answers: the check that says so, what to clear up, and the questions to look at again."""

    check: str
    doubt: Doubt
    text: Text
    questions: tuple[str, ...]


def remarks(answers: Answers, knowledge: Knowledge) -> tuple[Remark, ...]:
    """Every remark on the answers of a firm: answers that do not count, contradictions, what is unusual."""
    return (*_not_counted(answers, _counted(answers, knowledge), knowledge), *doubts(answers, knowledge))


def doubts(answers: Answers, knowledge: Knowledge) -> tuple[Remark, ...]:
    """What cross-checks doubt about the answers that count: contradictions first, each in the order of the knowledge."""
    counted = _counted(answers, knowledge)
    fired = [compiled for compiled in knowledge.checks if compiled.holds(counted)]
    certain = {frozenset(compiled.questions) for compiled in fired if compiled.check.doubt == "contradiction"}
    told = [c for c in fired if c.check.doubt == "contradiction" or frozenset(c.questions) not in certain]
    told.sort(key=lambda compiled: compiled.check.doubt != "contradiction")
    return tuple(_remark(compiled, counted, knowledge) for compiled in told)


def _counted(answers: Answers, knowledge: Knowledge) -> Answers:
    """The answers without those to questions that do not apply, which count nowhere."""
    out = [name for name in knowledge.asked_if if not applies(knowledge.questions[name], answers, knowledge)]
    return Answers({**answers.given, **dict.fromkeys(out, NOT_APPLICABLE)}) if out else answers


def _remark(compiled: CompiledCheck, answers: Answers, knowledge: Knowledge) -> Remark:
    shown = {name: _in_words(name, answers, knowledge) for name in compiled.questions}
    return Remark(compiled.check.id, compiled.check.doubt, fill(compiled.check.text, **shown), compiled.questions)


def _in_words(name: str, answers: Answers, knowledge: Knowledge) -> Text:
    fact, value = knowledge.facts[name], answers.given[name].value
    return margin_in_words(value, fact) if isinstance(value, Margin) else fact.type.in_words(fact, value)


def _not_counted(answers: Answers, counted: Answers, knowledge: Knowledge) -> Iterator[Remark]:
    """A remark for each lead-in whose answer leaves out questions that are answered all the same."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, premise in knowledge.asked_if.items():
        if _known(name, answers) and not counted.applies(name):
            groups.setdefault((premise_in_words(premise, knowledge, "zh"), *facts_in(premise)), []).append(name)
    for (_, *lead_ins), names in groups.items():
        premise = knowledge.asked_if[names[0]]
        yield Remark(
            NOT_COUNTED,
            "contradiction",
            phrase(
                "not_counted",
                codes=_codes(names, knowledge),
                lead_ins=_codes(lead_ins, knowledge),
                premise=Text(**{lang: premise_in_words(premise, knowledge, lang) for lang in LANGS}),
                shown=joined([_in_words(name, answers, knowledge) for name in lead_ins if _known(name, answers)]),
            ),
            (*lead_ins, *names),
        )


def _known(name: str, answers: Answers) -> bool:
    answer = answers.given.get(name)
    return answer is not None and answer.status in ("known", "within")


def _codes(names: Iterable[str], knowledge: Knowledge) -> Text:
    codes = (knowledge.questions[name].code for name in names)
    return joined([Text(zh=code, en=code) for code in codes])
