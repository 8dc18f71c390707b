"""``advisor cost``: what each way of running a system costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import print_json, terminal
from advisor.cli.options import option, table_options, with_options
from advisor.cli.project import show_own_figures
from advisor.cli.selection_options import SelectionOptions, assessment_with_selection, selection_of
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.knowledge.currency import amounts, estimate, estimates
from advisor.selection.recommended_way import provisional_way
from advisor.text import Text, join

if TYPE_CHECKING:
    from advisor.assessment.model.project import ProjectItem, Range, WayCostItem
    from advisor.assessment.model.selection import CandidateItem, Selection


@dataclass(frozen=True)
class CostOptions(SelectionOptions):
    """Which product to show alone, and whether for programs."""

    product: str | None = option("--product", default=None, metavar="ID", help=help_text("cost_product"))
    as_json: bool = option("--json", is_flag=True, help=help_text("json"))


@click.command("cost", help=help_text("cost"))
@with_options(CostOptions)
@table_options
@click.pass_obj
@handle_errors
def cost(settings: Settings, options: CostOptions) -> None:
    """Print what each way of running a system costs, whether the budget carries it, and what must improve."""
    assessment = assessment_with_selection(options, settings)
    selection, project = selection_of(assessment), assessment.project
    assert project
    if options.product is not None:
        _show_product_cost(selection, options.product, settings, options.as_json)
        return
    if options.as_json:
        print_json({"currency": selection.currency, "years": selection.years, "ways": project.ways})
        return
    out = terminal()
    _show_ways(project, settings, out)
    show_own_figures(project, settings, out)
    if way := assessment.costed():
        _show_way(way, selection, provisional_way(assessment), project.open, settings, out)
    out.print(f"\n[dim]{escape(selection.cost_note[settings.lang])}[/dim]\n", soft_wrap=True)


def _show_ways(project: ProjectItem, settings: Settings, out: Console) -> None:
    out.print(f"\n{settings.say('cost.intro', years=project.years)}", soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    for key in ("way", "first", "later", "total", "budget"):
        table.add_column(settings.say(f"cost.column.{key}", years=project.years))
    for way in project.ways:
        title = escape(way.title[settings.lang]) + (f" [red]{settings.say('select.out')}[/red]" if way.ruled_out else "")
        spans = [_span(span, project, settings) for span in (way.first_year, way.later_year, way.total)]
        table.add_row(title, *spans, settings.say(f"cost.state.{way.budgets[0].state}"))
    out.print(table)


def _span(span: Range | None, project: ProjectItem, settings: Settings) -> str:
    if span is None:
        return settings.say("cost.open")
    middle, ends = estimate(span[1], project.currency), estimates(span[0], span[2], project.currency)
    return f"{middle[settings.lang]}\n[dim]{ends[settings.lang]}[/dim]"


def _show_way(
    way: WayCostItem,
    selection: Selection,
    provisional: Text | None,
    open_codes: tuple[str, ...],
    settings: Settings,
    out: Console,
) -> None:
    lang, unit = settings.lang, selection.currency
    key = "cost.best" if selection.recommended_way else "cost.reference"
    out.print(f"\n[bold]{settings.say(key, way=way.title[lang])}[/bold]")
    texts = [note[lang] for note in (selection.way_note, provisional, way.people_note, way.cross_check) if note]
    texts += [budget.text[lang] for budget in way.budgets]
    if way.first_year is None and way.user_year:
        span = estimates(way.user_year[0], way.user_year[2], unit)[lang]
        texts.append(settings.say("cost.user_year", span=span))
    if open_codes:
        texts.append(settings.say("project.open", codes=join(list(open_codes), lang)))
    if way.own_days and way.own_staff:
        values = {"days": f"{way.own_days[1]:,.0f}", "amount": estimate(way.own_staff[1], unit)[lang]}
        texts.append(settings.say("cost.own_staff", **values))
    moves = [
        settings.say(
            "select.titled",
            title=swing.label[lang],
            text=f"{swing.shown[lang]} → {amounts(min(swing.low, swing.high), max(swing.low, swing.high), unit)[lang]}",
        )
        for swing in way.swings
    ]
    goals = [goal.text[lang] for goal in selection.goals]
    for heading, lines in (("", texts), ("cost.moves", moves), ("cost.goals", goals)):
        if heading and lines:
            out.print(f"\n[bold]{settings.say(heading)}[/bold]")
        for line in lines:
            out.print(f" • {escape(line)}", soft_wrap=True)


def _show_product_cost(selection: Selection, product: str, settings: Settings, as_json: bool) -> None:
    candidate: CandidateItem | None = next((item for item in selection.candidates if item.product == product), None)
    if candidate is None:
        from advisor.errors import nearest

        near = nearest(product, [item.product for item in selection.candidates]) or "–"
        raise InputError("no_product", name=product, nearest=near)
    if as_json:
        keep = {"product", "way", "price", "price_shown", "price_date", "user_year", "first_year", "later_year", "cost"}
        shown = candidate.model_dump(mode="json", include=keep | {"other_ways"})
        print_json({"currency": selection.currency, "years": selection.years, **shown})
        return
    lang, unit = settings.lang, selection.currency
    click.echo(candidate.name[lang])
    click.echo(f"  {_price(candidate, settings)}")
    for key, span in (("first", candidate.first_year), ("later", candidate.later_year), ("total", candidate.cost)):
        if span:
            column = settings.say(f"cost.column.{key}", years=selection.years)
            ends = estimates(span[0], span[2], unit)[lang]
            click.echo(f"  {column}: {estimate(span[1], unit)[lang]} ({ends})")
    if candidate.first_year is None and candidate.user_year:
        span_words = estimates(candidate.user_year[0], candidate.user_year[2], unit)[lang]
        click.echo("  " + settings.say("cost.user_year", span=span_words))


def _price(candidate: CandidateItem, settings: Settings) -> str:
    """The price of a product as it stands, with its date; that it is on request where it is not known."""
    if candidate.price_shown is None:
        return settings.say("cost.on_request")
    price = candidate.price_shown[settings.lang]
    if candidate.price == "own":
        return settings.say("cost.price_own", price=price)
    return settings.say("cost.price_dated" if candidate.price_date else "cost.price", price=price, date=candidate.price_date)
