"""One value, as people write it, brought to an answer that its question allows, or refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from advisor.errors import InputError, Place, Problem, nearest
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer
from advisor.interview.numbers import MONEY, PERCENT, parse_number, unit_words
from advisor.interview.plain import NOT_APPLICABLE_WORDS, UNKNOWN_WORDS, alike
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import LANGS, Text, catalogue

MAX_TEXT = 500
MAX_LINES = 20
MOST_COMMAS = 5
"""No option is called by a name with more commas in it."""
YES_WORDS = {"yes", "y", "true", "是", "有"}
NO_WORDS = {"no", "n", "false", "否", "没有", "无"}
NONE_WORDS = {"none", "none of these", "无", "没有", "都没有", "以上都没有", "以下都没有"}
EXAMPLES = {"money": "300k, 18M, 80万", "percent": "35 %", "number": "12"}


class RefusedError(Exception):
    """Why a value is no answer to its question: a problem code and the values of its message."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


def parse_answer(question: Question, value: Any, knowledge: Knowledge, place: Place) -> Answer | Problem | None:
    """The answer that ``value`` is to ``question``, None for a blank, or the problem that says why it is none."""
    try:
        return answer_to(question, value, knowledge)
    except RefusedError as refused:
        return Problem(refused.code, place, {"code": question.code, "name": question.id, **refused.values})


def answer_to(question: Question, value: Any, knowledge: Knowledge) -> Answer | None:
    """The answer that ``value`` is, None for a blank. Raises :class:`RefusedError` where it is none."""
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        if not word:
            return None
        if word in UNKNOWN_WORDS and not _is_option(word, knowledge.facts[question.id]):
            return UNKNOWN
        if word in NOT_APPLICABLE_WORDS:
            return NOT_APPLICABLE
    fact = knowledge.facts[question.id]
    if question.type == "list":
        return Answer("known", _lines(value))
    if question.type == "multi":
        return Answer("known", _several(value, fact))
    if isinstance(value, list | dict):
        raise RefusedError("A105", found=shown(value), allowed=_allowed(fact))
    if fact.kind == "number":
        return Answer("known", _number(question, value, fact))
    word = _member(value, fact)
    return Answer("known", int(word) if fact.kind == "ordered" else word)


def _units(question: Question) -> tuple[str, ...]:
    """The units that may stand beside a number given to ``question``."""
    named = unit_words(question.unit) if question.unit else ()
    return {"money": MONEY, "percent": PERCENT}.get(question.type, named)


def _example(question: Question) -> Text:
    """A number as it may be written, with its unit."""
    sample = EXAMPLES[question.type]
    unit = question.unit
    return Text(zh=f"{sample} {unit.zh}", en=f"{sample} {unit.en}") if unit else Text(zh=sample, en=sample)


def _is_option(word: str, fact: Fact) -> bool:
    return word in fact.values


def _number(question: Question, value: Any, fact: Fact) -> float:
    number = parse_number(value, _units(question)) if isinstance(value, str | int | float) else None
    if number is None:
        raise RefusedError("A103", value=shown(value), example=_example(question))
    if question.type == "percent" and 0 < number < 1 and "%" not in unicodedata.normalize("NFKC", str(value)):
        raise RefusedError("A115", value=shown(value), whole=f"{100 * number:g}")
    if (fact.low is not None and number < fact.low) or (fact.high is not None and number > fact.high):
        high = "∞" if fact.high is None else f"{fact.high:,.0f}"
        raise RefusedError("A104", value=shown(value), low=f"{fact.low or 0:,.0f}", high=high)
    if question.integer and number != int(number):
        raise RefusedError("A109", value=shown(value))
    return number


def _member(value: Any, fact: Fact) -> str:
    """The option that ``value`` names by id, number or words in either language."""
    given = value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    word = f"{value:g}" if isinstance(value, int | float) else unicodedata.normalize("NFKC", str(value)).strip()
    lower = alike(word)
    if set(fact.values) == {"yes", "no"} and lower in YES_WORDS | NO_WORDS:
        return "yes" if lower in YES_WORDS else "no"
    if lower in fact.values:
        return lower
    for option, text in fact.values.items():
        said = (alike(text.zh), alike(text.en))
        if lower in (option.replace("_", " "), *said, *(f"{option} · {words}" for words in said)):
            return option
    words = [*fact.values, *(text.en for text in fact.values.values()), *(text.zh for text in fact.values.values())]
    raise RefusedError("A102", value=shown(given), allowed=_allowed(fact), nearest=nearest(lower, words) or "–")


def _pieces(text: str, fact: Fact) -> list[str]:
    """Several options written one behind the other; commas may be part of what an option is called."""
    said = {alike(word) for words in fact.values.values() for word in (words.zh, words.en)}
    parts, pieces, start = re.split(r"([,;、，；\n])", text), list[str](), 0
    while start < len(parts):
        ends = range(min(start + MOST_COMMAS * 2 + 1, len(parts)), start, -2)
        end = next((end for end in ends if alike("".join(parts[start:end])) in said), start + 1)
        pieces.append("".join(parts[start:end]).strip())
        start = end + 1
    return pieces


def _several(value: Any, fact: Fact) -> frozenset[str]:
    items = _pieces(value, fact) if isinstance(value, str) else value
    if isinstance(items, dict):
        raise RefusedError("A105", found=shown(value), allowed=_allowed(fact))
    words = [item for item in (items if isinstance(items, list) else [items]) if item not in (None, "")]
    none = [word for word in words if str(word).strip().lower() in NONE_WORDS]
    if none and len(none) < len(words):
        raise RefusedError("A110")
    return frozenset() if none else frozenset(_member(word, fact) for word in words)


def _lines(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value]
    for item in items:
        if not isinstance(item, str | int | float | None):
            raise RefusedError("A116", found=shown(item))
    cleaned = (clean(str(item)) for item in items if item is not None)
    lines = tuple(line for line in cleaned if line and line.lower() not in NONE_WORDS)
    if len(lines) > MAX_LINES:
        raise RefusedError("A117", found=len(lines), limit=MAX_LINES)
    if any(len(line) > MAX_TEXT for line in lines):
        raise RefusedError("A111", limit=MAX_TEXT)
    return lines


def split(value: Any, count: int) -> list[Any]:
    """A value given to several questions of one code, apart: a list, or parts between strokes."""
    if isinstance(value, list):
        return value
    if isinstance(value, str) and count > 1:
        return [part.strip() for part in value.split("/")]
    return [value]


def _allowed(fact: Fact) -> Text:
    """The answers a question takes, in each language."""
    if fact.kind == "number":
        return catalogue("problems")["a_number"]
    sign = " = " if fact.kind == "ordered" else ": "
    said = {lang: "; ".join(f"{value}{sign}{text[lang]}" for value, text in fact.values.items()) for lang in LANGS}
    return Text(**said)


def firm_name(typed: str) -> Text | None:
    """A firm's name as typed, None for a blank. Raises :class:`~advisor.errors.InputError` for one that is too long."""
    name = clean(typed.encode("utf-8", "replace").decode("utf-8"))
    if len(name) > MAX_TEXT:
        raise InputError("bad_firm_name", limit=MAX_TEXT)
    return Text(zh=name, en=name) if name else None


def clean(text: str) -> str:
    """Text without control characters, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shown(value: Any) -> str:
    """A value as messages repeat it, cut short."""
    text = clean(str(value))
    return text if len(text) <= 60 else text[:57] + "…"
