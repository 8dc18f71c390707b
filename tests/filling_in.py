"""Filling in a form as a person would: finding a question in a workbook and writing into its cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook


class Filled:
    """A workbook being filled in; questions are named by code, options and further lines by their words too."""

    def __init__(self, content: bytes) -> None:
        self.book: Any = load_workbook(io.BytesIO(content))

    def cell(self, code: str, words: str = "") -> Any:
        """The cell to answer in."""
        return next(row[2] for row in self.rows() if row[0].value == code and (not words or row[1].value == words))

    def rows(self) -> Iterator[Any]:
        """Every row of every visible sheet."""
        return (row for sheet in self.book.worksheets if sheet.sheet_state == "visible" for row in sheet.iter_rows())

    def put(self, code: str, value: object, words: str = "", number_format: str = "") -> str:
        """Answer a question; returns where, as mistakes are named."""
        cell = self.cell(code, words)
        cell.value = value
        if number_format:
            cell.number_format = number_format
        return f"{cell.parent.title}!{cell.coordinate}"

    def saved(self) -> bytes:
        """The file as handed in."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
