"""The chapter on cost: what each way takes, whether the money carries it, what moves it, and what must improve."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model.cost import BudgetItem
from advisor.assessment.model.project import ProjectItem, Range, WayCostItem
from advisor.assessment.model.selection import Selection
from advisor.insight.why_selected import COST_PREFIX, COST_SOURCES
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.staying import staying_days
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import Bar, BarChart, SwingBar, SwingChart
from advisor.reporting.document import Block, Bullets, Callout, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone
from advisor.selection.recommended_way import provisional_way

BUDGET_TONES: dict[str, Tone] = {"fits": "good", "tight": "caution", "short": "bad", "beyond": "bad", "unknown": "quiet"}


def cost_chapter(words: ReportWording) -> Chapter | None:
    """Cost of every way side by side, then the way that is recommended, or stands in for one, in detail; no sum where too
    little has been answered for a verdict."""
    selection = words.assessment.selection
    project = words.assessment.project
    if selection is None or project is None or not project.ways or words.assessment.verdict.name == "not_enough_answers":
        return None
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("cost.intro", years=selection.years))),
        *own_figures(words, project),
        *cost_bars(words, project),
        _cost_table(words, project),
    ]
    if way := words.assessment.costed():
        blocks += _detail(words, selection, project, way)
    blocks += [Heading(words("cost.forgotten")), Bullets(tuple(Line(words.of(text)) for text in selection.forgotten))]
    blocks.append(Paragraph(Line(words.of(selection.cost_note), words.cite(*COST_SOURCES)), "quiet"))
    return Chapter("cost", words.chapter_title("cost"), tuple(blocks), page=True)


def own_figures(words: ReportWording, project: ProjectItem) -> Iterator[Block]:
    """The figures that the firm set itself, where there are any."""
    if figures := project.own_figures:
        lines = tuple(Line(words("titled", title=words.of(item.label), text=words.of(item.shown))) for item in figures)
        yield Callout(words("cost.own_figures"), lines, "plain")


def per_user(words: ReportWording, project: ProjectItem, way: WayCostItem) -> Iterator[str]:
    """What a user's licence costs where the sum is open, and the answers that close it."""
    yield from licence_per_user(words, project, way)
    if way.first_year is None and project.open:
        yield words("cost.closes", questions=words("list").join(words.question(code) for code in project.open))


def licence_per_user(
    words: ReportWording, project: ProjectItem, way: WayCostItem, key: str = "cost.per_user"
) -> Iterator[str]:
    """What a user's licence costs where the sum is open."""
    if way.first_year is None and way.user_year and any(way.user_year):
        base, span = words.estimate(way.user_year[1], project.currency), words.estimates(way.user_year, project.currency)
        yield words(key, way=words.of(way.title), base=base, span=span)


def further_days(words: ReportWording, project: ProjectItem) -> Iterator[str]:
    """Days and money of the tasks beside the core ones, which neither sums nor payback count."""
    if project.further_days and project.further_days[2]:
        yield words("cost.further_days", days=words.around(project.further_days))
    if project.further_money and project.further_money[2]:
        yield words("cost.further_money", amount=words.estimates(project.further_money, project.currency))


def worst_budget(way: WayCostItem) -> BudgetItem:
    """The budget that goes least far."""
    return max(way.budgets, key=lambda budget: list(BUDGET_TONES).index(budget.state) if budget.state != "unknown" else -1)


def cost_bars(words: ReportWording, project: ProjectItem) -> Iterator[Chart]:
    """What all years cost by way; nothing where no sum is known."""
    sums = [(way, way.total) for way in project.ways if way.total]
    most = max((total[2] for _, total in sums), default=0.0)
    if not most:
        return
    bars = tuple(
        Bar(
            words.of(way.title),
            100 * total[1] / most,
            100 * total[0] / most,
            100 * total[2] / most,
            "quiet" if way.ruled_out else "plain",
            words.estimate(total[1], project.currency),
            words.estimates(total, project.currency),
        )
        for way, total in sums
    )
    ticks = tuple(
        (share, words.estimate(most * share / 100, project.currency) if share else "0") for share in (0.0, 50.0, 100.0)
    )
    alternative = words("score.and").join(
        words("cost.said", title=words.of(way.title), amount=words.estimate(total[1], project.currency))
        for way, total in sums
    )
    yield Chart(chart_titles.cheapest_way(words, project), alternative, BarChart(bars, (), ticks))


def _cost_table(words: ReportWording, project: ProjectItem) -> Table:
    def spread(span: Range | None) -> Line:
        return Line(
            words.estimate(span[1] if span else None, project.currency), aside=words.estimates(span, project.currency)
        )

    rows = tuple(
        (
            Cell(
                Line(
                    words.of(way.title),
                    aside=words("cost.ruled_out") if way.ruled_out else "",
                    about=f"{COST_PREFIX}{way.way}",
                ),
                strong=True,
            ),
            Cell(spread(way.first_year)),
            Cell(spread(way.later_year)),
            Cell(spread(way.total)),
            Cell(Line(go_live(words, way))),
            Cell(Line(words(f"cost.state.{way.budgets[0].state}")), BUDGET_TONES[way.budgets[0].state]),
        )
        for way in project.ways
    )
    columns = tuple(
        words(f"cost.column.{name}", years=project.years) for name in ("way", "first", "later", "total", "weeks", "budget")
    )
    return Table(words("cost.table"), columns, (24, 19, 17, 17, 11, 12), rows, small=True)


def go_live(words: ReportWording, way: WayCostItem) -> str:
    """How many weeks until the last site works with it."""
    if way.go_live is None:
        return words("cost.open")
    low, _, high = way.go_live
    return words("cost.weeks", low=f"{low:.0f}", high=f"{high:.0f}")


def go_live_with_holds(words: ReportWording, way: WayCostItem) -> str:
    """How many weeks until the last site works with it, and how many of them are work where the plan is held for months in
    which nobody can be freed."""
    if not (way.go_live and way.work_weeks and way.is_held):
        return go_live(words, way)
    low, _, high = way.go_live
    return words("cost.weeks_held", low=f"{low:.0f}", high=f"{high:.0f}", work=f"{way.work_weeks[1]:.0f}")


def _detail(words: ReportWording, selection: Selection, project: ProjectItem, way: WayCostItem) -> list[Block | Heading]:
    currency = selection.currency
    key = "cost.detail" if selection.recommended_way else "cost.reference"
    blocks: list[Block | Heading] = [Heading(words(key, way=words.of(way.title)))]
    if selection.way_note:
        blocks.append(Paragraph(Line(words.of(selection.way_note))))
    if provisional := provisional_way(words.assessment):
        blocks.append(Paragraph(Line(words.of(provisional)), "caution"))
    budgets = tuple(Line(words.of(budget.text), about=f"{COST_PREFIX}{way.way}") for budget in way.budgets)
    blocks.append(Callout(words("cost.budget"), budgets, BUDGET_TONES[worst_budget(way).state]))
    blocks += [Paragraph(Line(text), "caution") for text in per_user(words, project, way)]
    blocks.append(cost_lines(words, selection, way))
    if days := words.join_sentences(*staying_days(words)):
        blocks.append(Paragraph(Line(days)))
    elif way.own_days and way.own_staff:
        own = words("cost.own_staff", amount=words.estimate(way.own_staff[1], currency), days=words.around(way.own_days))
        blocks.append(Paragraph(Line(words.join_sentences(own, *further_days(words, project)))))
    if way.people_note:
        blocks.append(Paragraph(Line(words.of(way.people_note)), "caution"))
    if way.cross_check:
        blocks.append(Paragraph(Line(words.of(way.cross_check)), "caution"))
    blocks += _swings(words, selection, way)
    if selection.goals:
        blocks += [
            Heading(words("cost.goals")),
            Paragraph(Line(words("cost.goals_intro", discount=f"{selection.discount:.0%}")), "quiet"),
        ]
        blocks.append(Bullets(tuple(Line(words.of(goal.text)) for goal in selection.goals)))
    return blocks


def cost_lines(words: ReportWording, selection: Selection, way: WayCostItem) -> Table:
    """What the sums of a way are made of: middle figures of the first and of each later year."""
    rows = tuple(
        (
            Cell(Line(words.of(line.label))),
            Cell(Line(words.estimate(line.first, selection.currency)), numeric=True),
            Cell(Line(words.estimate(line.later, selection.currency)), numeric=True),
        )
        for line in way.lines
    )
    columns = tuple(words(f"cost.column.{name}") for name in ("component", "first_base", "later_base"))
    return Table(words("cost.lines"), columns, (50, 25, 25), rows, together=True)


def _swings(words: ReportWording, selection: Selection, way: WayCostItem) -> Iterator[Chart]:
    """What moves the sum of all years, each input by itself."""
    currency, most = selection.currency, max((max(s.low, s.high) for s in way.swings), default=0.0)
    if not most or way.total is None:
        return
    bars = tuple(
        SwingBar(
            words("titled", title=words.of(s.label), text=words.of(s.shown)),
            100 * min(s.low, s.high) / most,
            100 * max(s.low, s.high) / most,
            words.estimates((min(s.low, s.high), 0, max(s.low, s.high)), currency),
        )
        for s in way.swings
    )
    value = words.estimate(way.total[1], currency)
    alternative = words("score.and").join(
        words("titled", title=words.of(s.label), text=words.estimates((s.low, 0, s.high), currency)) for s in way.swings
    )
    ticks = ((0.0, "0"), (100.0, words.amount(most, currency)))
    title = words("cost.swings", input=words.of(way.swings[0].label), count=len(way.swings))
    now = words("cost.base", amount=value)
    yield Chart(title, alternative, SwingChart(bars, 100 * way.total[1] / most, now, value, (), ticks))
