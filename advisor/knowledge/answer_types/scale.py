"""``scale``: one step of an ordered scale, each anchored in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from advisor.knowledge.answer_types.base import AnswerType, AnswerValue
from advisor.knowledge.answer_types.listed import Listed
from advisor.knowledge.premises import Limit, Test, Value
from advisor.text import Lang, Text, say

if TYPE_CHECKING:
    from advisor.knowledge.facts import Fact
    from advisor.knowledge.schema import Question, QuestionsFile, ScoreInput


class ScaleAnswer(Listed):
    """A step, as a whole number."""

    name = "scale"
    widget = "web/fields/choice.html"
    needs = "scale"
    ordered = True
    numeric = True
    numbered = True

    def values(self, question: Question, files: QuestionsFile) -> Mapping[str, Text]:
        """The steps, lowest first."""
        return {str(step): text for step, text in sorted(files.scales[question.scale or ""].steps.items())}

    def limits(self, question: Question, values: Mapping[str, Text]) -> tuple[float | None, float | None]:
        """The lowest and the highest step."""
        return min(map(int, values)), max(map(int, values))

    def steps(self, fact: Fact) -> tuple[int, ...]:
        """All steps."""
        return tuple(map(int, fact.values))

    def schema(self, fact: Fact) -> dict[str, Any]:
        """One of the steps."""
        return {"enum": list(self.steps(fact))}

    def limit_in_words(self, fact: Fact, op: str, limit: Limit, lang: Lang) -> str:
        """The step with its words."""
        step = f"{limit}（{fact.values[str(limit)][lang]}）"
        if lang == "en":
            step = step.replace("（", " (").replace("）", ")")
        return say("knowledge", op, lang, value=step)

    def probes(self, fact: Fact, tests: Sequence[Test]) -> Iterator[Value]:
        """Every step."""
        yield from self.steps(fact)

    def trials(self, fact: Fact, tests: Sequence[Test], inputs: Sequence[ScoreInput]) -> Iterator[Value]:
        """Every step."""
        yield from self.steps(fact)

    def in_case(self, fact: Fact, raw: Any) -> Value:
        """A step."""
        return int(str(super().in_case(fact, raw)))

    def moves_to(self, fact: Fact, value: object) -> bool:
        """Any step."""
        return str(value) in fact.values and not isinstance(value, str)

    def earns(self, fact: Fact, item: ScoreInput) -> bool:
        """Steps lie evenly between no points and all."""
        return True

    def read(self, fact: Fact, raw: Any) -> AnswerValue:
        """A step by its number or its words."""
        return int(self.only(fact, raw))


SCALE: AnswerType = ScaleAnswer()
