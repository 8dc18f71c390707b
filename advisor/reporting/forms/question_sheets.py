"""One sheet of the workbook: the questions of a part, each in a row with its answer, its notes and what may be answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from advisor.interview import Answers
from advisor.interview.annotations import CHOICES, TYPED, choice_word
from advisor.interview.answer_table_writer import annotation_cells, annotation_head, written_with_words
from advisor.interview.answers import Annotation
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.margins import Margin
from advisor.reporting.forms.cell_styles import (
    ACCENT,
    ANSWER,
    FRAME,
    HEAD,
    INDENTED,
    MIDDLE,
    OPEN,
    QUIET,
    TOP,
    TOPIC,
    UNDERLINE,
    UNLOCKED,
    font,
    height,
    put,
)
from advisor.reporting.forms.content import FormEntry, FormGroup, FormPart
from advisor.reporting.forms.validation import AnswerValidation, status_labels
from advisor.text import Lang, say

COLUMNS = {"code": 7, "question": 44, "answer": 38, "unit": 10, "allowed": 40, "notes": 36, "why": 36}
"""The columns and their widths."""
LETTERS = dict(zip(COLUMNS, "ABCDEFG", strict=True))
BESIDE = {"note": 36, "evidence": 36, "source": 24, "by": 16, "on": 12, "confidence": 10, "visible": 10}
"""The columns for what stands beside an answer, and their widths: behind the others, and not printed with them."""
BESIDE_LETTERS = dict(zip(BESIDE, "HIJKLMN", strict=True))
SIZES = {"code": 9.0, "question": 10.0, "answer": 10.0, "unit": 9.0, "allowed": 8.5, "notes": 8.5, "why": 8.5}
HEAD_ROW = 4
MAX_OPTIONS_BY_LINE = 8
"""Options that stand on a line each."""


def write_part(sheet: Any, part: FormPart, answers: Answers, knowledge: Knowledge, validation: AnswerValidation) -> None:
    """Fill a sheet with a part's questions and the answers there are."""
    question_sheet = _QuestionSheet(sheet, answers, knowledge, validation)
    question_sheet.heads(part)
    for group in part.groups:
        question_sheet.group(group)


class _QuestionSheet:
    def __init__(self, sheet: Any, answers: Answers, knowledge: Knowledge, validation: AnswerValidation) -> None:
        self.sheet, self.answers, self.knowledge, self.validation = sheet, answers, knowledge, validation
        self.lang: Lang = validation.lang
        self.row = HEAD_ROW

    def heads(self, part: FormPart) -> None:
        """Title, what the part is about, and the heads of the columns."""
        for letter, width in zip(LETTERS.values(), COLUMNS.values(), strict=True):
            self.sheet.column_dimensions[letter].width = width
        put(self.sheet["A1"], part.title, font(self.lang, 15, bold=True, color=ACCENT), MIDDLE)
        put(self.sheet["A2"], part.intro, font(self.lang, 10, color=QUIET))
        for row, text, size in ((1, part.title, 15.0), (2, part.intro, 10.0)):
            self.sheet.merge_cells(f"A{row}:G{row}")
            self.sheet.row_dimensions[row].height = height([(text, sum(COLUMNS.values()), size)], self.lang)
        self.sheet.row_dimensions[3].height = 6
        for name, letter in LETTERS.items():
            cell = put(self.sheet[f"{letter}{HEAD_ROW}"], say("forms", f"column.{name}", self.lang), self._head(), MIDDLE)
            cell.fill = HEAD
        for name, letter in BESIDE_LETTERS.items():
            self.sheet.column_dimensions[letter].width = BESIDE[name]
            put(self.sheet[f"{letter}{HEAD_ROW}"], annotation_head(name, self.lang), self._head(), MIDDLE).fill = HEAD
        self.sheet.row_dimensions[HEAD_ROW].height = 22

    def _head(self) -> Any:
        return font(self.lang, 10, bold=True, color="FFFFFF")

    def group(self, group: FormGroup) -> None:
        """A heading and the questions beneath it."""
        self.row += 1
        put(self.sheet[f"A{self.row}"], group.title, font(self.lang, 10.5, bold=True, color=ACCENT), MIDDLE).fill = TOPIC
        self.sheet.merge_cells(f"A{self.row}:G{self.row}")
        self.sheet.row_dimensions[self.row].height = 21
        for entry in group.entries:
            self.question(entry)

    def question(self, entry: FormEntry) -> None:
        """A question: one row, and further ones for options to choose from or lines to write."""
        answer, annotation = self.answers.given.get(entry.question.id), self.answers.annotation(entry.question.id)
        known = answer.value if answer and answer.status == "known" else None
        first, *more = entry.fact.type.cells(entry.fact, known, self.lang)
        if answer and isinstance(answer.value, Margin):
            words = written_with_words(entry.question, answer, annotation, self.knowledge, self.lang)
            first = replace(first, content=words)
        elif answer and answer.status != "known":
            first = replace(first, content=say("interview", f"table.{answer.status}", self.lang))
        self._fill(self._row(entry, self._allowed(entry), first), entry, first, status_labels(self.lang))
        self._beside(annotation)
        for further in more:
            self._fill(self._more(entry, further), entry, further)

    def _beside(self, annotation: Annotation | None) -> None:
        """The cells for what stands beside the answer of the row."""
        texts = annotation_cells(annotation, self.lang)[1] if annotation else [""] * len(TYPED)
        for name, text in zip(TYPED, texts, strict=True):
            cell = self.sheet[f"{BESIDE_LETTERS[name]}{self.row}"]
            cell.font, cell.alignment = font(self.lang, SIZES["notes"]), ANSWER
            cell.border, cell.protection, cell.number_format = UNDERLINE, UNLOCKED, "@"
            if name in CHOICES:
                self.validation.add_list(cell, tuple(choice_word(name, choice, self.lang) for choice in CHOICES[name]))
            if text:
                put(cell, text, font(self.lang, SIZES["notes"]), ANSWER)

    def _fill(self, cell: Any, entry: FormEntry, form_cell: FormCell, statuses: tuple[str, ...] = ()) -> None:
        """Say what a cell lets in, and enter the answer there is."""
        cell.number_format = form_cell.format
        if form_cell.test:
            self.validation.add_test(cell, entry, form_cell.test)
        elif form_cell.offered:
            self.validation.add_list(cell, (*form_cell.offered, *statuses))
        if isinstance(form_cell.content, str):
            put(cell, form_cell.content, font(self.lang, SIZES["answer"]), ANSWER)
        elif form_cell.content is not None:
            cell.value = form_cell.content
            cell.number_format = form_cell.format  # openpyxl gives dates a format of its own

    def _allowed(self, entry: FormEntry) -> str:
        """The answers a question takes: one a line, but many in running text."""
        if remark := entry.fact.type.remark:
            return say("forms", remark, self.lang)
        long_list = len(entry.options) > MAX_OPTIONS_BY_LINE
        return entry.range or (("；" if self.lang == "zh" else "; ") if long_list else "\n").join(entry.options)

    def _row(self, entry: FormEntry, allowed: str, form_cell: FormCell) -> Any:
        """The row of a question; returns the cell to answer in."""
        texts = {
            "code": entry.question.code,
            "question": entry.text,
            "answer": "",
            "unit": entry.unit,
            "allowed": allowed,
            "notes": "\n".join(line for line in (entry.only_if, entry.help, entry.evidence) if line),
            "why": f"{entry.why}\n{entry.claims}",
        }
        self.row += 1
        for name, text in texts.items():
            cell = self.sheet[f"{LETTERS[name]}{self.row}"]
            color = {"question": "1F2A37", "notes": "1F2A37", "code": ACCENT}.get(name, QUIET)
            cell_font = font(self.lang, SIZES[name], bold=name in ("code", "question"), color=color)
            put(cell, text, cell_font, INDENTED if name == "unit" else TOP).border = UNDERLINE
        texts["answer"] = _free_text(form_cell)
        measured = [(text, COLUMNS[name], SIZES[name] * (1.06 if name == "question" else 1)) for name, text in texts.items()]
        self.sheet.row_dimensions[self.row].height = height(measured, self.lang)
        return self._field(f"C{self.row}")

    def _field(self, at: str) -> Any:
        """A cell to fill in."""
        cell = self.sheet[at]
        cell.font, cell.alignment = font(self.lang, SIZES["answer"]), ANSWER
        cell.fill, cell.border, cell.protection = OPEN, FRAME, UNLOCKED
        return cell

    def _more(self, entry: FormEntry, form_cell: FormCell) -> Any:
        """A further row of a question; returns the cell to answer in."""
        self.row += 1
        put(self.sheet[f"A{self.row}"], entry.question.code, font(self.lang, 8, color="9AA5B1"))
        put(self.sheet[f"B{self.row}"], form_cell.label, font(self.lang, 9.5), INDENTED)
        for name in ("code", "question", "unit", "allowed", "notes", "why"):
            self.sheet[f"{LETTERS[name]}{self.row}"].border = UNDERLINE
        measured = [
            (form_cell.label, COLUMNS["question"] - 4, 9.5),
            (_free_text(form_cell), COLUMNS["answer"], SIZES["answer"]),
        ]
        self.sheet.row_dimensions[self.row].height = height(measured, self.lang)
        return self._field(f"C{self.row}")


def _free_text(form_cell: FormCell) -> str:
    """What stands in a cell for free text, which takes as many lines as it needs."""
    return form_cell.content if isinstance(form_cell.content, str) and not (form_cell.offered or form_cell.test) else ""
