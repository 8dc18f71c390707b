"""``advisor cost``: what each way of running a system costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.firm_case import print_json, terminal
from advisor.cli.main import Settings, handle_errors, help_text
from advisor.cli.options import option, with_options
from advisor.cli.selection_options import SelectionOptions, assessment_with_selection, selection_of
from advisor.errors import InputError
from advisor.knowledge.currency import amount, amounts
from advisor.text import Lang

if TYPE_CHECKING:
    from advisor.assessment.model.cost import RouteItem
    from advisor.assessment.model.selection import CandidateItem, Selection


@dataclass(frozen=True)
class CostOptions(SelectionOptions):
    """Which product to show alone, and whether for programs."""

    product: str | None = option("--product", default=None, metavar="ID", help=help_text("cost_product"))
    as_json: bool = option("--json", is_flag=True, help=help_text("json"))


@click.command("cost", help=help_text("cost"))
@with_options(CostOptions)
@click.pass_obj
@handle_errors
def cost(settings: Settings, options: CostOptions) -> None:
    """Print what each way of running a system costs, whether the budget carries it, and what must improve."""
    selection = selection_of(assessment_with_selection(options, settings))
    if options.product is not None:
        _show_product_cost(selection, options.product, settings, options.as_json)
        return
    if options.as_json:
        print_json({"currency": selection.currency, "years": selection.years, "routes": selection.routes})
        return
    out, lang = terminal(), settings.lang
    out.print(f"\n{settings.say('cost.intro', years=selection.years, discount=f'{selection.discount:.0%}')}")
    table = Table(box=None, pad_edge=False)
    for key in ("way", "first", "later", "total", "budget"):
        table.add_column(settings.say(f"cost.column.{key}", years=selection.years))
    for route in selection.routes:
        title = escape(route.title[lang]) + (f" [red]{settings.say('select.out')}[/red]" if route.hard else "")
        spans = [_span(value, selection, lang) for value in (route.first_year, route.running, route.total)]
        table.add_row(title, *spans, settings.say(f"cost.state.{route.budgets[0].state}"))
    out.print(table)
    best = next((route for route in selection.routes if route.way == selection.recommended_way), None)
    if best:
        _show_route(best, selection, settings, out)


def _span(span: tuple[float, float, float], selection: Selection, lang: Lang) -> str:
    middle, ends = amount(span[1], selection.currency)[lang], amounts(span[0], span[2], selection.currency)[lang]
    return f"{middle}\n[dim]{ends}[/dim]"


def _show_route(route: RouteItem, selection: Selection, settings: Settings, out: Console) -> None:
    lang = settings.lang
    best = settings.say("select.titled", title=settings.say("cost.best", way=route.title[lang]), text=route.label[lang])
    out.print(f"\n[bold]{escape(best)}[/bold]")
    present = (amount(route.present[1], selection.currency), amounts(route.present[0], route.present[2], selection.currency))
    out.print(settings.say("cost.present", amount=present[0][lang], span=present[1][lang]))
    for budget in route.budgets:
        out.print(f" • {escape(budget.text[lang])}", soft_wrap=True)
    out.print(f"\n[bold]{settings.say('cost.moves')}[/bold]")
    for swing in route.swings:
        low, high = sorted((swing.low, swing.high))
        text = f"{swing.shown[lang]} → {amounts(low, high, selection.currency)[lang]}"
        out.print(f" • {escape(settings.say('select.titled', title=swing.label[lang], text=text))}", soft_wrap=True)
    out.print(f"\n[bold]{settings.say('cost.goals')}[/bold]")
    for goal in route.goals:
        out.print(f" • {escape(goal.text[lang])}", soft_wrap=True)
    out.print(f"\n[dim]{escape(selection.cost_note[lang])}[/dim]\n", soft_wrap=True)


def _show_product_cost(selection: Selection, product: str, settings: Settings, as_json: bool) -> None:
    candidate: CandidateItem | None = next((item for item in selection.candidates if item.product == product), None)
    if candidate is None:
        from advisor.errors import nearest

        near = nearest(product, [item.product for item in selection.candidates]) or "–"
        raise InputError("no_product", name=product, nearest=near)
    if as_json:
        keep = {"product", "way", "first_year", "cost"}
        print_json({"currency": selection.currency, "years": selection.years, **candidate.model_dump(include=keep)})
        return
    lang = settings.lang
    click.echo(candidate.name[lang])
    for key, span in (("first", candidate.first_year), ("total", candidate.cost)):
        if span:
            column = settings.say(f"cost.column.{key}", years=selection.years)
            ends = amounts(span[0], span[2], selection.currency)[lang]
            click.echo(f"  {column}: {amount(span[1], selection.currency)[lang]} ({ends})")
