"""A table for many firms, a row each and a column a question, to be filled in and given to a batch."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import Workbook

from advisor.interview import Answers
from advisor.interview.plain import json_line
from advisor.knowledge import Knowledge
from advisor.office import reproducible
from advisor.reporting.forms.cells import HEAD, TOP, UNDERLINE, font, height, put
from advisor.reporting.forms.choices import Choices, status_words
from advisor.reporting.forms.content import Entry, parts
from advisor.text import Lang, catalogue, say

ROWS = 1_000
"""Rows that offer answers to choose from; more can be filled in without."""
KINDS = ("xlsx", "csv", "jsonl")
FIRM = ("id", "name", "about")
WIDTHS = {"id": 8.0, "name": 28.0, "about": 28.0}
WIDE, HEIGHT = 19.0, 92.0
GUIDE = {"head": 44.0, "answers": 60.0, "unit": 12.0, "notes": 52.0, "why": 60.0}


def table_for_many(knowledge: Knowledge, kind: str, lang: Lang, edition: str) -> bytes:
    """An empty table of an edition's questions as ``xlsx``, ``csv`` or ``jsonl``, for a batch to read. The same bytes
    every time."""
    entries = [entry for part in parts(knowledge, edition, lang) for entry in part.entries]
    if kind == "jsonl":
        return f"{json_line(Answers(), knowledge)}\n".encode()
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerow([*_firm_heads(lang), *(_head(entry) for entry in entries)])
        return out.getvalue().encode("utf-8-sig")
    return _workbook(entries, lang)


def _firm_heads(lang: Lang) -> list[str]:
    return [catalogue("batch")[f"head.firm.{name}"][lang].split("|")[0] for name in FIRM]


def _head(entry: Entry) -> str:
    return f"{entry.question.code} {entry.text}"


def _workbook(entries: list[Entry], lang: Lang) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("batch", "template.firms", lang)
    guide: Any = book.create_sheet(say("batch", "template.guide", lang))
    choices = Choices(book, lang)
    for column, text in enumerate([*_firm_heads(lang), *map(_head, entries)], 1):
        cell = put(sheet.cell(1, column), text, font(lang, 9.5, bold=True, color="FFFFFF"))
        cell.fill = HEAD
        sheet.column_dimensions[cell.column_letter].width = WIDTHS[FIRM[column - 1]] if column <= len(FIRM) else WIDE
    sheet.row_dimensions[1].height = HEIGHT
    sheet.freeze_panes = "C2"
    for column, entry in enumerate(entries, len(FIRM) + 1):
        first, (asked, *more) = sheet.cell(2, column), entry.fact.type.cells(entry.fact, None, lang)
        if asked.test:
            choices.bound(first, entry, asked.test, ROWS)
        elif not more:
            choices.offer(first, (*asked.offered, *status_words(lang)), ROWS)
    _explain(guide, entries, lang)
    book.properties.title, book.properties.creator = say("batch", "template.title", lang), "CRM Advisor"
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def _explain(sheet: Any, entries: list[Entry], lang: Lang) -> None:
    """The second sheet: what may be answered to each question, when it is asked and why."""
    widths = list(GUIDE.values())
    for column, name in enumerate(GUIDE, 1):
        cell = put(sheet.cell(1, column), say("batch", f"template.{name}", lang), font(lang, 10, bold=True, color="FFFFFF"))
        cell.fill = HEAD
        sheet.column_dimensions[cell.column_letter].width = widths[column - 1]
    for row, entry in enumerate(entries, 2):
        texts = (_head(entry), _allowed(entry, lang), entry.unit, _notes(entry), f"{entry.why} {entry.claims}".strip())
        for column, text in enumerate(texts, 1):
            put(sheet.cell(row, column), text, font(lang, 9.5), TOP).border = UNDERLINE
        sheet.row_dimensions[row].height = height(zip(texts, widths, [9.5] * len(texts), strict=True), lang)
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False


def _allowed(entry: Entry, lang: Lang) -> str:
    if entry.range:
        return entry.range
    words = ("；" if lang == "zh" else "; ").join(entry.options)
    remark = entry.fact.type.remark
    return say("batch", f"template.{remark}", lang, words=words) if remark else words


def _notes(entry: Entry) -> str:
    return "\n".join(line for line in (entry.only_if, entry.help) if line)
