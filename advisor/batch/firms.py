"""The firms of a batch as read from its input, each with its answers or with every mistake that keeps it from being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from advisor.batch.file_names import OUTPUT_NAMES
from advisor.errors import InputError, Problem
from advisor.files import same_file
from advisor.interview import Answers
from advisor.interview.firm_table import FirmTable, TableNote
from advisor.interview.headings import Headings


@dataclass(frozen=True)
class FirmRow:
    """One firm of the input: its place (``number`` counts from 1), the name its files get, its answers or what is wrong.

    A problem's place has the row and, where one cell is to blame, its column, both counted from 1. ``scenarios`` and
    ``settings`` are the files of that kind next to a sheet in a folder, ``upgrade_notes`` what scenarios hold of earlier
    versions.
    """

    number: int
    name: str
    answers: Answers | None
    problems: tuple[Problem, ...] = ()
    scenarios: bytes = b""
    settings: bytes = b""
    upgrade_notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class BatchInput:
    """Everything read from an input, in its order; ``table`` and ``headings`` where it was a table."""

    source: Path
    rows: tuple[FirmRow, ...]
    notes: tuple[TableNote, ...] = ()
    table: FirmTable | None = None
    headings: Headings | None = None

    @property
    def readable(self) -> tuple[FirmRow, ...]:
        """The firms that can be assessed."""
        return tuple(row for row in self.rows if row.answers is not None)

    @property
    def upgrade_notes(self) -> Iterator[Problem]:
        """Notes on answers to questions and options of earlier versions."""
        return (note for row in self.rows if row.answers for note in (*row.answers.notes, *row.upgrade_notes))

    @property
    def unreadable(self) -> tuple[FirmRow, ...]:
        """The firms that cannot be read."""
        return tuple(row for row in self.rows if row.answers is None)


def check_output_folder(source: Path, folder: Path) -> None:
    """Refuse an output folder where results would overwrite or mix with the input.

    Raises :class:`~advisor.errors.InputError` where results would lie among the sheets they are made from, or be written
    over the input.
    """
    if source.is_dir() and same_file(source, folder):
        raise InputError("batch_same_folder", path=folder)
    if source.name.partition(".")[0] in OUTPUT_NAMES and same_file(source.parent, folder):
        raise InputError("batch_own_name", path=source)
