"""Numbers as people write them: ``18M``, ``300k``, ``80万``, ``1.2亿``, ``35 %``, ``1,200,000``, ``¥30万元``."""

from __future__ import annotations

import re
import unicodedata

UNITS: dict[str, float] = {
    "": 1, "k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4, "m": 1e6, "mn": 1e6, "million": 1e6, "百万": 1e6,
    "千万": 1e7, "亿": 1e8, "b": 1e9, "bn": 1e9, "billion": 1e9, "十亿": 1e9,
}  # fmt: skip
"""Multipliers by suffix (lower case)."""

_NUMBER = re.compile(r"^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([a-z]*|[十百千]?[万亿千]|百万|十亿)\s*%?$")
_DRESS = re.compile(r"(人民币|rmb|cny|¥|元|人|家|个月|月|周)")


def parse_number(text: str | int | float) -> float | None:
    """The number that ``text`` states, or None where it states none (a range, a word, two numbers).

    >>> parse_number("1.2亿"), parse_number("300k"), parse_number("35 %"), parse_number("2-3")
    (120000000.0, 300000.0, 35.0, None)
    """
    if isinstance(text, bool):
        return None
    if isinstance(text, int | float):
        return float(text) if abs(text) < 1e15 else None
    if len(text) > 40:
        return None
    plain = _DRESS.sub("", unicodedata.normalize("NFKC", text).strip().lower()).strip()
    match = _NUMBER.match(plain)
    if not match or match[4] not in UNITS:
        return None
    value = float(f"{match[1]}{match[2].replace(',', '')}{match[3] or ''}")
    return round(value * UNITS[match[4]], 6)
