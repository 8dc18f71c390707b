"""Numbers as people say them, written in figures: 三四十万, 六成半, 十几个, 百分之六十, a third."""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = {word: figure for figure, word in enumerate("零一二三四五六七八九")} | {"两": 2}
_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000}
_DIGIT = "[一二两三四五六七八九]"
_ALONE = r"(?<![\d.,几数零一二两三四五六七八九十百千万亿分])"
"""Nothing that would be part of the same number stands before it."""
_WHOLE = r"(?![\d几零一二两三四五六七八九十百千])"
_SPELT = re.compile(rf"{_ALONE}[零一二两三四五六七八九十百千]+(?![\d几零一二两三四五六七八九十百千成])")
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:({_DIGIT})千)?(?:零?({_DIGIT})百)?(?:零?((?:{_DIGIT})?十))?(?:(?:零|(?<=十)|^)({_DIGIT}))?"
)
_EITHER = re.compile(rf"{_ALONE}((?:{_DIGIT}?十)|{_DIGIT}百|)({_DIGIT})({_DIGIT})([十百千]?){_WHOLE}(?!成)")
_TEN_AND_SOME = re.compile(rf"{_ALONE}({_DIGIT}?)十几{_WHOLE}")
_ABOUT_A_HUNDRED = re.compile(rf"{_ALONE}([百千万])把(?=[个人家名元]|$)|(?<=近)([百千])(?=[个人家名元万]|$)")
_OVER_A_HUNDRED = re.compile(r"^(?:上|过)([百千万])(?=[个人家名元万]|$)")
_TENTH = rf"(?:\d(?:\.\d)?|{_DIGIT})"
_TENTHS = re.compile(
    rf"(?<![\d.])(?:({_TENTH})成?[-–—~至到]({_TENTH})|({_DIGIT})({_DIGIT}))成(?![本立为员功])"
    rf"|(?<![\d.])({_TENTH})成(半|{_DIGIT}|)(?![本立为员功])"
)
_OF_A_HUNDRED = re.compile(r"百分之([零一二两三四五六七八九十百]+|[\d.]+)")
_FRACTION = re.compile(rf"({_DIGIT})分之({_DIGIT})")
_FRACTIONS_IN_WORDS = {
    "一半": "50%", "half": "50%", "a half": "50%", "a third": "33.3%", "one third": "33.3%", "two thirds": "66.7%",
    "a quarter": "25%", "one quarter": "25%", "three quarters": "75%",
}  # fmt: skip
_IN_WORDS = re.compile(
    rf"(?<![a-z一-鿿\d])(?:{'|'.join(sorted(_FRACTIONS_IN_WORDS, key=len, reverse=True))})(?![a-z])", re.I
)
_IN_ALL = re.compile(r"^(?:一共|总共|合计|共计|共)(?=[\d约一二两三四五六七八九十])")
_ABOUT_A_RANGE = re.compile(r"^(?:约|大约|大概|about |around )\s*(?=[\d.]+\D{0,2}[-–—~至到]\s*[\d.]+)", re.IGNORECASE)
"""A range is no more certain for "about" before it."""
_ONE_UNIT = re.compile(r"^(\d+(?:\.\d+)?)个([亿万])")
_HUNDRED_MILLIONS = re.compile(r"(\d+(?:\.\d+)?)亿(\d+)(千万|百万|万)(?!亿)")
_THOUSANDS_OF = {"千万": 0.1, "百万": 0.01, "万": 0.0001}


def in_figures(written: str) -> str:
    """Numbers in simple words as figures, and what lies between two as a range; what is not simple stays as it is.

    >>> in_figures("三十万到四十万"), in_figures("一百二十万"), in_figures("三十多万"), in_figures("三百二")
    ('30万到40万', '120万', '30多万', '三百二')
    >>> [in_figures(text) for text in ("三四十万", "一百五六", "两三百人", "十五六个", "七八家", "十几人", "上百人")]
    ['30-40万', '150-160', '200-300人', '15-16个', '7-8家', '11-19人', '至少100人']
    >>> [in_figures(text) for text in ("六成左右", "六七成", "六到七成", "六成半", "百分之六十", "三分之二", "a third")]
    ['60%左右', '60-70%', '60-70%', '65%', '60%', '66.7%', '33.3%']
    >>> [in_figures(text) for text in ("共120人", "约100-200", "一个亿", "1亿5千万")]
    ['120人', '100-200', '1亿', '1.5亿']
    """
    for pattern, figures in _WRITTEN:
        written = pattern.sub(figures, written)
    return written


def _tenths(match: re.Match[str]) -> str:
    *ends, one, more = match.groups()
    if one is None:
        low, high = filter(None, ends)
        return f"{_tenth(low):g}-{_tenth(high):g}%" if _tenth(low) < _tenth(high) else match[0]
    return f"{_tenth(one) + (5 if more == '半' else _DIGITS.get(more, 0)):g}%"


def _tenth(word: str) -> float:
    return 10.0 * (_DIGITS[word] if word in _DIGITS else float(word))


def _either(match: re.Match[str]) -> str:
    """One of two numbers that follow each other, and 三五 and 两三, which people say likewise."""
    before, low, high, times = match.groups()
    first, second = _DIGITS[low], _DIGITS[high]
    if not (second - first == 1 or (first, second) == (3, 5)):
        return match[0]
    if before.endswith("百"):
        start, step = _DIGITS[before[0]] * 100, 10 if not times or times == "十" else 0
    elif before:
        start, step = 10 * (_DIGITS[before[0]] if len(before) > 1 else 1), 1 if not times else 0
    else:
        start, step = 0, _TIMES[times]
    return f"{start + first * step}-{start + second * step}" if step else match[0]


def _figures(match: re.Match[str]) -> str:
    found = _BELOW_TEN_THOUSAND.fullmatch(match[0])
    if found is None:
        return match[0]
    thousands, hundreds, tens, ones = (word or "零" for word in found.groups())
    ten = 1 if tens == "十" else _DIGITS[tens[0]]
    return str(1000 * _DIGITS[thousands] + 100 * _DIGITS[hundreds] + 10 * ten + _DIGITS[ones])


def _of_a_hundred(match: re.Match[str]) -> str:
    number = _SPELT.sub(_figures, match[1])
    return f"{number}%" if number.replace(".", "", 1).isdigit() else match[0]


def _ten_and_some(match: re.Match[str]) -> str:
    ten = 10 * (_DIGITS[match[1]] if match[1] else 1)
    return f"{ten + 1}-{ten + 9}"


def _round_number(match: re.Match[str]) -> str:
    return {"百": "100", "千": "1000", "万": "1万"}[next(filter(None, match.groups()))]


def _hundred_millions(match: re.Match[str]) -> str:
    return f"{float(match[1]) + float(match[2] or 0) * _THOUSANDS_OF[match[3]]:g}亿"


_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_IN_ALL, lambda match: ""),
    (_ABOUT_A_RANGE, lambda match: ""),
    (_IN_WORDS, lambda match: _FRACTIONS_IN_WORDS[match[0].lower()]),
    (_OF_A_HUNDRED, _of_a_hundred),
    (_FRACTION, lambda match: f"{100 * _DIGITS[match[2]] / _DIGITS[match[1]]:.3g}%"),
    (_TENTHS, _tenths),
    (_TEN_AND_SOME, _ten_and_some),
    (_OVER_A_HUNDRED, lambda match: f"至少{_round_number(match)}"),
    (_ABOUT_A_HUNDRED, lambda match: ("约" if match[1] else "") + _round_number(match)),
    (_EITHER, _either),
    (_SPELT, _figures),
    (_ONE_UNIT, lambda match: match[1] + match[2]),
    (_HUNDRED_MILLIONS, _hundred_millions),
)
"""What is looked for, in this order, and what stands in its place."""
