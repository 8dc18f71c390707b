"""What a type of question must be able to do: say which values it has, read them, write them and ask for them.

A type is a class of its own in a module of its own, and nothing else in the program knows one type from another. Everybody
asks the class: premises which tests make sense, static checks which values are worth telling apart, readers what a cell or a
form means, writers how a value looks in a report, a table, a spreadsheet, on paper and in a browser.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from advisor.errors import InputError, shortened
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.answer_types.shared.numerals import is_number
from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.answer_types.shared.views import FactView, InputView, ListsView, QuestionView
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Limit, Test, Value
from advisor.text import Lang, Text, say

AnswerValue = Value | Margin | tuple[str, ...]
"""A known answer: an int (step of a scale), str (option), float (number), date, frozenset (several options), tuple (free
lines); a margin where it is known within bounds."""
Bound = float | datetime.date | None
Refuse = Callable[..., None]
"""Called as ``refuse(code, **values)`` for what is wrong with a test in a premise."""


class RefusedError(Exception):
    """Why a value is no answer to its question: a problem code and the values of its message."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


@dataclass(frozen=True)
class AnswerType:
    """A type of question. It holds nothing: two of the same class are equal, so facts can be compared and copied."""

    name: ClassVar[str]
    """As authors write it under ``type``."""
    widget: ClassVar[str]
    """The template of its field in a browser, with a macro ``field(question, shown, fact)``."""
    needs: ClassVar[str] = ""
    """The field of a question that names its answers, which only questions of such a type have."""
    takes: ClassVar[frozenset[str]] = frozenset()
    """Further fields of a question that only some types have."""
    ordered: ClassVar[bool] = False
    """Values come before and after one another, so that thresholds make sense."""
    numeric: ClassVar[bool] = False
    """Values are numbers, so that bands can be read off them."""
    several: ClassVar[bool] = False
    """A value is a set of options."""
    of_money: ClassVar[bool] = False
    """Whether its numbers are sums of money."""
    per_hundred: ClassVar[bool] = False
    """Whether its numbers are parts of a hundred."""
    free: ClassVar[bool] = False
    """A value is free lines, which rules never test."""
    numbered: ClassVar[bool] = False
    """Options go by their values, which are shown before their words."""
    typed: ClassVar[bool] = False
    """Answered in writing rather than by choosing."""
    unit_word: ClassVar[str] = "percent"
    """Key of what a number without a unit of its own is counted in."""
    remark: ClassVar[str] = ""
    """Key of the texts that say how several values are given."""
    lines_on_paper: ClassVar[int] = 0

    # which values there are

    def values(self, question: QuestionView, files: ListsView) -> Mapping[str, Text]:
        """The options of a question with their words. Raises ``KeyError`` where what it names does not exist."""
        return {}

    def limits(self, question: QuestionView, values: Mapping[str, Text]) -> tuple[float | None, float | None]:
        """The least and the greatest number that answers a question."""
        return None, None

    def bounds(self, fact: FactView) -> tuple[Bound, Bound]:
        """The first and the last value there may be; None for no such bound."""
        return fact.low, fact.high

    def flaw(self, question: QuestionView) -> str:
        """What is wrong with how a question is set up; empty where nothing is."""
        return ""

    def steps(self, fact: FactView) -> tuple[int, ...]:
        """The steps of a scale, lowest first; empty for any other type."""
        return ()

    def schema(self, fact: FactView) -> dict[str, Any]:
        """The JSON Schema of a value in rules and cases."""
        return {"enum": list(fact.values)}

    def head_unit(self, fact: FactView, written: str) -> HeadUnit | None:
        """What words in the head of a column say its cells are in; None where they name no unit, as for all but numbers."""
        return None

    def is_converted(self, fact: FactView, raw: object) -> bool:
        """Whether an answer is written in another unit or currency than the question's, as only numbers are."""
        return False

    # how premises, cases, scores and levers may use them

    def words(self, fact: FactView, raw: object, refuse: Refuse) -> frozenset[str] | None:
        """The values a premise lists, one or several, as it holds them; None where some were refused."""
        raise NotImplementedError

    def threshold(self, fact: FactView, op: str, raw: object, refuse: Refuse) -> Limit | None:
        """The limit a premise compares with, of numbers one within their bounds; None where it was refused."""
        if not self.numeric:
            refuse("K306", word=op)
        elif not is_number(raw):
            refuse("K305", value=shortened(raw))
        elif (fact.low is not None and raw < fact.low) or (fact.high is not None and raw > fact.high):
            refuse("K307", value=raw, low=f"{fact.low or 0:g}", high="∞" if fact.high is None else f"{fact.high:g}")
        else:
            return raw
        return None

    def word_in_words(self, fact: FactView, word: str, lang: Lang) -> str:
        """A value that a premise lists, as a sentence says it."""
        return word

    def limit_in_words(self, fact: FactView, op: str, limit: Limit, lang: Lang) -> str:
        """A comparison, as a sentence says it."""
        return say("knowledge", op, lang, value=str(limit))

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """Values that meet every side of every test."""
        raise NotImplementedError

    def passes(self, fact: FactView, tests: Sequence[Test]) -> bool:
        """Whether some value can pass all tests."""
        return any(all(test.accepts(value) for test in tests) for value in self.probes(fact, tests))

    def trials(self, fact: FactView, tests: Sequence[Test], inputs: Sequence[InputView]) -> Iterator[Value]:
        """Values a person might give that rules and scores can tell apart; none where nothing looks at the fact."""
        if tests:
            yield from self.probes(fact, tests)

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """A value as a rule's case gives it. Raises :class:`~advisor.errors.InputError` for any other."""
        raise InputError("bad_case_value", name=fact.name, value=raw)

    def moves_to(self, fact: FactView, value: object) -> bool:
        """Whether a lever may move an answer to a value."""
        return False

    def earns(self, fact: FactView, item: InputView) -> bool:
        """Whether an input of a score has points for every value."""
        return False

    def price(self, before: Any, after: Any) -> float:
        """RMB that a rise from one value to another takes by itself."""
        return 0.0

    # how people write them, and how they are written for people

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """The value that a file, a cell or a form states. Raises :class:`RefusedError` where it states none."""
        raise NotImplementedError

    def plain(self, value: Any) -> Any:
        """A value as plain data (text, number, list) that :meth:`read` takes back."""
        return value

    def stored(self, value: Any) -> int | float | str | tuple[str, ...]:
        """A value as a saved assessment holds it in JSON."""
        stored: int | float | str | tuple[str, ...] = value
        return stored

    def in_words(self, fact: FactView, value: Any) -> Text:
        """A value as a report shows it."""
        raise NotImplementedError

    def lower_bound_in_words(self, fact: FactView, value: Any) -> Text:
        """A value as it stands before "to" and the upper bound, which says the unit of both."""
        return self.in_words(fact, value)

    def from_words(self, fact: FactView, words: Text) -> AnswerValue:
        """The value that :meth:`in_words` wrote, today or in an earlier version, in one of the languages at least; sums of
        money as exactly as words keep them. Raises :class:`RefusedError` where neither language states any."""
        try:
            return self.read(fact, words.zh)
        except RefusedError:
            return self.read(fact, words.en)

    def in_table(self, fact: FactView, value: Any, lang: Lang) -> str:
        """A value as it stands in a table of answers."""
        return str(self.plain(value))

    def in_yaml(self, value: Any) -> str:
        """A value as it stands in a YAML form."""
        return str(self.plain(value))

    # how forms ask for them

    def unit(self, question: QuestionView, lang: Lang) -> str:
        """What stands beside the place for an answer, such as what a number counts."""
        return question.unit[lang] if question.unit else ""

    def prompt(self, fact: FactView, lang: Lang) -> str:
        """What a terminal says beside a question without options."""
        return fact.question.unit[lang] if fact.question and fact.question.unit and not fact.values else ""

    def how_to(self, fact: FactView, lang: Lang) -> str:
        """How a value is written, in a form of words alone; empty where options are listed."""
        return ""

    def range(self, fact: FactView, lang: Lang) -> str:
        """Which values answer a question, in words; empty where options are listed."""
        return ""

    def labels(self, fact: FactView, lang: Lang) -> tuple[str, ...]:
        """The options as a form offers them: the step of a scale with its number before it."""
        return tuple(f"{value} · {text[lang]}" if self.numbered else text[lang] for value, text in fact.values.items())

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """The cells of a spreadsheet to answer in, the question's own first, with what a known ``value`` puts there."""
        raise NotImplementedError

    def on_paper(self, question: QuestionView, lang: Lang) -> tuple[str, ...]:
        """What is printed behind each short line to write on."""
        return (self.unit(question, lang),)

    def in_field(self, value: Any) -> str:
        """A value as it stands in a field that is typed into."""
        return str(self.plain(value))

    def from_field(self, text: str) -> Any:
        """What was typed into a field, as :meth:`read` takes it."""
        return text

    def chosen(self, value: Any) -> tuple[str, ...]:
        """The options that are marked in a browser."""
        return (str(self.plain(value)),)
