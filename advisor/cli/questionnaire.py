"""``advisor questionnaire``: forms to fill in, and a check of a filled one."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.interview import check_edition
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError, Place, Problem
from advisor.files import same_file, write_file
from advisor.interview import Answers, progress, remarks
from advisor.interview.answer_files import TABLES
from advisor.interview.yaml_form import KINDS, LAYOUTS, By
from advisor.text import LANGS, Lang

NAMED = ("xlsx", "pdf")
"""Kinds that no terminal shows: they go to a file, named for them where no name is given."""


@click.group(help=help_text("questionnaire"))
def questionnaire() -> None:
    """Forms and their check."""


@questionnaire.command("export", help=help_text("questionnaire_export"))
@click.option("--format", "kind", type=click.Choice(KINDS), default=None, help=help_text("form_format"))
@click.option("--lang", type=click.Choice(LANGS), default=None, help=help_text("lang"))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--by", type=click.Choice(LAYOUTS), default="section", show_default=True, help=help_text("form_by"))
@click.option("--answers", "firm", type=click.Path(path_type=Path), default=None, help=help_text("form_answers"))
@table_options
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("out_file"))
@click.option("--force", is_flag=True, help=help_text("force"))
@click.pass_obj
@handle_errors
def export(
    settings: Settings,
    kind: str | None,
    lang: Lang | None,
    edition: str,
    by: By,
    firm: Path | None,
    out: Path | None,
    force: bool,
) -> None:
    """Write a form, empty or with the answers there are, of the kind asked for or that the name of the file ends in."""
    from advisor.reporting.forms import answer_file

    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    form_lang = lang or settings.lang
    kind = kind or _format_of(out)
    if out is None and kind in NAMED:
        out = Path(f"crm-advisor.questions.{form_lang}.{kind}")
    answers = settings.read_answers(firm, knowledge) if firm else Answers()
    settings.show_notes(answers.notes)
    if out and firm and same_file(out, firm):
        raise InputError("same_file", path=out)
    if out and out.exists() and not force:
        raise InputError("file_exists", path=out)
    if answers.views and kind in (*TABLES, "pdf"):
        click.echo(
            Problem("A183", Place(str(firm)), {"count": len(answers.views.sheets)}, "note").line(settings.lang), err=True
        )
    content, _ = answer_file(knowledge, answers, kind, form_lang, edition, by)
    if out is None:
        click.echo(content.decode(), nl=False)
        return
    click.echo(str(write_file(out, content)))
    if kind != "pdf":
        click.echo(settings.say_command("next.assess" if firm else "next.form", file=out))


def _format_of(out: Path | None) -> str:
    """The kind of form a file's name asks for, YAML where it asks for none."""
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    return suffix if suffix in KINDS else "yaml"


@questionnaire.command("check", help=help_text("questionnaire_check"))
@click.argument("firm", type=click.Path(path_type=Path))
@table_options
@click.pass_obj
@handle_errors
def check(settings: Settings, firm: Path) -> None:
    """Say whether a file of answers can be read, how complete each edition is, and which answers do not go together."""
    knowledge = settings.knowledge()
    answers = settings.read_answers(firm, knowledge)
    settings.show_notes(answers.notes)
    for edition in knowledge.editions.values():
        answered = progress(knowledge.edition_questions(edition.id), answers, knowledge)
        title = edition.title[settings.lang]
        click.echo(settings.say("check.edition", edition=title, answered=answered.answered, total=answered.total))
    found = remarks(answers, knowledge)
    click.echo(settings.say("check.remarks", count=len(found)) if found else settings.say("check.no_remarks"))
    for remark in found:
        codes = " ".join(knowledge.questions[name].code for name in remark.questions)
        click.echo(f" • {codes} {remark.text[settings.lang]}")
    if answers.given:
        click.echo(settings.say_command("next.assess", file=firm))
