"""``advisor demo``, ``advisor assess`` and ``advisor report``: from a file of answers to a verdict and a report."""

from __future__ import annotations

import datetime
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from advisor.cli.main import Settings, help_text, speaks_plainly
from advisor.cli.options import LookOptions, argument, checked_date, choices, option, takes
from advisor.errors import InputError
from advisor.files import read_file, same_file, write_file
from advisor.inference import RULE_ENGINES, RuleEngine
from advisor.text import LANGS, Lang

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.reporting.look import Look

RULE_ENGINE = click.option(
    "--engine", type=click.Choice(list(RULE_ENGINES)), default="experta", show_default=True, help=help_text("rule_engine")
)
SAMPLE = "machine_tool_maker.yaml"


def today() -> datetime.date:
    """The date a report shows: today, or ``SOURCE_DATE_EPOCH`` where a build asks for the same bytes every day."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        except (ValueError, OverflowError, OSError):
            raise InputError("bad_epoch", value=epoch) from None
    return datetime.date.today()


def is_assessment(path: Path) -> bytes | None:
    """The assessment in a file that ``assess --save`` wrote, or in a PDF of ours; None for any other file."""
    if path.suffix.lower() == ".pdf" and path.is_file():
        from advisor.reporting.attachment import read_attachment

        return read_attachment(read_file(path), path)
    if path.suffix == ".json" and path.is_file() and b'"schema_version"' in (content := read_file(path))[:200]:
        return content
    return None


def read(
    path: Path, settings: Settings, date: datetime.date, examined: bool = False, engine: RuleEngine = "columns"
) -> Assessment:
    """The assessment of a file of answers, or one that ``assess --save`` wrote, or that a PDF of ours carries.

    ``examined`` adds what it answers back (the way to feasible, what the verdict rests on, the firm's scenarios) and what it
    says of choosing a system.
    """
    from advisor.assessment import Assessment, assess
    from advisor.interview import read_answers

    if content := is_assessment(path):
        if settings.weights or settings.papers_only or settings.catalogue:
            raise InputError("made_already", path=path)
        return Assessment.from_json(content)
    knowledge = settings.knowledge()
    answers = read_answers(path, knowledge)
    settings.tell(answers.notes)
    if not examined:
        return assess(answers, knowledge, date, engine)
    from advisor.insight.full_assessment import assess_fully
    from advisor.insight.scenarios import read_scenarios, scenario_file
    from advisor.selection import read_settings, settings_file

    scenarios = read_scenarios(scenario_file(path), knowledge).values()
    settings.tell(note for scenario in scenarios for note in scenario.notes)
    return assess_fully(answers, knowledge, date, scenarios, read_settings(settings_file(path), knowledge), engine)


@click.command(help=help_text("assess"))
@click.argument("firm", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.option("--save", type=click.Path(path_type=Path), help=help_text("save"))
@click.option("--date", default=None, help=help_text("date"))
@RULE_ENGINE
@click.pass_obj
@speaks_plainly
def assess(settings: Settings, firm: Path, as_json: bool, save: Path | None, date: str | None, engine: RuleEngine) -> None:
    """Print the verdict with its reasons, or the whole assessment as JSON."""
    examined = as_json or save is not None
    assessment = read(firm, settings, checked_date(date) or today(), examined, engine)
    give(assessment, firm, as_json, save, settings, then="next.report")


def give(assessment: Assessment, source: Path, as_json: bool, save: Path | None, settings: Settings, then: str) -> None:
    """Keep an assessment in a file where one is named; print it as JSON, or its verdict and what to do ``then``."""
    if save:
        if same_file(save, source):
            raise InputError("same_file", path=save)
        write_file(save, assessment.to_json())
    if as_json:
        click.echo(assessment.to_json())
        return
    from advisor.cli.show import show_assessment

    show_assessment(assessment, settings)
    click.echo(settings.say(then, file=source))


@dataclass(frozen=True)
class ReportOptions(LookOptions):
    """Of which firm to write reports, in what formats, and where."""

    firm: Path = argument(type=click.Path(path_type=Path))
    forms: str = option("--format", default="pdf", show_default=True, help=help_text("format"))
    out: Path = option(
        "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help=help_text("out")
    )


@click.command(help=help_text("report"))
@takes(ReportOptions)
@click.pass_obj
@speaks_plainly
def report(settings: Settings, options: ReportOptions) -> None:
    """Write the report in each language, format and edition asked for."""
    langs, editions, look = choices(options.langs or settings.lang, LANGS), options.chosen_editions(), options.look()
    assessment = read(options.firm, settings, checked_date(options.date) or today(), examined=True)
    for edition in editions:
        wanted = replace(look, edition=edition)
        for path in write_reports(assessment, bare_stem(options.firm), langs, options.forms, options.out, settings, wanted):
            click.echo(str(path))


def bare_stem(path: Path) -> str:
    """What files made of a file are called after: its name without what we added to it.

    >>> bare_stem(Path("acme.owner.zh.pdf")), bare_stem(Path("acme.assessment.json")), bare_stem(Path("acme.v2.yaml"))
    ('acme', 'acme', 'acme.v2')
    """
    from advisor.reporting.look import EDITION_NAMES

    parts = path.stem.split(".")
    added = {*LANGS, *EDITION_NAMES, "assessment"}
    while path.suffix.lower() in (".pdf", ".json") and len(parts) > 1 and parts[-1] in added:
        parts.pop()
    return ".".join(parts)


def write_reports(
    assessment: Assessment, stem: str, langs: list[str], forms: str, out: Path, settings: Settings, look: Look | None = None
) -> list[Path]:
    """Render every combination with a progress line where a person watches; each file is written whole or not at all.

    Its name carries the edition where that is not the full one.
    """
    from advisor.reporting import FORMATS, render
    from advisor.reporting.look import PLAIN

    look = look or PLAIN
    chosen = choices(forms, tuple(FORMATS))
    jobs = [(form, lang) for form in chosen for lang in (langs if form != "json" else langs[:1])]
    written = []
    with click.progressbar(jobs, label=settings.say("writing"), file=sys.stderr) as steps:
        for form, lang in steps:
            name = f"{stem}.assessment.json" if form == "json" else f"{stem}{look.suffix}.{lang}.{form}"
            known: Lang = next(code for code in LANGS if code == lang)
            written.append(write_file(out / name, render(assessment, form, known, look)))
    return written


@click.command(help=help_text("demo"))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports/demo"), show_default=True, help=help_text("out")
)
@RULE_ENGINE
@click.pass_obj
@speaks_plainly
def demo(settings: Settings, out: Path, engine: RuleEngine) -> None:
    """Assess the sample firm and write its report in both languages."""
    from advisor.knowledge import data_folder

    sample = data_folder("questionnaires") / "samples" / SAMPLE
    assessment = read(sample, settings, today(), True, engine)
    written = write_reports(assessment, sample.stem, list(get_args(Lang)), "pdf", out, settings)
    from advisor.cli.show import show_verdict

    show_verdict(assessment, settings)
    click.echo(settings.say("demo.files"))
    for path in written:
        click.echo(f"  {path}")
    click.echo(settings.say("demo.next"))
