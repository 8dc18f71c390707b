"""``advisor what-if``: a firm as it is, compared with the firm with some answers changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.table import Table

from advisor.assessment.verdict import verdict_name
from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, FIRM_PATH, load_case, print_json, terminal
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.insight import ScenarioItem


@click.command("what-if", help=help_text("what_if"))
@click.argument("firm", type=FIRM_PATH)
@click.argument("changes", nargs=-1)
@click.option("--scenario", default=None, help=help_text("scenario"))
@click.option("--save", "name", default=None, help=help_text("save_scenario"))
@click.option("--title", default=None, help=help_text("scenario_title"))
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def what_if(
    settings: Settings,
    firm: Path,
    changes: tuple[str, ...],
    scenario: str | None,
    name: str | None,
    title: str | None,
    as_json: bool,
) -> None:
    """Show the firm as it is beside the firm with some answers changed; without changes, every scenario it has."""
    from advisor.insight import scenarios
    from advisor.insight import what_if as what_if_module
    from advisor.insight.planned import planned

    case = load_case(firm, settings)
    path = scenarios.scenario_file(firm)
    saved_scenarios = scenarios.read_scenarios(path, case.knowledge)
    if scenario is not None and scenario not in saved_scenarios:
        raise InputError("no_scenario", name=scenario, known=", ".join(saved_scenarios) or "–")
    chosen = [saved_scenarios[scenario]] if scenario else list(saved_scenarios.values())
    if changes:
        new_answers = what_if_module.parse_changes(changes, case.knowledge)
        base_answers = saved_scenarios[scenario].changes if scenario else {}
        scenario_heading = scenarios.scenario_title((title or " ".join(changes))[: scenarios.MAX_TITLE])
        chosen = [scenarios.Scenario("what_if", scenario_heading, {**base_answers, **new_answers})]
    if not chosen or (name is not None and not (changes or scenario)):
        raise InputError("nothing_to_change")
    if title:
        chosen = [replace(chosen[0], title=scenarios.scenario_title(title))]
    if name is not None:
        chosen = [replace(chosen[0], name=scenarios.scenario_name(name))]
        scenarios.add_scenario(path, chosen[0], case.knowledge)
        click.echo(settings.say("what_if.saved", name=name, file=path), err=True)
    before, _ = planned(case.knowledge, case.answers, settings=case.own_figures)
    comparisons = [
        what_if_module.what_if(case.knowledge, case.answers, chosen_scenario, before, case.own_figures)
        for chosen_scenario in chosen
    ]
    items = [what_if_module.scenario_item(case.knowledge, case.answers, comparison) for comparison in comparisons]
    if as_json:
        print_json(items)
        return
    for item in items:
        _show_scenario(before, item, settings)


def _show_scenario(before: Assessment, item: ScenarioItem, settings: Settings) -> None:
    lang, console = settings.lang, terminal()
    table = Table(title=f"[bold]{escape(item.title[lang])}[/bold]", title_justify="left", box=None, pad_edge=False)
    for key in ("", "what_if.now", "what_if.then"):
        table.add_column(settings.say(key) if key else "")
    for change in item.changes:
        text = escape(change.text[lang].rstrip("？?"))
        table.add_row(f"{change.code} {text}", escape(change.before[lang]), f"[bold]{escape(change.after[lang])}[/bold]")
    was, now = (verdict_name(name)[lang] for name in (before.verdict.name, item.verdict))
    table.add_row(settings.say("what_if.verdict"), was, f"[bold]{now}[/bold]" if was != now else now)
    for key, after in ((before.need, item.need), (before.ability, item.ability)):
        score = before.scores[key]
        table.add_row(escape(score.label[lang]), _points(score.points), _points(after))
    for figure in item.figures:
        table.add_row(escape(figure.label[lang]), escape(figure.before[lang]), escape(figure.after[lang]))
    console.print(table)
    for sign, gains in (("+", item.gained), ("–", item.lost)):
        for gain in gains:
            console.print(f"  {sign} {settings.say(f'diff.kind.{gain.kind}')}: {escape(gain.title[lang])}")
    console.print()


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
