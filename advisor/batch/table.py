"""A table of firms as cells of text, and what is wrong with cells whatever question they answer."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.errors import Place, Problem
from advisor.tables import ERROR_VALUES


@dataclass(frozen=True)
class TableNote:
    """Something a user must know that is no mistake: a key of the catalogue and its values."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class FirmTable:
    """The cells of a table as text, by row and column from 0; ``formulas`` are the places that hold one, ``merged`` those
    that a cell above them covers."""

    name: str
    sheet: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]]
    notes: tuple[TableNote, ...]
    merged: frozenset[tuple[int, int]] = frozenset()

    def place(self, number: int, column: int = -1) -> Place:
        """The place of a cell, row and column from 0, or of a whole row."""
        return Place(self.name, number + 1, column + 1, self.sheet)


def cell_fault(table: FirmTable, head: str, number: int, column: int, text: str) -> Problem | None:
    """What is wrong with a cell, in row ``number`` and ``column`` from 0, whatever it is asked under ``head``."""
    place = table.place(number, column)
    if not text and (number, column) in table.formulas:
        return Problem("B104", place, {"head": head[:60]})
    if not text and (number, column) in table.merged:
        return Problem("B107", place, {"head": head[:60]})
    return Problem("B105", place, {"value": text}) if text in ERROR_VALUES else None
