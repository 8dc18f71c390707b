"""The rows of a CSV of any length, read one after the other, or its text in blocks of whole rows."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.batch.table_reader import MAX_CELL, MAX_COLUMNS
from advisor.errors import InputError
from advisor.interview.firm_table import TableNote
from advisor.interview.reading_notes import encoding_notes
from advisor.sheets.encodings import is_known, looks_chinese, marked, unknown_encoding
from advisor.tables import csv_rows, detect_separator, is_workbook
from advisor.workbooks import table_error

CellRows = Iterator[list[str]]
CHUNK_BYTES = 1 << 19
"""Bytes decoded at a time to see which encoding a file is in."""


@dataclass(frozen=True)
class CsvBlock:
    """Whole rows of a CSV as they stand in it; ``first`` is the number of the first row, from 1."""

    text: str
    first: int


@dataclass(frozen=True)
class CsvFile:
    """A CSV that exists and is text; its cells are given as they stand in it."""

    path: Path
    encoding: str
    delimiter: str

    @property
    def notes(self) -> tuple[TableNote, ...]:
        """Notes on its encoding."""
        return encoding_notes(self.encoding)

    def rows(self) -> CellRows:
        """All its rows. Raises :class:`~advisor.errors.ProblemsError` at the first that is none."""
        with self._open() as lines:
            yield from self._checked(lines, 1)

    def rows_of(self, block: CsvBlock) -> CellRows:
        """The rows of a block; errors name the row's number in the file."""
        return self._checked(io.StringIO(block.text, newline=""), block.first)

    def blocks(self, lines_each: int) -> Iterator[CsvBlock]:
        """The file in blocks of about so many lines, which end where a row ends.

        A row that breaks off within quotes is held back for the next block.
        """
        first = 1
        with self._open() as file:
            lines: list[str] = []
            while more := list(itertools.islice(file, lines_each)):
                lines += more
                rows, end = self._whole_rows(lines)
                if end:
                    yield CsvBlock("".join(lines[:end]), first)
                first, lines = first + rows, lines[end:]
            if lines:
                yield CsvBlock("".join(lines), first)

    def _whole_rows(self, lines: Sequence[str]) -> tuple[int, int]:
        """How many rows end within ``lines``, and how many lines they take; where one is no row, all lines are its own."""
        if not any('"' in line for line in lines):
            return len(lines), len(lines)
        reader, rows, end = csv.reader(lines, delimiter=self.delimiter, strict=True), 0, 0
        with contextlib.suppress(csv.Error):
            for _ in reader:
                rows, end = rows + 1, reader.line_num
        return rows, end if reader.line_num == len(lines) else len(lines)

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, newline="")

    def _checked(self, lines: Iterable[str], first: int) -> CellRows:
        for row in csv_rows(lines, self.delimiter, str(self.path), first):
            if len(row) > MAX_COLUMNS:
                raise table_error("B101", str(self.path), columns=MAX_COLUMNS, characters=MAX_CELL)
            yield row


def open_csv(source: Path, encoding: str = "") -> CsvFile:
    """A CSV to read, in the encoding named if one is, seen to be text from end to end.

    Raises an error where it is none or cannot be read."""
    if not source.is_file():
        raise InputError("no_regular_file" if source.exists() else "no_file", path=source)
    try:
        with source.open("rb") as file:
            start = file.read(65_536)
        is_workbook(start, str(source))
        encoding = _encoding_of(source, encoding, start)
    except OSError as error:
        raise InputError("unreadable", path=source, detail=error.strerror or error) from None
    return CsvFile(source, encoding, detect_separator(start.decode(encoding, "ignore")))


def _encoding_of(source: Path, named: str, start: bytes) -> str:
    """The encoding that the whole file is in; raises an error where it is in none that is read unasked or no text at all."""
    declared, place = named or marked(start), None
    if named and not is_known(named):
        raise table_error("C115", str(source), encoding=named)
    for encoding in (declared,) if declared else ("utf-8-sig", "gb18030"):
        place = _undecodable(source, encoding)
        if place is None:
            if encoding == "gb18030" and not named and not looks_chinese(start.decode(encoding, "ignore")):
                raise unknown_encoding(start, str(source))
            return encoding
    if named:
        raise table_error("C115", str(source), encoding=named)
    raise table_error("C101", str(source), detail=f"byte {place}") if declared else unknown_encoding(start, str(source))


def _undecodable(source: Path, encoding: str) -> int | None:
    """The place of the first byte that is not in this encoding."""
    decoder, start = codecs.getincrementaldecoder(encoding)(), 0
    with source.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            begun = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                return start - begun + getattr(error, "start", 0)
            if "\0" in text:
                raise table_error("C101", str(source), detail="NUL")
            if not chunk:
                return None
            start += len(chunk)
