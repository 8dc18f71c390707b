"""A questionnaire to take away and fill in, or to keep with its answers: all but the one on paper are read in again."""

from __future__ import annotations

import csv
import io

from advisor.errors import InputError
from advisor.interview import Answers, form
from advisor.interview.answer_files import TABLES
from advisor.interview.answer_table_writer import answer_rows
from advisor.interview.serialization import json_line
from advisor.interview.yaml_form import KINDS, By
from advisor.knowledge import Knowledge
from advisor.tables import escape_formula
from advisor.text import Lang


def answer_file(
    knowledge: Knowledge, answers: Answers, kind: str, lang: Lang, edition: str = "full", by: By = "section"
) -> tuple[bytes, str]:
    """An edition's questions with the answers there are as a file of ``kind``, and its content type. The same answers give
    the same bytes. On paper the form is empty but for the firm's name; JSON lines hold every question.

    Raises :class:`~advisor.errors.InputError` for a table of a firm that answered for a second line of business, which it
    has no place for.
    """
    if answers.lines and kind in TABLES:
        raise InputError("line_b_in_table", kind=kind)
    if edition not in knowledge.editions:
        edition = next(iter(knowledge.editions))
    match kind:
        case "xlsx":
            from advisor.reporting.forms.workbook import form_workbook

            content = form_workbook(knowledge, answers, lang, edition, by)
        case "pdf":
            from advisor.reporting.forms.paper_form import paper_form

            content = paper_form(knowledge, answers.firm, lang, edition, by)
        case "csv":
            content = _csv(knowledge, answers, lang, edition)
        case "jsonl":
            content = f"{json_line(answers, knowledge)}\n".encode()
        case _:
            content = form(knowledge, edition, lang, answers).encode()
    return content, KINDS[kind]


def _csv(knowledge: Knowledge, answers: Answers, lang: Lang, edition: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in answer_rows(knowledge, answers, lang, edition):
        writer.writerow([escape_formula(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
