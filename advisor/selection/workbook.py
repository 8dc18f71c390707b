"""The table of products as a workbook. One from outside is hostile until read: size, packing and structure are looked at
before it is opened, and nothing in it is ever calculated."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from advisor.errors import KnowledgeError, Place, Problem
from advisor.knowledge.schema import Product
from advisor.selection.exchange import COLUMNS, MAX_ROWS, Row, rows, table

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_MEMBERS = 200
WIDTHS = (16, 24, 34, 60, 12, 12, 12, 50, 50)


def to_xlsx(products: Iterable[Product]) -> bytes:
    """Products as a workbook of one sheet. Every cell is text; the same products give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from advisor.office import as_text, settled

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "catalogue"
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        as_text(sheet.cell(1, column), name).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for number, row in enumerate(rows(products), 2):
        for column, name in enumerate(COLUMNS, 1):
            as_text(sheet.cell(number, column), row[name])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def from_xlsx(content: bytes, file: str) -> list[tuple[int, Row]]:
    """The rows of the first sheet of a workbook with their numbers.

    Raises :class:`~advisor.errors.KnowledgeError` where it is no workbook, too large, or packed beyond reason.
    """
    _guard(content, file)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        cells = [
            ["" if value is None else _plain(value) for value in row]
            for row in book.worksheets[0].iter_rows(max_row=MAX_ROWS + 1, max_col=50, values_only=True)
        ]
        book.close()
    except Exception as error:  # whatever a broken file makes the reader raise, the user hears the same
        raise KnowledgeError([Problem("C101", Place(file), {"detail": type(error).__name__})]) from None
    return table(cells, file)


def _plain(value: Any) -> str:
    """A cell as text: dates without a time of day, whole numbers without a point."""
    import datetime

    if isinstance(value, datetime.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _guard(content: bytes, file: str) -> None:
    """Refuse what would fill the memory before a single cell is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise KnowledgeError([Problem("C101", Place(file), {"detail": type(error).__name__})]) from None
    twice = len(names) != len(members)
    if twice or len(content) > MAX_BYTES or len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise KnowledgeError([Problem("C109", Place(file), {})])
