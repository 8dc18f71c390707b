"""What a batch has done, on disk: whoever stops it at any moment can go on from there and gets each report exactly once.

A document counts as done once its file stands in its place whole and its line is written here. Its key is a hash of all
that it is made from, so that a changed answer, rule, template or option makes it anew and nothing else does. The file is
locked as long as a run has it open: two runs into one folder cannot mix.
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

FILE = "batch.sqlite"
VERSION = 1
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, firm TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE firms (firm TEXT PRIMARY KEY, key TEXT NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE TABLE failures (firm TEXT PRIMARY KEY, row INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True)
class Written:
    """A document in its place: path from the output folder, key of what it was made from, size, hash, and its firm."""

    path: str
    key: str
    size: int
    sha256: str
    firm: str = ""


class Journal:
    """The journal of an output folder; use as a context. ``fresh`` where it was not there before."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.fresh = not self.path.exists()
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._base.close()
            locked = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
            raise InputError("batch_running" if locked else "bad_journal", path=self.path, detail=error) from None

    def _open(self) -> None:
        self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute("BEGIN IMMEDIATE")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in filter(str.strip, _TABLES.split(";")):
                self._base.execute(statement)
            self._base.execute(f"PRAGMA user_version={VERSION}")
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
        self._base.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @property
    def day(self) -> datetime.date | None:
        """The date that reports of this folder show, None before the first run."""
        row = self._base.execute("SELECT value FROM about WHERE name = 'day'").fetchone()
        return datetime.date.fromisoformat(row[0]) if row else None

    @day.setter
    def day(self, day: datetime.date) -> None:
        self._base.execute("INSERT OR REPLACE INTO about VALUES ('day', ?)", (day.isoformat(),))

    def documents(self) -> dict[str, Written]:
        """Every document done, by its path."""
        rows = self._base.execute("SELECT path, key, size, sha256, firm FROM documents ORDER BY path")
        return {row[0]: Written(*row) for row in rows}

    def entries(self) -> dict[str, tuple[str, str]]:
        """Of every firm done the key of what its entry was made from, and the entry as JSON."""
        return {firm: (key, entry) for firm, key, entry in self._base.execute("SELECT firm, key, entry FROM firms")}

    def failures(self) -> dict[str, tuple[int, str]]:
        """Of every firm that failed its row and the reason."""
        rows = self._base.execute("SELECT firm, row, reason FROM failures ORDER BY row, firm")
        return {firm: (row, reason) for firm, row, reason in rows}

    def done(self, firm: str, key: str, entry: str, documents: Iterable[Written]) -> None:
        """Note a firm whose documents are all in place."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
                [(one.path, one.key, firm, one.size, one.sha256) for one in documents],
            )
            self._base.execute("INSERT OR REPLACE INTO firms VALUES (?, ?, ?)", (firm, key, entry))
            self._base.execute("DELETE FROM failures WHERE firm = ?", (firm,))

    def failed(self, firms: Mapping[str, tuple[int, str]]) -> None:
        """Note firms that could not be read or reported, each with its row and why."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", [(firm, row, why) for firm, (row, why) in firms.items()]
            )

    def forget_failures(self, but: Iterable[str] = ()) -> None:
        """Forget the failures of firms that are not among ``but``: a row mended or taken out no longer fails."""
        kept = json.dumps(list(but))
        self._base.execute("DELETE FROM failures WHERE firm NOT IN (SELECT value FROM json_each(?))", (kept,))
