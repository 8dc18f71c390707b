"""A table for many firms, a row each and a column a question, to be filled in and given to a batch."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import Workbook

from advisor.interview import Answers
from advisor.interview.serialization import json_line
from advisor.knowledge import Knowledge
from advisor.office import reproducible
from advisor.reporting.forms.cell_styles import HEAD, TOP, UNDERLINE, font, height, put
from advisor.reporting.forms.content import FormEntry, form_parts
from advisor.reporting.forms.validation import AnswerValidation, status_labels
from advisor.text import Lang, catalogue, say

VALIDATED_ROWS = 1_000
"""Rows that offer answers to choose from; more can be filled in without."""
KINDS = ("xlsx", "csv", "jsonl")
FIRM_COLUMNS = ("id", "name", "about")
FIRM_WIDTHS = {"id": 8.0, "name": 28.0, "about": 28.0}
QUESTION_WIDTH, HEAD_HEIGHT = 19.0, 92.0
GUIDE_COLUMNS = {"head": 44.0, "answers": 60.0, "unit": 12.0, "notes": 52.0, "why": 60.0}


def batch_template(knowledge: Knowledge, kind: str, lang: Lang, edition: str) -> bytes:
    """An empty table of an edition's questions as ``xlsx``, ``csv`` or ``jsonl``, for a batch to read. The same bytes
    every time."""
    entries = [entry for part in form_parts(knowledge, edition, lang) for entry in part.entries]
    if kind == "jsonl":
        return f"{json_line(Answers(), knowledge)}\n".encode()
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerow([*_firm_heads(lang), *(_column_head(entry) for entry in entries)])
        return out.getvalue().encode("utf-8-sig")
    return _workbook(entries, lang)


def _firm_heads(lang: Lang) -> list[str]:
    return [catalogue("batch")[f"head.firm.{name}"][lang].split("|")[0] for name in FIRM_COLUMNS]


def _column_head(entry: FormEntry) -> str:
    return f"{entry.question.code} {entry.text}"


def _workbook(entries: list[FormEntry], lang: Lang) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("batch", "template.firms", lang)
    guide: Any = book.create_sheet(say("batch", "template.guide", lang))
    validation = AnswerValidation(book, lang)
    for column, text in enumerate([*_firm_heads(lang), *map(_column_head, entries)], 1):
        cell = put(sheet.cell(1, column), text, font(lang, 9.5, bold=True, color="FFFFFF"))
        cell.fill = HEAD
        sheet.column_dimensions[cell.column_letter].width = (
            FIRM_WIDTHS[FIRM_COLUMNS[column - 1]] if column <= len(FIRM_COLUMNS) else QUESTION_WIDTH
        )
    sheet.row_dimensions[1].height = HEAD_HEIGHT
    sheet.freeze_panes = "C2"
    for column, entry in enumerate(entries, len(FIRM_COLUMNS) + 1):
        first, (form_cell, *more) = sheet.cell(2, column), entry.fact.type.cells(entry.fact, None, lang)
        if form_cell.test:
            validation.add_test(first, entry, form_cell.test, VALIDATED_ROWS)
        elif not more:
            validation.add_list(first, (*form_cell.offered, *status_labels(lang)), VALIDATED_ROWS)
    _write_guide(guide, entries, lang)
    book.properties.title, book.properties.creator = say("batch", "template.title", lang), "CRM Advisor"
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def _write_guide(sheet: Any, entries: list[FormEntry], lang: Lang) -> None:
    """The second sheet: what may be answered to each question, when it is asked and why."""
    widths = list(GUIDE_COLUMNS.values())
    for column, name in enumerate(GUIDE_COLUMNS, 1):
        cell = put(sheet.cell(1, column), say("batch", f"template.{name}", lang), font(lang, 10, bold=True, color="FFFFFF"))
        cell.fill = HEAD
        sheet.column_dimensions[cell.column_letter].width = widths[column - 1]
    for row, entry in enumerate(entries, 2):
        texts = (
            _column_head(entry),
            _allowed_answers(entry, lang),
            entry.unit,
            _notes(entry),
            f"{entry.why} {entry.claims}".strip(),
        )
        for column, text in enumerate(texts, 1):
            put(sheet.cell(row, column), text, font(lang, 9.5), TOP).border = UNDERLINE
        sheet.row_dimensions[row].height = height(zip(texts, widths, [9.5] * len(texts), strict=True), lang)
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False


def _allowed_answers(entry: FormEntry, lang: Lang) -> str:
    if entry.range:
        return entry.range
    words = ("；" if lang == "zh" else "; ").join(entry.options)
    remark = entry.fact.type.remark
    return say("batch", f"template.{remark}", lang, words=words) if remark else words


def _notes(entry: FormEntry) -> str:
    return "\n".join(line for line in (entry.only_if, entry.help) if line)
