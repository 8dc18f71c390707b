"""``choice``: one option of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue
from advisor.knowledge.answer_types.shared.chosen_from_list import ChosenFromList
from advisor.knowledge.answer_types.shared.views import FactView, InputView, ListsView, QuestionView
from advisor.knowledge.premises import Test, Value
from advisor.text import Text


class ChoiceAnswer(ChosenFromList):
    """An option by its id."""

    name = "choice"
    widget = "web/fields/choice.html"
    needs = "options"

    def values(self, question: QuestionView, files: ListsView) -> Mapping[str, Text]:
        """The options in the order of the list."""
        return files.options[question.options or ""]

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """The options that tests name, and one other."""
        named = [word for test in tests if isinstance(test.argument, frozenset) for word in sorted(test.argument)]
        others = [value for value in fact.values if value not in named]
        yield from dict.fromkeys([*named, *others[:1]])

    def trials(self, fact: FactView, tests: Sequence[Test], inputs: Sequence[InputView]) -> Iterator[Value]:
        """Every option where points hang on it, else those that tests tell apart."""
        yield from fact.values if inputs else super().trials(fact, tests, inputs)

    def moves_to(self, fact: FactView, value: object) -> bool:
        """Any option."""
        return isinstance(value, str) and value in fact.values

    def earns(self, fact: FactView, item: InputView) -> bool:
        """Points for each option."""
        return item.values is not None and set(item.values) == set(fact.values)

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """An option by its id or its words."""
        return self.only(fact, raw)


CHOICE: AnswerType = ChoiceAnswer()
