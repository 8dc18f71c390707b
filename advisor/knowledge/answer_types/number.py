"""``number``: how many of something, between bounds; money and percentages are numbers of a kind."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.errors import InputError, shortened
from advisor.knowledge.answer_types.shared.about import MOST_CHARACTERS, parse_margin, runs_backwards
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, Refuse, RefusedError
from advisor.knowledge.answer_types.shared.cells import GENERAL, CellTest, Content, FormCell
from advisor.knowledge.answer_types.shared.dates_meant import refuse_dates
from advisor.knowledge.answer_types.shared.foreign_sums import in_own_unit
from advisor.knowledge.answer_types.shared.numerals import digits, is_number, parse_number, unit_words
from advisor.knowledge.answer_types.shared.spoken import in_figures
from advisor.knowledge.answer_types.shared.units import HeadUnit, head_unit, other_spans
from advisor.knowledge.answer_types.shared.views import FactView, InputView, QuestionView
from advisor.knowledge.answer_types.shared.words import NOTHING_WORDS, word_of
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import COMPARISONS, Test, Value, number_word
from advisor.text import Lang, Text, catalogue, say

NEAR = 0.001
"""How close to a limit static checks try a number."""


class NumberAnswer(AnswerType):
    """A number, always a float."""

    name = "number"
    widget = "web/fields/number.html"
    ordered = True
    numeric = True
    typed = True
    example = "12"
    """A number of the kind as it may be written."""
    cell_format = GENERAL

    def limits(self, question: QuestionView, values: Mapping[str, Text]) -> tuple[float | None, float | None]:
        """From ``min``, by default 0, to ``max``."""
        return 0.0 if question.min is None else question.min, question.max

    def schema(self, fact: FactView) -> dict[str, Any]:
        """Any number."""
        return {"type": "number"}

    def words(self, fact: FactView, raw: object, refuse: Refuse) -> frozenset[str] | None:
        """Numbers, written without a needless decimal point."""
        words = raw if isinstance(raw, list) else [raw]
        if not all(map(is_number, words)):
            refuse("K305", value=shortened(raw))
            return None
        return frozenset(map(number_word, words))

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """A number on and on either side of each limit; where there is none, the least."""
        limits = [float(t.argument) for t in tests if t.op in COMPARISONS and isinstance(t.argument, int | float)]
        exact = [float(word) for t in tests if isinstance(t.argument, frozenset) for word in t.argument]
        tried = sorted({limit + step for limit in (*limits, *exact) for step in (-NEAR, 0.0, NEAR)})
        low, high = -math.inf if fact.low is None else fact.low, math.inf if fact.high is None else fact.high
        yield from (value for value in tried or [low if low > -math.inf else 0.0] if low <= value <= high)

    def trials(self, fact: FactView, tests: Sequence[Test], inputs: Sequence[InputView]) -> Iterator[Value]:
        """Numbers on and between all that tests and points name."""
        knots = [knot for item in inputs for knot in item.points or ()]
        limits = [t.argument for t in tests if isinstance(t.argument, int | float)]
        exact = [float(word) for t in tests if isinstance(t.argument, frozenset) for word in t.argument]
        yield from around(fact, [*knots, *limits, *exact])

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """A number."""
        if not is_number(raw):
            raise InputError("bad_case_value", name=fact.name, value=raw)
        return float(raw)

    def moves_to(self, fact: FactView, value: object) -> bool:
        """Any number within the bounds."""
        high = math.inf if fact.high is None else fact.high
        return isinstance(value, int | float) and (fact.low or 0.0) <= value <= high

    def earns(self, fact: FactView, item: InputView) -> bool:
        """Points along straight lines."""
        return bool(item.points)

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """A number, with its unit or without."""
        if isinstance(raw, list | dict):
            raise RefusedError("A105", found=shortened(raw), allowed=catalogue("problems")["a_number"])
        question = fact.question
        assert question is not None
        if isinstance(raw, str):
            refuse_dates(raw)
            if word_of(raw) in NOTHING_WORDS:
                if question.none_is_zero:
                    return 0.0
                raise RefusedError("A188", value=shortened(raw))
        typed, raw = raw, self._in_own_unit(fact, question, raw) if isinstance(raw, str) else raw
        number = parse_number(raw, self.units(question)) if isinstance(raw, str | int | float) else None
        if number is None and isinstance(raw, str) and (margin := self._margin(fact, question, raw)):
            return margin
        if number is None and isinstance(raw, str) and runs_backwards(raw, self.units(question)):
            raise RefusedError("A153", value=shortened(typed))
        if number is None:
            raise RefusedError("A103", value=shortened(typed), example=self._example(question))
        self.check(number, raw)
        if (fact.low is not None and number < fact.low) or (fact.high is not None and number > fact.high):
            high = "∞" if fact.high is None else f"{fact.high:,.0f}"
            raise RefusedError("A104", value=shortened(typed), low=f"{fact.low or 0:,.0f}", high=high)
        if question.integer and number != int(number):
            raise RefusedError("A109", value=shortened(typed))
        return number

    def _in_own_unit(self, fact: FactView, question: QuestionView, written: str) -> str:
        """A number as it is written, but in figures and, where it is in another unit that can be brought to that of the
        question, in that; of what must be whole and comes out between two numbers, both."""
        if len(written) > MOST_CHARACTERS:
            return written
        figures = in_figures(written)
        most = math.inf if fact.high is None else fact.high
        converted = in_own_unit(figures, self.other_units(fact), fact.low or 0.0, most, question.about)
        number = parse_number(converted) if converted and question.integer else None
        if number is not None and number != int(number):
            return f"{math.floor(number)}-{math.ceil(number)}"
        return converted or figures

    def is_converted(self, fact: FactView, raw: object) -> bool:
        """Whether a number is written in a span of time other than the question's."""
        question = fact.question
        if question is None or not isinstance(raw, str) or len(raw) > MOST_CHARACTERS:
            return False
        return self._in_own_unit(fact, question, raw) != in_figures(raw)

    def other_units(self, fact: FactView) -> Mapping[str, float]:
        """The units that can be brought to that of a question, with how many of it each is."""
        return other_spans(fact.question.unit) if fact.question else {}

    def head_unit(self, fact: FactView, written: str) -> HeadUnit | None:
        """What words in the head of a column say its numbers are in; None where they name no unit."""
        return head_unit(written, "number", fact.question.unit if fact.question else None)

    def _margin(self, fact: FactView, question: QuestionView, raw: str) -> Margin | float | None:
        """What is said of a number that is not known exactly; None where nothing is. Raises :class:`RefusedError` for a
        margin that reaches beyond what answers the question."""
        least, most = fact.low or 0.0, math.inf if fact.high is None else fact.high
        margin = parse_margin(raw, self.units(question), least, most, question.about, bool(question.integer))
        if margin is None or margin.low > margin.high:
            return None
        for end in margin.ends_and():
            self.check(end, raw)
            if not least <= end <= most:
                high = "∞" if fact.high is None else f"{fact.high:,.0f}"
                raise RefusedError("A104", value=shortened(raw), low=f"{least:,.0f}", high=high)
        if question.integer:
            whole_most = margin.high if math.isinf(margin.high) else float(math.floor(margin.high))
            margin = Margin(float(math.ceil(margin.low)), whole_most, whole=True)
        return margin.low if margin.low == margin.high else margin if margin.low < margin.high else None

    def units(self, question: QuestionView) -> tuple[str, ...]:
        """What may stand beside the number."""
        one = (question.unit_of_one,) if question.unit_of_one else ()
        return (*unit_words(question.unit), *one) if question.unit else ()

    def check(self, number: float, raw: Any) -> None:
        """Raise :class:`RefusedError` for a number that might be meant otherwise."""

    def _example(self, question: QuestionView) -> Text:
        unit = question.unit
        return Text(**{lang: f"{self.example} {unit[lang]}" if unit else self.example for lang in ("zh", "en")})

    def plain(self, value: Any) -> Any:
        """The number, without a needless decimal point."""
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def in_words(self, fact: FactView, value: Any) -> Text:
        """The number with its unit."""
        number, unit = digits(value, ","), fact.question.unit if fact.question else None
        if unit is None or fact.question is None:
            return Text(zh=number, en=number)
        return Text(zh=f"{number}{unit.zh}", en=f"{number} {(value == 1 and fact.question.unit_of_one) or unit.en}")

    def lower_bound_in_words(self, fact: FactView, value: Any) -> Text:
        """The number without the unit that its words end in."""
        if fact.question is None or fact.question.unit is None:
            return self.in_words(fact, value)
        number = digits(value, ",")
        return Text(zh=number, en=number)

    def in_table(self, fact: FactView, value: Any, lang: Lang) -> str:
        """The number with its thousands apart."""
        return self.in_field(value)

    def in_yaml(self, value: Any) -> str:
        """All digits that matter."""
        written = self.plain(value)
        return written if isinstance(written, str) else digits(written)

    def in_field(self, value: Any) -> str:
        """The number with its thousands apart."""
        written = self.plain(value)
        return written if isinstance(written, str) else digits(written, ",")

    def how_to(self, fact: FactView, lang: Lang) -> str:
        """Which shorthand is understood."""
        return say("interview", "form.number", lang, unit=self.unit(fact.question, lang) if fact.question else "")

    def range(self, fact: FactView, lang: Lang) -> str:
        """From the least number to the greatest."""
        high = say("forms", "range.open", lang) if fact.high is None else _digits(fact.high)
        return say("forms", f"range.{self.kind_of_range(fact)}", lang, low=_digits(fact.low or 0), high=high)

    def kind_of_range(self, fact: FactView) -> str:
        """Key of the text that names the range; a kind of number with words of its own names them."""
        return "whole" if fact.question and fact.question.integer else NumberAnswer.name

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """One cell for a number within the bounds."""
        content = None if value is None else self.in_cell(value)
        return (FormCell(content, format=self.format_of(content), test=self.cell_test(fact)),)

    def in_cell(self, value: float) -> Content:
        """The number as a spreadsheet holds it."""
        return int(value) if float(value).is_integer() else value

    def format_of(self, content: Content | None) -> str:
        """How a spreadsheet shows it."""
        return self.cell_format

    def cell_test(self, fact: FactView, share: int = 1) -> CellTest:
        """What a spreadsheet lets in: numbers within bounds, and words, which may say one roughly; ``share`` is what a 1 in
        the cell stands for."""
        tests = [f"{{at}}>={(fact.low or 0) / share:.15g}"]
        tests += [] if fact.high is None else [f"{{at}}<={fact.high / share:.15g}"]
        tests += ["{at}=INT({at})"] if fact.question and fact.question.integer else []
        return CellTest(tuple(tests), any_words=True)


def around(fact: FactView, points: Sequence[float]) -> Iterator[float]:
    """Numbers a person might give that fall on and between some points, and on either side of them all."""
    low = fact.low or 0.0
    inside = sorted({low, *(p for p in points if p >= low and (fact.high is None or p <= fact.high))})
    for one, other in itertools.pairwise(inside):
        yield one
        if other - one > 1:
            yield float(round((one + other) / 2))
    yield inside[-1]
    beyond = inside[-1] * 2 + 1
    yield beyond if fact.high is None else min(beyond, fact.high)


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


NUMBER: AnswerType = NumberAnswer()
