"""``percent``: a share, from 0 to 100."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from advisor.errors import shortened
from advisor.knowledge.answer_types.number import NumberAnswer
from advisor.knowledge.answer_types.shared.base import AnswerType, RefusedError
from advisor.knowledge.answer_types.shared.cells import CellTest, Content
from advisor.knowledge.answer_types.shared.units import HeadUnit, head_unit
from advisor.knowledge.answer_types.shared.views import FactView, QuestionView
from advisor.rounding import plain_number
from advisor.text import Lang, Text


class PercentAnswer(NumberAnswer):
    """A percentage. A bare number below 1 is asked about: 0.5 might mean a half."""

    name = "percent"
    per_hundred = True
    widget = "web/fields/percent.html"
    example = "35 %"
    cell_format = "0.0##%"

    def limits(self, question: QuestionView, values: Mapping[str, Text]) -> tuple[float | None, float | None]:
        """From ``min``, by default 0, to ``max``, by default 100."""
        return question.min or 0.0, 100.0 if question.max is None else question.max

    def units(self, question: QuestionView) -> tuple[str, ...]:
        """The sign."""
        return ("%",)

    def head_unit(self, fact: FactView, written: str) -> HeadUnit | None:
        """The sign or its words."""
        return head_unit(written, "percent", None)

    def check(self, number: float, raw: Any) -> None:
        """A number below 1 needs its sign."""
        if 0 < number < 1 and "%" not in unicodedata.normalize("NFKC", str(raw)):
            raise RefusedError("A115", value=shortened(raw), whole=plain_number(100 * number))

    def plain(self, value: Any) -> Any:
        """The number; below 1 with its sign."""
        return f"{plain_number(value, 12)} %" if 0 < value < 1 else super().plain(value)

    def in_words(self, fact: FactView, value: Any) -> Text:
        """The number with its sign."""
        return Text(zh=f"{plain_number(value)}%", en=f"{plain_number(value)}%")

    def unit(self, question: QuestionView, lang: Lang) -> str:
        """The sign."""
        return "%"

    def kind_of_range(self, fact: FactView) -> str:
        """Key of the text that names the range."""
        return self.name

    def in_cell(self, value: float) -> Content:
        """A spreadsheet holds 35 % as 0.35."""
        return super().in_cell(value / 100)

    def cell_test(self, fact: FactView, share: int = 100) -> CellTest:
        """As for numbers, in hundredths."""
        return super().cell_test(fact, share)


PERCENT: AnswerType = PercentAnswer()
