"""The questionnaire as a workbook to be filled in: a sheet that explains, a sheet for each part, and a hidden one of lists.

Everything but the cells to answer in is locked, without a password; no cell holds a formula. Reading it gives the answers it
was written with (:mod:`advisor.interview.answer_table_reader`).
"""

from __future__ import annotations

import io
import textwrap
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from advisor.interview import Answers
from advisor.interview.answer_table_writer import firm_rows
from advisor.interview.yaml_form import By
from advisor.knowledge import Knowledge
from advisor.office import reproducible
from advisor.reporting.forms.cell_styles import (
    ACCENT,
    ANSWER,
    CENTRE,
    FRAME,
    HEAD,
    MIDDLE,
    OPEN,
    QUIET,
    TOPIC,
    UNDERLINE,
    UNLOCKED,
    font,
    height,
    put,
)
from advisor.reporting.forms.content import FormPart, form_parts
from advisor.reporting.forms.question_sheets import HEAD_ROW, write_part
from advisor.reporting.forms.validation import AnswerValidation
from advisor.text import Lang, say

COVER_WIDTHS = {"A": 12.0, "B": 34.0, "C": 66.0, "D": 11.0, "E": 11.0}
HOW_TO = ("cells", "lists", "numbers", "unknown", "skip", "beside", "formulas", "back")
MAX_TITLE = 31
"""Characters a name of a sheet may have."""
_UNFIT = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def form_workbook(knowledge: Knowledge, answers: Answers, lang: Lang, edition: str, by: By = "section") -> bytes:
    """An edition's questions with the answers there are, also those to other questions. The same answers, the same bytes."""
    parts = form_parts(knowledge, edition, lang, by, {**answers.given, **answers.annotations})
    book = Workbook()
    cover: Any = book.active
    cover.title = say("forms", "cover", lang)
    sheets = [book.create_sheet(sheet_title(part.title)) for part in parts]
    validation = AnswerValidation(book, lang)
    for sheet, part in zip(sheets, parts, strict=True):
        write_part(sheet, part, answers, knowledge, validation)
    _CoverSheet(cover, lang).write(knowledge, answers, edition, list(zip(sheets, parts, strict=True)))
    for sheet in (cover, *sheets):
        _set_up_page(sheet, lang, sheet is cover)
    book.properties.title, book.properties.language = say("forms", "title", lang), {"zh": "zh-CN", "en": "en-GB"}[lang]
    book.properties.creator = "CRM Advisor"
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def sheet_title(title: str) -> str:
    """A part's title as the name of a sheet, cut short between words where it is too long.

    >>> sheet_title("C Customers and what you know of them")
    'C Customers and what you know…'
    """
    plain = title.translate(_UNFIT).strip("' ")
    short = textwrap.shorten(plain, MAX_TITLE, placeholder="…")
    return short if len(short) > MAX_TITLE // 2 or len(plain) <= MAX_TITLE else plain[:MAX_TITLE]


def _set_up_page(sheet: Any, lang: Lang, cover: bool) -> None:
    """Lock, freeze and set up for print: A4, one page wide, the heads on every page."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may make them wider and higher
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = QUIET if cover else ACCENT
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 1, 0
    sheet.page_setup.orientation = "portrait" if cover else "landscape"
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom = 0.8, 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    sheet.oddHeader.left.text = say("forms", "title", lang).replace("&", "&&")
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.right.text = say("forms", "page", lang)
    if not cover:
        sheet.print_area = f"A1:G{sheet.max_row}"
        sheet.freeze_panes = f"B{HEAD_ROW + 1}"
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


class _CoverSheet:
    """The sheet that explains. Below the rows about the firm nothing stands in the column of answers: none is read there."""

    def __init__(self, sheet: Any, lang: Lang) -> None:
        self.sheet, self.lang, self.row = sheet, lang, 0
        for letter, width in COVER_WIDTHS.items():
            sheet.column_dimensions[letter].width = width

    def write(self, knowledge: Knowledge, answers: Answers, edition: str, part_sheets: list[tuple[Any, FormPart]]) -> None:
        """All of it, from the title down."""
        about = knowledge.editions[edition]
        title = f"{say('forms', 'title', self.lang)} · {about.title[self.lang]}"
        self._across(title, font(self.lang, 16, bold=True, color=ACCENT), 16)
        self._across(about.about[self.lang], font(self.lang, 10, color=QUIET), 10)
        self.row += 1
        self._firm(answers)
        self._heading("how")
        for number, name in enumerate(HOW_TO, 1):
            self._across(f"{number}. {say('forms', f'how_to.{name}', self.lang)}", font(self.lang), 10)
        self._heading("legend")
        for name, fill in (("answer", OPEN), ("given", None), ("topic", TOPIC)):
            self._sample(name, fill)
        self._heading("column.sheet")
        self._contents(answers, part_sheets)
        self.row += 1
        version = say("forms", "version", self.lang, version=knowledge.version)
        self._across(version, font(self.lang, 8, color=QUIET), 8)

    def _across(self, text: str, look: Any, size: float) -> None:
        """A text over the whole breadth of the sheet."""
        self.row += 1
        put(self.sheet[f"A{self.row}"], text, look)
        self.sheet.merge_cells(f"A{self.row}:E{self.row}")
        self.sheet.row_dimensions[self.row].height = height([(text, sum(COVER_WIDTHS.values()), size)], self.lang)

    def _heading(self, name: str) -> None:
        self.row += 1
        self._across(say("forms", name, self.lang), font(self.lang, 12, bold=True, color=ACCENT), 12)

    def _heads(self, **texts: str) -> None:
        self.row += 1
        for letter in COVER_WIDTHS:
            look = font(self.lang, 10, bold=True, color="FFFFFF")
            put(
                self.sheet[f"{letter}{self.row}"], texts.get(letter, ""), look, CENTRE if letter in "DE" else MIDDLE
            ).fill = HEAD
        self.sheet.row_dimensions[self.row].height = 21

    def _firm(self, answers: Answers) -> None:
        """The rows about the firm."""
        words = {name: say("forms", f"column.{name}", self.lang) for name in ("code", "answer")}
        self._heads(A=words["code"], B=say("forms", "firm_line", self.lang), C=words["answer"])
        for key, label, value in firm_rows(answers.firm, self.lang):
            self.row += 1
            put(self.sheet[f"A{self.row}"], key, font(self.lang, 9, color=QUIET), MIDDLE).border = UNDERLINE
            put(self.sheet[f"B{self.row}"], label, font(self.lang, bold=True), MIDDLE).border = UNDERLINE
            cell = self.sheet[f"C{self.row}"]
            cell.font, cell.alignment = font(self.lang), ANSWER
            cell.fill, cell.border, cell.protection, cell.number_format = OPEN, FRAME, UNLOCKED, "@"
            if value:
                put(cell, value, font(self.lang), ANSWER)
            least = 44.0 if key.startswith("about") else 22.0
            self.sheet.row_dimensions[self.row].height = max(least, height([(value, COVER_WIDTHS["C"], 10)], self.lang))

    def _sample(self, name: str, fill: Any) -> None:
        self.row += 1
        sample = self.sheet[f"A{self.row}"]
        sample.border = FRAME if name == "answer" else UNDERLINE
        if fill:
            sample.fill = fill
        put(self.sheet[f"B{self.row}"], say("forms", f"legend_of.{name}", self.lang), font(self.lang), MIDDLE)
        self.sheet.row_dimensions[self.row].height = 19

    def _contents(self, answers: Answers, part_sheets: list[tuple[Any, FormPart]]) -> None:
        """Every sheet with how many questions it has, and how many are answered already."""
        self._heads(A=say("forms", "column.sheet", self.lang), D=say("forms", "column.count", self.lang),
                    E=say("forms", "column.answered", self.lang))  # fmt: skip
        for sheet, part in part_sheets:
            self.row += 1
            cell = put(self.sheet[f"A{self.row}"], part.title, font(self.lang, color="1F5C99"), MIDDLE)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet.title}'!A1")
            self.sheet.merge_cells(f"A{self.row}:C{self.row}")
            question_ids = [entry.question.id for entry in part.entries]
            for letter, count in (("D", len(question_ids)), ("E", sum(name in answers.given for name in question_ids))):
                self.sheet[f"{letter}{self.row}"].value = count
                self.sheet[f"{letter}{self.row}"].font = font(self.lang)
                self.sheet[f"{letter}{self.row}"].alignment = CENTRE
            for letter in COVER_WIDTHS:
                self.sheet[f"{letter}{self.row}"].border = UNDERLINE
            self.sheet.row_dimensions[self.row].height = 19
