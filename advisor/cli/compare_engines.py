"""``advisor rules check --engines``: both rule engines compared on a user's own firms, part by part."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import EXIT_DIFFERS, EXIT_INPUT
from advisor.cli.read_firms import read_firms_in, tell_skipped
from advisor.cli.settings import Settings

if TYPE_CHECKING:
    from advisor.knowledge import Knowledge


def compare_engines(source: Path, knowledge: Knowledge, settings: Settings) -> None:
    """Print which parts of an assessment differ between the engines, firm by firm.

    Leaves with 1 where any does, else with 3 where some firm cannot be read.
    """
    from advisor.assessment import assess

    compared = differing = 0
    read = read_firms_in(source, knowledge)
    for problem in read.problems:
        click.echo(problem.line(settings.lang), err=True)
    for name, answers in read.firms:
        compared += 1
        by_experta, by_columns = (assess(answers, knowledge, engine=engine) for engine in ("experta", "columns"))
        parts = [part for part in type(by_experta).model_fields if getattr(by_experta, part) != getattr(by_columns, part)]
        if parts or by_experta.to_json() != by_columns.to_json():
            differing += 1
            click.echo(settings.say("rules.engines_differ", firm=name, parts=", ".join(parts)))
    tell_skipped(read, settings)
    if not compared:
        sys.exit(EXIT_INPUT)
    click.echo(
        settings.say("rules.engines_differing" if differing else "rules.engines_agree", count=compared, differing=differing)
    )
    if differing or read.problems:
        sys.exit(EXIT_DIFFERS if differing else EXIT_INPUT)
