"""The index of a portfolio as a workbook. It is written row by row, so that a hundred thousand firms fit into memory;
whatever came from outside is entered as text, and no cell is a formula."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

from advisor.knowledge.model import Knowledge
from advisor.office import reproducible, set_text
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.index_sheets import IndexSheet, SheetCell, index_sheets
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.tones import TONE_COLOURS
from advisor.text import Lang

HEAD_ROW = 4


def render_index_workbook(
    entries: Sequence[PortfolioEntry], figures: PortfolioFigures, knowledge: Knowledge, lang: Lang
) -> bytes:
    """The workbook in ``lang``; the same entries give the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in index_sheets(PortfolioWording(knowledge, lang), entries, figures):
        _SheetWriter(book, sheet).write()
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


class _SheetWriter:
    """Puts a sheet into a workbook. Styles are made once and shared: looking them up cell by cell takes most of the time."""

    def __init__(self, book: Any, sheet: IndexSheet) -> None:
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
        page.append([self._cell(SheetCell(sheet.heading), "title")])
        page.append([self._cell(SheetCell(sheet.note), "note")])
        page.append([])
        for row in sheet.above:
            page.append([self._cell(cell) for cell in row])
        page.append([self._cell(SheetCell(label), "head") for label, _ in sheet.columns])
        last = head
        for row in sheet.rows:
            page.append([self._cell(cell) for cell in row])
            last += 1
        if sheet.filtered and last > head:
            page.auto_filter.ref = f"A{head}:{self.letters[len(sheet.columns) - 1]}{last}"
        page.close()

    def _cell(self, cell: SheetCell, role: str = "") -> Any:
        from openpyxl.cell import WriteOnlyCell

        written_cell = WriteOnlyCell(self.page)
        if isinstance(cell.value, str):
            set_text(written_cell, cell.value)
        else:
            written_cell.value = cell.value
        if cell.link:
            written_cell.hyperlink = cell.link
        key = (role, cell.tone, cell.strong, bool(cell.link), cell.form, isinstance(cell.value, str))
        if key not in self.styles:
            self._style(written_cell, cell, role)
            self.styles[key] = written_cell._style
        written_cell._style = copy.copy(self.styles[key])
        return written_cell

    @staticmethod
    def _style(written_cell: Any, cell: SheetCell, role: str) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        written_cell.alignment = Alignment(vertical="top", wrap_text=role in ("", "head"))
        if role == "head":
            written_cell.font, written_cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="14324F")
        elif role:
            written_cell.font = Font(bold=True, size=14) if role == "title" else Font(italic=True, color="5D6875")
        elif cell.tone:
            ink, wash = (colour.lstrip("#").upper() for colour in TONE_COLOURS[cell.tone])
            written_cell.font, written_cell.fill = Font(bold=True, color=ink), PatternFill("solid", fgColor=wash)
        elif cell.link:
            written_cell.font = Font(color="1F5A92", underline="single")
        elif cell.strong:
            written_cell.font = Font(bold=True)
        if cell.form:
            written_cell.number_format = cell.form
