"""``advisor sensitivity``: the answers and weights that would change the verdict."""

from __future__ import annotations

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
from advisor.rounding import plain_number

if TYPE_CHECKING:
    from advisor.assessment.model.insight import SensitivityItem


@click.command("sensitivity", help=help_text("sensitivity"))
@click.argument("firm", type=FIRM_PATH)
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def sensitivity(settings: Settings, firm: Path, as_json: bool) -> None:
    """Print what the verdict rests on: the answers and weights that would turn it."""
    from advisor.assessment.outlook import verdict_outlook
    from advisor.insight.sensitivity import sensitivity as compute_sensitivity
    from advisor.insight.sensitivity_items import sensitivity_item

    case = load_case(firm, settings)
    knowledge, answers = case.knowledge, case.answers
    item = sensitivity_item(knowledge, answers, compute_sensitivity(knowledge, answers, verdict_outlook(knowledge, answers)))
    if item is None:
        raise InputError("no_verdict")
    if as_json:
        print_json(item)
        return
    _show_sensitivity(item, settings)


def _show_sensitivity(item: SensitivityItem, settings: Settings) -> None:
    lang, console = settings.lang, terminal()
    console.print(escape(item.sentence[lang]))
    if item.answers:
        table = Table(
            title=f"[bold]{settings.say('sensitivity.answers')}[/bold]", title_justify="left", box=None, pad_edge=False
        )
        for key in ("answer", "steps", "verdict"):
            table.add_column(settings.say(f"sensitivity.{key}"))
        for turn in item.answers:
            change = f"{turn.code} {escape(turn.before[lang])} → {escape(turn.after[lang])}"
            table.add_row(change, str(turn.steps), verdict_name(turn.verdict)[lang])
        console.print("\n", table)
    if item.weights:
        table = Table(
            title=f"[bold]{settings.say('sensitivity.weights')}[/bold]", title_justify="left", box=None, pad_edge=False
        )
        for key in ("weight", "now", "then", "verdict"):
            table.add_column(settings.say(f"sensitivity.{key}"))
        for weight_turn in item.weights:
            name = f"{escape(weight_turn.score[lang])}: {escape(weight_turn.input[lang])}"
            table.add_row(
                name,
                plain_number(weight_turn.now),
                plain_number(weight_turn.then, 3),
                verdict_name(weight_turn.verdict)[lang],
            )
        console.print("\n", table)
    console.print(f"\n[bold]{settings.say('sensitivity.swings')}[/bold]")
    for swing in item.swings:
        score_name = settings.say(f"sensitivity.{swing.score}") if swing.score in ("need", "ability") else swing.score
        console.print(f"  {score_name}  {swing.low:5.1f} – {swing.high:5.1f}  {swing.code} {escape(swing.text[lang])}")
