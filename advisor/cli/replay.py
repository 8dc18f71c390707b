"""``advisor replay``: a saved assessment computed again and compared."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from advisor.assessment.verdict import verdict_name
from advisor.cli.exits import EXIT_DIFFERS, handle_errors
from advisor.cli.firm_case import FIRM_PATH
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.files import read_file
from advisor.reporting.saved_assessment import saved_assessment
from advisor.text import catalogue, join

LISTED = 10
"""How many differing places are printed."""


@click.command("replay", help=help_text("replay"))
@click.argument("assessment", type=FIRM_PATH)
@click.pass_obj
@handle_errors
def replay(settings: Settings, assessment: Path) -> None:
    """Work a saved assessment out again and say whether it comes out the same. Exit code 1 where it does not."""
    from advisor.assessment import Assessment
    from advisor.insight.replay import replay as replay_assessment

    content = saved_assessment(assessment)
    read_file(assessment)
    if not content:
        raise InputError("bad_assessment", detail=assessment)
    replayed = replay_assessment(Assessment.from_json(content), settings.knowledge())
    say = settings.say
    then, now = replayed.then, replayed.now
    click.echo(say("replay.of", program=then.program_version, knowledge=then.knowledge_version))
    if not (replayed.same_knowledge and replayed.same_program):
        click.echo(say("replay.other", program=now.program_version, knowledge=now.knowledge_version))
    if parts := replayed.not_compared:
        named = [catalogue("assessment")[f"part.{part}"][settings.lang] for part in parts]
        click.echo(say("replay.not_compared", parts=join(named, settings.lang)))
    if then.lacks("answer_values"):
        click.echo(say("replay.by_words"))
    settings.show_notes(replayed.notes)
    if replayed.identical:
        versions = "" if replayed.same_knowledge and replayed.same_program else "_but_versions"
        click.echo(say(f"replay.identical{'_else' if parts else ''}{versions}"))
        return
    if not (replayed.same_knowledge and replayed.same_program):
        click.echo(say("replay.cause"))
    for line in _differences(replayed, settings):
        click.echo(line)
    sys.exit(EXIT_DIFFERS)


def _differences(replayed: Any, settings: Settings) -> Iterator[str]:
    """Verdict and findings first, then how many places differ, and the first of them."""
    lang, places = settings.lang, replayed.places
    if replayed.changes.verdict:
        was, now = (verdict_name(name)[lang] for name in replayed.changes.verdict)
        yield settings.say("diff.verdict", was=was, now=now)
    for sign, gains in (("+", replayed.changes.gained), ("–", replayed.changes.lost)):
        for change in gains:
            yield f"{sign} {settings.say(f'diff.kind.{change.kind}')}: {change.title[lang]}"
    for question in replayed.unasked:
        yield settings.say("replay.unasked", question=question)
    yield settings.say("replay.differs", count=len(places))
    yield from (f"  {place}" for place in places[:LISTED])
    if len(places) > LISTED:
        yield f"  {settings.say('replay.more', count=len(places) - LISTED)}"
