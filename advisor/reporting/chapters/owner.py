"""The owner's edition: two pages, one message each. First the verdict and why, then what to do about it."""

from __future__ import annotations

from advisor.assessment.model import HurdleItem, Task
from advisor.assessment.model.selection import RouteItem, Selection
from advisor.reporting.chapters.cost import BUDGET_TONES, recommended
from advisor.reporting.chapters.summary import need_ability_map
from advisor.reporting.chapters.words import LEVEL_TONES, VERDICT_TONES, Words
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chapter,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Table,
)

REASONS = 3
HURDLES = 5
STEPS = 6
RISKS = 3
QUESTIONS = 3
"""How much of each a page has room for; the full report has the rest."""


def verdict_page(words: Words) -> Chapter:
    """Whether to go ahead, where the firm stands, the strongest reasons, and what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    lines = (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text)))
    blocks: list[Block | Heading] = [Callout(words.verdict_title(a.verdict.name), lines, VERDICT_TONES[a.verdict.name])]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    reasons = a.verdict.reasons[:REASONS]
    if reasons:
        blocks.append(Heading(words(f"owner.reasons.{len(reasons)}")))
        blocks.append(Bullets(tuple(Line(words.of(reason.text)) for reason in reasons), numbered=len(reasons) > 1))
    blocks += _first(words)
    return Chapter("verdict", headline(words), tuple(blocks))


def headline(words: Words) -> str:
    """The verdict as the title of a page."""
    a = words.assessment
    count = len(a.blockers) + len(a.conditions)
    key = "conditional_one" if a.verdict.name == "conditional" and count == 1 else a.verdict.name
    return words(f"owner.verdict.{key}", count=count)


def _first(words: Words) -> list[Block | Heading]:
    """What must come first: what lifts the blockers and conditions, a lighter way, or the answers that are missing."""
    a = words.assessment
    hurdles = (*a.blockers, *a.conditions)
    blocks: list[Block | Heading] = [Heading(words(f"owner.first.{a.verdict.name}"))]
    if a.verdict.name == "not_needed_now" and a.lighter:
        blocks.append(Bullets(tuple(_told(words, words.of(way.title), words.of(way.text)) for way in a.lighter)))
        looks = dict.fromkeys(words.of(way.revisit) for way in a.lighter)
        blocks.append(Paragraph(Line(words("hurdles.revisit") + words.join_sentences(*looks))))
    elif a.verdict.name == "not_enough_answers":
        blocks.append(Bullets(_questions(words, HURDLES)))
    elif hurdles:
        rows = tuple(_hurdle_row(words, hurdle, blocker) for hurdle, blocker in _by_gravity(words)[:HURDLES])
        columns = tuple(words(f"owner.column.{name}") for name in ("hurdle", "lifted", "by"))
        blocks.append(Table(words("owner.hurdles"), columns, (25, 50, 25), rows))
        if len(hurdles) > HURDLES:
            blocks.append(Paragraph(Line(words("owner.more_hurdles", count=len(hurdles) - HURDLES)), "quiet"))
    else:
        blocks.append(Paragraph(Line(words("owner.nothing_first"))))
    return blocks


def _by_gravity(words: Words) -> list[tuple[HurdleItem, bool]]:
    """Blockers, then conditions, each with whether it is a blocker."""
    a = words.assessment
    return [*((item, True) for item in a.blockers), *((item, False) for item in a.conditions)]


def _hurdle_row(words: Words, hurdle: HurdleItem, blocker: bool) -> tuple[Cell, ...]:
    numbers = words.lifted_by(hurdle.id)
    by = words("list").join(_who_when(words, words.assessment.plan[number - 1]) for number in numbers[:1])
    badge = words("hurdles.badge.blockers") if blocker else ""
    return (
        Cell(Line(words.of(hurdle.title), aside=badge), strong=True),
        Cell(Line(words.of(hurdle.lifted_by))),
        Cell(Line(by or "–")),
    )


def _who_when(words: Words, task: Task) -> str:
    weeks = words.weeks(task.start + 1, task.start + task.weeks)
    return words("join").join((words(f"role.{task.owner}"), weeks))


def _questions(words: Words, most: int) -> tuple[Line, ...]:
    return tuple(
        _told(words, question.code, words.of(question.text)) for question in words.assessment.verdict.deciding[:most]
    )


def _told(words: Words, title: str, text: str) -> Line:
    return Line(words("titled", title=title, text=text))


def action_page(words: Words) -> Chapter:
    """What to do next, what it costs, the biggest risks, and how sure all of this is."""
    name = words.assessment.verdict.name
    blocks = (*_steps(words), *_cost(words), *_risks(words), *_how_sure(words))
    return Chapter("next", words(f"owner.action.{name}"), blocks, page=True)


def _steps(words: Words) -> list[Block | Heading]:
    """The first tasks of the plan, those that lift something before the rest; or the answers to give."""
    a = words.assessment
    tasks = sorted(enumerate(a.plan, 1), key=lambda pair: (pair[1].later, not pair[1].lifts))[:STEPS]
    blocks: list[Block | Heading] = [Heading(words("owner.steps"))]
    if not tasks:
        blocks.append(Paragraph(Line(words(f"owner.no_steps.{'ask' if a.verdict.deciding else 'wait'}"))))
        return blocks
    rows = tuple(
        (
            Cell(Line(str(number)), numeric=True),
            Cell(Line(words.of(task.title)), strong=True),
            Cell(Line(words(f"role.{task.owner}"))),
            Cell(Line(words.weeks(task.start + 1, task.start + task.weeks))),
            Cell(Line(words("owner.days", low=task.days[0], high=task.days[1]))),
        )
        for number, task in sorted(tasks, key=lambda pair: pair[0])
    )
    columns = tuple(words(f"owner.column.{name}") for name in ("number", "step", "who", "when", "effort"))
    blocks.append(Table(words("owner.steps_table"), columns, (6, 46, 18, 17, 13), rows))
    if rest := len(a.plan) - len(tasks):
        weeks = max(task.start + task.weeks for task in a.plan)
        blocks.append(Paragraph(Line(words("owner.more_steps", count=rest, weeks=weeks)), "quiet"))
    return blocks


def _cost(words: Words) -> list[Block | Heading]:
    selection = words.assessment.selection
    route = recommended(selection) if selection else None
    if selection is None or route is None:
        return []
    name = words.assessment.verdict.name
    budgets = [budget for budget in route.budgets if budget.state != "unknown"] or list(route.budgets[:1])
    worst = max(budgets, key=lambda budget: list(BUDGET_TONES).index(budget.state))
    lines = [words.of(budget.text) for budget in budgets]
    if name in ("feasible", "conditional") and route.goals:
        lines.append(words.of(route.goals[0].text))
    return [
        Heading(words("owner.cost")),
        Paragraph(Line(words(f"owner.cost_intro.{name}", way=words.of(route.title), years=selection.years))),
        _figures(words, selection, route),
        Paragraph(Line(words.join_sentences(*lines)), BUDGET_TONES[worst.state] if name != "not_needed_now" else "plain"),
    ]


def _figures(words: Words, selection: Selection, route: RouteItem) -> KeyFigures:
    """Cost in the first year, in each later year, over all years, and the time until the system is in use."""
    currency = selection.currency
    spans = (("first", route.first_year), ("later", route.running), ("total", route.total))
    figures = [
        KeyFigure(
            words(f"cost.column.{key}", years=selection.years),
            words.amount(span[1], currency),
            words.amounts(span[0], span[2], currency),
        )
        for key, span in spans
    ]
    months = words("owner.months", months=f"{route.months[1]:g}")
    note = words("cost.months", low=f"{route.months[0]:g}", high=f"{route.months[2]:g}")
    return KeyFigures((*figures, KeyFigure(words("cost.column.months"), months, note)))


def _risks(words: Words) -> list[Block | Heading]:
    risks = words.assessment.risks[:RISKS]
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


def _how_sure(words: Words) -> list[Block | Heading]:
    """How much was answered, what the verdict rests on, and which answers could still change it."""
    a = words.assessment
    coverage = words(
        "owner.coverage",
        answered=a.coverage.answered,
        applicable=a.coverage.applicable,
        certainty=words.of(a.verdict.certainty_text),
    )
    lines = [Line(coverage)]
    if a.insight and a.insight.sensitivity:
        lines.append(Line(words.of(a.insight.sensitivity.sentence)))
    if a.verdict.certainty == "leaning" and a.verdict.deciding:
        asked = words("list").join(
            words("owner.question", code=question.code, text=words.of(question.text).rstrip("？?"))
            for question in a.verdict.deciding[:QUESTIONS]
        )
        lines.append(Line(words("owner.would_settle", questions=asked)))
    return [
        Heading(words("owner.how_sure")),
        Bullets(tuple(lines)),
        Paragraph(Line(words("owner.rest")), "quiet"),
    ]
