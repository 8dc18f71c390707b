"""``advisor assess``: from a file of answers to a verdict."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import handle_errors
from advisor.cli.firm_files import RULE_ENGINE, read_assessment, today
from advisor.cli.options import parse_date, table_options
from advisor.cli.settings import Settings, help_text
from advisor.cli.several_sheets import MergeOptions, merge_options, merged_sheets, show_merged
from advisor.errors import InputError
from advisor.files import same_file, write_file
from advisor.inference import RuleEngine

if TYPE_CHECKING:
    from advisor.assessment import Assessment


@click.command(help=help_text("assess"))
@click.argument("firms", metavar="FIRM...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.option("--save", type=click.Path(path_type=Path), help=help_text("save"))
@click.option("--date", default=None, help=help_text("date"))
@RULE_ENGINE
@merge_options
@table_options
@click.pass_obj
@handle_errors
def assess(
    settings: Settings,
    firms: tuple[Path, ...],
    as_json: bool,
    save: Path | None,
    date: str | None,
    engine: RuleEngine,
    by: str | None,
    decide: Path | None,
    role: tuple[str, ...],
    on: tuple[str, ...],
) -> None:
    """Print the verdict with its reasons, or the whole assessment as JSON; of several sheets of one firm, merged."""
    firm = firms[0]
    if len(firms) > 1:
        options = MergeOptions(by, decide, role, on)
        _assess_merged(settings, firms, as_json, save, parse_date(date) or today(), engine, options)
        return
    assessment = read_assessment(firm, settings, parse_date(date) or today(), engine)
    output_assessment(assessment, firm, as_json, save, settings, then="next.report")
    if not as_json:
        _show_further_questions(assessment, firm, settings)


def _assess_merged(
    settings: Settings,
    firms: tuple[Path, ...],
    as_json: bool,
    save: Path | None,
    day: datetime.date,
    engine: RuleEngine,
    options: MergeOptions,
) -> None:
    """Merge the sheets of one firm, tell how, and assess what comes of it, with the settings beside the first."""
    from advisor.insight.full_assessment import assess_fully
    from advisor.insight.scenarios import read_scenarios, scenario_file
    from advisor.insight.view_items import merge_item
    from advisor.selection import read_settings, settings_file

    if save and any(same_file(save, firm) for firm in firms):
        raise InputError("same_file", path=save)
    knowledge = settings.knowledge()
    merged = merged_sheets(firms, knowledge, settings, options)
    own_figures = read_settings(settings_file(firms[0]), knowledge)
    scenarios = read_scenarios(scenario_file(firms[0]), knowledge).values()
    assessment = assess_fully(merged.answers, knowledge, day, scenarios, own_figures, engine)
    if not as_json:
        show_merged(merge_item(knowledge, merged), settings)
    output_assessment(assessment, firms[0], as_json, save, settings, then="")
    if not as_json:
        sheets = " ".join(shlex.quote(str(firm)) for firm in firms)
        click.echo(settings.say_command("next.merge").replace("…", sheets))


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
    if then:
        click.echo(settings.say_command(then, file=source))


def _show_further_questions(assessment: Assessment, firm: Path, settings: Settings) -> None:
    """The commands that explain this outcome, as they can be typed: none about a new system where one stays."""
    from advisor.assessment.course import course_finding, staying_course

    verdict = assessment.verdict.name
    if staying_course(assessment):
        asked = [("why", course_finding(assessment))]
    else:
        grounds = assessment.lighter if verdict == "not_needed_now" else (*assessment.blockers, *assessment.conditions)
        asked = [("why", grounds[0].id if grounds else assessment.need)]
        if verdict not in ("feasible", "not_enough_answers"):
            asked.append(("why_not", "feasible"))
        if verdict in ("conditional", "not_yet"):
            asked.append(("path", ""))
    for key, what in asked:
        click.echo(settings.say_command(f"next.{key}", file=firm, what=what))
