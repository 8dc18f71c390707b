"""Words for units: which mean the same, how spans of time go into each other, and what a head says a column is in."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.currency import HOME, currency_codes, marks
from advisor.text import LANGS, Text, catalogue, normalized

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
"""How many days each span of time has."""
_LEADING = re.compile(r"^(?:计量)?单位(?:为|是)?[:： ]*|^(?:unit|in|currency)s?[: ]+|^以|^按")
_TRAILING = re.compile(r"(?:为单位|计|per person)$")
_PARTS = re.compile(r"\s*[,;、]\s*")
_QUALIFIER = re.compile(
    r"不?含税|税[前后]|预?估[计算]?(?:值|数)?|约(?:数|值)?|大约|大概|概数|取整|四舍五入|整数|保留.{1,3}位小数|必填|选填|可选"
    r"|(?:19|20)\d\d年?(?:度|底|末)?|(?:上|去|上一)年度?|截至.{1,12}|年[底末]|全职|在[册编职岗]|合计|总[数额]"
    r"|不?含(?:外包|兼职|临时工|派遣|劳务派遣|劳务|实习生?)"
    r"|(?:incl(?:\.|uding)?|excl(?:\.|uding)?|before|after|net of|with(?:out)?) (?:vat|tax(?:es)?|gst|contractors|temps)"
    r"|rough(?:ly)?|approx(?:\.|imate(?:ly)?)?|estimate[ds]?|est\.?|about|rounded|whole numbers?|required|optional|last year"
    r"|fy ?\d{2,4}|as (?:of|at) .{1,16}|year[- ]end|full[- ]time|total"
)
"""Words beside a unit that leave it what it is: with tax or without, how exact, of which day."""
_QUALIFIED = re.compile(r"^(?:不?含税|税[前后]|预?估[计算]?|约)(?=.)")

Kind = Literal["money", "percent", "number"]


@dataclass(frozen=True)
class HeadUnit:
    """What the cells under a head are in: ``written`` as it stands there, ``suffix`` as it is read beside a number, empty
    where it is the unit that is asked for anyway; ``known`` is false where it cannot be brought to that unit."""

    written: str
    suffix: str = ""
    known: bool = True


def _words(key: str) -> tuple[str, ...]:
    text = catalogue("units")[key]
    return tuple(normalized(word) for lang in LANGS for word in text[lang].split())


@functools.cache
def _scales() -> Mapping[str, str]:
    """The sign that numbers are read with for every word by which they are multiplied."""
    keys = [key for key in catalogue("units") if key.startswith("scale.")]
    return {word: key.removeprefix("scale.") for key in keys for word in _words(key)}


@functools.cache
def _others() -> frozenset[str]:
    return frozenset((*_words("other.any"), *_words("other.money"), *_foreign_codes()))


def _foreign_codes() -> Iterator[str]:
    """The codes of all currencies there are, of which only some have a rate here."""
    from babel.core import get_global

    yield from (code.lower() for code in get_global("all_currencies"))


def same_units(unit: Text) -> tuple[str, ...]:
    """Other words for the unit of a question.

    >>> same_units(Text(zh="人", en="people"))[:3], same_units(Text(zh="种角色", en="roles"))
    (('人', '名', '位'), ())
    """
    key = f"same.{unit.en}"
    span = span_of(unit)
    return _words(key) if key in catalogue("units") else _words(f"time.{span}") if span else ()


def span_of(unit: Text | None) -> str:
    """The span of time that a unit is; empty where it is none.

    >>> span_of(Text(zh="周", en="weeks")), span_of(Text(zh="人天", en="person-days"))
    ('week', '')
    """
    word = normalized(unit.en) if unit else ""
    return next((span for span in DAYS if word in _words(f"time.{span}")), "")


def other_spans(unit: Text | None) -> dict[str, float]:
    """The words for the other spans of time, with how many of a question's own unit each is; empty where it asks none."""
    own = span_of(unit)
    spans = [span for span in DAYS if own and span != own]
    return {word: DAYS[span] / DAYS[own] for span in spans for word in _words(f"time.{span}")}


def head_unit(written: str, kind: Kind, unit: Text | None) -> HeadUnit | None:
    """What ``written`` in the head of a column says its cells are in; None where it names no unit at all.

    >>> head_unit("万元", "money", None), head_unit("US$ m", "money", None).suffix
    (HeadUnit(written='万元', suffix='万元', known=True), '百万usd')
    >>> head_unit("百人", "number", Text(zh="人", en="people")).suffix
    '百人'
    >>> head_unit("吨", "money", None).known, head_unit("必填", "money", None)
    (False, None)
    >>> head_unit("万元，含税", "money", None).suffix, head_unit("人民币、万元", "money", None).suffix
    ('万元', '万元')
    >>> head_unit("估计", "money", None), head_unit("月均，万元", "money", None)
    (None, None)
    """
    plain = normalized(written)
    led = _LEADING.sub("", " ".join(part for part in _PARTS.split(plain) if not _QUALIFIER.fullmatch(part)))
    bare = _TRAILING.sub("", _QUALIFIED.sub("", led)).strip()
    named = _LEADING.match(plain) is not None or led.endswith("为单位")
    if not bare:
        return None
    found = _money(bare) if kind == "money" else _percent(bare) if kind == "percent" else _number(bare, unit)
    if found is not None:
        return HeadUnit(written.strip(), found)
    if named or _apart(bare) & _others():
        return HeadUnit(written.strip(), known=False)
    return None


def _apart(bare: str) -> set[str]:
    """A unit, and what is left of it without a word that multiplies it."""
    compact = bare.replace(" ", "")
    prefixes = (word for word in _scales() if compact.startswith(word))
    return {bare, compact, *bare.split(), *(compact.removeprefix(word) for word in prefixes)}


def _money(bare: str) -> str | None:
    """The scale and the currency of sums, as they are read behind a number; empty for the currency's own unit."""
    names = {mark: code for code in currency_codes() for mark in marks(code)}
    found = [mark for mark in sorted(names, key=len, reverse=True) if mark in bare]
    if found:
        code, rest = names[found[0]], bare
        for mark in (mark for mark in found if names[mark] == code):
            rest = rest.replace(mark, " ", 1)
        rest = re.sub(r"[\s/.']+", "", rest)
        if rest and rest not in _scales():
            return None
        scale, own = _scales().get(rest, ""), code == HOME
        return "" if own and not scale else f"{scale}{'元' if own else code.lower()}"
    alone = _scales().get(re.sub(r"[\s.']+", "", bare)) or _scales().get(bare)
    return f"{alone}元" if alone else None


def _percent(bare: str) -> str | None:
    return "" if bare in ("%", "percent", "per cent", "pct", "百分比", "百分数", "百分之") else None


def _number(bare: str, unit: Text | None) -> str | None:
    """The scale and the unit of a count, or a span of time, as they are read behind a number."""
    if unit is None:
        return _scales().get(bare)
    own = {normalized(word) for word in (unit.zh, unit.en, *re.split(r"[（）/]", unit.zh), *same_units(unit)) if word}
    if bare in own:
        return ""
    first = next(word for word in re.split(r"[（）/]", unit.zh) if word)
    if bare in other_spans(unit):
        return bare
    for word in sorted(own, key=len, reverse=True):
        rest = bare.removesuffix(word).strip()
        if rest != bare and rest in _scales():
            return f"{_scales()[rest]}{first}"
    return f"{_scales()[bare]}{first}" if bare in _scales() else None
