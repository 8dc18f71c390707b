"""What one firm counts for among others: the few figures and findings of its assessment that a portfolio is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from advisor.assessment.base import Item
from advisor.assessment.model import Assessment, ScoreItem
from advisor.assessment.verdict import Certainty
from advisor.inference.facts import derive
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Level, Model, VerdictName
from advisor.text import Text

MOST_ROWS = 1_000_000_000
"""No table has more rows, no questionnaire more questions; larger numbers, written by hand, no spreadsheet can hold."""


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", allow_inf_nan=False))
class Span:
    """A score with the interval that missing answers leave open, 0 to 100; ``points`` None where nothing is known.

    With fifteen of these to a firm it is what most of the memory goes to, and so has as little about it as can be.
    """

    points: float | None
    low: float
    high: float
    grade: str | None = None


class Step(Item):
    """A step of the least-effort path to a feasible verdict: the question whose answer changes, and what is done."""

    question: str
    title: Text


class Entry(Item):
    """One firm of a portfolio. Findings are named by their ids, texts of steps are carried along.

    ``id`` is unique within the portfolio and names the firm's files; ``row`` is where it stood in the table it came from
    (0 where it did not come from one). ``files`` are its reports: path relative to the index, by ``lang.format``.
    """

    id: str
    row: Annotated[int, Field(ge=0, le=MOST_ROWS)]
    name: Text | None
    industry: str | None
    size: str | None
    model: Model | None
    mixed: bool
    verdict: VerdictName
    certainty: Certainty
    possible: tuple[VerdictName, ...]
    need: Span
    ability: Span
    factors: dict[str, Span]
    answered: Annotated[int, Field(ge=0, le=MOST_ROWS)]
    applicable: Annotated[int, Field(ge=0, le=MOST_ROWS)]
    blockers: tuple[str, ...]
    conditions: tuple[str, ...]
    risks: dict[str, Level]
    path: Literal["already", "answers_first", "found", "none"] | None
    steps: tuple[Step, ...]
    files: dict[str, str]


INDUSTRY, SIZE = "industry", "firm_size"
"""The facts firms are grouped by, besides verdict and model."""


def entry_of(
    assessment: Assessment, answers: Answers, knowledge: Knowledge, name: str, row: int, files: Mapping[str, str]
) -> Entry:
    """The entry of a firm that was assessed from ``answers``; ``name`` becomes its id."""
    facts = derive(knowledge, answers)
    need, ability = assessment.scores[assessment.need], assessment.scores[assessment.ability]
    parts = [assessment.scores[i.name] for score in (need, ability) for i in score.inputs if i.name in assessment.scores]
    path = assessment.insight.path if assessment.insight else None
    steps = path.ways[0].steps if path and path.ways else ()
    industry, size = facts.value(INDUSTRY), facts.value(SIZE)
    return Entry(
        id=name,
        row=row,
        name=assessment.firm.name,
        industry=None if industry is None else str(industry),
        size=None if size is None else str(size),
        model=assessment.model.first,
        mixed=assessment.model.mixed,
        verdict=assessment.verdict.name,
        certainty=assessment.verdict.certainty,
        possible=assessment.verdict.possible,
        need=_span(need),
        ability=_span(ability),
        factors={part.name: _span(part) for part in parts},
        answered=assessment.coverage.answered,
        applicable=assessment.coverage.applicable,
        blockers=tuple(hurdle.id for hurdle in assessment.blockers),
        conditions=tuple(hurdle.id for hurdle in assessment.conditions),
        risks={risk.id: risk.level for risk in assessment.risks},
        path=path.outcome if path else None,
        steps=tuple(Step(question=step.question, title=step.title) for step in steps),
        files=dict(files),
    )


def _span(score: ScoreItem) -> Span:
    return Span(points=score.points, low=score.low, high=score.high, grade=score.grade)
