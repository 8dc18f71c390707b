"""What the number format of a cell says besides the number: a unit, a currency, a share, a date, or that it is scaled."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|!.|[^;"\\!])*)(?:;|$)')
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<money>[^\]-]*)(?:-(?P<country>[^\]]*))?\]|\[[^\]]*\]|[_*].'
    r"|(?P<general>General|G/通用格式|@)|(?P<plain>.)",
    re.S | re.I,
)
_CONDITION = re.compile(r"\[(>=|<=|<>|>|<|=)\s*(-?[\d.]+)\]")
_DIGITS = "0#?"
_SHARED_SIGNS = "$¥￥"
"""Signs of more than one currency: which of them it is depends on the country."""
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟")
_NUMBER_TYPED = re.compile(
    rf"[\W_约近大超过不少多至于到]*(?:(?:[A-Za-z]{{2,3}}|人民币)\W*)?(?:\d|[{''.join(sorted(NUMERALS))}]+(?!\w))"
)
"""How a number begins that was typed as a text, roughly or in a currency perhaps."""
_ROUGHLY = "约≥≤<>~≈±"
_SCALED_BY = re.compile(r"^(?:thousands?|millions?|billions?|mio|mln|mn|bn|tsd|[kmbw]|[十百千万亿])+\.?\s*", re.I)
PERCENT_IDS, DATE_IDS = frozenset({9, 10}), frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Formats that a workbook may use without saying what they are; those of currencies depend on the country."""
MONTH_IDS = frozenset({27, 36, 50, 57})
SHARE, DATE, MONTH = "0%", "yyyy-mm-dd", 'yyyy"年"m"月"'
MONTHS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass(frozen=True)
class NumberFormat:
    """What stands before and behind the number; ``share``: it is shown in percent; ``scaled``: it is shown divided by some
    number, so that what multiplies it stands for that; ``instead`` are words that are shown and no number."""

    before: str = ""
    behind: str = ""
    share: bool = False
    scaled: bool = False
    instead: str = ""

    @property
    def plain(self) -> bool:
        """Whether the number alone says all."""
        return not (self.before or self.behind or self.share or self.scaled or self.instead)

    @property
    def unscaled(self) -> str:
        """What stands behind a number that is shown scaled, without what it was scaled by.

        >>> [NumberFormat(behind=words).unscaled for words in ("百万美元", "k USD", "万")]
        ['美元', 'USD', '']
        """
        return unscaled(self.behind)


def unscaled(behind: str) -> str:
    """Words behind a number without those that it is multiplied by."""
    return _SCALED_BY.sub("", behind)


def format_for(code: str, value: float) -> NumberFormat:
    """What a format says of a number, by the section that the number falls into.

    >>> format_for('0"万元"', 80).behind, format_for("[$$-409]#,##0.00", 5).before, format_for("0.0%", 0.1).share
    ('万元', '$', True)
    >>> format_for('0!.0,"万"', 90000).scaled, format_for('0.0,,"M"', 1e6).scaled
    (True, True)
    """
    sections = _sections(code)
    if not any(condition for _, condition in sections):
        place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
        return _of_section(sections[place][0]) if sections else NumberFormat()
    for section, condition in sections:
        if condition is None or condition.holds(value):
            return _of_section(section)
    return NumberFormat()


@functools.lru_cache(1024)
def says_something(code: str) -> bool:
    """Whether a format says of any number more than the number itself."""
    return any(not _of_section(section).plain for section, _ in _sections(code))


def text_under(code: str, text: str) -> str:
    """A text as its cell shows it under a format, where it gives a number; words, such as a name or a head, stay as they
    were typed.

    >>> [text_under('@"万元"', text) for text in ("90", "约九十", "不知道", "H1")], text_under('0"万元"', "90")
    (['90 万元', '约九十 万元', '不知道', 'H1'], '90')
    """
    before, behind = _around_text(code)
    return f"{before}{text}{' ' if behind else ''}{behind}" if (before or behind) and gives_number(text) else text


def gives_number(text: str) -> bool:
    """Whether a text begins as a number that was typed."""
    return _NUMBER_TYPED.match(text) is not None


def says_of_texts(code: str) -> bool:
    """Whether a format shows more than the text of a cell."""
    return "@" in code and any(_around_text(code))


@functools.lru_cache(1024)
def _around_text(code: str) -> tuple[str, str]:
    """What a format writes before and behind a text: in its fourth section, or in its last where there is room in that."""
    sections = [match[1] for match in _SECTIONS.finditer(code)][: code.count(";") + 1]
    section = sections[3] if len(sections) > 3 else sections[-1]
    sides, side = ["", ""], 0
    for token in _TOKENS.finditer(section):
        if token["general"] == "@":
            side = 1
        sides[side] += token["quoted"] or token["escaped"] or _currency(token["money"] or "", token["country"] or "")
        sides[side] += plain if (plain := token["plain"] or "") and (plain == "$" or not plain.isascii()) else ""
    return (_said(sides[0]), _said(sides[1])) if side else ("", "")


@dataclass(frozen=True)
class _Condition:
    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        low, same = value < self.limit, value == self.limit
        return {"<": low, "<=": low or same, ">": not (low or same), ">=": not low, "=": same, "<>": not same}[self.sign]


@functools.lru_cache(1024)
def _sections(code: str) -> tuple[tuple[str, _Condition | None], ...]:
    """The sections of a format for numbers, with the condition of each that has one."""
    found = []
    for section in [match[1] for match in _SECTIONS.finditer(code)][: code.count(";") + 1][:3]:
        condition = _CONDITION.search(section)
        found.append((section, _Condition(condition[1], float(condition[2])) if condition else None))
    return tuple(found)


@functools.lru_cache(1024)
def _of_section(section: str) -> NumberFormat:
    before, behind, digits, commas, share, scaled = "", "", 0, 0, False, False
    for token in _TOKENS.finditer(section):
        literal = token["quoted"] or token["escaped"] or _currency(token["money"] or "", token["country"] or "")
        plain = token["plain"] or ""
        if token["general"] or (plain and plain in _DIGITS):
            scaled = scaled or (digits > 0 and "." in behind)  # a point that is only written between the digits
            digits, commas, behind = digits + 1, 0, behind.replace(".", "")
        elif plain == "," and digits:
            commas += 1
        elif plain == "%":
            share = True
        elif plain and (plain == "$" or not plain.isascii()):
            literal = plain
        if literal and digits:
            behind += literal
        elif literal:
            before += literal
    if not digits:
        return NumberFormat(instead=_said(before))
    before = _said(before.strip("+"))
    before = before if len(before) > 1 or is_sign(before) else ""  # one letter only numbers a list
    return NumberFormat(before, _said(behind), share, scaled or commas > 0)


def _said(literal: str) -> str:
    """A literal that says something; blanks, brackets and dashes only set numbers apart."""
    stripped = literal.strip(" \u00a0()-:")
    return stripped if any(c.isalpha() or c in "%+" or is_sign(c) for c in stripped) else ""


def is_sign(text: str) -> bool:
    """Whether a text is one sign of a currency, or one that says a number roughly."""
    return len(text) == 1 and (text in _ROUGHLY or unicodedata.category(text) == "Sc")


def _currency(sign: str, country: str) -> str:
    """The sign of a currency as it is read: where several share it, that of the country, if one is named.

    >>> _currency("$", "409"), _currency("$", "404"), _currency("¥", "411"), _currency("￥", "804"), _currency("HK$", "C04")
    ('$', 'TWD', 'JPY', '￥', 'HK$')
    """
    if sign not in tuple(_SHARED_SIGNS) or not country:
        return sign
    from babel.numbers import get_territory_currencies

    territory = _territory(country)
    used = get_territory_currencies(territory) if territory else []
    return sign if not used or used[-1] in ("USD", "CNY") else str(used[-1])


def _territory(country: str) -> str:
    """The country that a format names by a number of Windows or by a language and a country."""
    import locale

    if re.fullmatch(r"[0-9a-fA-F]{3,8}", country):
        return locale.windows_locale.get(int(country, 16) & 0xFFFF, "").rpartition("_")[2]
    found = re.search(r"-([A-Z]{2})\b", country)
    return found[1] if found else ""


@functools.lru_cache(1024)
def is_date(code: str) -> bool:
    """Whether a format shows a number as a day or a time."""
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(code))


@functools.lru_cache(1024)
def is_month(code: str) -> bool:
    """Whether a format shows the month of a date, but no day of it.

    >>> is_month("mmm-yy"), is_month('yyyy"年"m"月"d"日"'), is_month('[$-804]yyyy"年"m"月"'), is_month("h:mm")
    (True, False, True, False)
    """
    shown = MONTHS.sub("", code.partition(";")[0]).lower()
    return "y" in shown and "m" in shown and "d" not in shown
