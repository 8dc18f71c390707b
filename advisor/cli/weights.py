"""``advisor weights list | check``: the weights that can be chosen, and a person's own with their consistency."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.rounding import plain_number


@click.group("weights", help=help_text("weights"))
def weights() -> None:
    """Group of the commands on weights."""


@weights.command("list", help=help_text("weights_list"))
@click.pass_obj
@handle_errors
def list_weights(settings: Settings) -> None:
    """Print every named weighting with whose view it is."""
    lang = settings.lang
    for name, weighting in settings.knowledge().weightings.items():
        click.echo(click.style(name, bold=True) + f"  {weighting.title[lang]}")
        click.echo(f"  {weighting.about[lang]} [{' '.join(weighting.sources)}]")


@weights.command("check", help=help_text("weights_check"))
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@handle_errors
def check(settings: Settings, file: Path) -> None:
    """Print the weights a file comes to and, of judgements, how consistent they are and which are most at odds."""
    from advisor.insight.sensitivity_items import input_label
    from advisor.insight.weights_file import read_weights

    knowledge, lang = settings.knowledge(), settings.lang
    file_weights = read_weights(file, knowledge)
    for score, weights_by_input in file_weights.weighting.weights.items():
        click.echo(click.style(knowledge.scores[score].label[lang], bold=True))
        for item in knowledge.scores[score].inputs:
            weight = weights_by_input.get(item.name, item.weight)
            click.echo(f"  {weight:6.3f}  {input_label(knowledge, item.name)[lang]} ({item.name})")
    for judgement in file_weights.judged:
        priorities = judgement.priorities
        key = "weights.consistent" if priorities.consistent else "weights.inconsistent"
        click.echo(
            settings.say(key, ratio=f"{priorities.ratio:.3f}", table=priorities.table, value=f"{priorities.eigenvalue:.3f}")
        )
        if not priorities.consistent:
            for inconsistency in priorities.inconsistent:
                first, second = judgement.inputs[inconsistency.row], judgement.inputs[inconsistency.column]
                values = {
                    "one": first,
                    "other": second,
                    "given": plain_number(inconsistency.judged, 3),
                    "implied": plain_number(inconsistency.implied, 3),
                }
                click.echo("  " + settings.say("weights.odd", **values))
