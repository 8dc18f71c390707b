"""Judges rows of a table by column and writes a line of scores for each."""

from __future__ import annotations

import csv
import functools
import io
import itertools
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.assessment.verdict import ORDER, VERDICTS, certainty_name, certainty_of, verdict_name
from advisor.batch.headings import ID, NAME, REMARKS
from advisor.errors import Problem
from advisor.inference.score_rows import Numbers
from advisor.interview.answer_table import AnswerColumn, AnswerTable
from advisor.interview.column_reader import ColumnReader, carried_columns, clean_cell
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.tables import escape_formula
from advisor.text import Lang, join, say

CHUNK_ROWS = 2_000
"""Rows judged at a time."""
COLUMNS = (
    "row", "id", "name", "verdict", "certainty", "possible",
    "need", "need_low", "need_high", "ability", "ability_low", "ability_high",
    "model", "blockers", "conditions", "problems",
)  # fmt: skip
CellFaults = Mapping[int, Sequence[Problem]]
"""What is wrong with cells whatever they answer, by the number of their row."""
Line = tuple[str, ...]
"""The cells of a line of scores, without the row's number, the firm's id and its name."""


@dataclass(frozen=True)
class ScoredRows:
    """Lines of the table of scores, and how many firms were scored and how many could not be read."""

    lines: str
    scored: int
    failed: int


class RowScorer:
    """Judges rows under the same headings; ``keys`` is as in :class:`~advisor.batch.headings.Headings`."""

    def __init__(self, keys: Mapping[int, str], knowledge: Knowledge, lang: Lang, faults: CellFaults | None = None) -> None:
        self._knowledge, self._lang, self._faults = knowledge, lang, faults or {}
        self._readers = {column: ColumnReader(key, knowledge) for column, key in keys.items() if not key.startswith("firm.")}
        self._name_columns = {key: column for column, key in keys.items() if key in (ID, NAME)}
        self._used = [column for column, key in keys.items() if key != REMARKS]
        self._verdict_names = {name: verdict_name(name)[lang] for name in ORDER}
        self._yes_no = [say("batch", f"scores.{key}", lang) for key in ("no", "yes")]
        self._certainty = functools.cache(self._certainty_and_possible)

    def title_line(self) -> str:
        """The line of headings of the table of scores."""
        return _as_csv([[say("batch", f"scores.{name}", self._lang) for name in COLUMNS]])

    def score_in_chunks(self, rows: Iterator[Sequence[str]], first: int) -> Generator[ScoredRows, None, None]:
        """The lines of any number of rows, :data:`CHUNK_ROWS` at a time; ``first`` is the number of the first row."""
        for number in itertools.count(first, CHUNK_ROWS):
            if not (chunk := list(itertools.islice(rows, CHUNK_ROWS))):
                return
            yield self.score(chunk, number)

    def score(self, rows: Sequence[Sequence[str]], first: int) -> ScoredRows:
        """A line for each row that is not empty; ``first`` is the number of the first. Cells are as the file has them."""
        if not rows:
            return ScoredRows("", 0, 0)
        columns = _Columns(rows)
        questions: dict[str, AnswerColumn] = {}
        problems = {place: list(faults) for place in range(len(rows)) if (faults := self._faults.get(first + place))}
        for column, reader in self._readers.items():
            answers, column_problems = reader.read(columns[column])
            questions.update(answers)
            for place, cell_problems in column_problems.items():
                problems.setdefault(place, []).extend(cell_problems)
        current_answers = carried_columns(questions, self._knowledge)
        outlooks = verdict_outlooks(self._knowledge, AnswerTable.of_columns(len(rows), current_answers), with_model=True)
        lines = list(self._lines(outlooks))
        for place, row_problems in problems.items():
            lines[place] = self._problem_line(row_problems)
        names = zip(*(self._names(columns, key) for key in (ID, NAME)), strict=True)
        numbered = zip(itertools.count(first), names, lines, strict=False)
        filled = columns.filled(self._used)
        text = _as_csv((number, *name, *line) for number, name, line in itertools.compress(numbered, filled))
        failed = sum(filled[place] for place in problems)
        return ScoredRows(text, sum(filled) - failed, failed)

    def _names(self, columns: _Columns, key: str) -> list[str]:
        if key not in self._name_columns:
            return [""] * len(columns)
        return [escape_formula(clean_cell(cell).strip()) for cell in columns[self._name_columns[key]]]

    def _lines(self, outlooks: OutlookTable) -> Iterator[Line]:
        """The line of each firm."""
        rows = [outlooks.rows("need"), outlooks.rows("ability")]
        scores = (_as_text(values) for row in rows for values in (row.points, row.low, row.high))
        certainties = map(self._certainty, outlooks.names, map(tuple, outlooks.possible.tolist()))
        verdicts = (self._verdict_names[name] for name in outlooks.names)
        kinds, models = self._knowledge.models.kinds, map(outlooks.outcome.models.first, range(len(outlooks)))
        labels = (kinds[model].label[self._lang] if model else "" for model in models)
        found = [outlooks.in_the_way(kind) for kind in ("blocker", "condition")]
        hurdles = [map(self._yes_no.__getitem__, each) for each in found]
        for verdict, certainty, *cells in zip(verdicts, certainties, *scores, labels, *hurdles, strict=True):
            yield (verdict, *certainty, *cells, "")

    def _certainty_and_possible(self, name: VerdictName, options: tuple[bool, ...]) -> tuple[str, str]:
        """How sure a verdict is, and all that are possible."""
        possible = [self._verdict_names[verdict] for verdict in itertools.compress(VERDICTS, options)]
        certainty = certainty_name(certainty_of(name, sum(options)))[self._lang]
        return certainty, join(possible, self._lang)

    def _problem_line(self, problems: Sequence[Problem]) -> Line:
        explanation = " ".join(f"{problem.message(self._lang)} {problem.hint(self._lang)}" for problem in problems)
        return *[""] * (len(COLUMNS) - 4), escape_formula(explanation)


class _Columns:
    """The columns of some rows; cells that a row lacks are empty."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._columns = list(itertools.zip_longest(*rows, fillvalue=""))
        self._blank = ("",) * len(rows)

    def __len__(self) -> int:
        return len(self._blank)

    def __getitem__(self, column: int) -> Sequence[str]:
        return self._columns[column] if column < len(self._columns) else self._blank

    def filled(self, columns: Sequence[int]) -> list[bool]:
        """For each row whether any of these columns holds more than blanks."""
        return [any(map(str.strip, cells)) for cells in zip(*(self[column] for column in columns), strict=True)]


def _as_text(values: Numbers) -> list[str]:
    return [f"{value:.1f}" if value == value else "" for value in values.tolist()]


def _as_csv(lines: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
