"""The index of a portfolio as a workbook. It is written row by row, so that a hundred thousand firms fit into memory;
whatever came from outside is entered as text, and no cell is a formula."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

from advisor.knowledge.model import Knowledge
from advisor.office import reproducible, set_text
from advisor.portfolio.entry import Entry
from advisor.portfolio.figures import Figures
from advisor.portfolio.sheets import Cell, Sheet, sheets
from advisor.portfolio.words import Words
from advisor.reporting.tones import TONE_COLOURS
from advisor.text import Lang

HEAD_ROW = 4


def to_workbook(entries: Sequence[Entry], figures: Figures, knowledge: Knowledge, lang: Lang) -> bytes:
    """The workbook in ``lang``; the same entries give the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets(Words(knowledge, lang), entries, figures):
        _Writer(book, sheet).write()
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


class _Writer:
    """Puts a sheet into a workbook. Styles are made once and shared: looking them up cell by cell takes most of the time."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet, self.page = sheet, book.create_sheet(sheet.title)
        self.styles: dict[tuple[object, ...], Any] = {}
        self.letters = [get_column_letter(place) for place in range(1, max(len(sheet.columns), sheet.frozen + 1) + 1)]

    def write(self) -> None:
        """Title, note, what stands above the head, the head, and the rows."""
        sheet, page = self.sheet, self.page
        head = HEAD_ROW + len(sheet.above)
        for letter, (_, width) in zip(self.letters, sheet.columns, strict=False):
            page.column_dimensions[letter].width = width
        page.freeze_panes = f"{self.letters[sheet.frozen]}{head + 1}"
        page.sheet_view.showGridLines = False
        page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_title_rows = f"{head}:{head}"
        page.append([self._cell(Cell(sheet.heading), "title")])
        page.append([self._cell(Cell(sheet.note), "note")])
        page.append([])
        for row in sheet.above:
            page.append([self._cell(cell) for cell in row])
        page.append([self._cell(Cell(label), "head") for label, _ in sheet.columns])
        last = head
        for row in sheet.rows:
            page.append([self._cell(cell) for cell in row])
            last += 1
        if sheet.filtered and last > head:
            page.auto_filter.ref = f"A{head}:{self.letters[len(sheet.columns) - 1]}{last}"
        page.close()

    def _cell(self, cell: Cell, role: str = "") -> Any:
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(self.page)
        if isinstance(cell.value, str):
            set_text(made, cell.value)
        else:
            made.value = cell.value
        if cell.link:
            made.hyperlink = cell.link
        key = (role, cell.tone, cell.strong, bool(cell.link), cell.form, isinstance(cell.value, str))
        if key not in self.styles:
            self._style(made, cell, role)
            self.styles[key] = made._style
        made._style = copy.copy(self.styles[key])
        return made

    @staticmethod
    def _style(made: Any, cell: Cell, role: str) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        made.alignment = Alignment(vertical="top", wrap_text=role in ("", "head"))
        if role == "head":
            made.font, made.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="14324F")
        elif role:
            made.font = Font(bold=True, size=14) if role == "title" else Font(italic=True, color="5D6875")
        elif cell.tone:
            ink, wash = (colour.lstrip("#").upper() for colour in TONE_COLOURS[cell.tone])
            made.font, made.fill = Font(bold=True, color=ink), PatternFill("solid", fgColor=wash)
        elif cell.link:
            made.font = Font(color="1F5A92", underline="single")
        elif cell.strong:
            made.font = Font(bold=True)
        if cell.form:
            made.number_format = cell.form
