"""``advisor rules due | release-notes``: what is to be looked at again, and what became of the knowledge since a release."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import EXIT_DIFFERS, handle_errors
from advisor.cli.firm_files import today
from advisor.cli.options import parse_date
from advisor.cli.settings import Settings, help_text
from advisor.files import write_file
from advisor.text import LANGS, join, say

if TYPE_CHECKING:
    from advisor.knowledge import Knowledge
    from advisor.knowledge.due import DueEntry

AHEAD = datetime.timedelta(days=90)
"""How far ahead dates are looked for where no day is named."""
SHOWN = 8
"""So many names are printed of what depends on an entry; ``--json`` has them all."""


@click.command("due", help=help_text("rules_due"))
@click.option("--by", default=None, metavar="DATE", help=help_text("due_by"))
@click.option("--date", default=None, metavar="DATE", help=help_text("due_date"))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.pass_obj
@handle_errors
def due(settings: Settings, by: str | None, date: str | None, as_json: bool) -> None:
    """Everything past its date or near it, soonest first, with what depends on it; exit 1 where something is past."""
    from advisor.knowledge.due import due_entries

    day = parse_date(date) or today()
    until = parse_date(by) or day + AHEAD
    stated = [(entry.state(day, until), entry) for entry in due_entries(settings.knowledge())]
    stated = [(state, entry) for state, entry in stated if state != "later"]
    if as_json:
        click.echo(json.dumps([_as_data(state, entry) for state, entry in stated], ensure_ascii=False, indent=1))
    else:
        for state in dict.fromkeys(state for state, _ in stated):
            entries = [entry for other, entry in stated if other == state]
            click.echo(click.style(settings.say(f"due.{state}", count=len(entries), day=day, by=until), bold=True))
            for entry in entries:
                click.echo(_line(entry, settings))
        counts = {name: sum(state == name for state, _ in stated) for name in ("past", "near", "never", "dated")}
        click.echo(settings.say("due.total", **counts))
    if any(state == "past" for state, _ in stated):
        sys.exit(EXIT_DIFFERS)


def _as_data(state: str, entry: DueEntry) -> dict[str, object]:
    return {
        "state": state,
        "kind": entry.kind,
        "id": entry.id,
        "title": entry.title.model_dump(),
        "read_in": entry.read_in and entry.read_in.model_dump(),
        "looked_at": entry.looked_at and entry.looked_at.isoformat(),
        "expires": entry.expires and entry.expires.isoformat(),
        "depends": {kind: list(names) for kind, names in entry.depends.items()},
    }


def _line(entry: DueEntry, settings: Settings) -> str:
    kind = say("reference", f"due.kind.{entry.kind}", settings.lang)
    head = f"  {entry.expires or '–'!s:<10}  {kind}  {entry.id}  {entry.title[settings.lang]}"
    read_in = [settings.say("rules.read_in", read_in=entry.read_in[settings.lang])] if entry.read_in else []
    return f"\n{' ' * 14}".join([head, *read_in, _depends(entry.depends, settings)])


def _depends(depends: Mapping[str, tuple[str, ...]], settings: Settings) -> str:
    parts = []
    for kind, names in depends.items():
        more = settings.say("due.more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
        label = say("reference", f"due.depends.{kind}", settings.lang)
        parts.append(settings.say("due.names", kind=label, names=join(list(names[:SHOWN]), settings.lang) + more))
    return settings.say("due.between").join(parts) or settings.say("due.nothing")


@click.command("release-notes", help=help_text("rules_release_notes"))
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("out_file"))
@click.pass_obj
@handle_errors
def release_notes(settings: Settings, old: Path, new: Path, out: Path | None) -> None:
    """What is new, changed or retired between two folders of knowledge, in words, in both languages."""
    from advisor.reporting.release_notes import release_notes as notes

    before, after = _knowledge_in(old, settings), _knowledge_in(new, settings)
    languages = [settings.lang, *(lang for lang in LANGS if lang != settings.lang)]
    text = "\n".join(notes(before, after, lang) for lang in languages)
    if out:
        click.echo(str(write_file(out, text)))
    else:
        click.echo(text)
    number, has_number, _ = before.version.partition("+")
    if has_number and before.version != after.version and number == after.version.partition("+")[0]:
        click.echo(settings.say("release_notes.same_number", version=number), err=True)


def _knowledge_in(folder: Path, settings: Settings) -> Knowledge:
    """The knowledge of a folder of rules, or of a whole checkout that has rules and questionnaires in it."""
    from advisor.knowledge import load_knowledge

    whole, asked = (folder / "rules").is_dir(), folder / "questionnaires"
    questionnaires = asked if whole and asked.is_dir() else settings.questionnaires
    return load_knowledge(folder / "rules" if whole else folder, questionnaires)
