"""What may be entered in a cell: drop-downs fed from a hidden sheet, and ranges for numbers.

A list written into the rule itself may be no longer than 255 characters and cannot hold a comma, so none is.
"""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from advisor.knowledge.answer_types.shared.cells import CellTest
from advisor.office import set_text
from advisor.reporting.forms.content import FormEntry
from advisor.text import Lang, say

MAX_MESSAGE = 220
"""Characters of a message that every spreadsheet program shows."""
STATUSES = ("unknown", "not_applicable")


def status_labels(lang: Lang) -> tuple[str, ...]:
    """ "I don't know" and "not applicable" as forms offer them."""
    return tuple(say("interview", f"table.{status}", lang) for status in STATUSES)


class AnswerValidation:
    """The hidden sheet of lists, a column each, and the rules of one sheet after another that refer to it."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self.lang = lang
        self.lists: dict[tuple[str, ...], str] = {}
        self.sheet = book.create_sheet(say("forms", "lists", lang))
        self.sheet.sheet_state = "hidden"
        self.sheet.protection.sheet = True
        self.rules: dict[tuple[str, str], DataValidation] = {}

    def add_list(self, cell: Any, words: tuple[str, ...], down: int = 1) -> None:
        """Let one of ``words`` be chosen in a cell, or in ``down`` cells of its column from there."""
        key = (cell.parent.title, self._range(words))
        if key not in self.rules:
            rule = self.rules[key] = DataValidation(type="list", formula1=key[1], allow_blank=True)
            self._warn(rule, say("forms", "wrong_choice", self.lang))
            cell.parent.add_data_validation(rule)
        self.rules[key].add(_cell_range(cell, down))

    def add_test(self, cell: Any, entry: FormEntry, test: CellTest, down: int = 1) -> None:
        """Let what passes a test be entered in a cell, or that it is not known or does not apply. With ``down`` in so many
        cells of its column from there."""
        formula = test.formula(cell.coordinate, status_labels(self.lang))
        rule = DataValidation(type="custom", formula1=formula, allow_blank=True)
        rule.promptTitle, rule.showInputMessage = entry.question.code, True
        rule.prompt = say("forms", "prompt.number", self.lang, range=entry.range)[:MAX_MESSAGE]
        self._warn(rule, say("forms", "wrong_number", self.lang, range=entry.range))
        cell.parent.add_data_validation(rule)
        rule.add(_cell_range(cell, down))

    def _warn(self, rule: DataValidation, message: str) -> None:
        rule.errorTitle, rule.error = say("forms", "wrong", self.lang), message[:MAX_MESSAGE]
        rule.errorStyle, rule.showErrorMessage = "stop", True

    def _range(self, words: tuple[str, ...]) -> str:
        """Where a list stands, written down when it is asked for first."""
        if words not in self.lists:
            column = len(self.lists) + 1
            for row, word in enumerate(words, 1):
                set_text(self.sheet.cell(row, column), word)
            letter = get_column_letter(column)
            self.lists[words] = f"'{self.sheet.title}'!${letter}$1:${letter}${len(words)}"
        return self.lists[words]


def _cell_range(cell: Any, count: int) -> str:
    """A cell and those under it as a range."""
    return f"{cell.coordinate}:{cell.column_letter}{cell.row + count - 1}" if count > 1 else str(cell.coordinate)
