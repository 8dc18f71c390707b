"""Words of a selection: its catalogue, and sums of money rounded to what an estimate can bear."""

from __future__ import annotations

import math

from advisor.assessment.words import filled
from advisor.knowledge.currency import amount
from advisor.text import Text, catalogue

__all__ = ["amount", "phrase", "rough", "sentences"]


def phrase(key: str, /, **values: object) -> Text:
    """An entry of the selection catalogue with its placeholders filled; a Text value gives its own language."""
    return filled(catalogue("selection")[key], **values)


def rough(amount: float) -> float:
    """An estimate to two significant figures, three where the first is a one.

    >>> rough(123_456), rough(987_654), rough(0)
    (123000.0, 990000.0, 0.0)
    """
    if amount <= 0:
        return 0.0
    digits = math.floor(math.log10(amount))
    keep = 2 if amount / 10**digits < 2 else 1
    return float(round(amount, keep - digits))


def sentences(parts: list[Text]) -> Text:
    """Sentences one after another, with a space between where the language has one."""
    return Text(zh="".join(part.zh for part in parts), en=" ".join(part.en for part in parts))
