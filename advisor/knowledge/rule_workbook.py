"""The sheets of a file of the knowledge as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from advisor.workbooks import Cells

WIDTHS = {"id": 28, "kind": 12, "basis": 10}
"""Columns that are narrower than texts and conditions."""
WIDE = 48


def to_xlsx(sheets: Mapping[str, Cells]) -> bytes:
    """Sheets as a workbook. Every cell is text, none a formula; the same sheets give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    from advisor.office import reproducible, set_text

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                if text:
                    cell = set_text(sheet.cell(number, column), text)
                    cell.alignment = Alignment(vertical="top", wrap_text=True)
                    cell.font = Font(bold=number == 1)
        for column, head in enumerate(rows[0], 1):
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = WIDTHS.get(head, WIDE)
        sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())
