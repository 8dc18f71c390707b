"""``advisor shortlist``: which kind of CRM, which products, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import print_json, terminal
from advisor.cli.options import option, table_options, with_options
from advisor.cli.selection_options import SelectionOptions, assessment_with_selection, selection_of
from advisor.cli.settings import Settings, help_text
from advisor.knowledge.currency import estimate, estimates
from advisor.phrases import detailed
from advisor.selection.fact_items import waived_mark
from advisor.text import Lang, catalogue

if TYPE_CHECKING:
    from advisor.assessment.model.selection import CandidateItem, RemarkItem, Selection

SHOWN_PRODUCTS = 10


@dataclass(frozen=True)
class ShortlistOptions(SelectionOptions):
    """Whether to show excluded products too, and whether for programs."""

    everything: bool = option("--all", is_flag=True, help=help_text("shortlist_all"))
    as_json: bool = option("--json", is_flag=True, help=help_text("json"))


@click.command("shortlist", help=help_text("shortlist"))
@with_options(ShortlistOptions)
@table_options
@click.pass_obj
@handle_errors
def shortlist(settings: Settings, options: ShortlistOptions) -> None:
    """Print what the selection comes to: the kind of CRM, the functions, the products in order, and those excluded."""
    assessment = assessment_with_selection(options, settings)
    selection = selection_of(assessment)
    if options.as_json:
        print_json(selection)
        return
    out, lang = terminal(), settings.lang
    outcome = selection.outcome
    out.print(f"\n[bold]{escape(outcome.title[lang])}[/bold]\n{escape(outcome.text[lang])}", soft_wrap=True)
    for note in outcome.notes:
        out.print(f" • {escape(note[lang])}", soft_wrap=True)
    _show_options(selection, settings, out)
    musts = [item.title[lang] for item in selection.wanted if item.priority == "must"]
    out.print(f"\n[bold]{settings.say('select.musts')}[/bold] {escape(settings.say('select.join').join(musts))}")
    too_early = outcome.name in ("first_things", "not_needed", "answers_first")
    if too_early and not options.everything:
        out.print(f"\n{settings.say('select.all_hint')}\n")
        return
    _show_products(selection, settings, out, None if options.everything else SHOWN_PRODUCTS)
    _show_excluded(selection, settings, out, options.everything)


def _show_options(selection: Selection, settings: Settings, out: Console) -> None:
    lang = settings.lang
    for group in ("crm_type", "system", "deployment"):
        parts = []
        for item in selection.options:
            if item.group == group:
                points = settings.say("select.out") if item.hard else f"{item.points:.0f}"
                parts.append(f"{escape(item.title[lang])} {points}")
        if parts:  # earlier versions weighed no kinds of system
            out.print(f"\n[bold]{settings.say(f'select.{group}')}[/bold] {settings.say('select.join').join(parts)}")


def _show_products(selection: Selection, settings: Settings, out: Console, limit: int | None) -> None:
    """The products with a known price in their order, then those on request in theirs."""
    survivors = selection.survivors()
    for key, on_request in (("priced", False), ("asked", True)):
        if group := [item for item in survivors if (item.price == "on_request") is on_request]:
            out.print(f"\n[bold]{settings.say(f'select.{key}')}[/bold]")
            out.print(_products_table(group[:limit], selection, settings))
    if selection.robust:
        out.print(f"\n{escape(selection.robust.sentence[settings.lang])}", soft_wrap=True)
    stale_sources = sorted({f.citation for item in survivors for f in item.facts if f.stale and f.citation})
    if stale_sources:
        out.print(f"[yellow]{settings.say('select.stale', count=len(stale_sources))}[/yellow]")


def _products_table(items: Sequence[CandidateItem], selection: Selection, settings: Settings) -> Table:
    lang, ways = settings.lang, catalogue("selection")
    table = Table(box=None, pad_edge=False)
    top = selection.robust.top if selection.robust else 1
    for key in ("rank", "product", "way", "points", "topsis", "top", "first_year", "ask"):
        right = key in ("rank", "points", "topsis", "top")
        table.add_column(settings.say(f"select.column.{key}", top=top), justify="right" if right else "left")
    for item in items:
        mark = waived_mark(item)
        table.add_row(
            str(item.rank),
            f"[bold]{escape(item.name[lang])}[/bold]" + (f"\n[yellow]{escape(mark[lang])}[/yellow]" if mark else ""),
            ways[f"value.way.{item.way}"][lang] if item.way else "–",
            f"{item.total:.0f} ({item.low:.0f}–{item.high:.0f})",
            f"{item.closeness:.2f} #{item.closeness_rank}",
            f"{item.top_share:.0%}",
            _first_year(item, selection, settings),
            escape(settings.say("select.join").join(remark.title[lang] for remark in item.asks)) or "–",
        )
    return table


def _first_year(item: CandidateItem, selection: Selection, settings: Settings) -> str:
    """What is paid in the first year; a user's licence where the total is open; that the price has to be asked for."""
    if item.first_year:
        return estimate(item.first_year[1], selection.currency)[settings.lang]
    if item.price == "on_request":
        return settings.say("select.on_request")
    if item.user_year:
        span = estimates(item.user_year[0], item.user_year[2], selection.currency)[settings.lang]
        return settings.say("select.per_user", span=span)
    return settings.say("cost.open")


def _show_excluded(selection: Selection, settings: Settings, out: Console, everything: bool) -> None:
    excluded = [item for item in selection.candidates if item.status == "excluded"]
    if not excluded:
        return
    out.print(f"\n[bold]{settings.say('select.excluded', count=len(excluded))}[/bold]")
    for item in excluded if everything else excluded[:SHOWN_PRODUCTS]:
        line = settings.say("select.titled", title=item.name[settings.lang], text=_reasons(item.excluded, settings.lang))
        out.print(f" • {escape(line)}", soft_wrap=True)
    if not everything and len(excluded) > SHOWN_PRODUCTS:
        out.print(f"   {settings.say('select.more', count=len(excluded) - SHOWN_PRODUCTS)}")
    out.print()


def _reasons(remarks: tuple[RemarkItem, ...], lang: Lang) -> str:
    return ("" if lang == "zh" else " ").join(detailed(remark.text, remark.details)[lang] for remark in remarks)
