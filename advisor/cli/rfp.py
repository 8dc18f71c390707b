"""``advisor rfp``: the documents with which to ask vendors for proposals."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.options import option, parse_languages, table_options, with_options
from advisor.cli.selection_options import SelectionOptions, assessment_with_selection
from advisor.cli.settings import Settings, help_text
from advisor.files import write_file


@dataclass(frozen=True)
class RfpOptions(SelectionOptions):
    """In which languages, and where to."""

    langs: str = option("--lang", default="", help=help_text("report_lang"))
    out: Path = option(
        "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help=help_text("out")
    )


@click.command("rfp", help=help_text("rfp"))
@with_options(RfpOptions)
@table_options
@click.pass_obj
@handle_errors
def rfp(settings: Settings, options: RfpOptions) -> None:
    """Write the requirement matrix (XLSX), the request for proposals and the firm's own guide to choosing (DOCX)."""
    from advisor.reporting.tender import TENDER_DOCUMENTS

    assessment = assessment_with_selection(options, settings)
    stem = options.firm.stem.removesuffix(".assessment")
    jobs = [(name, lang) for name in TENDER_DOCUMENTS for lang in parse_languages(options.langs or settings.lang)]
    with click.progressbar(jobs, label=settings.say("writing"), file=sys.stderr) as steps:
        written = [
            write_file(options.out / f"{stem}.{n.replace('.', f'.{lang}.')}", TENDER_DOCUMENTS[n](assessment, lang))
            for n, lang in steps
        ]
    for path in written:
        click.echo(str(path))
