"""``money``: an amount in RMB."""

from __future__ import annotations

from typing import Any

from advisor.knowledge.answer_types.number import NumberAnswer
from advisor.knowledge.answer_types.shared.base import AnswerType
from advisor.knowledge.answer_types.shared.cells import Content
from advisor.knowledge.answer_types.shared.numerals import MONEY as MONEY_WORDS
from advisor.knowledge.answer_types.shared.views import FactView, QuestionView
from advisor.knowledge.currency import amount
from advisor.text import Lang, Text, say

WHOLE, CENTS = "#,##0", "#,##0.00"


class MoneyAnswer(NumberAnswer):
    """An amount; 300k and 80万 are understood, in a spreadsheet's cell as well."""

    name = "money"
    widget = "web/fields/money.html"
    example = "300k, 18M, 80万"

    def price(self, before: Any, after: Any) -> float:
        """A larger budget takes the difference."""
        return float(after) - float(before)

    def units(self, question: QuestionView) -> tuple[str, ...]:
        """The names of the currency."""
        return MONEY_WORDS

    def in_words(self, fact: FactView, value: Any) -> Text:
        """The amount as each language groups it."""
        return amount(value)

    def unit(self, question: QuestionView, lang: Lang) -> str:
        """The currency."""
        return say("interview", "form.money", lang)

    def kind_of_range(self, fact: FactView) -> str:
        """Key of the text that names the range."""
        return self.name

    def format_of(self, content: Content | None) -> str:
        """With its thousands apart, and cents where there are any."""
        return CENTS if isinstance(content, float) else WHOLE


MONEY: AnswerType = MoneyAnswer()
