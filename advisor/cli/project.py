"""``advisor project``: what bringing in a system would mean for a firm, its size, work, time and money."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import print_json, terminal
from advisor.cli.options import option, table_options, with_options
from advisor.cli.selection_options import SelectionOptions, assessment_with_selection
from advisor.cli.settings import Settings, help_text
from advisor.knowledge.currency import estimate, estimates
from advisor.rounding import plain_number
from advisor.text import Lang, join, say

SMALL = 20
"""Numbers below it are told with a digit after the point."""

if TYPE_CHECKING:
    from advisor.assessment.model.project import ProjectItem, QuantityItem, Range
    from advisor.assessment.roles import Naming


@dataclass(frozen=True)
class ProjectOptions(SelectionOptions):
    """Whether to print for programs."""

    as_json: bool = option("--json", is_flag=True, help=help_text("json"))


@click.command("project", help=help_text("project"))
@with_options(ProjectOptions)
@table_options
@click.pass_obj
@handle_errors
def project(settings: Settings, options: ProjectOptions) -> None:
    """Print what the project of a firm grows with, its tasks in order, and what each way of running a system costs."""
    from advisor.assessment.roles import naming_of

    assessment = assessment_with_selection(options, settings)
    item = assessment.project
    assert item
    if options.as_json:
        print_json(item)
        return
    out = terminal()
    _show_quantities(item, settings, out)
    _show_tasks(item, naming_of(assessment), settings, out)
    _show_money(item, settings, out)
    for key, codes in (("open", item.open), ("narrowed_by", item.narrowed_by), ("may_change", item.may_change)):
        if codes:
            out.print(f"\n{settings.say(f'project.{key}', codes=join(list(codes), settings.lang))}")
    show_own_figures(item, settings, out)


def show_own_figures(item: ProjectItem, settings: Settings, out: Console) -> None:
    """The figures that the firm set itself, where there are any."""
    if item.own_figures:
        out.print(f"\n[bold]{settings.say('project.own_figures')}[/bold]")
        for figure in item.own_figures:
            line = settings.say("select.titled", title=figure.label[settings.lang], text=figure.shown[settings.lang])
            out.print(f" • {escape(line)}", soft_wrap=True)


def _show_quantities(item: ProjectItem, settings: Settings, out: Console) -> None:
    lang = settings.lang
    table = Table(box=None, pad_edge=False, title=settings.say("project.quantities"), title_justify="left")
    for key in ("quantity", "base", "range", "origin"):
        table.add_column(settings.say(f"project.column.{key}"), justify="right" if key in ("base", "range") else "left")
    for quantity in (quantity for quantity in item.quantities if quantity.shown):
        base, ends = _numbers(quantity.range)
        table.add_row(f"{escape(quantity.label[lang])}", base, ends, escape(_origin(quantity, lang)))
    out.print(table)


def _origin(quantity: QuantityItem, lang: Lang) -> str:
    key = quantity.origin if quantity.codes else "counted"
    return say("project", f"origin.{key}", lang, codes=join(list(quantity.codes), lang))


def _show_tasks(item: ProjectItem, naming: Naming, settings: Settings, out: Console) -> None:
    from advisor.assessment.roles import role_name

    lang = settings.lang
    out.print()
    table = Table(box=None, pad_edge=False, title=settings.say("project.tasks"), title_justify="left")
    for key in ("task", "owner", "start", "weeks", "own_days", "outside_days"):
        table.add_column(settings.say(f"project.column.{key}"), justify="left" if key in ("task", "owner") else "right")
    for task in item.tasks:
        weeks = f"≥ {plain_number(task.weeks)}" if task.open else plain_number(task.weeks)
        style = None if task.planned else "dim"
        owner = role_name(task.owner, naming)[lang]
        title, start = escape(task.title[lang]), f"{math.floor(task.start) + 1}"
        table.add_row(title, owner, start, weeks, _days(task.own_days), _days(task.outside_days), style=style)
    out.print(table)
    if not all(task.planned for task in item.tasks):
        out.print(settings.say("project.later"), style="dim")
    if item.go_live:
        base, ends = _numbers(item.go_live)
        out.print(settings.say("project.go_live", weeks=base, span=ends))
    if item.season:
        out.print(escape(item.season[lang]), style="yellow")


def _show_money(item: ProjectItem, settings: Settings, out: Console) -> None:
    lang = settings.lang
    out.print()
    table = Table(box=None, pad_edge=False, title=settings.say("project.money"), title_justify="left")
    for key in ("way", "first_year", "later_year"):
        table.add_column(settings.say(f"project.column.{key}"))
    for way in item.ways:
        mark = settings.say("project.reference" if item.reference else "project.candidate") if way.candidate else ""
        name = escape(way.title[lang]) + (f" [bold]{mark}[/bold]" if mark else "")
        name += f" [red]{settings.say('select.out')}[/red]" if way.ruled_out else ""
        table.add_row(name, _sum(way.first_year, item, lang), _sum(way.later_year, item, lang))
    out.print(table)
    for way in item.ways:
        if way.candidate and way.first_year is None and way.user_year and any(way.user_year):
            low, base, high = way.user_year
            sums = {"base": estimate(base, item.currency)[lang], "span": estimates(low, high, item.currency)[lang]}
            out.print(settings.say("project.per_user", way=escape(way.title[lang]), **sums))
        if way.candidate and way.cross_check:
            out.print(escape(way.cross_check[lang]), soft_wrap=True)


def _numbers(span: Range | None) -> tuple[str, str]:
    if span is None:
        return "–", ""
    low, base, high = span
    return _number(base), "" if low == high else f"{_number(low)}–{_number(high)}"


def _number(number: float) -> str:
    return f"{number:,.0f}" if number >= SMALL else f"{number:.1f}".removesuffix(".0")


def _days(span: Range | None) -> str:
    if span is None:
        return "–"
    return f"{span[1]:.0f} ({span[0]:.0f}–{span[2]:.0f})" if span[2] else "0"


def _sum(span: Range | None, item: ProjectItem, lang: Lang) -> str:
    if span is None:
        return "–"
    low, base, high = span
    return f"{estimate(base, item.currency)[lang]} ({estimates(low, high, item.currency)[lang]})"
