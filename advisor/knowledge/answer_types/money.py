"""``money``: an amount in RMB, also read in the other currencies there is a rate for."""

from __future__ import annotations

import math
import re
from typing import Any

from advisor.errors import shortened
from advisor.knowledge.answer_types.number import NumberAnswer
from advisor.knowledge.answer_types.shared.about import MOST_CHARACTERS
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, RefusedError
from advisor.knowledge.answer_types.shared.cells import Content
from advisor.knowledge.answer_types.shared.foreign_sums import in_rmb
from advisor.knowledge.answer_types.shared.numerals import MONEY as MONEY_WORDS
from advisor.knowledge.answer_types.shared.spoken import in_figures
from advisor.knowledge.answer_types.shared.units import HeadUnit, head_unit
from advisor.knowledge.answer_types.shared.views import FactView, QuestionView
from advisor.knowledge.currency import amount, currency_codes
from advisor.text import Lang, Text, normalized, say

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])\s*(?![\s十百千万亿w]|k\b|mn?\b|bn?\b|million|billion|e\d)")
WHOLE, CENTS = "#,##0", "#,##0.00"


class MoneyAnswer(NumberAnswer):
    """An amount; 300k and 80万 are understood, in a spreadsheet's cell as well."""

    name = "money"
    of_money = True
    unit_word = "money"
    widget = "web/fields/money.html"
    example = "300k, 18M, 80万"

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """An amount; one in another currency is taken at the rate for planning."""
        if not isinstance(raw, str):
            return super().read(fact, raw)
        written = in_figures(raw) if len(raw) <= MOST_CHARACTERS else raw
        foreign = self._in_rmb(fact, written)
        if foreign and (found := _THOUSANDS.search(normalized(raw))):
            number = float(re.sub(r"[^\d.]", "", found[0]))
            raise RefusedError("A155", value=shortened(raw), small=f"{number:,g}", large=f"{number * 1000:,.0f}")
        try:
            return super().read(fact, foreign or written)
        except RefusedError as refused:
            if refused.code != "A103":
                raise
            said = refused.values | {"value": shortened(raw), "currencies": ", ".join(currency_codes())}
            raise RefusedError("A152", **said) from None

    def is_converted(self, fact: FactView, raw: object) -> bool:
        """Whether a sum is written in another currency."""
        return isinstance(raw, str) and len(raw) <= MOST_CHARACTERS and self._in_rmb(fact, in_figures(raw)) is not None

    def _in_rmb(self, fact: FactView, written: str) -> str | None:
        """A sum in another currency as one in RMB; None where it is none."""
        question, most = fact.question, math.inf if fact.high is None else fact.high
        return in_rmb(written, fact.rates, fact.low or 0.0, most, question.about) if question else None

    def check(self, number: float, raw: Any) -> None:
        """Three digits behind a point are no cents: they may be thousands."""
        if isinstance(raw, str) and _THOUSANDS.search(normalized(raw)):
            raise RefusedError("A155", value=shortened(raw), small=f"{number:,g}", large=f"{number * 1000:,.0f}")

    def head_unit(self, fact: FactView, written: str) -> HeadUnit | None:
        """A currency, or how many of it, in the head of a column; one without a rate is known to be none of ours."""
        unit = head_unit(written, "money", None)
        code = unit.suffix[-3:].upper() if unit else ""
        return (
            HeadUnit(written, known=False) if unit and code.isascii() and code.isalpha() and code not in fact.rates else unit
        )

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
