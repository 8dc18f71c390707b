"""Verdict and scores of many firms without reports: a table in, a table out, a few thousand rows at a time.

Memory stays constant however long a CSV is: it is read, judged and written in chunks. A large one is judged by several
processes, a block of whole rows each; what is written is the same.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.batch.csv_rows import CsvFile, open_csv
from advisor.batch.readers import SEARCHED, firm_table
from advisor.batch.row_scorer import RowScorer, ScoredRows
from advisor.batch.score_blocks import ScoringContext, score_blocks
from advisor.errors import InputError, Problem
from advisor.insight.knowledge_choice import BUILT_IN, KnowledgeChoice
from advisor.interview.answer_table_heads import form_heads
from advisor.interview.cell_units import clean_cell
from advisor.interview.column_units import unit_notes
from advisor.interview.firm_table import FirmTable, TableNote, cell_fault
from advisor.interview.head_words import REMARKS
from advisor.interview.headings import Headings, MappedHead
from advisor.interview.headings_reader import read_headings
from advisor.interview.row_kinds import RowSorter, RowsTold
from advisor.interview.table_options import TableOptions
from advisor.interview.table_shape import SEARCHED_ROWS, TURNED_ROWS, is_turned
from advisor.interview.table_units import LAST_ROWS
from advisor.knowledge import Knowledge
from advisor.sheets.kinds import TABLE_SUFFIXES, WORKBOOK_SUFFIXES
from advisor.text import Lang

SCORES = "scores.csv"
WORTH_PROCESSES = 20_000_000
"""Bytes of a CSV from which on several processes are started: about a second's work for one."""


@dataclass(frozen=True)
class ScoreTableResult:
    """How many firms were scored, how many could not be read, the path of the table, and notes on the input."""

    scored: int
    failed: int
    path: Path
    notes: tuple[TableNote, ...]


@dataclass(frozen=True)
class _Scoring:
    """The scores of a table as they are worked out, its line of headings, and notes on the input."""

    title_line: str
    results: Generator[ScoredRows, None, None]
    notes: tuple[TableNote, ...]


def score_table(
    source: Path,
    folder: Path,
    knowledge: Knowledge,
    lang: Lang,
    sheet: str = "",
    choice: KnowledgeChoice = BUILT_IN,
    jobs: int = 1,
    encoding: str = "",
    mapping: Mapping[str, MappedHead] | None = None,
) -> ScoreTableResult:
    """Write the verdict and scores of every firm of a CSV or workbook into ``folder``; the whole table or nothing.

    A large CSV is judged by ``jobs`` processes, for which ``choice`` must be that of ``knowledge``. Rows that cannot be read
    stand in the table with what is wrong. Raises :class:`~advisor.errors.InputError` or
    :class:`~advisor.errors.ProblemsError` where the input is no table of firms.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gc.freeze()  # what stands already need not be looked through again and again while rows come and go
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{SCORES}.")
    scored, failed, told = 0, 0, RowsTold()
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            scoring = _begin(source, knowledge, lang, TableOptions(sheet, encoding, mapping), choice, jobs)
            out.write(scoring.title_line)
            with contextlib.closing(scoring.results):
                for result in scoring.results:
                    out.write(result.lines)
                    scored, failed = scored + result.scored, failed + result.failed
                    for number, kind, label in result.aside:
                        told.set_aside(kind, number, label)
                    for number, name, print_of in result.firms:
                        told.known_firm(number, name, print_of)
        os.chmod(temporary, 0o644)
        os.replace(temporary, folder / SCORES)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError("unwritable", path=folder / SCORES, detail=error.strerror or error) from None
        raise
    finally:
        gc.unfreeze()
    return ScoreTableResult(scored, failed, folder / SCORES, (*scoring.notes, *told.notes()))


def _begin(
    source: Path, knowledge: Knowledge, lang: Lang, options: TableOptions, choice: KnowledgeChoice, jobs: int
) -> _Scoring:
    suffix, asked = source.suffix.lower(), False
    if suffix in TABLE_SUFFIXES and suffix not in WORKBOOK_SUFFIXES:
        file = open_csv(source, options.encoding)
        top = _clean(itertools.islice(file.rows(), TURNED_ROWS + 1))
        if is_turned(top, knowledge) or form_heads(top, knowledge) is not None:
            return _of_whole_table(source, knowledge, lang, options)
        headings = read_headings([*top, *_foot(file, len(top))], knowledge, str(source), options.mapping)
        top = top[:SEARCHED_ROWS]
        asked = file.delimiter == ";"
        scorer, notes = RowScorer(headings, knowledge, lang, None, asked), file.notes
        rows, first = top[headings.row :], headings.row + 2
        if jobs > 1 and source.stat().st_size >= WORTH_PROCESSES:
            context = ScoringContext(file, headings, first, lang, choice, knowledge.version)
            results = score_blocks(context, jobs)
        else:
            results = scorer.score_in_chunks(itertools.islice(file.rows(), headings.row + 1, None), first)
    elif suffix in WORKBOOK_SUFFIXES:
        return _of_whole_table(source, knowledge, lang, options)
    else:
        raise InputError("scores_from_tables", path=source)
    units = unit_notes(headings, rows, knowledge, asked)
    return _Scoring(scorer.title_line(), results, (*notes, *headings.notes(), *units))


def _of_whole_table(source: Path, knowledge: Knowledge, lang: Lang, options: TableOptions) -> _Scoring:
    """The scores of a table that is read as a whole before any."""
    table, headings = firm_table(source, knowledge, options)
    scorer = RowScorer(headings, knowledge, lang, _cell_faults(table, headings, knowledge), table.points_asked)
    rows = table.cells[headings.row : headings.row + SEARCHED]
    results = scorer.score_in_chunks(iter(table.cells[headings.row + 1 :]), headings.row + 2)
    units = unit_notes(headings, rows, knowledge, table.points_asked, table.cells[headings.row + 1 :])
    return _Scoring(scorer.title_line(), results, (*table.notes, *headings.notes(), *units))


def _clean(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[clean_cell(cell) for cell in row] for row in rows]


def _foot(file: CsvFile, read: int) -> list[list[str]]:
    """The last rows of a CSV beyond those already ``read``: a note on the unit of all sums may stand there."""
    if read <= TURNED_ROWS:
        return []
    return _clean(deque(itertools.islice(file.rows(), read, None), maxlen=LAST_ROWS))


def _cell_faults(table: FirmTable, headings: Headings, knowledge: Knowledge) -> dict[int, list[Problem]]:
    """What is wrong with cells that look empty, by row: formulas without a result, and cells merged with another one; merged
    in a row of its own only where that is a firm's."""
    faults: dict[int, list[Problem]] = {}
    sorter = RowSorter(headings, knowledge)
    for number, column in sorted(table.formulas | table.merged | table.across):
        row = table.cells[number] if number < len(table.cells) else []
        text = row[column] if column < len(row) else ""
        if number <= headings.row or headings.keys.get(column, REMARKS) == REMARKS:
            continue
        if (number, column) in table.across and sorter.kind(row)[0] != "firm":
            continue
        fault = cell_fault(table, table.cells[headings.row][column], number, column, text)
        faults.setdefault(number + 1, []).extend([fault] if fault else [])
    return faults
