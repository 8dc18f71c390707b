"""``advisor open``: an assessment out of a report, or out of a saved file, shown again."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.assess import output_assessment
from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.files import read_file
from advisor.reporting.saved_assessment import saved_assessment


@click.command("open", help=help_text("open"))
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.option("--save", type=click.Path(path_type=Path), help=help_text("save"))
@click.pass_obj
@handle_errors
def open_(settings: Settings, report: Path, as_json: bool, save: Path | None) -> None:
    """Print the verdict a report was drawn from, or keep the assessment as JSON."""
    from advisor.assessment import Assessment

    read_file(report)
    content = saved_assessment(report)
    if not content:
        raise InputError("bad_assessment", detail=report)
    output_assessment(Assessment.from_json(content), report, as_json, save, settings, then="next.replay")
