"""The firms of an input, each with its answers or with every mistake that keeps them from being read.

An input is a table (XLSX, CSV) with a row a firm, a file of JSON lines, or a folder of sheets (YAML, JSON, CSV, XLSX).
A bad row never stops a good one.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.batch.headings import ABOUT, ID, NAME, REMARKS, Headings, read_headings
from advisor.batch.table import Note, Table, error_in, read_cells
from advisor.errors import AdvisorError, InputError, Place, Problem, ProblemsError
from advisor.files import read_whole
from advisor.interview import Answers, read_answers
from advisor.interview.reading import answers_in
from advisor.knowledge.model import Knowledge

SHEETS = (".yaml", ".yml", ".json", ".csv", ".xlsx")
LONGEST_NAME = 60
MAX_LINES_FILE = 400_000_000
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_RESERVED |= {"index", "portfolio"}  # files about all firms


@dataclass(frozen=True)
class Row:
    """One firm of the input: its place (``number`` counts from 1), the name its files get, its answers or what is wrong.

    A problem's place has the row and, where one cell is to blame, its column, both counted from 1.
    """

    number: int
    name: str
    answers: Answers | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Firms:
    """Everything read from an input, in its order; ``table`` and ``headings`` where it was a table."""

    source: Path
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    table: Table | None = None
    headings: Headings | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def good(self) -> tuple[Row, ...]:
        """The firms that can be assessed."""
        return tuple(row for row in self.rows if row.answers is not None)

    @property
    def bad(self) -> tuple[Row, ...]:
        """The firms that cannot be read."""
        return tuple(row for row in self.rows if row.answers is None)


def read_firms(path: Path, knowledge: Knowledge, sheet: str = "") -> Firms:
    """The firms in a table, a file of JSON lines, or a folder of sheets.

    Raises :class:`~advisor.errors.InputError` or :class:`~advisor.errors.ProblemsError` where nothing can be read at all.
    """
    if path.is_dir():
        return _folder(path, knowledge)
    ending = path.suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return _lines(path, knowledge)
    if ending in (".csv", ".xlsx"):
        return _table(path, knowledge, sheet)
    raise InputError("bad_batch_input", path=path)


def _table(path: Path, knowledge: Knowledge, sheet: str) -> Firms:
    table = read_cells(path, sheet)
    heads = read_headings(table.cells, knowledge, table.name)
    notes = [*table.notes, *heads.notes()]
    names = _Names()
    rows = []
    for number, cells in enumerate(table.cells[heads.row + 1 :], heads.row + 1):
        if any(cells[column] for column in heads.keys if column < len(cells) and heads.keys[column] != REMARKS):
            rows.append(_row(table, heads, number, cells, names, knowledge))
    return Firms(path, tuple(rows), tuple(notes), table, heads)


def _row(table: Table, heads: Headings, number: int, cells: Sequence[str], names: _Names, knowledge: Knowledge) -> Row:
    said: dict[str, str] = {}
    raw, firm = yaml_source.MarkedDict(), yaml_source.MarkedDict()
    problems = []
    for column, key in heads.keys.items():
        text = cells[column] if column < len(cells) else ""
        place = (number + 1, column + 1)
        if (number, column) in table.formulas and not text:
            problems.append(Problem("B104", Place(table.name, *place), {"head": table.cells[heads.row][column][:60]}))
        elif error_in(text):
            problems.append(Problem("B105", Place(table.name, *place), {"value": text}))
        elif text and key in (NAME, ABOUT):
            field_name = "name" if key == NAME else "about"
            firm[field_name], firm.key_marks[field_name] = text, place
        elif text and key not in (ID, REMARKS):
            raw[key], raw.key_marks[key] = text, place
        said[key] = text
    raw["firm"], raw.key_marks["firm"] = firm, (number + 1, 0)
    name = names.take(said.get(ID, ""), said.get(NAME, ""), number + 1)
    answers = None
    try:
        answers = answers_in(raw, table.name, knowledge)
    except ProblemsError as error:
        problems += error.problems
    return Row(number + 1, name, None if problems else answers, tuple(sorted(problems, key=lambda p: (p.place, p.code))))


def _lines(path: Path, knowledge: Knowledge) -> Firms:
    names, rows = _Names(), []
    for number, line in enumerate(read_whole(path, MAX_LINES_FILE).split(b"\n"), 1):
        if not line.strip():
            continue
        answers, problems, said = None, tuple[Problem, ...](), ""
        try:
            raw = json.loads(line.decode("utf-8-sig"), parse_int=yaml_source.read_int, object_pairs_hook=_once)
            said = str(raw.get("id") or "") if isinstance(raw, dict) else ""
            if isinstance(raw, dict):
                raw.pop("id", None)
            answers = answers_in(raw, str(path), knowledge)
        except ProblemsError as error:
            problems = tuple(_moved(problem, number) for problem in error.problems)
        except (ValueError, RecursionError) as error:
            problems = (Problem("A108", Place(str(path), number), {"detail": str(error)[:120]}),)
        if answers is not None and not answers.given and answers.firm.name is None:
            continue  # a template's line nobody filled in
        named = answers.firm.name.en if answers and answers.firm.name else ""
        rows.append(Row(number, names.take(said, named, number), answers, problems))
    return Firms(path, tuple(rows))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping whose keys stand in it once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise ValueError(f"'{twice[:60]}' twice")
    return found


def _moved(problem: Problem, line: int) -> Problem:
    """A problem found within a line, placed in the file."""
    return Problem(problem.code, Place(problem.place.file, line, problem.place.column), problem.values, problem.severity)


def _folder(folder: Path, knowledge: Knowledge) -> Firms:
    files = sorted(
        file for file in folder.iterdir() if file.suffix.lower() in SHEETS and not file.name.startswith((".", "~"))
    )
    files = [file for file in files if not any(file.stem.endswith(end) for end in (".scenarios", ".selection"))]
    if not files:
        raise InputError("empty_batch_folder", path=folder)
    names, rows = _Names(), []
    for number, file in enumerate(files, 1):
        answers, problems = None, tuple[Problem, ...]()
        try:
            answers = read_answers(file, knowledge)
        except ProblemsError as error:
            problems = error.problems
        except AdvisorError as error:
            problems = (Problem("B106", Place(str(file)), {"detail": str(error)}),)
        rows.append(Row(number, names.take(file.stem, "", number), answers, problems))
    return Firms(folder, tuple(rows))


class _Names:
    """Names for files, each given once: safe on every system, and the same for the same table."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, number: str, name: str, row: int) -> str:
        """A name from the user's own number for the firm and what it is called; from its row where there is neither."""
        base = _safe("-".join(part for part in (number, name) if part)) or f"firm-{row:04}"
        chosen, count = base, 1
        while chosen.casefold() in self._taken:
            count += 1
            chosen = f"{base}-{count}"
        self._taken.add(chosen.casefold())
        return chosen


def _safe(text: str) -> str:
    """A name that is no path, hides nothing and is allowed everywhere.

    >>> _safe("../某厂 (A) / CON"), _safe("con")
    ('某厂-A-CON', 'con_')
    """
    folded = unicodedata.normalize("NFC", text)
    kept = "".join(c if c.isalnum() or c in "_" else "-" for c in folded)
    parts = [part for part in kept.split("-") if part]
    name = "-".join(parts)[:LONGEST_NAME].rstrip("-")
    return f"{name}_" if name.casefold() in _RESERVED else name
