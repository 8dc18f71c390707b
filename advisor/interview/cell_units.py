"""Numbers in the unit of their column: the text of a cell as its question reads it."""

from __future__ import annotations

from advisor.errors import Place, Problem
from advisor.interview.answer_parsing import answer_to
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import seen
from advisor.knowledge.model import Knowledge
from advisor.tables import unescape_formula

UNIT_MARK = "\x1f"
"""Stands between a cell and the unit in a column of its own."""
OUT_OF_BOUNDS = ("A104", "A109", "A115", "A153", "A155")
"""What may be wrong with a number once it is in its unit."""


def visible(text: str) -> str:
    """What a cell shows, without blanks around it and signs that nobody sees."""
    return seen(text).replace("_x000D_", "").strip()


def clean_cell(text: str) -> str:
    """The same without the apostrophe that keeps a cell of a file from being a formula."""
    return unescape_formula(visible(text))


def in_unit(text: str, key: str, unit: str, knowledge: Knowledge) -> str:
    """A cell with ``unit`` behind it, as question ``key`` reads it; as it stands where it is no number or names a unit of
    its own."""
    question = knowledge.reading.questions.get(key)
    if not unit or not text or question is None:
        return text
    try:
        answer = answer_to(question, f"{text}{unit}", knowledge.reading)
    except RefusedError as refused:
        return f"{text}{unit}" if refused.code in OUT_OF_BOUNDS else text
    return f"{text}{unit}" if answer is not None and answer.status in ("known", "within") else text


def unit_beside(key: str, written: str, knowledge: Knowledge) -> str | Problem:
    """The unit in a cell of its own beside a number, as it is read behind one, or what is wrong with it."""
    question, fact = knowledge.reading.questions.get(key), knowledge.reading.facts.get(key)
    if question is None or fact is None or not is_number(key, knowledge):
        return ""
    unit = fact.type.head_unit(fact, written)
    if unit is not None and unit.known:
        return unit.suffix
    return Problem("B110", Place(""), {"unit": written[:40], "code": question.code})


def in_unit_beside(text: str, key: str, written: str, knowledge: Knowledge) -> str:
    """A cell with the unit in another cell beside it, as question ``key`` (an id or a code) reads it. A unit that cannot be
    brought to that of the question stands behind the number, which is then refused with it."""
    names = knowledge.reading.codes.get(key, (key,))
    if not written or not text or len(names) != 1 or not is_number(names[0], knowledge):
        return text
    unit = unit_beside(names[0], written, knowledge)
    if isinstance(unit, str):
        return in_unit(text, names[0], unit, knowledge)
    fact = knowledge.reading.facts[names[0]]
    known = fact.type.head_unit(fact, written)
    return f"{text} {written}" if known is not None and not known.known else text


def is_number(key: str, knowledge: Knowledge) -> bool:
    """Whether a key is that of one question that is answered by a number."""
    question = knowledge.reading.questions.get(key)
    return question is not None and question.answer_type.numeric and question.answer_type.typed
