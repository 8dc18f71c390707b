"""What became of questions and steps that are no longer asked: does every answer of an earlier sheet lead somewhere?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.errors import InputError, Place, Problem, nearest
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.draft import Draft
from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.schema import Merging, QuestionsFile, Retired
from advisor.knowledge.schema.questions import AT_MOST, OTHERWISE, SAME, Meaning

Facts = Mapping[str, Fact]


def check_upgrades(files: QuestionsFile, facts: Facts, retired_facts: Facts, draft: Draft) -> Iterator[Problem]:
    """Every mistake in retired questions, mergers and renamed steps, with its place."""
    codes = {question.code: question.id for question in files.questions}
    together = {question.code.rstrip("abcde"): question.id for question in files.questions}
    ages = {question.id: question.age for question in files.retired}
    asked = {question.id for question in files.questions}
    sources: dict[str, list[str]] = {}
    for question in files.retired:
        place = draft.place("retired", question.id)
        if question.id in asked:
            yield Problem("K219", place, {"name": question.id})
        owner = codes.get(question.code) or together.get(question.code)
        if owner and (question.code not in codes or question.becomes.get(owner) != "same"):
            yield Problem("K220", place, {"name": question.id, "code": question.code, "other": owner})
        for target, meaning in question.becomes.items():
            path = draft.place("retired", question.id, ("becomes", target))
            later = {name for name, age in ages.items() if age > question.age}
            if target not in asked | later:
                yield _unknown(target, asked | later, path)
                continue
            sources.setdefault(target, []).append(question.id)
            if question.id in retired_facts and (fact := facts.get(target) or retired_facts.get(target)):
                yield from _check_meaning(question, retired_facts[question.id], meaning, fact, path)
    yield from _check_mergers(files.merges, sources, {**retired_facts, **facts}, draft)
    yield from _check_steps(files, {**retired_facts, **facts}, draft)


def _unknown(name: str, known: set[str], place: Place) -> Problem:
    return Problem("K203", place, {"kind": "question", "name": name, "nearest": nearest(name, known) or "–"})


def _check_meaning(question: Retired, old: Fact, meaning: Meaning, new: Fact, place: Place) -> Iterator[Problem]:
    """Each answer that could be given has a meaning, and each meaning is an answer."""
    if isinstance(meaning, str):
        if _shape(old) != _shape(new) or (meaning == AT_MOST and (old.values or not old.type.numeric)):
            yield Problem("K221", place, {"value": f"{old.name} ({old.type.name})", "name": new.name})
        for value in old.values:
            if value not in new.values:
                yield Problem("K221", place, {"value": value, "name": new.name})
        return
    for value in meaning:
        if not _given(old, value):
            yield Problem("K221", place, {"value": value, "name": question.id})
    for value in old.values if OTHERWISE not in meaning else ():
        if value not in meaning:
            yield Problem("K222", place, {"value": value, "name": question.id, "target": new.name})
    if not old.values and OTHERWISE not in meaning:
        yield Problem("K222", place, {"value": question.type, "name": question.id, "target": new.name})
    assert isinstance(meaning, Mapping)
    for value, means in meaning.items():
        carried = means == SAME and value == OTHERWISE and not old.values and _shape(old) == _shape(new)
        if means is not None and not carried and not is_answer(new, means):
            yield Problem("K221", place, {"value": means, "name": new.name})


def _given(old: Fact, value: str) -> bool:
    """Whether a meaning may say what this answer to a retired question means."""
    if value == OTHERWISE:
        return old.type.several or not old.values
    return value in old.values or (not old.values and old.type.numeric and value.replace(".", "", 1).isdigit())


def is_answer(fact: Fact, value: int | str | Sequence[int | str]) -> bool:
    """Whether a value written in YAML is an answer to the question that fills a fact; of two steps, whether one can lie
    between them."""
    if isinstance(value, list) and fact.values and fact.type.ordered:
        ends = [end for end in value if is_answer(fact, end)]
        return len(value) == 2 and ends == value and float(value[0]) < float(value[1])
    if fact.type.free or (isinstance(value, list) and not fact.type.several):
        return False
    try:
        if isinstance(value, str) and fact.type.numeric:
            return isinstance(fact.type.read(fact, value), Margin)
        answer = fact.type.in_case(fact, value)
    except (InputError, RefusedError):
        return False
    low, high = fact.low, fact.high
    return not isinstance(answer, float) or ((low or 0) <= answer and (high is None or answer <= high))


def _shape(fact: Fact) -> tuple[bool, ...]:
    """What tells the values of one type from those of another."""
    kind = fact.type
    return kind.ordered, kind.numeric, kind.several, kind.free, bool(fact.values)


def _merges(how: str, fact: Fact) -> bool:
    """Whether answers of a type can be put together in this way."""
    kind = fact.type
    fits = {"lowest": kind.ordered, "highest": kind.ordered, "sum": kind.numeric and not fact.values}
    return (fits | {"all": kind.several or kind.free}).get(how, True)


def _check_mergers(
    mergers: Mapping[str, Merging], sources: Mapping[str, Sequence[str]], facts: Facts, draft: Draft
) -> Iterator[Problem]:
    """Where several questions become one it is said how, and in a way that suits its answers."""
    for target, names in sources.items():
        if len(names) > 1 and target not in mergers:
            place = draft.place("retired", names[-1], ("becomes", target))
            yield Problem("K223", place, {"names": ", ".join(names), "target": target})
    for target, how in mergers.items():
        place = draft.place("merges", target)
        if target not in sources:
            yield _unknown(target, set(sources), place)
        elif isinstance(how, list):
            for value in how:
                if not is_answer(facts[target], value):
                    yield Problem("K221", place, {"value": value, "name": target})
        elif not _merges(how, facts[target]):
            yield Problem("K221", place, {"value": how, "name": target})


def _check_steps(files: QuestionsFile, facts: Facts, draft: Draft) -> Iterator[Problem]:
    """A step is renamed to one there is, from a word that is none any more."""
    for name, steps in files.renamed_steps.items():
        place = draft.place("renamed_steps", name)
        if name not in facts:
            yield _unknown(name, set(facts), place)
            continue
        words = {word.casefold() for value, text in facts[name].values.items() for word in (value, text.zh, text.en)}
        for value, spellings in steps.items():
            path = draft.place("renamed_steps", name, (value,))
            if value not in facts[name].values:
                yield Problem("K221", path, {"value": value, "name": name})
            for spelling in spellings:
                if spelling.casefold() in words:
                    yield Problem("K224", path, {"value": spelling, "name": name})
