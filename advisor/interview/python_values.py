"""Values as programs hold them, brought to what a file of answers would hold: text, numbers, lists and mappings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from advisor.errors import shortened
from advisor.yaml_source import MAX_DIGITS

MAX_DEPTH = 5
"""How deep values are converted; answers go three levels deep, and a mapping or a list may hold itself."""
LIMIT = 10**MAX_DIGITS
"""No answer is as large, and the largest whole numbers cannot even be printed."""
MISSING_TYPES = {"NAType", "NaTType"}
"""The types of the missing values of pandas; comparing some of them is an error."""


@dataclass(frozen=True)
class UnreadableValue:
    """Stands for a value that no file can hold, so that every question refuses it and says how it prints."""

    printed: str

    def __str__(self) -> str:
        return self.printed

    __repr__ = __str__


def plain_value(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it: sets and tuples become lists, dates ISO text, decimals and numpy's scalars Python's own
    numbers, missing values None, and what is none of these an :class:`UnreadableValue`."""
    if is_missing(value):
        return None
    if depth > MAX_DEPTH:
        return UnreadableValue(shortened(value))
    if isinstance(value, Mapping):
        return {_key(key): plain_value(part, depth + 1) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain_value(part, depth + 1) for part in value), key=str)
    if isinstance(value, list | tuple):
        return [plain_value(part, depth + 1) for part in value]
    if isinstance(value, date):
        return value.isoformat()[:10]
    if type(value).__module__.partition(".")[0] in ("numpy", "pandas") and hasattr(value, "tolist"):
        return plain_value(value.tolist(), depth + 1)
    return _scalar(value)


def is_missing(value: object) -> bool:
    """Whether a value is how Python, numpy or pandas say that there is none."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in MISSING_TYPES or (isinstance(value, Decimal) and value.is_nan())


def _scalar(value: Any) -> Any:
    if isinstance(value, int) and not -LIMIT < value < LIMIT:
        return UnreadableValue(f"{Decimal(value):.0e}")
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal | Fraction) and -LIMIT < value < LIMIT:
        return float(value)
    return UnreadableValue(shortened(value))


def _key(key: Any) -> Any:
    return key if key is None else _scalar(key)
