"""``advisor questionnaire``: forms to fill in, and a check of a filled one."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.interviewing import check_edition
from advisor.cli.main import Settings, help_text, speaks_plainly
from advisor.errors import InputError
from advisor.files import write_whole
from advisor.interview import Answers, progress, read_answers


@click.group(help=help_text("questionnaire"))
def questionnaire() -> None:
    """Forms and their check."""


@questionnaire.command("export", help=help_text("questionnaire_export"))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("out_file"))
@click.option("--force", is_flag=True, help=help_text("force"))
@click.pass_obj
@speaks_plainly
def export(settings: Settings, edition: str, out: Path | None, force: bool) -> None:
    """Write an empty form: a table where the name of the file ends in .xlsx or .csv."""
    from advisor.reporting.answer_files import answer_file

    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    ending = out.suffix.lower().removeprefix(".") if out else ""
    kind = ending if ending in ("xlsx", "csv") else "yaml"
    content, _ = answer_file(knowledge, Answers(), kind, settings.lang, edition)
    if out is None:
        click.echo(content.decode(), nl=False)
    elif out.exists() and not force:
        raise InputError("file_exists", path=out)
    else:
        click.echo(str(write_whole(out, content)))
        click.echo(settings.say("next.assess", file=out))


@questionnaire.command("check", help=help_text("questionnaire_check"))
@click.argument("firm", type=click.Path(path_type=Path))
@click.pass_obj
@speaks_plainly
def check(settings: Settings, firm: Path) -> None:
    """Say whether a file of answers can be read, and how complete each edition is."""
    knowledge = settings.knowledge()
    answers = read_answers(firm, knowledge)
    for edition in knowledge.editions.values():
        done = progress(knowledge.edition_questions(edition.id), answers, knowledge)
        title = edition.title[settings.lang]
        click.echo(settings.say("check.edition", edition=title, answered=done.answered, total=done.total))
