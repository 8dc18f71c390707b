"""``advisor new``: a client's folder, with everything that work for a client begins with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.interview import check_edition
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.files import write_file

ANSWERS, THEME, NOTES, README = "answers", "theme.yaml", "notes.md", "README.md"


@click.command("new", help=help_text("new"))
@click.argument("client")
@click.option(
    "--format", "kind", type=click.Choice(["xlsx", "yaml"]), default="xlsx", show_default=True, help=help_text("new_format")
)
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help=help_text("new_out"))
@click.pass_obj
@handle_errors
def new(settings: Settings, client: str, kind: str, edition: str, out: Path) -> None:
    """Make the folder of a client, named safely after it; one that is there is left as it is."""
    from advisor.batch.file_names import safe_name
    from advisor.interview import Answers, Firm
    from advisor.interview.answer_parsing import firm_name
    from advisor.reporting.forms import answer_file
    from advisor.reporting.theme.theme_file import MAX_NAME

    name, folder = firm_name(client), out / safe_name(client)
    if name is None or folder == out:
        raise InputError("no_folder_name", name=client)
    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    sheet, _ = answer_file(knowledge, Answers(firm=Firm(name)), kind, settings.lang, edition, "section")
    answers = folder / f"{ANSWERS}.{kind}"
    texts = {
        folder / f"{ANSWERS}.selection.yaml": settings.say("new.selection"),
        folder / THEME: settings.say("new.theme", name=json.dumps(name.zh[:MAX_NAME], ensure_ascii=False)),
        folder / NOTES: settings.say("new.notes", client=name.zh),
        folder / README: f"# {name.zh}\n\n"
        + settings.say_command("new.readme", answers=answers, theme=folder / THEME, out=folder / "reports"),
    }
    _write(folder, {answers: sheet, **{path: f"{text}\n" for path, text in texts.items()}})
    click.echo(settings.say("new.made", folder=folder))
    for path in (answers, *texts):
        click.echo(f"  {path}")
    click.echo(settings.say_command("new.next", file=answers))


def _write(folder: Path, files: dict[Path, bytes | str]) -> None:
    """Make a folder with its files, or nothing. Raises :class:`~advisor.errors.InputError` where there is one already."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except FileExistsError:
        raise InputError("folder_exists", path=folder) from None
    try:
        for path, content in files.items():
            write_file(path, content)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
