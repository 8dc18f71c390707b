"""How much room text takes on a slide: lengths in inches, sizes of type in points."""

from __future__ import annotations

from advisor.reporting.text_width import lines_of

LINE = 1.22
"""The height of a line, in sizes of its type."""
NARROW = 0.54
"""The mean width of a narrow letter, in sizes of its type; a wide one takes twice 0.5, a whole one."""
POINTS_AN_INCH = 72.0


def height_of(text: str, size: float, width: float) -> float:
    """The height of a text in a column of some width."""
    return lines_of(text, width * POINTS_AN_INCH / (size * NARROW)) * size * LINE / POINTS_AN_INCH
