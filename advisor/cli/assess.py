"""``advisor assess``: from a file of answers to a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.firm_files import RULE_ENGINE, read_assessment, today
from advisor.cli.main import Settings, handle_errors, help_text
from advisor.cli.options import parse_date
from advisor.errors import InputError
from advisor.files import same_file, write_file
from advisor.inference import RuleEngine

if TYPE_CHECKING:
    from advisor.assessment import Assessment


@click.command(help=help_text("assess"))
@click.argument("firm", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.option("--save", type=click.Path(path_type=Path), help=help_text("save"))
@click.option("--date", default=None, help=help_text("date"))
@RULE_ENGINE
@click.pass_obj
@handle_errors
def assess(settings: Settings, firm: Path, as_json: bool, save: Path | None, date: str | None, engine: RuleEngine) -> None:
    """Print the verdict with its reasons, or the whole assessment as JSON."""
    assessment = read_assessment(firm, settings, parse_date(date) or today(), engine)
    output_assessment(assessment, firm, as_json, save, settings, then="next.report")
    if not as_json:
        _show_further_questions(assessment, firm, settings)


def output_assessment(
    assessment: Assessment, source: Path, as_json: bool, save: Path | None, settings: Settings, then: str
) -> None:
    """Keep an assessment in a file where one is named; print it as JSON, or its verdict and what to do ``then``."""
    if save:
        if same_file(save, source):
            raise InputError("same_file", path=save)
        write_file(save, assessment.to_json())
    if as_json:
        click.echo(assessment.to_json())
        return
    from advisor.cli.show_assessment import show_assessment

    show_assessment(assessment, settings)
    click.echo(settings.say_command(then, file=source))


def _show_further_questions(assessment: Assessment, firm: Path, settings: Settings) -> None:
    """The commands that explain this outcome, as they can be typed."""
    not_needed = assessment.verdict.name == "not_needed_now"
    hurdles = [*assessment.blockers, *assessment.conditions]
    grounds = [*assessment.lighter] if not_needed else hurdles
    asked = [("why", grounds[0].id if grounds else assessment.need)]
    if assessment.verdict.name not in ("feasible", "not_enough_answers"):
        asked.append(("why_not", "feasible"))
    if assessment.verdict.name in ("conditional", "not_yet"):
        asked.append(("path", ""))
    for key, what in asked:
        click.echo(settings.say_command(f"next.{key}", file=firm, what=what))
