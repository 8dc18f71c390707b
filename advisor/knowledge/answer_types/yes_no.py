"""``yes_no``: yes or no."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.knowledge.answer_types.choice import ChoiceAnswer
from advisor.knowledge.answer_types.shared.base import AnswerType
from advisor.knowledge.answer_types.shared.views import ListsView, QuestionView
from advisor.text import Text

YES_NO = {"yes": Text(zh="是", en="Yes"), "no": Text(zh="否", en="No")}


class YesNoAnswer(ChoiceAnswer):
    """A choice of two that needs no list."""

    name = "yes_no"
    needs = ""

    def values(self, question: QuestionView, files: ListsView) -> Mapping[str, Text]:
        """Yes and no."""
        return YES_NO


YES_OR_NO: AnswerType = YesNoAnswer()
