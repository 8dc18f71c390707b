"""``advisor gallery``: sample reports of four firms, the same bytes on every day, and images of some of their pages."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import tempfile
from pathlib import Path

import click

from advisor.assessment.verdict import verdict_name
from advisor.cli.exits import handle_errors
from advisor.cli.firm_files import read_assessment
from advisor.cli.report import write_reports
from advisor.cli.settings import Settings, help_text
from advisor.files import write_file
from advisor.reporting.editions import EditionName
from advisor.text import LANGS, Lang

FIRMS = ("online_retailer", "machine_tool_maker", "building_contractor", "small_haulier")
"""One for each verdict: feasible, on conditions, not yet, not needed now."""
DATE = datetime.date(2026, 1, 5)
"""The day the samples show."""
EDITIONS_SHOWN: tuple[EditionName, ...] = ("summary", "client", "slides")
PAGES: tuple[tuple[str, Lang, EditionName, int], ...] = (
    ("machine_tool_maker", "en", "client", 2),
    ("machine_tool_maker", "en", "summary", 1),
    ("small_haulier", "zh", "summary", 1),
)
"""The pages shown in the README: firm, language, edition, page."""
DOTS = 60
"""Resolution of the images, in dots an inch."""


@click.command("gallery", help=help_text("gallery"))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports/gallery"), show_default=True, help=help_text("out")
)
@click.option(
    "--images",
    type=click.Path(path_type=Path),
    default=Path("docs/images"),
    show_default=True,
    help=help_text("gallery_images"),
)
@click.pass_obj
@handle_errors
def gallery(settings: Settings, out: Path, images: Path) -> None:
    """Write the reports, then the images."""
    from advisor.knowledge import data_folder
    from advisor.reporting.look import Look

    for firm in FIRMS:
        assessment = read_assessment(data_folder("questionnaires") / "samples" / f"{firm}.yaml", settings, DATE)
        verdict = verdict_name(assessment.verdict.name)[settings.lang]
        click.echo(settings.say("gallery.firm", firm=firm, verdict=verdict))
        for edition in EDITIONS_SHOWN:
            for path in write_reports(assessment, firm, list(LANGS), "pdf", out, settings, Look(edition)):
                click.echo(f"  {path}")
    if not shutil.which("pdftoppm"):
        click.echo(settings.say("gallery.no_images"))
        return
    for name, lang, edition, page in PAGES:
        source = out / f"{name}{Look(edition).suffix}.{lang}.pdf"
        click.echo(f"  {write_file(images / f'{name}.{edition}.{lang}.{page}.png', page_image(source, page))}")


def page_image(pdf: Path, page: int) -> bytes:
    """A page of a PDF as PNG, by poppler's pdftoppm."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page"
        arguments = ["-f", str(page), "-l", str(page), "-r", str(DOTS), "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *arguments, str(pdf), str(target)], check=True, timeout=60)
        return target.with_suffix(".png").read_bytes()
