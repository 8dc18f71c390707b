"""Verdict and scores of many firms without reports: a table in, a table out, a few thousand rows at a time.

Memory stays constant however long a CSV is: it is read, judged and written in chunks.
"""

from __future__ import annotations

import csv
import functools
import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.assessment.verdict import ORDER, VERDICTS, certainty_name, certainty_of, verdict_name
from advisor.batch.csv_rows import CellRows, read_csv_rows
from advisor.batch.headings import ID, NAME, REMARKS, SEARCHED_ROWS, Headings, read_headings
from advisor.batch.table import FirmTable, TableNote, cell_fault
from advisor.batch.table_reader import read_firm_table
from advisor.errors import InputError, Problem
from advisor.inference.score_rows import Numbers
from advisor.interview.answer_table import AnswerColumn, AnswerTable
from advisor.interview.column_reader import ColumnReader, carried_columns
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.tables import escape_formula
from advisor.text import Lang, join, say

CHUNK_ROWS = 2_000
"""Rows judged at a time."""
SCORES = "scores.csv"
COLUMNS = (
    "row", "id", "name", "verdict", "certainty", "possible",
    "need", "need_low", "need_high", "ability", "ability_low", "ability_high",
    "model", "blockers", "conditions", "problems",
)  # fmt: skip
CellFaults = dict[int, list[Problem]]


@dataclass(frozen=True)
class ScoreTableResult:
    """How many firms were scored, how many could not be read, the path of the table, and notes on the input."""

    scored: int
    failed: int
    path: Path
    notes: tuple[TableNote, ...]


def score_table(source: Path, folder: Path, knowledge: Knowledge, lang: Lang, sheet: str = "") -> ScoreTableResult:
    """Write the verdict and scores of every firm of a CSV or workbook into ``folder``; the whole table or nothing.

    Rows that cannot be read stand in it with what is wrong. Raises :class:`~advisor.errors.InputError` or
    :class:`~advisor.errors.ProblemsError` where the input is no table of firms.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{SCORES}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            scored, failed, notes = _score(source, knowledge, lang, sheet, out)
        os.chmod(temporary, 0o644)
        os.replace(temporary, folder / SCORES)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError("unwritable", path=folder / SCORES, detail=error.strerror or error) from None
        raise
    return ScoreTableResult(scored, failed, folder / SCORES, notes)


def _score(
    source: Path, knowledge: Knowledge, lang: Lang, sheet: str, out: IO[str]
) -> tuple[int, int, tuple[TableNote, ...]]:
    headings, rows, faults, notes = _open_table(source, knowledge, sheet)
    scorer = _RowScorer(headings, knowledge, lang, faults)
    writer = csv.writer(out)
    writer.writerow([say("batch", f"scores.{name}", lang) for name in COLUMNS])
    counts, first = [0, 0], headings.row + 2
    while chunk := list(itertools.islice(rows, CHUNK_ROWS)):
        for number, line in scorer.lines(chunk, first):
            writer.writerow([number, *line])
            counts[bool(line[-1])] += 1
        first += len(chunk)
    return counts[0], counts[1], notes


def _open_table(
    source: Path, knowledge: Knowledge, sheet: str
) -> tuple[Headings, CellRows, CellFaults, tuple[TableNote, ...]]:
    """The headings of a table, the rows under them, faults of cells by row number, and notes on the input."""
    faults: CellFaults = {}
    if source.suffix.lower() == ".csv":
        rows, notes = read_csv_rows(source)
        top = list(itertools.islice(rows, SEARCHED_ROWS))
        headings = read_headings(top, knowledge, str(source))
        data_rows: CellRows = itertools.chain(top[headings.row + 1 :], rows)
    elif source.suffix.lower() == ".xlsx":
        table = read_firm_table(source, sheet)
        headings = read_headings(table.cells, knowledge, str(source))
        data_rows, notes, faults = iter(table.cells[headings.row + 1 :]), list(table.notes), _cell_faults(table, headings)
    else:
        raise InputError("scores_from_tables", path=source)
    return headings, data_rows, faults, (*notes, *headings.notes())


def _cell_faults(table: FirmTable, headings: Headings) -> CellFaults:
    """What is wrong with cells that look empty: formulas without a result, and cells merged with one above."""
    faults: CellFaults = {}
    for number, column in sorted(table.formulas | table.merged):
        row = table.cells[number] if number < len(table.cells) else []
        text = row[column] if column < len(row) else ""
        if number > headings.row and headings.keys.get(column, REMARKS) != REMARKS:
            fault = cell_fault(table, table.cells[headings.row][column], number, column, text)
            faults.setdefault(number + 1, []).extend([fault] if fault else [])
    return faults


class _RowScorer:
    """Judges chunks of a table under the same headings."""

    def __init__(self, headings: Headings, knowledge: Knowledge, lang: Lang, faults: CellFaults) -> None:
        self._knowledge, self._lang, self._faults = knowledge, lang, faults
        self._readers = {
            column: ColumnReader(key, knowledge) for column, key in headings.keys.items() if not key.startswith("firm.")
        }
        self._name_columns = {key: column for column, key in headings.keys.items() if key in (ID, NAME)}
        self._used = [column for column, key in headings.keys.items() if key != REMARKS]
        self._verdict_names = {name: verdict_name(name)[lang] for name in ORDER}
        self._yes_no = [say("batch", f"scores.{key}", lang) for key in ("no", "yes")]
        self._certainty = functools.cache(self._certainty_and_possible)

    def lines(self, chunk: Sequence[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
        """An output line for each row that is not empty, with its number; ``first`` is that of the first."""
        columns = list(itertools.zip_longest(*chunk, fillvalue=""))
        questions: dict[str, AnswerColumn] = {}
        problems = {place: list(faults) for place in range(len(chunk)) if (faults := self._faults.get(first + place))}
        for column, reader in self._readers.items():
            if column >= len(columns):
                continue
            answers, column_problems = reader.read(columns[column])
            questions.update(answers)
            for place, cell_problems in column_problems.items():
                problems.setdefault(place, []).extend(cell_problems)
        current_answers = carried_columns(questions, self._knowledge)
        outlooks = verdict_outlooks(self._knowledge, AnswerTable.of_columns(len(chunk), current_answers), with_model=True)
        for place, (row, line) in enumerate(zip(chunk, self._lines(outlooks), strict=True)):
            if any(row[column] for column in self._used if column < len(row)):
                names = [escape_formula(self._cell(row, key).strip()) for key in (ID, NAME)]
                yield first + place, names + (self._problem_line(problems[place]) if place in problems else line)

    def _cell(self, row: Sequence[str], key: str) -> str:
        column = self._name_columns.get(key, len(row))
        return row[column] if column < len(row) else ""

    def _lines(self, outlooks: OutlookTable) -> Iterator[list[str]]:
        """The output line of each firm without its id and name."""
        rows = [outlooks.rows("need"), outlooks.rows("ability")]
        scores = zip(*(_as_text(values) for row in rows for values in (row.points, row.low, row.high)), strict=True)
        hurdles = [map(self._yes_or_no, outlooks.hurdles[kind].found.tolist()) for kind in ("blocker", "condition")]
        possible = map(tuple, outlooks.possible.tolist())
        models = map(outlooks.outcome.models.first, range(len(outlooks)))
        for name, options, points, model, *hurdle_marks in zip(
            outlooks.names, possible, scores, models, *hurdles, strict=True
        ):
            label = self._knowledge.models.kinds[model].label[self._lang] if model else ""
            yield [
                self._verdict_names[name],
                *self._certainty(name, options),
                *points,
                label,
                *hurdle_marks,
                "",
            ]

    def _certainty_and_possible(self, name: VerdictName, options: tuple[bool, ...]) -> tuple[str, str]:
        """How sure a verdict is, and all that are possible."""
        possible = [self._verdict_names[verdict] for verdict in itertools.compress(VERDICTS, options)]
        certainty = certainty_name(certainty_of(name, sum(options)))[self._lang]
        return certainty, join(possible, self._lang)

    def _yes_or_no(self, present: bool) -> str:
        return self._yes_no[present]

    def _problem_line(self, problems: Sequence[Problem]) -> list[str]:
        explanation = " ".join(f"{problem.message(self._lang)} {problem.hint(self._lang)}" for problem in problems)
        return [""] * (len(COLUMNS) - 4) + [escape_formula(explanation)]


def _as_text(values: Numbers) -> list[str]:
    return [f"{value:.1f}" if value == value else "" for value in values.tolist()]
