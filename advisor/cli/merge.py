"""``advisor merge``: several sheets of one firm made into one, with what each difference does."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, print_json
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text
from advisor.cli.several_sheets import MergeOptions, merge_options, merged_sheets, show_merged, written_merge
from advisor.errors import InputError
from advisor.files import same_file, write_file

ENDINGS = (".yaml", ".yml", ".json")


@click.command(help=help_text("merge"))
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("merge_out"))
@click.option("--force", is_flag=True, help=help_text("force"))
@merge_options
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def merge(
    settings: Settings,
    sheets: tuple[Path, ...],
    out: Path | None,
    force: bool,
    by: str | None,
    decide: Path | None,
    role: tuple[str, ...],
    on: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show who said what and what each difference does; write the merged sheet where ``--out`` names a file."""
    from advisor.insight.view_items import merge_item

    if out is not None:
        if out.suffix.lower() not in ENDINGS:
            raise InputError("merge_out", path=out)
        if any(same_file(out, sheet) for sheet in sheets) and not force:
            raise InputError("same_file", path=out)
        if out.exists() and not force:
            raise InputError("file_exists", path=out)
    knowledge = settings.knowledge()
    merged = merged_sheets(sheets, knowledge, settings, MergeOptions(by, decide, role, on))
    item = merge_item(knowledge, merged)
    if out is not None:
        write_file(out, written_merge(merged.answers, out, knowledge, settings))
    if as_json:
        print_json(item)
        return
    show_merged(item, settings)
    if out is not None:
        click.echo(settings.say("merge.written", file=out))
        click.echo(settings.say_command("next.assess", file=out))
