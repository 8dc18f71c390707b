"""``advisor report`` and ``advisor demo``: from a file of answers to reports."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import handle_errors
from advisor.cli.firm_files import RULE_ENGINE, read_assessment, today
from advisor.cli.options import LookOptions, argument, option, parse_choices, parse_date, table_options, with_options
from advisor.cli.settings import Settings, help_text
from advisor.errors import Place
from advisor.files import write_file
from advisor.inference import RuleEngine
from advisor.text import LANGS, Lang

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.reporting.look import Look

SAMPLE_FIRM = "machine_tool_maker.yaml"


@dataclass(frozen=True)
class ReportOptions(LookOptions):
    """Of which firm to write reports, in what formats, and where."""

    firm: Path = argument(type=click.Path(path_type=Path))
    forms: str = option("--format", default="pdf", show_default=True, help=help_text("format"))
    out: Path = option(
        "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help=help_text("out")
    )
    since: Path | None = option("--since", type=click.Path(path_type=Path), default=None, help=help_text("since"))


@click.command(help=help_text("report"))
@with_options(ReportOptions)
@table_options
@click.pass_obj
@handle_errors
def report(settings: Settings, options: ReportOptions) -> None:
    """Write the report in each language, format and edition asked for."""
    from advisor.assessment.for_client import internal_notes
    from advisor.reporting.editions import with_evidence
    from advisor.reporting.font_cover import texts_in, without_a_font

    langs, editions, look = (
        parse_choices(options.langs or settings.lang, LANGS),
        options.chosen_editions(settings.lang),
        options.look(),
    )
    assessment = read_assessment(options.firm, settings, parse_date(options.date) or today())
    if options.since:
        from advisor.cli.compare import with_since

        assessment = with_since(assessment, options.since, settings)
    if "pdf" in options.forms and (note := without_a_font(texts_in(assessment), Place(str(options.firm)))):
        click.echo(note.line(settings.lang), err=True)
    for edition in with_evidence(editions, options.evidence):
        edition_look = replace(look, edition=edition)
        for path in write_reports(
            assessment, output_stem(options.firm), langs, options.forms, options.out, settings, edition_look
        ):
            click.echo(str(path))
        if "pdf" in options.forms and edition_look.attached == "assessment" and (count := len(internal_notes(assessment))):
            click.echo(settings.say("notes_left_out", count=count), err=True)


def output_stem(path: Path) -> str:
    """The stem for files made from a file: its name without the suffixes we added.

    >>> output_stem(Path("acme.summary.zh.pdf")), output_stem(Path("acme.owner.zh.pdf")), output_stem(Path("acme.v2.yaml"))
    ('acme', 'acme', 'acme.v2')
    """
    from advisor.reporting.editions import EDITION_NAMES, OLD_NAMES

    parts = path.stem.split(".")
    suffixes = {*LANGS, *EDITION_NAMES, *OLD_NAMES, "assessment"}
    while path.suffix.lower() in (".pdf", ".json") and len(parts) > 1 and parts[-1] in suffixes:
        parts.pop()
    return ".".join(parts)


def write_reports(
    assessment: Assessment, stem: str, langs: list[str], forms: str, out: Path, settings: Settings, look: Look | None = None
) -> list[Path]:
    """Render every combination of format and language, with a progress bar on a terminal.

    The names of files carry the edition where it is not the one made by default; an edition that has none of the formats
    asked for is written in its own.
    """
    from advisor.reporting import FORMATS, render
    from advisor.reporting.editions import forms_for
    from advisor.reporting.look import PLAIN

    look = look or PLAIN
    asked = parse_choices(forms, tuple(FORMATS))
    formats = forms_for(look.edition, asked)
    jobs = [(form, lang) for form in formats for lang in (langs if form != "json" else langs[:1])]
    written = []
    with click.progressbar(jobs, label=settings.say("writing"), file=sys.stderr) as steps:
        for form, lang in steps:
            name = f"{stem}.assessment.json" if form == "json" else f"{stem}{look.suffix}.{lang}.{form}"
            report_lang: Lang = next(code for code in LANGS if code == lang)
            written.append(write_file(out / name, render(assessment, form, report_lang, look)))
    return written


@click.command(help=help_text("demo"))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports/demo"), show_default=True, help=help_text("out")
)
@RULE_ENGINE
@click.pass_obj
@handle_errors
def demo(settings: Settings, out: Path, engine: RuleEngine) -> None:
    """Assess the sample firm and write its report and its slides in both languages."""
    from advisor.knowledge import data_folder
    from advisor.reporting.look import Look

    sample = data_folder("questionnaires") / "samples" / SAMPLE_FIRM
    assessment = read_assessment(sample, settings, today(), engine)
    written = [
        path
        for look, form in ((Look("client"), "pdf"), (Look("slides"), "pptx"))
        for path in write_reports(assessment, sample.stem, list(LANGS), form, out, settings, look)
    ]
    from advisor.cli.show_assessment import show_verdict

    show_verdict(assessment, settings)
    click.echo(settings.say("demo.files"))
    for path in written:
        click.echo(f"  {path}")
    click.echo(settings.say_command("demo.next"))
