"""The second page of the owner's edition: what to do next, what it costs, the risks, and how sure all of it is."""

from __future__ import annotations

from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import Selection
from advisor.assessment.risks import own_risks
from advisor.reporting.chapters.cost import BUDGET_TONES, further_days, go_live, per_user, worst_budget
from advisor.reporting.chapters.owner_certainty import certainty_on_second_page
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Cell,
    Chapter,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Table,
)
from advisor.reporting.tones import LEVEL_TONES
from advisor.selection.recommended_way import provisional_way

MAX_STEPS = 6
MAX_RISKS = 3
"""How much of each a page has room for; the full report has the rest."""


def action_page(words: ReportWording) -> Chapter:
    """What to do next, what it costs, the biggest risks, and how sure all of this is."""
    verdict = words.assessment.verdict
    key = "action_provisional" if verdict.certainty == "leaning" else "action"
    rest = Paragraph(Line(words("owner.rest")), "quiet")
    blocks = (*_steps(words), *_cost(words), *_risks(words), *certainty_on_second_page(words), rest)
    return Chapter("next", words(f"owner.{key}.{verdict.name}"), blocks, page=True)


def _steps(words: ReportWording) -> list[Block | Heading]:
    """The first tasks of the plan; or the answers to give."""
    a = words.assessment
    tasks = list(enumerate(a.plan, 1))[:MAX_STEPS]
    blocks: list[Block | Heading] = [Heading(words("owner.steps"))]
    if not tasks:
        blocks.append(Paragraph(Line(words(f"owner.no_steps.{'ask' if a.verdict.deciding else 'wait'}"))))
        return blocks
    rows = tuple(
        (
            Cell(Line(str(number)), numeric=True),
            Cell(Line(words.of(task.title)), strong=True),
            Cell(Line(words(f"role.{task.owner}"))),
            Cell(Line(words.task_weeks(task))),
            Cell(Line(words.days(task.own_days, (), "owner.days") if task.own_days else words("owner.days_open"))),
        )
        for number, task in tasks
    )
    columns = tuple(words(f"owner.column.{name}") for name in ("number", "step", "who", "when", "effort"))
    blocks.append(Table(words("owner.steps_table"), columns, (6, 46, 18, 17, 13), rows))
    if rest := len(a.plan) - len(tasks):
        blocks.append(Paragraph(Line(words("owner.more_steps", count=rest, weeks=words.plan_weeks(a.plan))), "quiet"))
    return blocks


def _cost(words: ReportWording) -> list[Block | Heading]:
    selection = words.assessment.selection
    way, project = words.assessment.costed(), words.assessment.project
    if selection is None or project is None or way is None:
        return []
    name = words.assessment.verdict.name
    known = [budget for budget in way.budgets if budget.state != "unknown"] or list(way.budgets[:1])
    to_be_run = name in ("feasible", "conditional")
    provisional = provisional_way(words.assessment) if to_be_run else None
    lines = [words.of(provisional)] if provisional else []
    if name == "not_yet":  # not to be spent now: the first year says enough
        lines = [words.of(known[0].text)]
    else:
        lines += [words.of(budget.text) for budget in known] + list(per_user(words, project, way))
    if to_be_run:
        lines += [words.of(goal.text) for goal in selection.goals[:1]]
        lines += [words("owner.own_days", days=words.around(way.own_days))] if way.own_days else []
        lines += further_days(words, project)
    tone = BUDGET_TONES[worst_budget(way).state] if name != "not_needed_now" else "plain"
    return [
        Heading(words("owner.cost")),
        Paragraph(Line(words(f"owner.cost_intro.{name}", way=words.of(way.title), years=selection.years))),
        _cost_figures(words, selection, way),
        Paragraph(Line(words.join_sentences(*lines)), tone),
    ]


def _cost_figures(words: ReportWording, selection: Selection, way: WayCostItem) -> KeyFigures:
    """Cost in the first year, in each later year, over all years, and the time until the system is in use."""
    currency = selection.currency
    spans = (("first", way.first_year), ("later", way.later_year), ("total", way.total))
    figures = [
        KeyFigure(
            words(f"cost.column.{key}", years=selection.years),
            words.estimate(span[1] if span else None, currency),
            words.estimates(span, currency),
        )
        for key, span in spans
    ]
    weeks = words("owner.weeks", weeks=f"{way.go_live[1]:.0f}") if way.go_live else words("cost.open")
    return KeyFigures((*figures, KeyFigure(words("cost.column.weeks"), weeks, go_live(words, way) if way.go_live else "")))


def _risks(words: ReportWording) -> list[Block | Heading]:
    risks = own_risks(words.assessment)[:MAX_RISKS]
    if not risks:
        return []
    rows = tuple(
        (
            Cell(Line(words.of(risk.title), aside=words(f"risks.level.{risk.level}")), LEVEL_TONES[risk.level], strong=True),
            Cell(Line(words.of(risk.measure))),
            Cell(Line(words(f"role.{risk.owner}"))),
        )
        for risk in risks
    )
    columns = tuple(words(f"owner.column.{name}") for name in ("risk", "measure", "who"))
    return [Heading(words("owner.risks")), Table(words("owner.risks_table"), columns, (25, 58, 17), rows)]
