"""Columns of a table of firms with what stands beside answers: ``A2_note``, ``customer_files.by``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.errors import Place, Problem
from advisor.interview.annotations import carried, field_key, merged, read_annotation, with_words
from advisor.interview.answers import Annotation, Answer
from advisor.interview.upgrades import destinations
from advisor.knowledge.model import Knowledge

Beside = Mapping[int, tuple[tuple[str, ...], str]]
"""By column from 0 the questions it stands beside, and the part it holds."""


def beside_column(heading: str, questions_of: Callable[[str], Sequence[str]]) -> tuple[tuple[str, ...], str] | None:
    """The questions beside which a column stands, and what it holds; None for any other. ``questions_of`` gives those that a
    heading names."""
    question, part = field_key(heading.strip())
    names = tuple(questions_of(question)) if question else ()
    return (names, part) if names else None


def read_beside(
    cells: Sequence[str], columns: Beside, place: Callable[[int], Place], knowledge: Knowledge
) -> tuple[dict[str, Annotation], list[Problem]]:
    """What a row holds beside its answers, and what of it cannot be read."""
    found, problems = dict[str, Annotation](), list[Problem]()
    for column, (names, part) in columns.items():
        text = cells[column] if column < len(cells) else ""
        for name in names if text else ():
            question = knowledge.reading.questions[name]
            said = {"code": question.code, "name": name}

            def complain(code: str, at: int = column, said: Mapping[str, object] = said, **values: object) -> None:
                problems.append(Problem(code, place(at), {**said, **values}))

            read = read_annotation({part: text}, complain)
            found[name] = merged(found[name], read) if name in found else read
    return found, problems


def of_today(
    found: Mapping[str, Annotation], words: Mapping[str, str], answers: Mapping[str, Answer], knowledge: Knowledge
) -> dict[str, Annotation]:
    """What stands beside the answers to today's questions, with the words of those that were read as bounds."""
    named = dict.fromkeys((*found, *words))
    spoken = {n: with_words(found.get(n, Annotation()), answers.get(n), words.get(n)) for n in named}
    return carried(spoken, lambda name: destinations(name, knowledge), knowledge.questions)
