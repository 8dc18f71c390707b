"""Many firms as a pandas DataFrame: assessments as rows, or rows of answers judged. Needs the extra ``pandas``.

A frame of answers is read like a table of ``advisor batch``: columns headed by id, code or question, cells by the
same reader, firms judged by column at some thousands a second. A row that cannot be read keeps its place and says why.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from advisor.assessment import Assessment
from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.errors import InputError, expect_choice, expect_type, shortened
from advisor.insight.knowledge_choice import knowledge_or_built_in
from advisor.interview.answer_table import AnswerTable
from advisor.interview.column_reader import ColumnReader, carried_columns
from advisor.interview.column_units import column_readers
from advisor.interview.head_words import NAME
from advisor.interview.headings import Headings
from advisor.interview.headings_reader import read_headings
from advisor.interview.python_values import plain_value
from advisor.interview.read_columns import read_columns
from advisor.knowledge import Knowledge
from advisor.text import LANGS, Lang, locale_language

CHUNK_ROWS = 2_000
"""Firms judged at a time, so that memory stays constant."""
SHARED_COLUMNS = {
    "firm": "string", "verdict": "string", "certainty": "string", "possible": "object",
    "need": "float64", "need_low": "float64", "need_high": "float64",
    "ability": "float64", "ability_low": "float64", "ability_high": "float64",
    "model": "string", "has_blockers": "boolean", "has_conditions": "boolean",
}  # fmt: skip
"""The columns of both frames, with their types."""
FINDING_COLUMNS = {
    "answered": "int64",
    "applicable": "int64",
    "blockers": "object",
    "conditions": "object",
    "risks": "object",
}
ASSESSMENT_COLUMNS = SHARED_COLUMNS | FINDING_COLUMNS
RESULT_COLUMNS = SHARED_COLUMNS | {"problems": "string"}


def frame(assessments: Iterable[Assessment], lang: Lang | None = None) -> Any:
    """A DataFrame with a row an assessment: verdict, scores with bounds (0 to 100), model, findings as tuples of ids.

    Firms are named in ``lang``, by default the locale's. Raises :class:`~advisor.errors.InputError` without pandas.
    """
    pandas, lang = _pandas(), _language(lang)
    expect_type("assessments", assessments, Iterable)
    rows = [_assessment_row(assessment, lang) for assessment in assessments]
    return pandas.DataFrame(rows, columns=list(ASSESSMENT_COLUMNS)).astype(ASSESSMENT_COLUMNS)


def assess_frame(firms: Any, knowledge: Knowledge | None = None, lang: Lang | None = None) -> Any:
    """The verdict and scores of each row of a DataFrame of answers, under the same index.

    ``problems`` says in ``lang``, by default the locale's, what is wrong with a row that cannot be read, whose rest is
    missing, and which questions of another were left open for words that are none of their options. Columns that are no
    questions are left out, with a warning that names them. Raises :class:`~advisor.errors.ProblemsError` where no column
    is a question, :class:`~advisor.errors.InputError` where ``firms`` is no DataFrame.
    """
    pandas = _pandas()
    if not isinstance(firms, pandas.DataFrame):
        raise InputError("bad_frame", type=type(firms).__name__)
    knowledge, lang = knowledge_or_built_in(knowledge), _language(lang)
    heads = [head if isinstance(head, str) else shortened(head) for head in firms.columns]
    headings = read_headings([heads], knowledge, "DataFrame")
    if notes := [note.message(lang) for note in headings.notes()]:
        warnings.warn("\n".join(notes), stacklevel=2)
    readers = column_readers(headings, knowledge)
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(firms), CHUNK_ROWS):
        chunk = firms.iloc[start : start + CHUNK_ROWS]
        rows += _result_rows(chunk, headings, readers, knowledge, lang)
    return pandas.DataFrame(rows, index=firms.index, columns=list(RESULT_COLUMNS)).astype(RESULT_COLUMNS)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise InputError("no_pandas") from None
    return pandas


def _language(lang: Lang | None) -> Lang:
    if lang is None:
        return locale_language()
    expect_choice(lang, LANGS)
    return lang


def _assessment_row(assessment: Assessment, lang: Lang) -> tuple[Any, ...]:
    expect_type("assessments", assessment, Assessment)
    need, ability = assessment.scores[assessment.need], assessment.scores[assessment.ability]
    ids = [
        tuple(finding.id for finding in findings)
        for findings in (assessment.blockers, assessment.conditions, assessment.risks)
    ]
    return (
        assessment.firm.name[lang] if assessment.firm.name else None,
        assessment.verdict.name, assessment.verdict.certainty, assessment.verdict.possible,
        need.points, need.low, need.high, ability.points, ability.low, ability.high,
        assessment.model.first, bool(assessment.blockers), any(not finding.derived for finding in assessment.conditions),
        assessment.coverage.answered, assessment.coverage.applicable, *ids,
    )  # fmt: skip


def _result_rows(
    chunk: Any, headings: Headings, readers: dict[int, ColumnReader], knowledge: Knowledge, lang: Lang
) -> Iterator[tuple[Any, ...]]:
    """The rows of the result for some firms."""

    def cells_of(column: int) -> list[str]:
        if column in headings.joined:
            rows = [[_cell_text(value) for value in row] for row in chunk.itertuples(index=False, name=None)]
            return [headings.text(column, row) for row in rows]
        return [_cell_text(value) for value in chunk.iloc[:, column].tolist()]

    read = read_columns(headings, readers, cells_of)
    problems, left_open = read.problems, read.left_open
    name_column = next((column for column, key in headings.keys.items() if key == NAME), None)
    names = (
        [None] * len(chunk)
        if name_column is None
        else [_cell_text(name) or None for name in chunk.iloc[:, name_column].tolist()]
    )
    table = AnswerTable.of_columns(len(chunk), carried_columns(read.questions, knowledge))
    outlooks = verdict_outlooks(knowledge, table, with_model=True)
    hurdles = [outlooks.in_the_way(kind) for kind in ("blocker", "condition")]
    for place in range(len(chunk)):
        told = problems.get(place) or left_open.get(place, [])
        messages = "\n".join(f"{problem.message(lang)} {problem.hint(lang)}" for problem in told)
        if place in problems:
            yield (names[place], *[None] * (len(SHARED_COLUMNS) - 1), messages)
        else:
            yield (names[place], *_outlook_row(outlooks, place), *(each[place] for each in hurdles), messages)


def _outlook_row(outlooks: OutlookTable, place: int) -> tuple[Any, ...]:
    need, ability = outlooks.rows("need"), outlooks.rows("ability")
    scores = [float(values[place]) for rows in (need, ability) for values in (rows.points, rows.low, rows.high)]
    return (
        outlooks.names[place], outlooks.certainty(place), outlooks.possible_names(place), *scores,
        outlooks.outcome.models.first(place),
    )  # fmt: skip


def _cell_text(value: Any) -> str:
    """A cell as it would stand in a table: empty where it is missing, whole numbers without a point, lists by lines."""
    return value.strip() if isinstance(value, str) else _written(plain_value(value))


def _written(value: Any) -> str:
    """What :func:`plain_value` returns, as text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(_written, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
