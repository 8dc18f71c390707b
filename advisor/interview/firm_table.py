"""A table of firms as cells of text, and what is wrong with cells whatever question they answer."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor.errors import Place, Problem
from advisor.sheets.failed_cells import is_error
from advisor.text import LANGS, Lang, Text, join, say, single_line
from advisor.workbook_comments import CellComment


@dataclass(frozen=True)
class TableNote:
    """Something a user must know that is no mistake: a key of the catalogue and its values. A value may be a text in both
    languages, a note itself, or a tuple of either that is told as a list."""

    key: str
    values: dict[str, object]

    def message(self, lang: Lang) -> str:
        """The note in words."""
        return say("batch", self.key, lang, **{key: _in_words(value, lang) for key, value in self.values.items()})

    def problem(self, place: Place) -> Problem:
        """The note as one beside the answers of a single firm."""
        said = {lang: single_line(self.message(lang)) for lang in LANGS}
        return Problem("A156", place, {"remark": Text(**said)}, "note")


def _in_words(value: object, lang: Lang) -> str:
    if isinstance(value, tuple):
        return join([_in_words(item, lang) for item in value], lang)
    return value[lang] if isinstance(value, Text) else value.message(lang) if isinstance(value, TableNote) else str(value)


@dataclass(frozen=True)
class FirmTable:
    """The cells of a table as text, by row and column from 0; ``formulas`` are the places of those without a stored result,
    ``merged`` those that a cell of another row covers, ``across`` those that a cell of their own row does. ``turned``: the
    file has a firm in each column; ``points_asked``: a point in a number may keep its thousands apart; ``comments`` are
    those on cells, ``origins`` the places from which cells were brought to where they stand now."""

    name: str
    sheet: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]]
    notes: tuple[TableNote, ...]
    merged: frozenset[tuple[int, int]] = frozenset()
    turned: bool = False
    points_asked: bool = False
    comments: Mapping[tuple[int, int], CellComment] = field(default_factory=dict)
    across: frozenset[tuple[int, int]] = frozenset()
    origins: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @functools.cached_property
    def _faulty(self) -> frozenset[int]:
        return frozenset(row for row, _ in (*self.formulas, *self.merged))

    def has_fault(self, number: int) -> bool:
        """Whether a cell of a row, from 0, looks empty but may not be: it is merged, or a formula without a result."""
        return number in self._faulty

    def place(self, number: int, column: int = -1) -> Place:
        """The place of a cell, row and column from 0, or of a whole row."""
        number, column = self.origins.get((number, column), (number, column))
        if self.turned and column >= 0:
            number, column = column, number
        return Place(self.name, number + 1, column + 1, self.sheet)


def cell_fault(table: FirmTable, head: str, number: int, column: int, text: str) -> Problem | None:
    """What is wrong with a cell, in row ``number`` and ``column`` from 0, whatever it is asked under ``head``."""
    place = table.place(number, column)
    if not text and (number, column) in table.formulas:
        return Problem("B104", place, {"head": head[:60]})
    if not text and ((number, column) in table.merged or (number, column) in table.across):
        return Problem("B107", place, {"head": head[:60]})
    return Problem("B105", place, {"value": text}) if is_error(text) else None


def turned(table: FirmTable) -> FirmTable:
    """A table that has a firm in each column, with rows and columns exchanged; places stay those of the file."""
    width = max(map(len, table.cells), default=0)
    cells = [[row[column] if column < len(row) else "" for row in table.cells] for column in range(width)]
    places = (table.formulas, table.merged, table.across)
    formulas, merged, across = (frozenset((column, row) for row, column in kind) for kind in places)
    notes = (*table.notes, TableNote("note.turned", {}))
    comments = {(column, row): said for (row, column), said in table.comments.items()}
    exchanged = replace(table, cells=cells, formulas=formulas, merged=across, across=merged)
    return replace(exchanged, notes=notes, turned=True, comments=comments)
