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
from advisor.errors import Place, Problem
from advisor.inference.score_rows import Numbers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.cell_units import clean_cell
from advisor.interview.column_reader import carried_columns
from advisor.interview.column_units import column_readers
from advisor.interview.head_words import ID, NAME, comparable
from advisor.interview.headings import Headings
from advisor.interview.read_columns import read_columns
from advisor.interview.row_kinds import RowKind, RowSorter, counts_as_firm, fingerprint, moved_heads
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
Aside = tuple[tuple[int, RowKind, str], ...]
FirmPrint = tuple[int, str, int]
Line = tuple[str, ...]
"""The cells of a line of scores, without the row's number, the firm's id and its name."""


@dataclass(frozen=True)
class ScoredRows:
    """Lines of the table of scores, and how many firms were scored and how many could not be read, the rows set
    aside by number, kind and label, and every firm by number, name and what tells it from others."""

    lines: str
    scored: int
    failed: int
    aside: Aside = ()
    firms: tuple[FirmPrint, ...] = ()


class RowScorer:
    """Judges rows under the same headings; rows that are no firms are set aside and told."""

    def __init__(
        self,
        headings: Headings,
        knowledge: Knowledge,
        lang: Lang,
        faults: CellFaults | None = None,
        points_asked: bool = False,
    ) -> None:
        self._knowledge, self._lang, self._faults, self._headings = knowledge, lang, faults or {}, headings
        self._readers = column_readers(headings, knowledge, points_asked)
        self._name_columns = {key: column for column, key in headings.keys.items() if key in (ID, NAME)}
        self._sorter = RowSorter(headings, knowledge)
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

        def cells_of(column: int) -> Sequence[str]:
            return self._joined(rows, column) if column in self._headings.joined else columns[column]

        read = read_columns(self._headings, self._readers, cells_of)
        problems = {place: list(faults) for place in range(len(rows)) if (faults := self._faults.get(first + place))}
        for place, found in read.problems.items():
            problems.setdefault(place, []).extend(found)
        current_answers = carried_columns(read.questions, self._knowledge)
        outlooks = verdict_outlooks(self._knowledge, AnswerTable.of_columns(len(rows), current_answers), with_model=True)
        lines = list(self._lines(outlooks))
        for place, notes in read.left_open.items():
            lines[place] = *lines[place][:-1], _in_words(notes, self._lang)
        for place, row_problems in problems.items():
            lines[place] = self._problem_line(row_problems)
        names = zip(*(self._names(columns, key) for key in (ID, NAME)), strict=True)
        numbered = zip(itertools.count(first), names, lines, strict=False)
        filled, aside, firms = self._sorted(rows, first)
        text = _as_csv((number, *name, *line) for number, name, line in itertools.compress(numbered, filled))
        failed = sum(filled[place] for place in problems)
        return ScoredRows(text, sum(filled) - failed, failed, aside, firms)

    def _joined(self, rows: Sequence[Sequence[str]], column: int) -> list[str]:
        return [self._headings.text(column, [clean_cell(cell) for cell in row]) for row in rows]

    def _sorted(self, rows: Sequence[Sequence[str]], first: int) -> tuple[list[bool], Aside, tuple[FirmPrint, ...]]:
        """Which rows are firms, which are set aside, and by what equal firms are known."""
        filled, aside, firms = list[bool](), list[tuple[int, RowKind, str]](), list[FirmPrint]()
        for number, row in enumerate(rows, first):
            cells = [clean_cell(cell) for cell in row]
            kind, label = self._sorter.kind(cells)
            firm = counts_as_firm(kind, number in self._faults)
            filled.append(firm)
            if firm:
                firms.append((number, comparable(self._sorter.name(cells)), fingerprint(self._sorter.said(cells))))
            elif kind == "moved":
                raise moved_heads(Place("", number))
            elif kind != "blank":
                aside.append((number, kind, label))
        return filled, tuple(aside), tuple(firms)

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
        return *[""] * (len(COLUMNS) - 4), _in_words(problems, self._lang)


class _Columns:
    """The columns of some rows; cells that a row lacks are empty."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._columns = list(itertools.zip_longest(*rows, fillvalue=""))
        self._blank = ("",) * len(rows)

    def __len__(self) -> int:
        return len(self._blank)

    def __getitem__(self, column: int) -> Sequence[str]:
        return self._columns[column] if column < len(self._columns) else self._blank


def _in_words(problems: Sequence[Problem], lang: Lang) -> str:
    return escape_formula(" ".join(f"{problem.message(lang)} {problem.hint(lang)}" for problem in problems))


def _as_text(values: Numbers) -> list[str]:
    return [f"{value:.1f}" if value == value else "" for value in values.tolist()]


def _as_csv(lines: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
