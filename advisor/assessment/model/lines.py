"""Two lines of business as an assessment tells of them."""

from __future__ import annotations

from advisor.assessment.base import Item
from advisor.assessment.model.items import AnswerItem, Reason
from advisor.interview.answers import Line
from advisor.knowledge.schema import Level, Model
from advisor.text import Text


class LineItem(Item):
    """One of two lines of business: the model it follows (None where nothing points anywhere), a second one where the two
    are near, its need of 100 with what missing answers leave open, and the strongest reasons of that need.

    ``answers`` are those in which it differs from the other line.
    """

    line: Line
    name: Text
    model: Model | None
    second: Model | None
    model_label: Text
    need: float | None
    low: float
    high: float
    grade: Level | None
    grade_label: Text
    reasons: tuple[Reason, ...]
    answers: tuple[AnswerItem, ...]


class LinesItem(Item):
    """The main line of business and the second. ``leads``: the one whose answers verdict and project read, ``why`` in a
    sentence. ``named`` is what the second line is called, as it was given."""

    leads: Line
    why: Text
    named: Text | None
    main: LineItem
    other: LineItem

    def of(self, line: Line) -> LineItem:
        """One of the two."""
        return self.main if line == "main" else self.other
