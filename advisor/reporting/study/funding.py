"""Where the money comes from: what there is against what is needed, in each year, and who has still to agree."""

from __future__ import annotations

from advisor.reporting.chapters.cost import BUDGET_TONES
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import said, strong
from advisor.reporting.document import Block, Bullets, Cell, Heading, Line, Paragraph, Table

MONEY = (
    "initial_budget",
    "running_budget",
    "approval",
    "approvers",
    "approval_weeks",
    "economic_strength",
    "payback_within",
)
"""The answers that tell of the firm's money and of who decides on it, in the order they are told."""


def funding(words: ReportWording) -> list[Block | Heading]:
    """The firm's own words on its money, and each budget against what it has to pay."""
    a = words.assessment
    told = [Line(text) for text in said(words, *MONEY)]
    blocks: list[Block | Heading] = [
        Bullets(tuple(told)) if told else Paragraph(Line(words("study.funding_open")), "caution")
    ]
    way, project = a.costed(), a.project
    if way and project and way.budgets:
        rows = tuple(
            (
                strong(words(f"study.budget.{budget.kind}")),
                Cell(Line(_sum(words, budget.budget)), numeric=True),
                Cell(Line(_sum(words, budget.needed and budget.needed[1])), numeric=True),
                Cell(Line(words.of(budget.text)), BUDGET_TONES[budget.state]),
            )
            for budget in way.budgets
        )
        columns = tuple(words(f"study.column.{name}") for name in ("budget", "there", "needed", "result"))
        blocks.append(Table(words("study.budgets_table"), columns, (20, 16, 16, 48), rows))
    return blocks


def _sum(words: ReportWording, amount: float | None) -> str:
    project = words.assessment.project
    assert project
    return words.estimate(amount, project.currency)
