"""``advisor portfolio``: many firms seen together, from a file of what each counts for."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.options import parse_languages
from advisor.cli.settings import Settings, help_text


@click.command(help=help_text("portfolio"))
@click.argument("entries", type=click.Path(path_type=Path))
@click.option("--lang", "langs", default="", help=help_text("report_lang"))
@click.option("--format", "forms", default="pdf", show_default=True, help=help_text("portfolio_format"))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("portfolio_out"))
@click.option("--failed", type=click.IntRange(0), default=0, show_default=True, help=help_text("portfolio_failed"))
@click.pass_obj
@handle_errors
def portfolio(settings: Settings, entries: Path, langs: str, forms: str, out: Path | None, failed: int) -> None:
    """Write index, workbook and report, and say where each is."""
    from advisor.portfolio.entries_file import read_entries
    from advisor.portfolio.portfolio_files import write_portfolio

    portfolio_langs = parse_languages(langs or settings.lang)
    formats = list(dict.fromkeys(form.strip() for form in forms.split(",") if form.strip()))
    firms = read_entries(entries)
    folder = out or (entries if entries.is_dir() else entries.parent)
    for path in write_portfolio(firms, settings.knowledge(), folder, portfolio_langs, failed, formats=formats):
        click.echo(str(path))
