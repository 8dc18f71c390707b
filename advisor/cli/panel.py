"""``advisor rules panel``: what the judges of a panel expect beside what this program says, firm by firm and in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, print_json, terminal
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError, nearest

if TYPE_CHECKING:
    from advisor.panel import FirmComparison, GroupTotals
    from advisor.panel.figures import FigureComparison
    from advisor.panel.results import BanComparison, RaisedComparison

SIGNS = {
    **dict.fromkeys(("exact", "prominent", "kept", "named"), "[green]✓[/]"),
    **dict.fromkeys(("acceptable", "found"), "[yellow]~[/]"),
    **dict.fromkeys(("wrong", "absent", "violated"), "[red]✗[/]"),
    **dict.fromkeys(("not_read", "outside", "unchecked"), "[dim]?[/]"),
}
"""As expected; near it; not so; not compared."""
THOUSAND = 1000
WIDTHS = {"verdict": 20, "judged": 18}
"""Columns that must not be cut: the longest verdict, with its sign and without."""


@click.command("panel", help=help_text("rules_panel"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--firm", "name", default=None, metavar="ID", help=help_text("panel_firm"))
@AS_JSON
@click.pass_obj
@handle_errors
def panel(settings: Settings, folder: Path, name: str | None, as_json: bool) -> None:
    """Assess every firm of a panel and print what was expected beside what came out; or all there is to say of one firm."""
    from advisor.panel import compare_firm, read_panel, totals_of

    knowledge = settings.knowledge()
    firms = read_panel(folder, knowledge)
    settings.show_notes(note for firm in firms for note in firm.answers.notes)
    ids = [firm.file.id for firm in firms]
    if name is not None and name not in ids:
        raise InputError("bad_name", name=name, nearest=nearest(name, ids) or "–")
    compared = [compare_firm(firm, knowledge) for firm in firms if name in (None, firm.file.id)]
    totals = totals_of(compared)
    if as_json:
        print_json({"firms": compared, "totals": totals if name is None else []})
    elif name is None:
        out = terminal()
        for group in totals:
            _show_group(group, [firm for firm in compared if firm.group == group.group], settings, out)
        out.print(f"[dim]{settings.say('panel.signs')}[/]", soft_wrap=True)
    else:
        _show_firm(compared[0], settings, terminal())


def _show_group(group: GroupTotals, firms: Sequence[FirmComparison], settings: Settings, out: Console) -> None:
    """A line for each firm of a group, then the measures of all."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for key in ("firm", "verdict", "judged", "need", "raised", "banned", "step", "system", "users", "cost", "weeks"):
        table.add_column(settings.say(f"panel.column.{key}"), min_width=WIDTHS.get(key))
    for firm in firms:
        table.add_row(*_row(firm))
    out.print(f"\n[bold]{settings.say('panel.group', group=group.group, firms=group.firms)}[/]")
    out.print(table)
    measures = Table(box=None, pad_edge=False)
    for key in ("measure", "met", "share", "not_read"):
        measures.add_column(settings.say(f"panel.column.{key}"), justify="left" if key == "measure" else "right")
    for measure in group.measures:
        share = f"{measure.met / measure.count:.0%}" if measure.count else "–"
        name = settings.say(f"panel.measure.{measure.name}")
        measures.add_row(name, f"{measure.met}/{measure.count}", share, str(measure.not_read or ""))
    if group.cost_spread is not None:
        name = settings.say("panel.measure.cost_spread", firms=group.cost_spread_of)
        measures.add_row(name, f"{group.cost_spread:.1f}", "", "")
    out.print()
    out.print(measures)


def _row(firm: FirmComparison) -> Iterator[str]:
    raised = [item.state for item in firm.must_raise if item.state != "outside"]
    prominent, found = raised.count("prominent"), raised.count("found")
    bans = [item.state for item in firm.must_not if item.state != "unchecked"]
    yield firm.id
    yield f"{SIGNS[firm.agreement]} {firm.verdict}"
    yield " | ".join(dict.fromkeys(firm.judged))
    yield f"{_sign(firm.need in firm.judged_need)} {firm.need or '–'}"
    yield f"{prominent}+{found}/{len(raised)}" + _open(raised.count("not_read"))
    violated = bans.count("violated")
    sign = f"{SIGNS['violated']} {violated}" if violated else _sign(True if "kept" in bans else None)
    yield sign + _open(bans.count("not_read"))
    yield SIGNS[firm.first_step.state if firm.first_step else "not_read"]
    yield f"{_sign(firm.system.suits)} {firm.system.way or '–'}"
    yield _figure(firm.users)
    yield _figure(firm.first_year_cost, THOUSAND)
    yield _figure(firm.weeks)


def _open(count: int) -> str:
    return f" [dim]?{count}[/]" if count else ""


def _sign(agrees: bool | None) -> str:
    return SIGNS["not_read" if agrees is None else "exact" if agrees else "wrong"]


def _figure(compared: FigureComparison, unit: float = 1) -> str:
    """The middle figure, with a sign for whether it is plausible, or at least its range."""
    if compared.overlaps is None:
        return SIGNS["not_read"]
    sign = SIGNS["exact" if compared.middle_inside else "acceptable" if compared.overlaps else "wrong"]
    return f"{sign} {compared.figure[1] / unit:,.0f}" if compared.figure else f"{sign} –"


def _show_firm(firm: FirmComparison, settings: Settings, out: Console) -> None:
    """All there is to say of one firm: the verdict and why, every expectation with its state, system and figures."""

    def line(key: str, sign: str, text: str, expected: str) -> None:
        shown = settings.say("panel.beside", got=text, expected=expected)
        out.print(f"{sign} [bold]{settings.say(f'panel.column.{key}')}[/]  {escape(shown)}", soft_wrap=True)

    out.print(f"\n[bold]{firm.id}  {escape(firm.name)}[/]", soft_wrap=True)
    line("verdict", SIGNS[firm.agreement], f"{firm.verdict} ({firm.certainty})", " | ".join(firm.judged))
    for reason in firm.reasons:
        out.print(f"    • {escape(reason[settings.lang])}", soft_wrap=True)
    line(
        "need", _sign(firm.need in firm.judged_need), firm.need or "–", " | ".join(need or "–" for need in firm.judged_need)
    )
    for key, unit, compared in (
        ("users", 1, firm.users),
        ("cost", THOUSAND, firm.first_year_cost),
        ("weeks", 1, firm.weeks),
    ):
        ranges = " | ".join(f"{low / unit:,.0f}–{high / unit:,.0f}" for low, high in compared.plausible) or "–"
        got = "{1:,.0f} ({0:,.0f}–{2:,.0f})".format(*(x / unit for x in compared.figure)) if compared.figure else "–"
        line(key, _figure(compared).split()[0], got, ranges)
    system = firm.system
    got = ", ".join(filter(None, (system.outcome, system.kind, system.way, *system.products)))
    out.print(f"{_sign(system.suits)} [bold]{settings.say('panel.column.system')}[/]  {escape(got)}", soft_wrap=True)
    for key, items in (("raised", firm.must_raise), ("banned", firm.must_not)):
        out.print(f"\n[bold]{settings.say(f'panel.heading.{key}')}[/]")
        for item in items:
            _show_item(item, settings, out)
    if step := firm.first_step:
        out.print(f"\n[bold]{settings.say('panel.heading.step')}[/]")
        out.print(f" {SIGNS[step.state]} {escape(step.text)}", soft_wrap=True)
        _show_grounds(step.by, step.note, out)
    if firm.dispute:
        out.print(f"\n[bold]{settings.say('panel.dispute')}[/] {escape(firm.dispute)}", soft_wrap=True)


def _show_item(item: RaisedComparison | BanComparison, settings: Settings, out: Console) -> None:
    state = settings.say(f"panel.state.{item.state}")
    out.print(f" {SIGNS[item.state]} {item.judge} {item.number}: {escape(item.text)} [dim]({state})[/]", soft_wrap=True)
    _show_grounds(item.by, item.note, out)


def _show_grounds(by: Sequence[str], note: str | None, out: Console) -> None:
    """The ids that answer an expectation, and why they do or what is missing."""
    if by or note:
        out.print(f"     [dim]{escape(' · '.join(filter(None, (', '.join(by), note))))}[/]", soft_wrap=True)
