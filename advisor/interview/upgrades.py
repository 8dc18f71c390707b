"""Answers of earlier sheets carried over to the questions that are asked today, each told.

Enters: answers by question, those to retired questions among them. Leaves: answers to today's questions alone, and a note
for each that was carried over, left aside or left open. Where a sheet also answers today's question, that answer counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from advisor.errors import Place, Problem
from advisor.interview.answer_table_writer import written
from advisor.interview.answers import UNKNOWN, Answer, Answers
from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin, bounds_of
from advisor.knowledge.model import Knowledge
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Retired
from advisor.knowledge.schema.questions import AT_MOST, OTHERWISE, SAME, Meaning
from advisor.text import LANGS, Text, join, normalized

CARRIED = "A133"
"""The code of the note that an answer went over to another question, with nothing to decide."""
OVERRULED = "A134"
"""The code of the note that today's question is answered itself."""
DROPPED = "A136"
"""The code of the note that a question is asked no more, nor anything in its place."""
RENAMED = "A137"
"""The code of the note that an option or a step is called otherwise today."""
Given = Mapping[str, Answer]
Meanings = Mapping[str, int | str | list[int | str] | None]
_BETWEEN = re.compile(r"([,;、，；\n])")


def carry_over(given: Given, knowledge: Knowledge, place: Callable[[str], Place]) -> tuple[dict[str, Answer], list[Problem]]:
    """Today's answers, and what is to be said of those to retired questions; ``place`` says where each of them stands."""
    answers, notes = dict(given), list[Problem]()
    if not knowledge.retired.keys() & answers.keys():
        return answers, notes
    origin = {name: name for name in answers}
    for target in [*knowledge.retired, *knowledge.questions]:  # oldest first: what is carried over may be carried on
        sources = {q.id: q for q in knowledge.retired.values() if target in q.becomes and q.id in answers}
        if not sources:
            continue
        told = dict.fromkeys(origin[name] for name in sources)
        if target in answers:
            notes += [_note(OVERRULED, name, place, knowledge, target, answers[target]) for name in told]
        elif answer := _answer(sources, target, answers, knowledge):
            answers[target], origin[target] = answer, next(iter(told))
            if target in knowledge.questions:
                notes += [_note(CARRIED, name, place, knowledge, target, answer) for name in told]
        else:
            notes += [_note("A135", name, place, knowledge, target) for name in told]
    for name, question in knowledge.retired.items():
        if answers.pop(name, None) and not question.becomes:
            notes.append(_note(DROPPED, origin[name], place, knowledge))
    return answers, notes


def destinations(name: str, knowledge: Knowledge) -> list[str]:
    """The questions of today that answers to a retired question go to, perhaps by way of others; none if it was dropped."""
    found = dict[str, None]()
    for target in knowledge.retired[name].becomes:
        found |= dict.fromkeys(destinations(target, knowledge) if target in knowledge.retired else [target])
    return list(found)


def _note(
    code: str,
    name: str,
    place: Callable[[str], Place],
    knowledge: Knowledge,
    target: str = "",
    answer: Answer | None = None,
) -> Problem:
    """What became of the answer to a retired question: where it went, and as what answer, in words."""
    retired, known = knowledge.retired[name], knowledge.reading
    values: dict[str, object] = {"code": retired.code, "name": name, "until": retired.until}
    if target:
        values |= {"target": f"{known.questions[target].code} ({target})", "target_id": target}
    if answer:
        words = {lang: written(known.questions[target], answer, known, lang) for lang in LANGS}
        values["answer"] = Text(**{lang: join(words[lang].split("\n"), lang) for lang in LANGS})
    return Problem(code, place(name), values, "note")


def _answer(sources: Mapping[str, Retired], target: str, answers: Given, knowledge: Knowledge) -> Answer | None:
    """What the answers to some retired questions come to as one to another question; None leaves that open."""
    known = knowledge.reading
    parts = [
        _meant(answers[name], _meaning(q, target, answers, knowledge), known.facts[name], known.facts[target])
        for name, q in sources.items()
    ]
    if target not in knowledge.merges:
        return parts[0]
    expected = sum(target in question.becomes for question in knowledge.retired.values())
    return _merged([*parts, *[None] * (expected - len(parts))], target, knowledge)


def _meaning(question: Retired, target: str, answers: Given, knowledge: Knowledge) -> Meaning:
    """What answers to a retired question mean to another, by the other answers beside it."""
    meaning = question.becomes[target]
    exact = question.same_if and sound_premise(question.same_if, knowledge.facts).holds(Answers(answers))
    return SAME if meaning == AT_MOST and exact else meaning


def _meant(answer: Answer, meaning: Meaning, old: Fact, new: Fact) -> Answer | None:
    """What one answer to a retired question means as an answer to another."""
    if answer.status not in ("known", "within") or meaning == SAME:
        return answer
    if meaning == AT_MOST:
        return _at_most(answer, new)
    assert isinstance(meaning, Mapping)
    if not old.values:
        return _meant_by_number(answer, meaning, new)
    if isinstance(answer.value, Margin):
        return _meant_within(answer.value, meaning, new)
    if not old.type.several:
        return _as_answer(meaning[str(answer.value)], new)
    chosen = cast("frozenset[str]", answer.value)
    means = [value for option, value in meaning.items() if option in chosen and value is not None]
    if not means:
        return _as_answer(meaning.get(OTHERWISE), new)
    if not new.type.several:
        return _as_answer(means[0], new)
    return Answer("known", frozenset(word for value in means for word in _words(value)))


def _meant_by_number(answer: Answer, meaning: Meanings, new: Fact) -> Answer | None:
    """What a number means: that of the number itself, else of all others; open where bounds hold a listed one."""
    listed = {float(number): means for number, means in meaning.items() if number != OTHERWISE}
    others = answer if meaning[OTHERWISE] == SAME else _as_answer(meaning[OTHERWISE], new)
    if isinstance(answer.value, Margin):
        return None if any(number in answer.value for number in listed) else others
    number = cast("float", answer.value)
    return _as_answer(listed[number], new) if number in listed else others


def _meant_within(margin: Margin, meaning: Meanings, new: Fact) -> Answer | None:
    """What an answer between two steps means: between the least and the most that the steps do, open where one is."""
    means = [_as_answer(meaning[str(step)], new) for step in margin.few or ()]
    values = [answer.value for answer in means if answer is not None]
    if len(values) < len(means) or not values or not new.type.ordered:
        return None
    spans = [value if isinstance(value, Margin) else Margin(cast("float", value), cast("float", value)) for value in values]
    return _between(min(span.low for span in spans), max(span.high for span in spans))


def _between(low: float, high: float) -> Answer:
    """A step that lies between two others; known where they are one."""
    return Answer("known", int(low)) if low == high else Answer("within", Margin(low, high, whole=True))


def _at_most(answer: Answer, fact: Fact) -> Answer:
    """That a number is no more than an answer says."""
    bounds, least = bounds_of(Answers({fact.name: answer}), fact.name), fact.low or 0.0
    assert bounds is not None
    if bounds.high <= least:
        return Answer("known", least)
    return Answer("within", Margin(least, bounds.high, bool(fact.question and fact.question.integer)))


def _words(value: int | str | Sequence[int | str]) -> Sequence[str]:
    return [str(value)] if isinstance(value, int | str) else [str(word) for word in value]


def _as_answer(value: int | str | list[int | str] | None, fact: Fact) -> Answer | None:
    """A value written in YAML as an answer; of two steps, one that lies between them."""
    if isinstance(value, list) and fact.values and fact.type.ordered:
        return _between(*(float(end) for end in value))
    if isinstance(value, str) and fact.type.numeric:
        read = fact.type.read(fact, value)
        return Answer("within" if isinstance(read, Margin) else "known", read)
    return None if value is None else Answer("known", fact.type.in_case(fact, value))


def _merged(parts: Sequence[Answer | None], target: str, knowledge: Knowledge) -> Answer | None:
    """Several answers as one. A sum, the lowest or highest, or all options chosen are known only where each part is."""
    how, fact = knowledge.merges[target], knowledge.reading.facts[target]
    there = [part for part in parts if part is not None]
    known: list[Any] = [part.value for part in there if part.status == "known"]
    if how == "first" or not known:
        return next((part for part in there if part.status == "known"), there[0] if there else None)
    if how == "all" and not fact.type.several:
        return Answer("known", tuple(line for lines in known for line in lines))
    if isinstance(how, list):
        order = [_as_answer(value, fact) for value in how]
        best = next((answer for answer in order if answer in there), None)
        if best == order[0] or len(known) == len(parts):
            return best
    elif how == "all" and len(known) == len(parts):
        return Answer("known", frozenset().union(*known))
    elif how != "all" and len(known) == len(parts):
        return Answer("known", sum(known) if how == "sum" else min(known) if how == "lowest" else max(known))
    return UNKNOWN if UNKNOWN in there else None


class StepNames:
    """How answers used to be written that are called otherwise today: in words, as forms number them too."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._names = {
            question: {
                normalized(word): new
                for new, spellings in steps.items()
                for old in spellings
                for word in (old, f"{new} · {old}")
            }
            for question, steps in knowledge.renamed_steps.items()
        }
        facts = knowledge.reading.facts
        self._words = {
            question: {normalized(words[lang]) for words in facts[question].values.values() for lang in LANGS}
            for question in self._names
        }

    def today(self, question: str, value: Any) -> Any:
        """A value as it is written today, of a list or a line of several each."""
        names = self._names.get(question)
        if not names:
            return value
        if isinstance(value, list):
            return [self.today(question, item) for item in value]
        if isinstance(value, str) and normalized(value) in self._words[question]:
            return value  # though a part of it may have been a name of its own
        if isinstance(value, str) and normalized(value) not in names:
            return "".join(names.get(normalized(part), part) for part in _BETWEEN.split(value))
        return names.get(normalized(str(value)), value) if isinstance(value, str | int | float) else value

    def renamed(self, question: str, before: Any, after: Any) -> Iterator[tuple[str, str]]:
        """The old and the new name of every step that :meth:`today` replaced."""
        for old, new in self._names.get(question, {}).items():
            if before != after and old in [normalized(part) for part in _parts(before)]:
                yield old, new


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _parts(item)
    else:
        yield str(value)
        yield from _BETWEEN.split(str(value))
