"""How much the second page of the owner's edition has room for: lowest-ranked lines go first, alike in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.reporting.document import Block, Bullets, Cell, Heading, KeyFigures, Paragraph, Table
from advisor.reporting.text_width import lines_filled

ROOM = 59.0
"""So many lines the second page has room for, as counted here, whichever engine sets it."""
LINE, ITEM, COLUMN = 114, 110, 1.2
"""The width of a line of text, of a bullet, and of a hundredth of a table; a wide character being 2."""
HEADING, PARAGRAPH, BULLETS, FIGURES = 2.2, 0.5, 0.5, 4.6
HEAD, ROW, PADDING = 1.9, 0.55, 3
"""What stands around lines: heading, paragraph, list, key figures, the head of a table, a row, and a cell's sides."""


@dataclass(frozen=True)
class Sizes:
    """How many lines of each kind the page has."""

    steps: int
    advice: int
    later: bool
    further: bool
    details: int
    risks: int
    turns: int


def sizes(steps: int) -> tuple[Sizes, ...]:
    """What is tried in turn, most lines first: of cost the further details are given up first, then what is for later and
    what would turn the verdict beyond its first line, then the last of the risks, the advice and the steps."""
    least = min(steps, 4)
    return (
        Sizes(steps, 4, True, True, 9, 3, 4),
        Sizes(steps, 4, True, True, 2, 3, 3),
        Sizes(steps, 4, True, True, 2, 3, 2),
        Sizes(steps, 4, True, True, 1, 3, 2),
        Sizes(steps, 3, True, True, 1, 2, 2),
        Sizes(steps, 3, True, False, 0, 2, 2),
        Sizes(min(steps, 6), 3, True, True, 1, 3, 2),
        Sizes(min(steps, 6), 3, True, True, 0, 2, 2),
        Sizes(min(steps, 5), 3, True, True, 0, 2, 1),
        Sizes(min(steps, 5), 2, True, True, 0, 2, 1),
        Sizes(least, 2, True, True, 0, 2, 1),
        Sizes(least, 2, True, True, 0, 1, 1),
        Sizes(least, 2, False, False, 0, 2, 1),
        Sizes(least, 2, False, False, 0, 1, 1),
        Sizes(min(steps, 3), 1, False, False, 0, 1, 1),
    )


def height(blocks: Iterable[Block | Heading]) -> float:
    """How many lines some blocks take."""
    return sum(map(_height, blocks))


def _height(block: Block | Heading) -> float:
    if isinstance(block, Heading):
        return HEADING
    if isinstance(block, Paragraph):
        return lines_filled(block.line.text, LINE) + PARAGRAPH
    if isinstance(block, Bullets):
        return sum(lines_filled(line.text, ITEM) for line in block.lines) + BULLETS
    if isinstance(block, KeyFigures):
        return FIGURES
    if isinstance(block, Table):
        return HEAD + sum(_row(block, row) for row in block.rows)
    return 0.0


def _row(table: Table, row: tuple[Cell, ...]) -> float:
    """The lines of the cell that takes most."""
    cells = zip(row, table.widths, strict=True)
    taken = (lines_filled(cell.line.text, width * COLUMN - PADDING) + (1 if cell.line.aside else 0) for cell, width in cells)
    return max(taken) + ROW
