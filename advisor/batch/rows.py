"""The firms of an input, each with its answers or with every mistake that keeps them from being read.

An input is a table (XLSX, CSV) with a row a firm, a file of JSON lines, or a folder of sheets (YAML, JSON, CSV, XLSX).
A bad row never stops a good one.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.batch.headings import ABOUT, ID, NAME, REMARKS, Headings, read_headings
from advisor.batch.table import Note, Table, fault_of, read_cells
from advisor.errors import InputError, Place, Problem, ProblemsError, shortened
from advisor.files import read_file, same_file
from advisor.insight.scenarios import parse_scenarios, scenario_file
from advisor.interview import Answer, Answers, read_answers
from advisor.interview.answers import Firm
from advisor.interview.column_reader import ColumnReader
from advisor.interview.reading import answers_in
from advisor.interview.upgrades import CARRIED, carry_over
from advisor.knowledge.model import Knowledge
from advisor.selection.settings import parse_settings, settings_file
from advisor.text import Text, single_line

SHEETS = (".yaml", ".yml", ".json", ".csv", ".xlsx")
LONGEST_NAME, LONGEST_BYTES = 60, 180
MAX_LINES_FILE = 400_000_000
OURS = {"index", "portfolio", "entries", "problems", "failures", "scores", "batch"}
"""What a batch itself calls its files."""
_RESERVED = {*OURS, "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True)
class Row:
    """One firm of the input: its place (``number`` counts from 1), the name its files get, its answers or what is wrong.

    A problem's place has the row and, where one cell is to blame, its column, both counted from 1. ``scenarios`` and
    ``settings`` are the files of that kind beside a sheet in a folder, ``carried`` what scenarios hold of earlier versions.
    """

    number: int
    name: str
    answers: Answers | None
    problems: tuple[Problem, ...] = ()
    scenarios: bytes = b""
    settings: bytes = b""
    carried: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Firms:
    """Everything read from an input, in its order; ``table`` and ``headings`` where it was a table."""

    source: Path
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    table: Table | None = None
    headings: Headings | None = None

    @property
    def good(self) -> tuple[Row, ...]:
        """The firms that can be assessed."""
        return tuple(row for row in self.rows if row.answers is not None)

    @property
    def carried(self) -> Iterator[Problem]:
        """What is to be said of answers to questions and steps of earlier versions."""
        return (note for row in self.rows if row.answers for note in (*row.answers.notes, *row.carried))

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


def check_places(source: Path, folder: Path) -> None:
    """Refuse an output folder in which results and input would get in each other's way.

    Raises :class:`~advisor.errors.InputError` where results would lie among the sheets they are made from, or be written
    over the input.
    """
    if source.is_dir() and same_file(source, folder):
        raise InputError("batch_same_folder", path=folder)
    if source.name.partition(".")[0] in OURS and same_file(source.parent, folder):
        raise InputError("batch_own_name", path=source)


def _table(path: Path, knowledge: Knowledge, sheet: str) -> Firms:
    table = read_cells(path, sheet)
    heads = read_headings(table.cells, knowledge, table.name)
    reader = _RowReader(table, heads, knowledge)
    used = [column for column, key in heads.keys.items() if key != REMARKS]
    rows = [
        reader.row(number, cells)
        for number, cells in enumerate(table.cells[heads.row + 1 :], heads.row + 1)
        if any(cells[column] for column in used if column < len(cells))
    ]
    return Firms(path, tuple(rows), (*table.notes, *heads.notes()), table, heads)


class _RowReader:
    """Reads the rows of a table; a cell that was read once is not read again."""

    def __init__(self, table: Table, heads: Headings, knowledge: Knowledge) -> None:
        self._table, self._heads, self._knowledge = table, heads, knowledge
        self._readers = {c: ColumnReader(key, knowledge) for c, key in heads.keys.items() if not key.startswith("firm.")}
        self._rank = {name: rank for rank, name in enumerate(knowledge.questions)}
        self._names = _Names()
        self._keys = {column: key for column, key in heads.keys.items() if key != REMARKS}
        self._top = table.cells[heads.row]

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """The firm in a row, ``number`` counted from 0."""
        said: dict[str, str] = {}
        given: dict[str, Answer] = {}
        notes: list[Problem] = []
        problems: list[Problem] = []
        for column, key in self._keys.items():
            text = cells[column] if column < len(cells) else ""
            said[key] = text
            if fault := fault_of(self._table, self._top[column], number, column, text):
                problems.append(fault)
            elif text and column in self._readers:
                read = self._readers[column].cell(text)
                place = Place(self._table.name, number + 1, column + 1)
                if isinstance(read, dict):
                    given.update(read)
                    notes += [replace(note, place=place) for note in self._readers[column].notes.get(text, ())]
                else:
                    problems += [replace(problem, place=place) for problem in read]
        firm = self._firm(number, said, problems)
        name = self._names.take(said.get(ID, ""), said.get(NAME, ""), number + 1)
        if problems:
            return Row(number + 1, name, None, tuple(problems))
        today, carried = carry_over(given, self._knowledge, lambda _: Place(self._table.name, number + 1))
        notes += [note for note in carried if note.code != CARRIED]  # the table's notes name the columns, once for all rows
        return Row(number + 1, name, Answers(dict(sorted(today.items(), key=self._place_of)), firm, tuple(notes)))

    def _place_of(self, item: tuple[str, Answer]) -> int:
        return self._rank[item[0]]

    def _firm(self, number: int, said: Mapping[str, str], problems: list[Problem]) -> Firm:
        raw, columns = yaml_source.MarkedDict(), {key: column for column, key in self._heads.keys.items()}
        for field_name, key in (("name", NAME), ("about", ABOUT)):
            if said.get(key):
                raw[field_name], raw.key_marks[field_name] = said[key], (number + 1, columns[key] + 1)
        whole = yaml_source.MarkedDict()
        whole["firm"], whole.key_marks["firm"] = raw, (number + 1, 0)
        try:
            return answers_in(whole, self._table.name, self._knowledge).firm
        except ProblemsError as error:
            problems += error.problems
            return Firm()


def _lines(path: Path, knowledge: Knowledge) -> Firms:
    names, rows = _Names(), []
    for number, line in enumerate(read_file(path, MAX_LINES_FILE).split(b"\n"), 1):
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
        raise ValueError(f"'{shortened(twice)}' twice")
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
        rows.append(_sheet(number, file, names.take(file.stem, "", number), knowledge))
    return Firms(folder, tuple(rows))


def _sheet(number: int, file: Path, name: str, knowledge: Knowledge) -> Row:
    """The firm in a file of its own, with what is kept beside it."""
    beside = [scenario_file(file), settings_file(file)]
    try:
        scenarios, settings = (read_file(path) if path.exists() else b"" for path in beside)
        answers = read_answers(file, knowledge)
        kept = parse_scenarios(scenarios, str(beside[0]), knowledge) if scenarios else {}
        parse_settings(settings, str(beside[1]), knowledge)
    except ProblemsError as error:
        return Row(number, name, None, error.problems)
    except InputError as error:
        detail = Text(zh=single_line(error.message("zh")), en=single_line(error.message("en")))
        return Row(number, name, None, (Problem("B106", Place(str(file)), {"detail": detail}),))
    carried = tuple(note for scenario in kept.values() for note in scenario.notes)
    return Row(number, name, answers, (), scenarios, settings, carried)


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
    short = "-".join(parts)[:LONGEST_NAME].encode()[:LONGEST_BYTES].decode("utf-8", "ignore")  # 255 are allowed in all
    name = short.rstrip("-")
    return f"{name}_" if unicodedata.normalize("NFKC", name).casefold() in _RESERVED else name
