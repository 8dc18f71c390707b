"""The biggest risks on the owner's pages: on the first where nothing stands in the way, else on the second."""

from __future__ import annotations

from advisor.assessment.risks import own_risks
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Heading, Line, Table
from advisor.reporting.tones import LEVEL_TONES

MAX_RISKS = 3
"""How many are told where there is room; the full report has the rest."""


def risks_come_first(words: ReportWording) -> bool:
    """Whether the first page has room for risks, as neither hurdles nor open questions are to be told there."""
    verdict = words.assessment.verdict
    return verdict.name == "feasible" and verdict.certainty == "settled"


def biggest_risks(words: ReportWording, most: int = MAX_RISKS) -> list[Block | Heading]:
    """The risks that endanger this project most, with what to do about them."""
    risks = own_risks(words.assessment)[:most]
    if not risks:
        return []
    rows = tuple(
        (
            Cell(Line(words.of(risk.title), aside=words(f"risks.level.{risk.level}")), LEVEL_TONES[risk.level], strong=True),
            Cell(Line(words.of(risk.measure))),
            Cell(Line(words.role(risk.owner))),
        )
        for risk in risks
    )
    columns = tuple(words(f"owner.column.{name}") for name in ("risk", "measure", "who"))
    title = words(f"owner.risks.{'one' if len(risks) == 1 else 'some'}")
    return [Heading(title), Table(words("owner.risks_table"), columns, (25, 58, 17), rows)]
