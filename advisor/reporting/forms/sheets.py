"""One sheet of the workbook: the questions of a part, each in a row with its answer, its notes and what may be answered."""

from __future__ import annotations

from typing import Any

from advisor.interview import Answer, Answers
from advisor.interview.answer_tables import lines_apart
from advisor.interview.answers import Status
from advisor.knowledge import Knowledge
from advisor.reporting.forms.cells import (
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
from advisor.reporting.forms.choices import Choices, status_words
from advisor.reporting.forms.content import Entry, Group, Part
from advisor.text import Lang, say

COLUMNS = {"code": 7, "question": 44, "answer": 38, "unit": 10, "allowed": 40, "notes": 36, "why": 36}
"""The columns and their widths."""
LETTERS = dict(zip(COLUMNS, "ABCDEFG", strict=True))
SIZES = {"code": 9.0, "question": 10.0, "answer": 10.0, "unit": 9.0, "allowed": 8.5, "notes": 8.5, "why": 8.5}
HEAD_ROW = 4
LINES, MOST_LINES = 5, 20
"""Cells for free lines: as many as are usual, and the most that are read."""
MOST_APART = 8
"""Options that stand on a line each."""
AMOUNT, CENTS, SHARE, PLAIN, TEXT = "#,##0", "#,##0.00", "0.0##%", "General", "@"


def write_part(sheet: Any, part: Part, answers: Answers, knowledge: Knowledge, choices: Choices) -> None:
    """Fill a sheet with a part's questions and the answers there are."""
    page = _Page(sheet, answers, knowledge, choices)
    page.heads(part)
    for group in part.groups:
        page.group(group)


class _Page:
    def __init__(self, sheet: Any, answers: Answers, knowledge: Knowledge, choices: Choices) -> None:
        self.sheet, self.answers, self.knowledge, self.choices = sheet, answers, knowledge, choices
        self.lang: Lang = choices.lang
        self.row = HEAD_ROW

    def heads(self, part: Part) -> None:
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
        self.sheet.row_dimensions[HEAD_ROW].height = 22

    def _head(self) -> Any:
        return font(self.lang, 10, bold=True, color="FFFFFF")

    def group(self, group: Group) -> None:
        """A heading and the questions beneath it."""
        self.row += 1
        put(self.sheet[f"A{self.row}"], group.title, font(self.lang, 10.5, bold=True, color=ACCENT), MIDDLE).fill = TOPIC
        self.sheet.merge_cells(f"A{self.row}:G{self.row}")
        self.sheet.row_dimensions[self.row].height = 21
        for entry in group.entries:
            self.question(entry)

    def question(self, entry: Entry) -> None:
        """A question: one row, and further ones for options to choose from or lines to write."""
        given = self.answers.given.get(entry.question.id)
        match entry.question.type:
            case "multi":
                self._several(entry, given)
            case "list":
                self._lines(entry, given)
            case _:
                cell = self._row(entry, self._allowed(entry))
                self._number(cell, entry, given) if entry.fact.kind == "number" else self._choice(cell, entry, given)

    def _allowed(self, entry: Entry) -> str:
        """The answers a question takes: one a line, but many in running text."""
        words = list(entry.options.values())
        return entry.range or (("；" if self.lang == "zh" else "; ") if len(words) > MOST_APART else "\n").join(words)

    def _row(self, entry: Entry, allowed: str) -> Any:
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
            look = font(self.lang, SIZES[name], bold=name in ("code", "question"), color=color)
            put(cell, text, look, INDENTED if name == "unit" else TOP).border = UNDERLINE
        measured = [(text, COLUMNS[name], SIZES[name] * (1.06 if name == "question" else 1)) for name, text in texts.items()]
        self.sheet.row_dimensions[self.row].height = height(measured, self.lang)
        return self._field(f"C{self.row}")

    def _field(self, at: str) -> Any:
        """A cell to fill in."""
        cell = self.sheet[at]
        cell.font, cell.alignment = font(self.lang, SIZES["answer"]), ANSWER
        cell.fill, cell.border, cell.protection = OPEN, FRAME, UNLOCKED
        return cell

    def _enter(self, cell: Any, text: str) -> None:
        put(cell, text, font(self.lang, SIZES["answer"]), ANSWER)

    def _number(self, cell: Any, entry: Entry, given: Answer | None) -> None:
        share = entry.question.type == "percent"
        cell.number_format = SHARE if share else AMOUNT if entry.question.type == "money" else PLAIN
        self.choices.bound(cell, entry)
        if given and isinstance(given.value, float | int):
            value = given.value / 100 if share else given.value
            whole = float(value).is_integer()
            cell.value = int(value) if whole else value
            if cell.number_format == AMOUNT and not whole:
                cell.number_format = CENTS
        elif given:
            self._enter(cell, self._status(given.status))

    def _choice(self, cell: Any, entry: Entry, given: Answer | None) -> None:
        self.choices.offer(cell, (*entry.options.values(), *status_words(self.lang)))
        if given and given.status == "known":
            value = given.value
            self._enter(cell, entry.options[str(value)])
        elif given:
            self._enter(cell, self._status(given.status))

    def _status(self, status: Status) -> str:
        return say("interview", f"table.{status}", self.lang)

    def _several(self, entry: Entry, given: Answer | None) -> None:
        """The question's own row takes what stands for all, a row beneath each option what is chosen."""
        none = say("interview", "table.none_of_these", self.lang)
        cell = self._row(entry, say("forms", "several", self.lang))
        self.choices.offer(cell, (none, *status_words(self.lang)))
        chosen = given.value if given and isinstance(given.value, frozenset) else frozenset[str]()
        if given and not chosen:
            self._enter(cell, none if given.status == "known" else self._status(given.status))
        for value, words in entry.options.items():
            cell = self._more(entry, words)
            self.choices.offer(cell, (say("interview", "table.tick", self.lang),))
            if value in chosen:
                self._enter(cell, say("interview", "table.tick", self.lang))

    def _lines(self, entry: Entry, given: Answer | None) -> None:
        """The first line in the question's own row, the others in rows beneath."""
        lines = [] if given is None else lines_apart(entry.question, given, self.knowledge, self.lang)
        count = min(max(LINES, len(lines) + 1), max(MOST_LINES, len(lines)))
        for number in range(count):
            text = lines[number] if number < len(lines) else ""
            cell = (
                self._more(entry, say("interview", "table.another", self.lang), text) if number else self._first(entry, text)
            )
            cell.number_format = TEXT
            if text:
                self._enter(cell, text)

    def _first(self, entry: Entry, text: str) -> Any:
        cell = self._row(entry, say("forms", "lines", self.lang))
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = max(dimension.height, height([(text, COLUMNS["answer"], SIZES["answer"])], self.lang))
        return cell

    def _more(self, entry: Entry, label: str, text: str = "") -> Any:
        """A further row of a question; returns the cell to answer in."""
        self.row += 1
        put(self.sheet[f"A{self.row}"], entry.question.code, font(self.lang, 8, color="9AA5B1"))
        put(self.sheet[f"B{self.row}"], label, font(self.lang, 9.5), INDENTED)
        for name in ("code", "question", "unit", "allowed", "notes", "why"):
            self.sheet[f"{LETTERS[name]}{self.row}"].border = UNDERLINE
        measured = [(label, COLUMNS["question"] - 4, 9.5), (text, COLUMNS["answer"], SIZES["answer"])]
        self.sheet.row_dimensions[self.row].height = height(measured, self.lang)
        return self._field(f"C{self.row}")
