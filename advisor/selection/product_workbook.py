"""The table of products as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from advisor.knowledge.schema import Product
from advisor.selection.product_table import COLUMNS, product_rows

WIDTHS = (16, 24, 34, 60, 50, 50, 12, 12, 12, 50, 50)


def to_xlsx(products: Iterable[Product]) -> bytes:
    """Products as a workbook of one sheet. Every cell is text; the same products give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from advisor.office import reproducible, set_text

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "catalogue"
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        set_text(sheet.cell(1, column), name).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for number, row in enumerate(product_rows(products), 2):
        for column, name in enumerate(COLUMNS, 1):
            set_text(sheet.cell(number, column), row[name])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())
