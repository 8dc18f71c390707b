"""A file with an entry a line, from which a portfolio is built again, or from several, without assessing firms again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from advisor.errors import InputError, Place, Problem, ProblemsError
from advisor.portfolio.entry import PortfolioEntry

ENTRIES_FILE = "entries.jsonl"
"""The file of entries in the folder of a batch."""
MAX_ENTRIES = 1_000_000
MAX_LINE_BYTES = 200_000
"""Entries in a file, and bytes in a line."""
MAX_PROBLEMS = 50


def read_entries(path: Path) -> list[PortfolioEntry]:
    """The entries of a file of JSON lines, or of :data:`ENTRIES_FILE` in a folder.

    Raises :class:`~advisor.errors.ProblemsError` with every line that is no entry, or repeats the id of another.
    """
    file = path / ENTRIES_FILE if path.is_dir() else path
    if not file.is_file():
        raise InputError("no_regular_file" if file.exists() else "no_file", path=file)
    entries: dict[str, PortfolioEntry] = {}
    problems: list[Problem] = []
    for number, line in _lines(file):
        try:
            entry = PortfolioEntry.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            detail = ".".join(str(step) for step in first["loc"]) or first["type"]
            problems.append(Problem("P100", Place(str(file), number), {"detail": detail}))
        else:
            if entry.id in entries:
                problems.append(Problem("P101", Place(str(file), number), {"id": entry.id}))
            entries[entry.id] = entry
        if len(problems) >= MAX_PROBLEMS or len(entries) > MAX_ENTRIES:
            break
    if len(entries) > MAX_ENTRIES:
        problems.append(Problem("P102", Place(str(file)), {"limit": f"{MAX_ENTRIES:,}"}))
    if problems:
        raise ProblemsError(problems)
    return list(entries.values())


def dump_entries(entries: Iterable[PortfolioEntry]) -> str:
    """Entries as lines of such a file."""
    return "".join(f"{entry.model_dump_json()}\n" for entry in entries)


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that hold something, by number; one that is too long comes cut, and so is no entry."""
    try:
        with file.open("rb") as source:
            number = 0
            while line := source.readline(MAX_LINE_BYTES):
                number += 1
                if line.strip():
                    yield number, line
                while not line.endswith(b"\n") and (line := source.readline(MAX_LINE_BYTES)):
                    pass
    except OSError as error:
        raise InputError("unreadable", path=file, detail=error.strerror or error) from None
