"""The problems and doubts of a batch as files: a list of all, and for a table a marked copy of the user's own file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.batch.firms import BatchInput, FirmRow
from advisor.batch.marked_workbook import marked_workbook
from advisor.errors import Place, Problem
from advisor.files import write_file
from advisor.interview import remarks
from advisor.interview.headings import heading_of
from advisor.interview.own_words import LEFT_OPEN
from advisor.knowledge.model import Knowledge
from advisor.reporting.font_cover import texts_of, without_a_font
from advisor.tables import escape_formula
from advisor.text import Lang, say

PROBLEM_LIST = "problems.csv"
DOUBTFUL = "A148"
"""The code of remarks on answers, which stop nothing."""


def write_problem_files(batch_input: BatchInput, knowledge: Knowledge, folder: Path, lang: Lang) -> list[Path]:
    """Write the list of what is wrong or doubtful in rows of the input, and for a table a marked copy. Returns the files."""
    problems = [
        (row.name, problem)
        for row in batch_input.rows
        for problem in (*row.problems, *_left_open(row), *_doubtful(row, batch_input, knowledge))
    ]
    if not problems:
        (folder / PROBLEM_LIST).unlink(missing_ok=True)
        return []
    written = [write_file(folder / PROBLEM_LIST, _problem_list(problems, batch_input, lang))]
    if batch_input.table is not None and batch_input.headings is not None:
        content = marked_workbook(
            batch_input, batch_input.table, batch_input.headings, [problem for _, problem in problems], lang
        )
        written.append(write_file(_free_path(folder / copy_name(batch_input.source.stem, lang), content, lang), content))
    return written


def _left_open(row: FirmRow) -> Iterator[Problem]:
    """The notes on questions that count as unanswered because of words that are none of their options."""
    return (note for note in (row.answers.notes if row.answers else ()) if note.code == LEFT_OPEN)


def _doubtful(row: FirmRow, batch_input: BatchInput, knowledge: Knowledge) -> Iterator[Problem]:
    """The remarks on a firm's answers, as notes on the cell of the first question concerned."""
    columns = batch_input.headings.columns(knowledge) if batch_input.headings else {}
    for remark in remarks(row.answers, knowledge) if row.answers else ():
        column = next((columns[name] + 1 for name in remark.questions if name in columns), 0)
        codes = " ".join(knowledge.questions[name].code for name in remark.questions)
        place = Place(str(batch_input.source), row.number, column)
        yield Problem(DOUBTFUL, place, {"codes": codes, "remark": remark.text}, "note")
    if row.answers and (note := without_a_font(texts_of(row.answers), Place(str(batch_input.source), row.number))):
        yield note


def _free_path(path: Path, content: bytes, lang: Lang) -> Path:
    """A path that is free or holds ``content`` already: in another copy somebody may have begun to correct."""
    while path.exists() and not (path.is_file() and path.read_bytes() == content):
        path = path.with_name(copy_name(path.stem, lang))
    return path


def copy_name(stem: str, lang: Lang) -> str:
    """What the marked copy of a file is called; a copy of a copy gets the next number, so that none is written over.

    >>> copy_name("firms", "en"), copy_name("firms.to-correct", "en")
    ('firms.to-correct.xlsx', 'firms.to-correct-2.xlsx')
    """
    word = say("batch", "marked", lang)
    base, separator, number = stem.rpartition(f".{word}")
    if not separator or (number and not number[1:].isdecimal()):
        return f"{stem}.{word}.xlsx"
    return f"{base}.{word}-{int(number[1:] or 1) + 1}.xlsx"


def _problem_list(problems: Iterable[tuple[str, Problem]], batch_input: BatchInput, lang: Lang) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say("batch", f"list.{name}", lang) for name in ("row", "column", "head", "firm", "code", "what", "do")])
    for firm, problem in problems:
        column = problem.place.column
        cells = [
            problem.place.line or "",
            problem.place.letters if batch_input.table else "",
            heading_of(batch_input.table, batch_input.headings, column),
            firm,
            problem.code,
            problem.message(lang),
            problem.hint(lang),
        ]
        writer.writerow([escape_formula(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig", "replace")
