"""``advisor rules sheet | from-sheet``: a file of rules or questions as a workbook, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError, KnowledgeError
from advisor.files import read_file, write_file

if TYPE_CHECKING:
    from advisor.knowledge.schema import QuestionsFile, RulesFile

FILE = click.Path(path_type=Path)
HEAD = "# yaml-language-server: $schema={up}docs/schema/{schema}.json\n"


@click.command("sheet", help=help_text("rules_sheet"))
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@click.pass_obj
@handle_errors
def sheet(settings: Settings, file: Path, out: Path) -> None:
    """Write one YAML file as a workbook: a sheet for each table of entries, one for the rest."""
    from advisor import yaml_source
    from advisor.knowledge.draft import Draft, validate_file
    from advisor.knowledge.rule_sheets import TABLES, to_sheets
    from advisor.knowledge.rule_workbook import to_xlsx

    if out.suffix.lower() != ".xlsx":
        raise InputError("sheet_suffix", path=out)
    raw, draft = yaml_source.parse_bytes(read_file(file, yaml_source.MAX_BYTES), str(file)), Draft()
    draft.places[str(file)] = raw
    if problems := list(validate_file(raw, str(file), _shape(raw), draft)):
        raise KnowledgeError(problems)
    if isinstance(raw, dict) and ("retired" in raw or not set(raw) & set(TABLES)):
        raise InputError("file_without_rules", path=file)
    click.echo(str(write_file(out, to_xlsx(to_sheets(raw, _path_within(file, settings))))))
    click.echo(settings.say("sheets.comments"), err=True)


@click.command("from-sheet", help=help_text("rules_from_sheet"))
@click.argument("book", type=FILE)
@click.option("--out", type=FILE, required=True, help=help_text("out"))
@click.option("--force", is_flag=True, help=help_text("force"))
@click.pass_obj
@handle_errors
def from_sheet(settings: Settings, book: Path, out: Path, force: bool) -> None:
    """Turn a workbook into a YAML file; nothing is written unless the whole knowledge is sound with it."""
    from advisor.knowledge.load import check_file
    from advisor.knowledge.rule_sheets import from_sheets, place_of
    from advisor.knowledge.schema import QuestionsFile
    from advisor.knowledge.yaml_writer import file_text
    from advisor.workbooks import read_workbook

    content = from_sheets(read_workbook(read_file(book), str(book)), str(book))
    if content.problems:
        raise KnowledgeError(content.problems)
    asks = _shape(content.raw) is QuestionsFile
    schema, up = "questionnaires" if asks else "rules", "../" * (content.file.count("/") + 1)
    text = HEAD.format(up=up, schema=schema) + file_text(content.raw)
    name = f"{_folder(schema, settings).name}/{content.file}"
    loaded = check_file(name, text.encode(), settings.rules, settings.questionnaires)
    problems = [place_of(problem, content, text, name) for problem in loaded.problems]
    if loaded.knowledge is None:
        raise KnowledgeError(problem for problem in problems if problem.severity == "error")
    for problem in problems:
        click.echo(problem.line(settings.lang), err=True)
    target = out / content.file
    if target.exists() and not force:
        raise InputError("file_exists", path=target)
    click.echo(str(write_file(target, text)))


def _shape(raw: object) -> type[RulesFile] | type[QuestionsFile]:
    """The shape of a file by the sections it has."""
    from advisor.knowledge.schema import QuestionsFile, RulesFile

    asks = isinstance(raw, dict) and bool(set(raw) & set(QuestionsFile.model_fields))
    return QuestionsFile if asks else RulesFile


def _folder(name: str, settings: Settings) -> Path:
    from advisor.knowledge import data_folder

    return (settings.rules if name == "rules" else settings.questionnaires) or data_folder(name)


def _path_within(file: Path, settings: Settings) -> str:
    """The path of a file under the folder of rules or questionnaires; its name alone where it is in neither."""
    for name in ("rules", "questionnaires"):
        folder = _folder(name, settings).resolve()
        if file.resolve().is_relative_to(folder):
            return file.resolve().relative_to(folder).as_posix()
    return file.name
