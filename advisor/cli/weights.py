"""``advisor weights list | check``: the weights that can be chosen, and a person's own with their consistency."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.main import Settings, help_text, speaks_plainly


@click.group("weights", help=help_text("weights"))
def weights() -> None:
    """Group of the commands on weights."""


@weights.command("list", help=help_text("weights_list"))
@click.pass_obj
@speaks_plainly
def list_weights(settings: Settings) -> None:
    """Print every named weighting with whose view it is."""
    lang = settings.lang
    for name, weighting in settings.knowledge().weightings.items():
        click.echo(click.style(name, bold=True) + f"  {weighting.title[lang]}")
        click.echo(f"  {weighting.about[lang]} [{' '.join(weighting.sources)}]")


@weights.command("check", help=help_text("weights_check"))
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@speaks_plainly
def check(settings: Settings, file: Path) -> None:
    """Print the weights a file comes to and, of judgements, how consistent they are and which are most at odds."""
    from advisor.insight.sensitivity_items import input_label
    from advisor.insight.weights_file import read_weights

    knowledge, lang = settings.knowledge(), settings.lang
    own = read_weights(file, knowledge)
    for score, given in own.weighting.weights.items():
        click.echo(click.style(knowledge.scores[score].label[lang], bold=True))
        for item in knowledge.scores[score].inputs:
            weight = given.get(item.name, item.weight)
            click.echo(f"  {weight:6.3f}  {input_label(knowledge, item.name)[lang]} ({item.name})")
    for judged in own.judged:
        found = judged.priorities
        key = "weights.consistent" if found.consistent else "weights.inconsistent"
        click.echo(settings.say(key, ratio=f"{found.ratio:.3f}", table=found.table, value=f"{found.eigenvalue:.3f}"))
        if not found.consistent:
            for odd in found.inconsistent:
                one, other = judged.inputs[odd.row], judged.inputs[odd.column]
                values = {"one": one, "other": other, "given": f"{odd.judged:.3g}", "implied": f"{odd.implied:.3g}"}
                click.echo("  " + settings.say("weights.odd", **values))
