"""A firm's entry in a portfolio: the few figures and findings of its assessment that the portfolio needs."""

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
from advisor.knowledge.schema import Level, Model, VerdictName, factor_names
from advisor.text import Text

MAX_ROWS = 1_000_000_000
"""No table has more rows, no questionnaire more questions; larger numbers, written by hand, no spreadsheet can hold."""


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", allow_inf_nan=False))
class ScoreRange:
    """A score with the interval that missing answers leave open, 0 to 100; ``points`` None where nothing is known.

    A firm has fifteen of these, most of its memory: hence slots and no model.
    """

    points: float | None
    low: float
    high: float
    grade: str | None = None


class EntryStep(Item):
    """A step of the least-effort path to a feasible verdict: the first question whose answer changes, and the task.

    Of a task that only comes before others ``question`` is the task itself.
    """

    question: str
    title: Text


class PortfolioEntry(Item):
    """One firm of a portfolio. Findings are named by their ids, texts of steps are carried along.

    ``id`` is unique within the portfolio and names the firm's files; ``row`` is where it stood in the table it came from
    (0 where it did not come from one). ``remarks`` counts answers to clarify, None where an earlier version did not.
    ``files`` are its reports: path relative to the index, by ``lang.format``.
    """

    id: str
    row: Annotated[int, Field(ge=0, le=MAX_ROWS)]
    name: Text | None
    industry: str | None
    size: str | None
    model: Model | None
    mixed: bool
    verdict: VerdictName
    certainty: Certainty
    possible: tuple[VerdictName, ...]
    need: ScoreRange
    ability: ScoreRange
    factors: dict[str, ScoreRange]
    answered: Annotated[int, Field(ge=0, le=MAX_ROWS)]
    applicable: Annotated[int, Field(ge=0, le=MAX_ROWS)]
    blockers: tuple[str, ...]
    conditions: tuple[str, ...]
    risks: dict[str, Level]
    remarks: Annotated[int, Field(ge=0, le=MAX_ROWS)] | None = None
    path: Literal["already", "answers_first", "found", "none"] | None
    steps: tuple[EntryStep, ...]
    files: dict[str, str]


INDUSTRY, SIZE = "industry", "firm_size"
"""The facts firms are grouped by, besides verdict and model."""


def build_entry(
    assessment: Assessment, answers: Answers, knowledge: Knowledge, name: str, row: int, files: Mapping[str, str]
) -> PortfolioEntry:
    """The entry of a firm that was assessed from ``answers``; ``name`` becomes its id."""
    facts = derive(knowledge, answers)
    need, ability = assessment.scores[assessment.need], assessment.scores[assessment.ability]
    names = [name for score in (need, ability) for name in factor_names(score.name, assessment.scores)]
    parts = [assessment.scores[name] for name in names if name in assessment.scores]
    path = assessment.insight.path if assessment.insight else None
    steps = path.ways[0].steps if path and path.ways else ()
    industry, size = facts.value(INDUSTRY), facts.value(SIZE)
    return PortfolioEntry(
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
        need=_score_range(need),
        ability=_score_range(ability),
        factors={part.name: _score_range(part) for part in parts},
        answered=assessment.coverage.answered,
        applicable=assessment.coverage.applicable,
        blockers=tuple(hurdle.id for hurdle in assessment.blockers),
        conditions=tuple(hurdle.id for hurdle in assessment.conditions),
        risks={risk.id: risk.level for risk in assessment.risks},
        remarks=None if assessment.lacks("remarks") else len(assessment.remarks),
        path=path.outcome if path else None,
        steps=tuple(
            EntryStep(question=step.changes[0].question if step.changes else step.task, title=step.title) for step in steps
        ),
        files=dict(files),
    )


def _score_range(score: ScoreItem) -> ScoreRange:
    return ScoreRange(points=score.points, low=score.low, high=score.high, grade=score.grade)
