"""``advisor shortlist | cost | rfp``: which product, at what cost, and the papers to ask vendors with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.assessing import is_assessment, today
from advisor.cli.insights import AS_JSON, FIRM, case_of, print_json, terminal
from advisor.cli.main import Settings, help_text, speaks_plainly
from advisor.cli.options import checked_date, languages
from advisor.errors import InputError
from advisor.files import write_file
from advisor.knowledge.currency import amount, amounts, currency_codes
from advisor.phrases import detailed
from advisor.text import Lang, catalogue

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.selection import CandidateItem, RemarkItem, RouteItem, Selection

MOST = 10


def choices(command: Callable[..., None]) -> Callable[..., None]:
    """The options all commands on selection share."""
    for option in (
        click.option("--years", type=click.Choice(["3", "5"]), default=None, help=help_text("years")),
        click.option("--currency", type=click.Choice(currency_codes()), default=None, help=help_text("currency")),
        click.option("--emphasis", default=None, metavar="NAME", help=help_text("emphasis")),
        click.option("--settings", "own", type=click.Path(path_type=Path), default=None, help=help_text("settings")),
        click.option("--date", default=None, help=help_text("date")),
    ):
        command = option(command)
    return command


def selected(
    firm: Path,
    settings: Settings,
    years: str | None = None,
    currency: str | None = None,
    emphasis: str | None = None,
    own: Path | None = None,
    date: str | None = None,
) -> Assessment:
    """The assessment of a firm with its selection; of a saved one the selection saved with it, where nothing else is asked.

    Settings come from ``own``, else from the saved selection or the file beside the firm's; options go before both.
    """
    from advisor.assessment import Assessment, assess
    from advisor.selection import read_settings, select, settings_file

    case = case_of(firm, settings)
    if case.knowledge.selection is None:
        raise InputError("papers_only_selection")
    if own is not None and not own.exists():
        raise InputError("no_file", path=own)
    emphases = case.knowledge.selection.emphases
    if emphasis is not None and emphasis not in emphases:
        raise InputError("bad_emphasis", name=emphasis, known=", ".join(emphases))
    content = is_assessment(firm)
    saved = Assessment.from_json(content) if content else None
    set_by_options = {"years": int(years) if years else None, "currency": currency, "emphasis": emphasis}
    changes = {name: value for name, value in set_by_options.items() if value is not None}
    if saved and saved.selection and not (changes or own or settings.catalogue):
        return saved
    if own is None and saved and saved.selection:
        chosen = saved.selection.settings
    else:
        chosen = read_settings(own or settings_file(firm), case.knowledge)
    chosen = chosen.model_copy(update=changes)
    day = checked_date(date) or (saved.assessed_on if saved else None) or today()
    assessment = assess(case.answers, case.knowledge, day, "columns")
    return assessment.model_copy(update={"selection": select(assessment, case.answers, case.knowledge, chosen)})


def _selection(assessment: Assessment) -> Selection:
    assert assessment.selection is not None
    return assessment.selection


@click.command("shortlist", help=help_text("shortlist"))
@click.argument("firm", type=FIRM)
@click.option("--all", "everything", is_flag=True, help=help_text("shortlist_all"))
@AS_JSON
@choices
@click.pass_obj
@speaks_plainly
def shortlist(settings: Settings, /, firm: Path, everything: bool, as_json: bool, **chosen: Any) -> None:
    """Print what the selection comes to: the kind of CRM, the functions, the products in order, and those excluded."""
    assessment = selected(firm, settings, **chosen)
    selection = _selection(assessment)
    if as_json:
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
    before = outcome.name in ("first_things", "not_needed", "answers_first")
    if before and not everything:
        out.print(f"\n{settings.say('select.all_hint')}\n")
        return
    _show_products(selection, settings, out, None if everything else MOST)
    _show_excluded(selection, settings, out, everything)


def _show_options(selection: Selection, settings: Settings, out: Console) -> None:
    lang = settings.lang
    for group in ("crm_type", "deployment"):
        parts = []
        for option in selection.options:
            if option.group == group:
                points = settings.say("select.out") if option.hard else f"{option.points:.0f}"
                parts.append(f"{escape(option.title[lang])} {points}")
        out.print(f"\n[bold]{settings.say(f'select.{group}')}[/bold] {settings.say('select.join').join(parts)}")


def _show_products(selection: Selection, settings: Settings, out: Console, most: int | None) -> None:
    lang, alive = settings.lang, selection.survivors()
    if not alive:
        return
    table = Table(box=None, pad_edge=False)
    top = selection.robust.top if selection.robust else 1
    for key in ("rank", "product", "way", "points", "topsis", "top", "first_year", "ask"):
        right = key in ("rank", "points", "topsis", "top")
        table.add_column(settings.say(f"select.column.{key}", top=top), justify="right" if right else "left")
    ways = catalogue("selection")
    for item in alive[:most]:
        first = item.first_year
        table.add_row(
            str(item.rank),
            f"[bold]{escape(item.name[lang])}[/bold]",
            ways[f"value.way.{item.way}"][lang] if item.way else "–",
            f"{item.total:.0f} ({item.low:.0f}–{item.high:.0f})",
            f"{item.closeness:.2f} #{item.closeness_rank}",
            f"{item.top_share:.0%}",
            amount(first[1], selection.currency)[lang] if first else "–",
            escape(settings.say("select.join").join(remark.title[lang] for remark in item.asks)) or "–",
        )
    out.print()
    out.print(table)
    if selection.robust:
        out.print(f"\n{escape(selection.robust.sentence[lang])}", soft_wrap=True)
    stale = sorted({f.citation for item in alive for f in item.facts if f.stale and f.citation})
    if stale:
        out.print(f"[yellow]{settings.say('select.stale', count=len(stale))}[/yellow]")


def _show_excluded(selection: Selection, settings: Settings, out: Console, everything: bool) -> None:
    excluded = [item for item in selection.candidates if item.status == "excluded"]
    if not excluded:
        return
    out.print(f"\n[bold]{settings.say('select.excluded', count=len(excluded))}[/bold]")
    for item in excluded if everything else excluded[:MOST]:
        line = settings.say("select.titled", title=item.name[settings.lang], text=_reasons(item.excluded, settings.lang))
        out.print(f" • {escape(line)}", soft_wrap=True)
    if not everything and len(excluded) > MOST:
        out.print(f"   {settings.say('select.more', count=len(excluded) - MOST)}")
    out.print()


def _reasons(remarks: tuple[RemarkItem, ...], lang: Lang) -> str:
    return ("" if lang == "zh" else " ").join(detailed(remark.text, remark.details)[lang] for remark in remarks)


@click.command("cost", help=help_text("cost"))
@click.argument("firm", type=FIRM)
@click.option("--product", default=None, metavar="ID", help=help_text("cost_product"))
@AS_JSON
@choices
@click.pass_obj
@speaks_plainly
def cost(settings: Settings, /, firm: Path, product: str | None, as_json: bool, **chosen: Any) -> None:
    """Print what each way of running a system costs, whether the budget carries it, and what must improve."""
    selection = _selection(selected(firm, settings, **chosen))
    if product is not None:
        _show_product_cost(selection, product, settings, as_json)
        return
    if as_json:
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
    base, ends = amount(span[1], selection.currency)[lang], amounts(span[0], span[2], selection.currency)[lang]
    return f"{base}\n[dim]{ends}[/dim]"


def _show_route(route: RouteItem, selection: Selection, settings: Settings, out: Console) -> None:
    lang = settings.lang
    out.print(f"\n[bold]{settings.say('cost.best', way=route.title[lang])}[/bold] {escape(route.label[lang])}")
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
    found: CandidateItem | None = next((item for item in selection.candidates if item.product == product), None)
    if found is None:
        from advisor.errors import nearest

        near = nearest(product, [item.product for item in selection.candidates]) or "–"
        raise InputError("no_product", name=product, nearest=near)
    if as_json:
        keep = {"product", "way", "first_year", "cost"}
        print_json({"currency": selection.currency, "years": selection.years, **found.model_dump(include=keep)})
        return
    lang = settings.lang
    click.echo(found.name[lang])
    for key, span in (("first", found.first_year), ("total", found.cost)):
        if span:
            column = settings.say(f"cost.column.{key}", years=selection.years)
            ends = amounts(span[0], span[2], selection.currency)[lang]
            click.echo(f"  {column}: {amount(span[1], selection.currency)[lang]} ({ends})")


@click.command("rfp", help=help_text("rfp"))
@click.argument("firm", type=FIRM)
@click.option("--lang", "langs", default="", help=help_text("report_lang"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help=help_text("out"))
@choices
@click.pass_obj
@speaks_plainly
def rfp(settings: Settings, /, firm: Path, langs: str, out: Path, **chosen: Any) -> None:
    """Write the requirement matrix (XLSX), the request for proposals and the firm's own guide to choosing (DOCX)."""
    from advisor.reporting.tender import TENDER_DOCUMENTS

    assessment = selected(firm, settings, **chosen)
    stem = firm.stem.removesuffix(".assessment")
    jobs = [(name, lang) for name in TENDER_DOCUMENTS for lang in languages(langs or settings.lang)]
    with click.progressbar(jobs, label=settings.say("writing"), file=sys.stderr) as steps:
        written = [
            write_file(out / f"{stem}.{n.replace('.', f'.{lang}.')}", TENDER_DOCUMENTS[n](assessment, lang))
            for n, lang in steps
        ]
    for path in written:
        click.echo(str(path))
