"""``choice``: one option of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from advisor.knowledge.answer_types.base import AnswerType, AnswerValue
from advisor.knowledge.answer_types.listed import Listed
from advisor.knowledge.premises import Test, Value
from advisor.text import Text

if TYPE_CHECKING:
    from advisor.knowledge.facts import Fact
    from advisor.knowledge.schema import Question, QuestionsFile, ScoreInput


class ChoiceAnswer(Listed):
    """An option by its id."""

    name = "choice"
    widget = "web/fields/choice.html"
    needs = "options"

    def values(self, question: Question, files: QuestionsFile) -> Mapping[str, Text]:
        """The options in the order of the list."""
        return files.options[question.options or ""]

    def probes(self, fact: Fact, tests: Sequence[Test]) -> Iterator[Value]:
        """The options that tests name, and one other."""
        named = [word for test in tests if isinstance(test.argument, frozenset) for word in sorted(test.argument)]
        others = [value for value in fact.values if value not in named]
        yield from dict.fromkeys([*named, *others[:1]])

    def trials(self, fact: Fact, tests: Sequence[Test], inputs: Sequence[ScoreInput]) -> Iterator[Value]:
        """Every option where points hang on it, else those that tests tell apart."""
        yield from fact.values if inputs else super().trials(fact, tests, inputs)

    def moves_to(self, fact: Fact, value: object) -> bool:
        """Any option."""
        return isinstance(value, str) and value in fact.values

    def earns(self, fact: Fact, item: ScoreInput) -> bool:
        """Points for each option."""
        return item.values is not None and set(item.values) == set(fact.values)

    def read(self, fact: Fact, raw: Any) -> AnswerValue:
        """An option by its id or its words."""
        return self.only(fact, raw)


CHOICE: AnswerType = ChoiceAnswer()
