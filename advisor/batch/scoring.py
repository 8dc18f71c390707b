"""Verdict and scores of very many firms without reports: a table in, a table out, a few thousand rows at a time.

Memory stays flat however long a CSV is: it is read, judged and written piece by piece.
"""

from __future__ import annotations

import codecs
import csv
import functools
import io
import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.assessment.verdict import VERDICTS, certainty_of
from advisor.batch.headings import ID, NAME, REMARKS, SEARCHED, Headings, read_headings
from advisor.batch.table import MAX_CELL, MAX_COLUMNS, Note, Table, fault_of, read_cells
from advisor.errors import InputError, Problem
from advisor.inference.scores import Numbers
from advisor.interview.answer_table import AnswerColumn, AnswerTable
from advisor.interview.column_reader import ColumnReader, carried_columns
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.tables import csv_rows, detect_separator, escape_formula, is_workbook, unescape_formula
from advisor.text import Lang, catalogue, join, say
from advisor.workbooks import table_error

PIECE = 2_000
"""Rows judged at a time."""
SCORES = "scores.csv"
COLUMNS = (
    "row", "id", "name", "verdict", "certainty", "possible",
    "need", "need_low", "need_high", "ability", "ability_low", "ability_high",
    "model", "blockers", "conditions", "problems",
)  # fmt: skip
Rows = Iterator[list[str]]
Faults = dict[int, list[Problem]]


@dataclass(frozen=True)
class Scored:
    """How many firms were scored, how many could not be read, where the table stands, and what was said of the input."""

    scored: int
    failed: int
    path: Path
    notes: tuple[Note, ...]


def score_table(source: Path, folder: Path, knowledge: Knowledge, lang: Lang, sheet: str = "") -> Scored:
    """Write the verdict and scores of every firm of a CSV or workbook into ``folder``; the whole table or nothing.

    Rows that cannot be read stand in it with what is wrong. Raises :class:`~advisor.errors.InputError` or
    :class:`~advisor.errors.ProblemsError` where the input is no table of firms.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=folder, prefix=f".{SCORES}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            scored, failed, notes = _score(source, knowledge, lang, sheet, out)
        os.chmod(part, 0o644)
        os.replace(part, folder / SCORES)
    except BaseException as error:
        Path(part).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError("unwritable", path=folder / SCORES, detail=error.strerror or error) from None
        raise
    return Scored(scored, failed, folder / SCORES, notes)


def _score(source: Path, knowledge: Knowledge, lang: Lang, sheet: str, out: IO[str]) -> tuple[int, int, tuple[Note, ...]]:
    heads, rows, faults, notes = _opened(source, knowledge, sheet)
    scorer = _Scorer(heads, knowledge, lang, faults)
    writer = csv.writer(out)
    writer.writerow([say("batch", f"scores.{name}", lang) for name in COLUMNS])
    counts, first = [0, 0], heads.row + 2
    while piece := list(itertools.islice(rows, PIECE)):
        for number, line in scorer.lines(piece, first):
            writer.writerow([number, *line])
            counts[bool(line[-1])] += 1
        first += len(piece)
    return counts[0], counts[1], notes


def _opened(source: Path, knowledge: Knowledge, sheet: str) -> tuple[Headings, Rows, Faults, tuple[Note, ...]]:
    """The heads of a table, the rows under them, what is wrong with cells by number of row, and what is to be said."""
    faults: Faults = {}
    if source.suffix.lower() == ".csv":
        rows, notes = _csv_rows(source)
        top = list(itertools.islice(rows, SEARCHED))
        heads = read_headings(top, knowledge, str(source))
        under: Rows = itertools.chain(top[heads.row + 1 :], rows)
    elif source.suffix.lower() == ".xlsx":
        table = read_cells(source, sheet)
        heads = read_headings(table.cells, knowledge, str(source))
        under, notes, faults = iter(table.cells[heads.row + 1 :]), list(table.notes), _faults(table, heads)
    else:
        raise InputError("scores_from_tables", path=source)
    return heads, under, faults, (*notes, *heads.notes())


def _faults(table: Table, heads: Headings) -> Faults:
    """What is wrong with cells that look empty: formulas without a result, and cells merged with one above."""
    found: Faults = {}
    for number, column in sorted(table.formulas | table.merged):
        row = table.cells[number] if number < len(table.cells) else []
        text = row[column] if column < len(row) else ""
        if number > heads.row and heads.keys.get(column, REMARKS) != REMARKS:
            fault = fault_of(table, table.cells[heads.row][column], number, column, text)
            found.setdefault(number + 1, []).extend([fault] if fault else [])
    return found


def _csv_rows(source: Path) -> tuple[Rows, list[Note]]:
    if not source.is_file():
        raise InputError("no_regular_file" if source.exists() else "no_file", path=source)
    try:
        with source.open("rb") as file:
            start = file.read(65_536)
        is_workbook(start, str(source))
        encoding = "utf-8-sig" if _is_utf8(source) else "gb18030"
    except OSError as error:
        raise InputError("unreadable", path=source, detail=error.strerror or error) from None
    mark = detect_separator(start.decode(encoding, "ignore"))
    notes = [] if encoding == "utf-8-sig" else [Note("note.gb18030", {})]
    return _csv_lines(source, encoding, mark), notes


def _csv_lines(source: Path, encoding: str, mark: str) -> Rows:
    with source.open(encoding=encoding, newline="") as file:
        for row in csv_rows(file, mark, str(source)):
            if len(row) > MAX_COLUMNS:
                raise table_error("B101", str(source), columns=MAX_COLUMNS, characters=MAX_CELL)
            yield [unescape_formula(cell.strip()) for cell in row]


def _is_utf8(source: Path) -> bool:
    """Whether a file is UTF-8; one look at all of it also tells what is no text at all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    with source.open("rb") as file:
        while piece := file.read(io.DEFAULT_BUFFER_SIZE * 64):
            if b"\0" in piece:
                raise table_error("C101", str(source), detail="NUL")
            try:
                if utf8:
                    decoder.decode(piece)
            except UnicodeDecodeError:
                utf8 = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return utf8


class _Scorer:
    """Judges pieces of a table under the same heads."""

    def __init__(self, heads: Headings, knowledge: Knowledge, lang: Lang, faults: Faults) -> None:
        self._knowledge, self._lang, self._faults = knowledge, lang, faults
        self._readers = {
            column: ColumnReader(key, knowledge) for column, key in heads.keys.items() if not key.startswith("firm.")
        }
        self._named = {key: column for column, key in heads.keys.items() if key in (ID, NAME)}
        self._used = [column for column, key in heads.keys.items() if key != REMARKS]
        verdicts = catalogue("assessment")
        self._words = {key: text[lang] for key, text in verdicts.items() if key.startswith("verdict.")}
        self._marks = [say("batch", f"scores.{key}", lang) for key in ("no", "yes")]
        self._doubt = functools.cache(self._told_of)

    def lines(self, piece: Sequence[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
        """A line of the table for each row that says anything, with its number; ``first`` is that of the first."""
        columns = list(itertools.zip_longest(*piece, fillvalue=""))
        questions: dict[str, AnswerColumn] = {}
        problems = {place: list(told) for place in range(len(piece)) if (told := self._faults.get(first + place))}
        for column, reader in self._readers.items():
            if column >= len(columns):
                continue
            read, wrong = reader.read(columns[column])
            questions.update(read)
            for place, found in wrong.items():
                problems.setdefault(place, []).extend(found)
        today = carried_columns(questions, self._knowledge)
        outlooks = verdict_outlooks(self._knowledge, AnswerTable.of_columns(len(piece), today), with_model=True)
        for place, (row, line) in enumerate(zip(piece, self._lines(outlooks), strict=True)):
            if any(row[column] for column in self._used if column < len(row)):
                named = [escape_formula(self._cell(row, key).strip()) for key in (ID, NAME)]
                yield first + place, named + (self._wrong(problems[place]) if place in problems else line)

    def _cell(self, row: Sequence[str], key: str) -> str:
        column = self._named.get(key, len(row))
        return row[column] if column < len(row) else ""

    def _lines(self, outlooks: OutlookTable) -> Iterator[list[str]]:
        """What is told of each firm, but for its name."""
        rows = [outlooks.rows("need"), outlooks.rows("ability")]
        scores = zip(*(_shown(values) for row in rows for values in (row.points, row.low, row.high)), strict=True)
        marks = [map(self._mark, outlooks.hurdles[kind].found.tolist()) for kind in ("blocker", "condition")]
        possible = map(tuple, outlooks.possible.tolist())
        models = map(outlooks.outcome.models.first, range(len(outlooks)))
        for name, options, points, model, *found in zip(outlooks.names, possible, scores, models, *marks, strict=True):
            label = self._knowledge.models.kinds[model].label[self._lang] if model else ""
            yield [self._words[f"verdict.{name}.name"], *self._doubt(name, options), *points, label, *found, ""]

    def _told_of(self, name: VerdictName, options: tuple[bool, ...]) -> tuple[str, str]:
        """How sure a verdict is, and all that are possible."""
        possible = [self._words[f"verdict.{other}.name"] for other in itertools.compress(VERDICTS, options)]
        certainty = say("batch", f"scores.{certainty_of(name, sum(options))}", self._lang)
        return certainty, join(possible, self._lang)

    def _mark(self, found: bool) -> str:
        return self._marks[found]

    def _wrong(self, problems: Sequence[Problem]) -> list[str]:
        said = " ".join(f"{problem.message(self._lang)} {problem.hint(self._lang)}" for problem in problems)
        return [""] * (len(COLUMNS) - 4) + [escape_formula(said)]


def _shown(values: Numbers) -> list[str]:
    return [f"{value:.1f}" if value == value else "" for value in values.tolist()]
