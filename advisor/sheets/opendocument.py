"""OpenDocument tables (ODS, and FODS in one flat file), read from their XML: values, what they show, units, comments.

A cell or a row may be repeated a million times in a few bytes: repetitions are only taken as far as anything stands in them.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from typing import Any

from advisor.sheets.cells import At, FormatExample, SheetCells, value_text
from advisor.sheets.failed_cells import is_error
from advisor.sheets.number_formats import NUMERALS, gives_number, is_sign, unscaled
from advisor.workbook_comments import LONGEST, MAX_COMMENTS, OURS, CellComment

MOST_ROWS, MOST_COLUMNS = 100_200, 401
MOST_CELLS = 8_000_000
MOST_CELLS_IN_A_ROW = 20_000
"""Cells, or parts for some of them, that a row is written in; spreadsheets have no more columns than that."""
MOST_TABLES = 60
MOST_BLANKS = 1_000
"""Blanks within a text that one element may stand for."""
_PARTS = ("table", "table-column", "table-row", "table-cell", "covered-table-cell")
_UNIT_SIGNS = "%"
_UNSEEN = ("collapse", "filter")
_OF_CURRENCY = re.compile(r"[$€£¥￥]|[A-Z]{3}(?![a-z])")


class TooLargeDocumentError(Exception):
    """A document with more cells than are read."""


def open_document(content: bytes, packed: bool) -> tuple[dict[str, SheetCells], frozenset[str]]:
    """The tables of a document by name, and which are hidden. Raises :class:`TooLargeDocumentError`; what is wrong with its
    XML may raise anything."""
    from defusedxml.ElementTree import iterparse

    if packed:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("content.xml")
    found, invisible = _Found(), set[str]()
    for event, node in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        tag = _tag(node)
        if tag == "style" and any(_get(part, "display") == "false" for part in node if _tag(part) == "table-properties"):
            invisible.add(_get(node, "name"))
        elif tag in _PARTS:
            found.take(event, tag, node, invisible)
    return found.tables, frozenset(found.hidden)


class _Found:
    """The tables of a document, row by row as they are read: of a row that was read nothing is kept but its texts."""

    def __init__(self) -> None:
        self.tables, self.hidden = dict[str, SheetCells](), set[str]()
        self.left, self.depth, self.cells, self.table = MOST_CELLS, 0, 0, _Table(0)

    def take(self, event: str, tag: str, node: Any, invisible: set[str]) -> None:
        """The beginning or the end of a table, a column, a row or a cell. A table within a cell is none of its own."""
        begins = event == "start"
        if tag == "table" and begins:
            self.depth += 1
            self.table = _Table(self.left) if self.depth == 1 else self.table
        elif tag == "table":
            self.depth -= 1
            if self.depth == 0 and len(self.tables) < MOST_TABLES:
                read = self.table.read(_get(node, "name"))
                self.left -= sum(map(len, read.rows))
                self.tables[read.name] = read
                self.hidden |= {read.name} if _get(node, "style-name") in invisible else set()
            node.clear()
        elif self.depth != 1 or begins:
            return
        elif tag == "table-column":
            self.table.add_column(node)
        elif tag == "table-row":
            if len(self.tables) < MOST_TABLES:
                self.table.add(node)
            node.clear()
            self.cells = 0
        else:
            self.cells += 1
            if self.cells > MOST_CELLS_IN_A_ROW:
                raise TooLargeDocumentError


def _tag(node: Any) -> str:
    return _local(node.tag)


@functools.lru_cache(1024)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _get(node: Any, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


class _Table:
    def __init__(self, left: int) -> None:
        self.rows, self.left, self.blank_rows = list[list[str]](), left, 0
        self.formulas, self.errors, self.comments = set[At](), set[At](), dict[At, CellComment]()
        self.merged = list[tuple[int, int, int, int]]()
        self.unit: FormatExample | None = None
        self.scaled: FormatExample | None = None
        self.unstored = set[At]()
        self.hidden_rows, self.hidden_columns, self.columns = set[int](), set[int](), 0

    def add_column(self, node: Any) -> None:
        """A column with its repetitions, of which it says whether anybody sees them."""
        times = min(int(_get(node, "number-columns-repeated") or 1), MOST_COLUMNS)
        if _get(node, "visibility") in _UNSEEN and self.columns < MOST_COLUMNS:
            self.hidden_columns |= set(range(self.columns, self.columns + times))
        self.columns += times

    def read(self, name: str) -> SheetCells:
        """What was read of the table."""
        return SheetCells(
            name,
            self.rows,
            frozenset(self.formulas),
            errors=frozenset(self.errors),
            merged=tuple(self.merged),
            comments=self.comments,
            unit_format=self.unit,
            scaled_format=self.scaled,
            unstored=frozenset(self.unstored),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def add(self, node: Any) -> None:
        """A row with its repetitions."""
        times = int(_get(node, "number-rows-repeated") or 1)
        number = len(self.rows) + self.blank_rows
        row = self._cells(node, len(self.rows) + self.blank_rows)
        if not row:
            self.blank_rows += times
            return
        self.left -= (self.blank_rows + times) + times * len(row)
        if self.left < 0 or len(self.rows) + self.blank_rows + times > MOST_ROWS:
            raise TooLargeDocumentError
        self.rows += [[] for _ in range(self.blank_rows)]
        self.rows += [list(row) for _ in range(times)]
        if _get(node, "visibility") in _UNSEEN:
            self.hidden_rows |= set(range(number, number + times))
        self.blank_rows = 0

    def _cells(self, node: Any, number: int) -> list[str]:
        row, blank = list[str](), 0
        for cell in node:
            if _tag(cell) not in ("table-cell", "covered-table-cell"):
                continue
            if not cell.attrib and not len(cell):
                blank += 1
                continue
            times = int(_get(cell, "number-columns-repeated") or 1)
            text = self._text(cell, (number, len(row) + blank)) if _tag(cell) == "table-cell" else ""
            if not text:
                blank += times
                continue
            if len(row) + blank + times > MOST_COLUMNS:
                raise TooLargeDocumentError
            row += [""] * blank + [text] * times
            blank = 0
        return row

    def _text(self, cell: Any, at: At) -> str:
        """What a cell shows, and what is to be noted of it."""
        down, across = int(_get(cell, "number-rows-spanned") or 1), int(_get(cell, "number-columns-spanned") or 1)
        if down > 1 or across > 1:
            self.merged.append((at[0], at[1], at[0] + down - 1, at[1] + across - 1))
        kind, value = _get(cell, "value-type"), _get(cell, "value")
        if _get(cell, "formula"):
            self.formulas.add(at)
            if not kind:
                self.unstored.add(at)
        for part in cell:
            if _tag(part) == "annotation":
                text = "\n".join(_words(line) for line in part.iter() if _tag(line) == "p").strip()[:LONGEST]
                author = next((line.text or "" for line in part if _tag(line) == "creator"), "")
                if text and author != OURS and len(self.comments) < MAX_COMMENTS:
                    self.comments[at] = CellComment(text, author)
        shown = "\n".join(_words(line) for line in cell if _tag(line) == "p").strip()
        if is_error(shown) or any(said == "error" for name, said in cell.attrib.items() if name.endswith("}value-type")):
            self.errors.add(at)
            return shown
        if kind == "boolean":
            return "yes" if _get(cell, "boolean-value") == "true" else "no"
        if kind == "date":
            return _get(cell, "date-value")[:10]
        if kind == "percentage" and value:
            return f"{round(float(value) * 100, 10):.12g} %"
        if kind in ("float", "currency") and value:
            return self._number(float(value), shown, _get(cell, "currency"), at)
        return self._typed(shown, _get(cell, "string-value").strip(), at)

    def _typed(self, shown: str, typed: str, at: At) -> str:
        """A text, with what its cell shows beside it where it gives a number."""
        if not shown or not typed or typed == shown or typed not in shown:
            return shown or typed
        if not gives_number(typed):
            return typed
        self.unit = self.unit or FormatExample(at, typed, shown)
        return shown

    def _number(self, number: float, shown: str, currency: str, at: At) -> str:
        """A number with the unit that its cell shows beside it; of one that is shown scaled, without what it is scaled by. A
        cell that shows words alone, such as yes for 1, says those."""
        plain = value_text(number)
        if _is_words(shown):
            self.unit = self.unit or FormatExample(at, plain, shown)
            return shown
        before, behind = _beside(shown)
        if not (before or behind or currency):
            return plain
        if not _shows(shown, number):
            self.scaled = self.scaled or (FormatExample(at, plain, shown) if behind != unscaled(behind) else None)
            behind = unscaled(behind)
        if currency:
            before, behind = f"{currency} ", _OF_CURRENCY.sub("", behind.replace(currency, "")).strip()
        if not (before.strip() or behind):
            return plain
        text = f"{before}{plain}{' ' if behind else ''}{behind}"
        self.unit = self.unit or FormatExample(at, plain, text)
        return text


def _words(line: Any) -> str:
    """A line of text as it is shown: blanks, tabs and breaks are elements of their own."""
    blanks = {"s": " ", "tab": "\t", "line-break": "\n"}
    said = [line.text or ""]
    for part in line:
        tag = _tag(part)
        said += [
            blanks[tag] * min(int(_get(part, "c") or 1), MOST_BLANKS) if tag in blanks else _words(part),
            part.tail or "",
        ]
    return "".join(said)


def _is_words(shown: str) -> bool:
    """Whether a number is shown as words, which are none for a number themselves."""
    letters = [c for c in shown if c.isalpha()]
    return bool(letters) and not any(c.isdigit() for c in shown) and not set(letters) & NUMERALS


def _shows(shown: str, number: float) -> bool:
    """Whether the figures shown are the number, rounded perhaps, and not what is left of it when it is scaled."""
    digits = [place for place, c in enumerate(shown) if c.isdigit()]
    figures = re.sub(r"[\s,'’]", "", shown[digits[0] : digits[-1] + 1]) if digits else ""
    try:
        return abs(float(figures) - abs(number)) <= 0.51 * max(1.0, abs(number) / 1000)
    except ValueError:
        return False


def _beside(shown: str) -> tuple[str, str]:
    """What stands before and behind the digits of a number as it is shown."""
    places = [place for place, c in enumerate(shown) if c.isdigit()]
    if not places:
        return "", ""
    sides = (shown[: places[0]].strip(" -+("), shown[places[-1] + 1 :].strip(" )."))
    before, behind = (side if any(c.isalpha() or c in _UNIT_SIGNS or is_sign(c) for c in side) else "" for side in sides)
    return before, behind
