"""Workbooks of every kind, sheet by sheet as cells of text: XLSX and its relatives, XLS, ODS and FODS."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from advisor.sheets.cells import At, FormatExample, SheetCells, Texts, shown, text_rows, value_text
from advisor.sheets.failed_cells import is_error, needs_texts, with_texts
from advisor.sheets.kinds import Kind
from advisor.sheets.marked_texts import marked_texts
from advisor.sheets.number_formats import text_under
from advisor.sheets.old_workbook import read_old_workbook
from advisor.sheets.opendocument import open_document
from advisor.sheets.shared_texts import takes_too_much
from advisor.sheets.xlsx_book import BookParts, BrokenWorkbookError, book_parts
from advisor.sheets.xlsx_parts import SheetScan, comments_of, scan_sheet

__all__ = ["BrokenWorkbookError", "OpenWorkbook", "SheetTooLargeError", "open_workbook"]


class SheetTooLargeError(Exception):
    """A sheet with more rows or columns than are read; ``rows`` says which."""

    def __init__(self, rows: bool) -> None:
        self.rows = rows
        super().__init__("rows" if rows else "columns")


@dataclass
class OpenWorkbook:
    """A workbook that was opened: the names of its tables in order, and which of them are hidden."""

    content: bytes
    kind: Kind
    names: tuple[str, ...]
    hidden: frozenset[str]
    parts: BookParts | None
    book: Any
    documents: dict[str, SheetCells]

    def sheet(
        self,
        name: str,
        most_rows: int,
        most_columns: int,
        comments: bool = False,
        only_dates: bool = False,
        tidy: Callable[[str], str] = str.strip,
    ) -> SheetCells:
        """The cells of a table; with ``only_dates`` formats say of a number only whether it is a date. ``tidy`` is done to
        every text that a cell holds.

        Raises :class:`SheetTooLargeError` where it has more rows or columns than are read."""
        if name in self.documents:
            return _tidied(self.documents[name], tidy)
        scan = SheetScan()
        path = self.parts.sheets.get(name, "") if self.parts else ""
        if self.parts and path:
            scan = scan_sheet(self.content, path, self.parts.formats, most_rows)
            if self.parts.uncalculated:
                scan.unstored |= scan.noughts
            if scan.last_row >= most_rows:
                raise SheetTooLargeError(rows=True)
            if scan.far or scan.too_wide or takes_too_much(self.content, path, scan.shared):
                raise SheetTooLargeError(rows=False)
        texts = Texts(tidy)
        with _sound():
            rows = _texts(
                self._book(path, scan).get_sheet_by_name(name), most_rows, most_columns, scan.truths or not path, texts
            )
        unit, scaled = self._with_formats(rows, scan, only_dates)
        for (row, column), text in marked_texts(self.content, path).items() if path and not only_dates else ():
            _put(rows, row, column, tidy(text))
        for (row, column), text in scan.errors.items():
            _put(rows, row, column, text if is_error(text) else "#N/A")
        for row, column in scan.unstored:
            _put(rows, row, column, "")
        said = comments_of(self.content, path) if comments and path else {}
        formulas, unstored = frozenset(scan.formulas), frozenset(scan.unstored)
        return SheetCells(
            name,
            rows,
            formulas,
            unstored,
            frozenset(scan.errors),
            tuple(scan.merged),
            said,
            unit,
            scaled,
            texts.longest,
            hidden_rows=frozenset(scan.hidden_rows),
            hidden_columns=frozenset(scan.hidden_columns),
        )

    def _book(self, path: str, scan: SheetScan) -> Any:
        """The reader of values for a sheet, which must not meet errors that it does not know."""
        if not needs_texts({*scan.errors.values()} - {""}):
            return self.book
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_object(io.BytesIO(with_texts(self.content, path)))

    def _with_formats(
        self, rows: list[list[str]], scan: SheetScan, only_dates: bool
    ) -> tuple[FormatExample | None, FormatExample | None]:
        """Write what numbers show under their formats into the rows; the first with a unit, and the first that is scaled."""
        unit = scaled = None
        for (row, column), (style, value) in scan.styled.items():
            if self.parts is None or row >= len(rows) or column >= len(rows[row]):
                continue
            if not value:
                unit = _text_with_format(rows, (row, column), self.parts.formats[style], unit)
                continue
            try:
                number = float(value)
            except ValueError:
                continue
            text, said = shown(number, self.parts.formats[style], self.parts.date1904)
            if rows[row][column] in ("yes", "no") or (only_dates and not said.plain):
                continue
            if (said.before or said.behind or said.instead) and not said.scaled:
                unit = unit or FormatExample((row, column), value_text(number), text)
            if said.scaled:
                scaled = scaled or FormatExample((row, column), value_text(number), text)
            rows[row][column] = text
        return unit, scaled


def _text_with_format(rows: list[list[str]], at: At, code: str, unit: FormatExample | None) -> FormatExample | None:
    """Write what a text shows under its format into the rows; the first example of one that shows more than itself."""
    typed = rows[at[0]][at[1]]
    text = rows[at[0]][at[1]] = text_under(code, typed)
    return unit or (FormatExample(at, typed, text) if text != typed else None)


def open_workbook(content: bytes, kind: Kind) -> OpenWorkbook:
    """Open a workbook. Whatever is wrong inside may raise anything."""
    if kind in ("ods", "fods"):
        documents, hidden = open_document(content, kind == "ods")
        return OpenWorkbook(content, kind, tuple(documents), hidden, None, None, documents)
    if kind == "xls":
        sheets, hidden = read_old_workbook(content)
        return OpenWorkbook(content, kind, tuple(s.name for s in sheets), hidden, None, None, {s.name: s for s in sheets})
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    parts = book_parts(content)
    with _sound():
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        tables = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    hidden = frozenset(meta.name for meta in tables if meta.visible != SheetVisibleEnum.Visible)
    return OpenWorkbook(content, kind, tuple(meta.name for meta in tables), hidden, parts, book, {})


@contextlib.contextmanager
def _sound() -> Iterator[None]:
    """Where the reader of values gives up on a file in a way that Python takes for no exception, the file is broken."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise BrokenWorkbookError(type(error).__name__) from None


def _texts(sheet: Any, most_rows: int, most_columns: int, truths: bool, texts: Texts) -> list[list[str]]:
    """The cells of a sheet as text, rows without the empty cells at their end; equal cells are one text in memory."""
    rows = list[list[str]]()
    for row in text_rows(sheet, truths, texts):
        if row and len(rows) >= most_rows:
            raise SheetTooLargeError(rows=True)
        if len(row) > most_columns:
            del row[most_columns + 1 :]
            while row and not row[-1]:
                row.pop()
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _tidied(sheet: SheetCells, tidy: Callable[[str], str]) -> SheetCells:
    """A sheet whose texts were made tidy, each once."""
    if tidy is str.strip:
        return sheet
    texts = Texts(tidy)
    rows = [[*map(texts.__getitem__, row)] for row in sheet.rows]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    return replace(sheet, rows=rows, longest=texts.longest)


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    """Write a text into a cell that the reader of values left empty, or none into one that is not to be relied on."""
    while len(rows) <= row:
        rows.append([])
    if text:
        rows[row] += [""] * (column + 1 - len(rows[row]))
    if column < len(rows[row]):
        rows[row][column] = text


def place_name(at: At) -> str:
    """A place as spreadsheets write it.

    >>> place_name((1, 27))
    'AB2'
    """
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(at[1] + 1)}{at[0] + 1}"
