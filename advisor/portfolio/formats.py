"""Labels and figures as they are shown in tables and charts."""

from __future__ import annotations

from advisor.portfolio.entry import ScoreRange


def short_label(label: str) -> str:
    """A label without what it says in brackets.

    >>> short_label("Micro (under 20 people)"), short_label("微型（20人以下）")
    ('Micro', '微型')
    """
    return label.split("（")[0].split(" (")[0]


def points_text(value: float | None) -> str:
    """Points as a whole number, a dash where there are none."""
    return "–" if value is None else f"{value:.0f}"


def range_text(span: ScoreRange) -> str:
    """The range a score may lie in; empty where missing answers leave nothing open."""
    low, high = f"{span.low:.0f}", f"{span.high:.0f}"
    return "" if low == high else f"{low}–{high}"


def percent(k: int, n: int) -> str:
    """So many of so many in percent."""
    return f"{k / n:.0%}" if n else "–"
