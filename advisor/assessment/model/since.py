"""What differs between two assessments of one firm at two points in time, and which changed answers carry it.

Filled by ``advisor.insight.since``. Texts are final and in both languages: a report shows them without the knowledge.
"""

import datetime
from typing import Literal

from advisor.assessment.base import Item
from advisor.assessment.model.insight import ChangeItem
from advisor.assessment.verdict import Certainty
from advisor.knowledge.schema import VerdictName
from advisor.text import Text

Cause = Literal["all", "basis_then", "answers", "basis_now"]
"""What a part of the change comes from: everything; knowledge, weights or own figures that were others then; changed
answers; the same of the later assessment, where it is not of today."""


class PointItem(Item):
    """One of the two points in time."""

    on: datetime.date | None
    knowledge: str
    verdict: VerdictName
    certainty: Certainty


class ShiftItem(Item):
    """Something that differs, in words then and now, and the codes of the answers that carry it."""

    label: Text
    before: Text
    after: Text
    because: tuple[str, ...]


class ScoreChangeItem(ShiftItem):
    """A score that differs, in points with what missing answers leave open."""

    score: str


class FindingChangeItem(Item):
    """A finding gained or lost, and the codes of the answers behind it. ``together``: none of them does it alone."""

    kind: str
    id: str
    title: Text
    because: tuple[str, ...]
    together: bool


class MoneyChangeItem(ShiftItem):
    """A figure of the project that differs. Which answers carry it can be told of users, those they are read from, and of
    any figure where one answer alone changed."""


class PartItem(Item):
    """What one cause changed. ``verdict_because`` are the codes of the answers that turn the verdict."""

    cause: Cause
    before: VerdictName
    after: VerdictName
    verdict_because: tuple[str, ...]
    scores: tuple[ScoreChangeItem, ...]
    figures: tuple[MoneyChangeItem, ...]
    gained: tuple[FindingChangeItem, ...]
    lost: tuple[FindingChangeItem, ...]


class SinceItem(Item):
    """Two assessments of one firm beside one another. ``parts`` split the whole change by cause, where there is more than
    one; ``notes`` say how the two were made otherwise."""

    then: PointItem
    now: PointItem
    answers: tuple[ChangeItem, ...]
    whole: PartItem
    parts: tuple[PartItem, ...]
    notes: tuple[Text, ...]
