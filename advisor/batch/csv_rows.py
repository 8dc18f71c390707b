"""The rows of a CSV of any length, read one after the other."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from advisor.batch.table import TableNote
from advisor.batch.table_reader import MAX_CELL, MAX_COLUMNS
from advisor.errors import InputError
from advisor.tables import csv_rows, detect_separator, is_workbook, unescape_formula
from advisor.workbooks import table_error

CellRows = Iterator[list[str]]


def read_csv_rows(source: Path) -> tuple[CellRows, list[TableNote]]:
    """The rows of a CSV, and notes on its encoding. Raises an error where the file is no CSV or cannot be read."""
    if not source.is_file():
        raise InputError("no_regular_file" if source.exists() else "no_file", path=source)
    try:
        with source.open("rb") as file:
            start = file.read(65_536)
        is_workbook(start, str(source))
        encoding = "utf-8-sig" if _is_utf8(source) else "gb18030"
    except OSError as error:
        raise InputError("unreadable", path=source, detail=error.strerror or error) from None
    delimiter = detect_separator(start.decode(encoding, "ignore"))
    notes = [] if encoding == "utf-8-sig" else [TableNote("note.gb18030", {})]
    return _csv_lines(source, encoding, delimiter), notes


def _csv_lines(source: Path, encoding: str, delimiter: str) -> CellRows:
    with source.open(encoding=encoding, newline="") as file:
        for row in csv_rows(file, delimiter, str(source)):
            if len(row) > MAX_COLUMNS:
                raise table_error("B101", str(source), columns=MAX_COLUMNS, characters=MAX_CELL)
            yield [unescape_formula(cell.strip()) for cell in row]


def _is_utf8(source: Path) -> bool:
    """Whether the whole file is UTF-8; raises an error where it is not text at all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    with source.open("rb") as file:
        while chunk := file.read(io.DEFAULT_BUFFER_SIZE * 64):
            if b"\0" in chunk:
                raise table_error("C101", str(source), detail="NUL")
            try:
                if utf8:
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return utf8
