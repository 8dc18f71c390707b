"""The chapter on cost: what each way takes, whether the budget carries it, what moves it, and what must improve."""

from __future__ import annotations

from advisor.assessment.model.cost import RouteItem
from advisor.assessment.model.selection import Selection
from advisor.insight.why_selected import COST_PREFIX, COST_SOURCES
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import Bar, BarChart, SwingBar, SwingChart
from advisor.reporting.document import Block, Bullets, Callout, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

BUDGET_TONES: dict[str, Tone] = {"fits": "good", "tight": "caution", "short": "bad", "beyond": "bad", "unknown": "quiet"}


def cost_chapter(words: ReportWording) -> Chapter | None:
    """Cost of every way side by side, then the way that suits best in detail."""
    selection = words.assessment.selection
    if selection is None or not selection.routes:
        return None
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("cost.intro", years=selection.years, discount=f"{selection.discount:.0%}"))),
        _cost_chart(words, selection),
        _cost_table(words, selection),
    ]
    if best := recommended_route(selection):
        blocks += _route_detail(words, selection, best)
    blocks += [Heading(words("cost.forgotten")), Bullets(tuple(Line(words.of(text)) for text in selection.forgotten))]
    blocks.append(Paragraph(Line(words.of(selection.cost_note), words.cite(*COST_SOURCES)), "quiet"))
    return Chapter("cost", words("cost.title"), tuple(blocks), page=True)


def recommended_route(selection: Selection) -> RouteItem | None:
    """The way of running a system that suits the firm best; None where none does."""
    return next((route for route in selection.routes if route.way == selection.recommended_way), None)


def _cost_chart(words: ReportWording, selection: Selection) -> Chart:
    most = max(route.present[2] for route in selection.routes) or 1.0

    def part(value: float) -> float:
        return 100 * value / most

    bars = tuple(
        Bar(
            words.of(route.title),
            part(route.present[1]),
            part(route.present[0]),
            part(route.present[2]),
            "quiet" if route.hard else "plain",
            words.amount(route.present[1], selection.currency),
            words.amounts(route.present[0], route.present[2], selection.currency),
        )
        for route in selection.routes
    )
    ticks = ((0.0, "0"), (50.0, words.amount(most / 2, selection.currency)), (100.0, words.amount(most, selection.currency)))
    alternative = words("score.and").join(
        words("cost.said", title=words.of(r.title), amount=words.amount(r.present[1], selection.currency))
        for r in selection.routes
    )
    return Chart(chart_titles.cheapest_route(words, selection), alternative, BarChart(bars, (), ticks))


def _cost_table(words: ReportWording, selection: Selection) -> Table:
    def spread(span: tuple[float, float, float]) -> Line:
        ends = words.amounts(span[0], span[2], selection.currency)
        return Line(words.amount(span[1], selection.currency), aside=ends)

    rows = tuple(
        (
            Cell(Line(words.of(route.title), aside=words.of(route.label), about=f"{COST_PREFIX}{route.way}"), strong=True),
            Cell(spread(route.first_year)),
            Cell(spread(route.running)),
            Cell(spread(route.total)),
            Cell(Line(words("cost.months", low=f"{route.months[0]:g}", high=f"{route.months[2]:g}"))),
            Cell(
                Line(words(f"cost.state.{route.budgets[0].state}")),
                BUDGET_TONES[route.budgets[0].state],
            ),
        )
        for route in selection.routes
    )
    columns = tuple(
        words(f"cost.column.{name}", years=selection.years)
        for name in ("way", "first", "later", "total", "months", "budget")
    )
    return Table(words("cost.table"), columns, (24, 19, 17, 17, 11, 12), rows, small=True)


def _route_detail(words: ReportWording, selection: Selection, route: RouteItem) -> list[Block | Heading]:
    currency = selection.currency
    worst = next((b for b in route.budgets if b.state in ("short", "beyond")), route.budgets[0])
    blocks: list[Block | Heading] = [
        Heading(words("cost.detail", way=words.of(route.title))),
        Callout(
            words("cost.budget"),
            tuple(Line(words.of(budget.text), about=f"{COST_PREFIX}{route.way}") for budget in route.budgets),
            BUDGET_TONES[worst.state],
        ),
        Table(
            words("cost.lines", label=words.of(route.label)),
            tuple(words(f"cost.column.{name}") for name in ("component", "first_base", "later_base")),
            (50, 25, 25),
            tuple(
                (
                    Cell(Line(words.of(line.label))),
                    Cell(Line(words.amount(line.first, currency)), numeric=True),
                    Cell(Line(words.amount(line.later, currency)), numeric=True),
                )
                for line in route.lines
            ),
            together=True,
        ),
    ]
    most = max((max(s.low, s.high) for s in route.swings), default=0.0)
    if most:
        bars = tuple(
            SwingBar(
                words("titled", title=words.of(s.label), text=words.of(s.shown)),
                100 * min(s.low, s.high) / most,
                100 * max(s.low, s.high) / most,
                words.amounts(min(s.low, s.high), max(s.low, s.high), currency),
            )
            for s in route.swings
        )
        value = words.amount(route.present[1], currency)
        now = words("cost.base", amount=value)
        alternative = words("score.and").join(
            words("titled", title=words.of(s.label), text=words.amounts(s.low, s.high, currency)) for s in route.swings
        )
        ticks = ((0.0, "0"), (100.0, words.amount(most, currency)))
        title = words("cost.swings", input=words.of(route.swings[0].label), count=len(route.swings))
        blocks.append(Chart(title, alternative, SwingChart(bars, 100 * route.present[1] / most, now, value, (), ticks)))
    blocks += [Heading(words("cost.goals")), Paragraph(Line(words("cost.goals_intro")), "quiet")]
    blocks.append(Bullets(tuple(Line(words.of(goal.text)) for goal in route.goals)))
    return blocks
