"""``advisor project``: what bringing in a system would mean for a firm, its size, work, time and money."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.firm_case import AS_JSON, FIRM_PATH, load_case, print_json, terminal
from advisor.cli.main import Settings, handle_errors, help_text
from advisor.errors import InputError
from advisor.knowledge.currency import HOME, amount, amounts
from advisor.selection.rounding import round_estimate
from advisor.text import Lang, join, say

SMALL = 20
"""Numbers below it are told with a digit after the point."""

if TYPE_CHECKING:
    from advisor.assessment.model.project import ProjectItem, QuantityItem, Range


@click.command("project", help=help_text("project"))
@click.argument("firm", type=FIRM_PATH)
@AS_JSON
@click.pass_obj
@handle_errors
def project(settings: Settings, firm: Path, as_json: bool) -> None:
    """Print what the project of a firm grows with, its tasks in order, and what each way of running a system costs."""
    from advisor.insight.examine import planned_path

    case = load_case(firm, settings)
    if case.knowledge.project is None:
        raise InputError("papers_only_selection")
    assessment, _ = planned_path(case.knowledge, case.answers)
    item = assessment.project
    assert item
    if as_json:
        print_json(item)
        return
    out = terminal()
    _show_quantities(item, settings, out)
    _show_tasks(item, settings, out)
    _show_money(item, settings, out)
    for key, codes in (("open", item.open), ("may_change", item.may_change)):
        if codes:
            out.print(f"\n{settings.say(f'project.{key}', codes=join(list(codes), settings.lang))}")


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


def _show_tasks(item: ProjectItem, settings: Settings, out: Console) -> None:
    lang = settings.lang
    out.print()
    table = Table(box=None, pad_edge=False, title=settings.say("project.tasks"), title_justify="left")
    for key in ("task", "owner", "start", "weeks", "own_days", "outside_days"):
        table.add_column(settings.say(f"project.column.{key}"), justify="left" if key in ("task", "owner") else "right")
    for task in item.tasks:
        weeks = f"≥ {task.weeks:g}" if task.open else f"{task.weeks:g}"
        style = None if task.planned else "dim"
        owner = say("report", f"role.{task.owner}", lang)
        title, start = escape(task.title[lang]), f"{math.floor(task.start) + 1}"
        table.add_row(title, owner, start, weeks, _days(task.own_days), _days(task.outside_days), style=style)
    out.print(table)
    if not all(task.planned for task in item.tasks):
        out.print(settings.say("project.later"), style="dim")
    if item.go_live:
        base, ends = _numbers(item.go_live)
        out.print(settings.say("project.go_live", weeks=base, span=ends))


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
        table.add_row(name, _sum(way.first_year, lang), _sum(way.later_year, lang))
    out.print(table)
    for way in item.ways:
        if way.candidate and way.first_year is None and any(way.user_year):
            low, base, high = way.user_year
            sums = {"base": amount(base, HOME)[lang], "span": amounts(low, high, HOME)[lang]}
            out.print(settings.say("project.per_user", way=escape(way.title[lang]), **sums))


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


def _sum(span: Range | None, lang: Lang) -> str:
    if span is None:
        return "–"
    low, base, high = map(round_estimate, span)
    return f"{amount(base, HOME)[lang]} ({amounts(low, high, HOME)[lang]})"
