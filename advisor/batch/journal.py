"""What a batch has done, on disk: a run that is stopped at any moment can be resumed and makes each report exactly once.

A document is done once its file is in place and its row is written here. Its key is a hash of everything it is made from: a
changed answer, rule, template or option makes it again, and nothing else does. The file is locked while a run has it open,
so that two runs into one folder cannot mix.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from advisor.errors import InputError
from advisor.version import __version__

JOURNAL_FILE = "batch.sqlite"
VERSION = 1
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
}  # fmt: skip
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, firm TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE firms (firm TEXT PRIMARY KEY, key TEXT NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE TABLE failures (firm TEXT PRIMARY KEY, row INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True)
class DocumentRecord:
    """A document in its place: path from the output folder, key of what it was made from, size, hash, and its firm."""

    path: str
    key: str
    size: int
    sha256: str
    firm: str = ""


class Journal:
    """The journal of an output folder, used as a context manager; ``fresh`` where it did not exist before."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL_FILE
        self.fresh = not self.path.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        except sqlite3.Error as error:
            raise self._input_error(error) from None
        try:
            self._open()
        except (sqlite3.Error, InputError) as error:
            self._connection.close()
            raise (error if isinstance(error, InputError) else self._input_error(error)) from None

    def _input_error(self, error: sqlite3.Error) -> InputError:
        """The error for a journal that cannot be used: it is locked by another run, cannot be written, or is broken."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says where exactly
        key = "batch_running" if code in _LOCKED else "unwritable" if code in _UNWRITABLE else "bad_journal"
        return InputError(key, path=self.path, detail=error)

    def _open(self) -> None:
        self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version={VERSION}")
        elif version > VERSION:
            raise InputError("later_journal", path=self.path, version=version, ours=VERSION, program=__version__)
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
        self._connection.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file. An error of the database, a full disk perhaps, is raised as an InputError."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise self._input_error(error) from None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def day(self) -> datetime.date | None:
        """The date that reports of this folder show, None before the first run."""
        row = self._connection.execute("SELECT value FROM about WHERE name = 'day'").fetchone()
        try:
            return datetime.date.fromisoformat(row[0]) if row else None
        except ValueError as error:
            raise sqlite3.DatabaseError(str(error)) from None

    @day.setter
    def day(self, day: datetime.date) -> None:
        self._connection.execute("INSERT OR REPLACE INTO about VALUES ('day', ?)", (day.isoformat(),))

    def documents(self) -> dict[str, DocumentRecord]:
        """Every document done, by its path."""
        rows = self._connection.execute("SELECT path, key, size, sha256, firm FROM documents ORDER BY path")
        return {row[0]: DocumentRecord(*row) for row in rows}

    def entries(self) -> dict[str, tuple[str, str]]:
        """By finished firm the key of what its entry was made from, and the entry as JSON."""
        return {firm: (key, entry) for firm, key, entry in self._connection.execute("SELECT firm, key, entry FROM firms")}

    def failures(self) -> dict[str, tuple[int, str]]:
        """By failed firm its row and the reason."""
        rows = self._connection.execute("SELECT firm, row, reason FROM failures ORDER BY row, firm")
        return {firm: (row, reason) for firm, row, reason in rows}

    def record_done(self, firm: str, key: str, entry: str, documents: Iterable[DocumentRecord]) -> None:
        """Record a firm whose documents are all in place; those made from other answers no longer belong to it."""
        with self._connection:
            self._connection.execute("BEGIN")
            if self._connection.execute("SELECT 1 FROM firms WHERE firm = ? AND key <> ?", (firm, key)).fetchone():
                self._connection.execute("UPDATE documents SET firm = '' WHERE firm = ?", (firm,))
            self._connection.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
                [(record.path, record.key, firm, record.size, record.sha256) for record in documents],
            )
            self._connection.execute("INSERT OR REPLACE INTO firms VALUES (?, ?, ?)", (firm, key, entry))
            self._connection.execute("DELETE FROM failures WHERE firm = ?", (firm,))

    def record_failures(self, firms: Mapping[str, tuple[int, str]]) -> None:
        """Record firms that could not be read or reported, each with its row and reason."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", [(firm, row, why) for firm, (row, why) in firms.items()]
            )

    def forget_failures(self, except_for: Iterable[str] = ()) -> None:
        """Delete the failures of firms not in ``except_for``: a corrected or removed row no longer fails."""
        kept = json.dumps(list(except_for))
        self._connection.execute("DELETE FROM failures WHERE firm NOT IN (SELECT value FROM json_each(?))", (kept,))
