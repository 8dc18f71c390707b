"""What an assessment answers back: the nearly concluded, the way to feasible, what it rests on, what if.

Filled by ``advisor.insight``. Texts are final and in both languages, so that a report can show them without the knowledge.
"""

from typing import Literal

from pydantic import Field

from advisor.assessment.base import Citation, Item
from advisor.knowledge.schema import Role, VerdictName
from advisor.knowledge.schema.weightings import Weight
from advisor.text import Text

Share = float
"""A part of the whole, 0 to 1."""


class ChangeItem(Item):
    """An answer as it is and as it would be."""

    question: str
    code: str
    text: Text
    before: Text
    after: Text


class LikelyItem(Item):
    """A verdict and the share of random completions, or of random weightings, that lead to it."""

    verdict: VerdictName
    share: Share


class NearMissItem(Item):
    """A finding that was nearly drawn: the rule, what it asks for that does not hold, and what is not known."""

    finding: str
    kind: str
    title: Text
    rule: str
    failed: tuple[Text, ...]
    unknown: tuple[Text, ...]
    sources: tuple[str, ...]


class StepItem(Item):
    """A step on the way: a task with the answers it moves, by whom, from which week, at what effort, and the tasks it comes
    after. Days are the firm's own."""

    task: str
    changes: tuple[ChangeItem, ...]
    title: Text
    what: Text
    owner: Role
    days: float
    rmb: float
    start: float = Field(ge=0)
    weeks: float = Field(gt=0)
    after: tuple[str, ...]
    find_out: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]


class WayItem(Item):
    """A way to a feasible verdict. ``gap``: the share of its effort by which a cheaper one might exist; 0: none does."""

    steps: tuple[StepItem, ...]
    effort: float
    days: float
    rmb: float
    weeks: float
    gap: Share
    need: float
    ability: float
    possible: tuple[VerdictName, ...]


class PathItem(Item):
    """What it would take: ways, best first; or what no lever can bring about, each with the reason why not."""

    outcome: Literal["already", "answers_first", "found", "none"]
    sentence: Text
    ways: tuple[WayItem, ...]
    obstacles: tuple[Text, ...]
    note: Text | None


class AnswerTurnItem(ChangeItem):
    """One answer that would by itself turn the verdict, and to what. ``steps`` away from what it is."""

    steps: int
    verdict: VerdictName


class WeightTurnItem(Item):
    """The weight at which the verdict turns."""

    score: Text
    input: Text
    now: float
    then: float
    verdict: VerdictName


class SwingItem(Item):
    """How far an answer moves need or ability, from its worst value to its best."""

    code: str
    text: Text
    score: str
    low: float
    high: float


class SensitivityItem(Item):
    """What the verdict rests on, in words and in figures."""

    sentence: Text
    answers: tuple[AnswerTurnItem, ...]
    weights: tuple[WeightTurnItem, ...]
    swings: tuple[SwingItem, ...]
    share: Share
    shares: tuple[LikelyItem, ...]


class GainItem(Item):
    """A finding gained or lost in a scenario, by its kind."""

    kind: str
    title: Text


class FigureChangeItem(Item):
    """A factor or figure of the project, as it is and in a scenario, in words."""

    label: Text
    before: Text
    after: Text


class ScenarioItem(Item):
    """A named scenario beside the firm as it is. ``figures`` are those that differ."""

    name: str
    title: Text
    changes: tuple[ChangeItem, ...]
    verdict: VerdictName
    possible: tuple[VerdictName, ...]
    need: float | None
    ability: float | None
    figures: tuple[FigureChangeItem, ...] = ()
    gained: tuple[GainItem, ...]
    lost: tuple[GainItem, ...]


class WeightingItem(Item):
    """Weights in force that are not those of the knowledge, by score and input."""

    title: Text
    about: Text
    weights: dict[str, dict[str, Weight]]


class Insight(Item):
    """Everything answered back about one firm. ``citations`` are the sources it adds to those of the assessment."""

    likely: tuple[LikelyItem, ...] = ()
    near: tuple[NearMissItem, ...] = ()
    path: PathItem | None = None
    sensitivity: SensitivityItem | None = None
    scenarios: tuple[ScenarioItem, ...] = ()
    citations: dict[str, Citation] = Field(default_factory=dict)
