"""``advisor rfp``: the documents with which to ask vendors for proposals."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from advisor.cli.firm_case import FIRM_PATH
from advisor.cli.main import Settings, handle_errors, help_text
from advisor.cli.options import parse_languages
from advisor.cli.selection_options import assessment_with_selection, selection_options
from advisor.files import write_file


@click.command("rfp", help=help_text("rfp"))
@click.argument("firm", type=FIRM_PATH)
@click.option("--lang", "langs", default="", help=help_text("report_lang"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help=help_text("out"))
@selection_options
@click.pass_obj
@handle_errors
def rfp(settings: Settings, /, firm: Path, langs: str, out: Path, **option_values: Any) -> None:
    """Write the requirement matrix (XLSX), the request for proposals and the firm's own guide to choosing (DOCX)."""
    from advisor.reporting.tender import TENDER_DOCUMENTS

    assessment = assessment_with_selection(firm, settings, **option_values)
    stem = firm.stem.removesuffix(".assessment")
    jobs = [(name, lang) for name in TENDER_DOCUMENTS for lang in parse_languages(langs or settings.lang)]
    with click.progressbar(jobs, label=settings.say("writing"), file=sys.stderr) as steps:
        written = [
            write_file(out / f"{stem}.{n.replace('.', f'.{lang}.')}", TENDER_DOCUMENTS[n](assessment, lang))
            for n, lang in steps
        ]
    for path in written:
        click.echo(str(path))
