"""``advisor reference``: the knowledge as a site of linked pages."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.files import read_file, write_file
from advisor.knowledge import data_folder


@click.command(help=help_text("reference"))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports/reference"), show_default=True, help=help_text("out")
)
@click.pass_obj
@handle_errors
def reference(settings: Settings, out: Path) -> None:
    """Write every page in both languages, and say where to start."""
    from advisor.reporting.reference import build_site

    for name, page in build_site(settings.knowledge()).items():
        write_file(out / name, page)
    for name in ("reference.css", "search.js"):
        write_file(out / name, read_file(data_folder("templates") / "reference" / name))
    click.echo(str(out / "index.html"))
