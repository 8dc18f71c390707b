"""``advisor path``: the least-effort changes that make the verdict feasible."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.table import Table

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, FIRM_PATH, load_case, print_json, terminal
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text
from advisor.rounding import days_in_words, whole_weeks

if TYPE_CHECKING:
    from advisor.assessment.model.insight import PathItem
    from advisor.assessment.roles import Naming


@click.command("path", help=help_text("path"))
@click.argument("firm", type=FIRM_PATH)
@click.option("--ways", type=click.IntRange(1, 10), default=3, show_default=True, help=help_text("path_ways"))
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def path(settings: Settings, firm: Path, ways: int, as_json: bool) -> None:
    """Print the least-effort changes that make the verdict feasible, and other ways."""
    from advisor.assessment.roles import naming_of
    from advisor.insight.examine import planned_path

    case = load_case(firm, settings)
    assessment, item = planned_path(case.knowledge, case.answers, ways, case.own_figures)
    if as_json:
        print_json(item)
        return
    _show_path(item, naming_of(assessment), settings)


def _show_path(item: PathItem, naming: Naming, settings: Settings) -> None:
    from advisor.assessment.roles import role_name

    lang, console = settings.lang, terminal()
    console.print(escape(item.sentence[lang]))
    for obstacle in item.obstacles:
        console.print(f" • {escape(obstacle[lang])}")
    for number, way in enumerate(item.ways, 1):
        from advisor.insight.path_items import rmb_in_words

        money = rmb_in_words(way.rmb)[lang]
        heading = settings.say("path.way", number=number, days=f"{way.days:.0f}", money=money, weeks=whole_weeks(way.weeks))
        table = Table(title=f"[bold]{heading}[/bold]", title_justify="left", box=None, pad_edge=False)
        for key in ("weeks", "step", "from_to", "owner", "effort"):
            table.add_column(settings.say(f"path.{key}"), overflow="fold")
        for step in way.steps:
            change = "\n".join(
                f"{c.code} {escape(c.before[lang])} → [bold]{escape(c.after[lang])}[/bold]" for c in step.changes
            )
            if step.find_out:
                change += " [dim]" + escape(settings.say("path.find_out", codes=" ".join(step.find_out))) + "[/dim]"
            cost = days_in_words(step.days) + (f" + {rmb_in_words(step.rmb)[lang]}" if step.rmb else "")
            owner = role_name(step.owner, naming)[lang]
            first, last = math.floor(step.start) + 1, math.ceil(step.start + step.weeks)
            weeks = f"{first}–{last}" if last > first else f"{first}"
            table.add_row(weeks, escape(step.title[lang]), change, owner, cost)
        console.print()
        console.print(table)
    if item.note:
        console.print(f"\n[dim]{escape(item.note[lang])}[/dim]")
