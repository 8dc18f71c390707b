"""``advisor batch``: a table of firms in, a report for each out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import EXIT_DIFFERS, handle_errors
from advisor.cli.firm_files import today
from advisor.cli.options import (
    LookOptions,
    argument,
    command_line,
    option,
    parse_choices,
    parse_date,
    parse_languages,
    with_options,
)
from advisor.cli.settings import Settings, help_text
from advisor.errors import nearest
from advisor.text import Lang, catalogue

if TYPE_CHECKING:
    from advisor.batch.firms import BatchInput
    from advisor.batch.progress import ProgressReporter
    from advisor.batch.runner import BatchResult, BatchSettings
    from advisor.errors import Problem
    from advisor.interview.firm_table import TableNote
    from advisor.interview.headings import MappedHead
    from advisor.knowledge import Knowledge

SCORES = "scores"
"""The format that stands for a table of verdicts and scores instead of reports."""
MAPPING = "map.yaml"
"""What the columns of a table are taken for, as it is proposed."""
MAX_SHOWN = 20
"""How many mistakes are printed; the rest are in the files."""


class _BatchGroup(click.Group):
    """A group with a default command: ``advisor batch FIRMS`` is ``advisor batch run FIRMS``."""

    default_command = "run"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert the default command where none is named."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names) and not self._is_mistyped(args[0]):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)

    def _is_mistyped(self, word: str) -> bool:
        """Whether a word is nearly a command of the group, and neither a file nor the name of one."""
        plain = word.isalpha() and not Path(word).exists()
        return plain and nearest(word.lower(), self.commands) is not None


@click.group(cls=_BatchGroup, help=help_text("batch"))
def batch() -> None:
    """Reports for many firms."""


@dataclass(frozen=True)
class BatchOptions(LookOptions):
    """Which firms, what to make of each and where, and who works on it."""

    firms: Path = argument(type=click.Path(path_type=Path))
    out: Path = option("--out", type=click.Path(path_type=Path), required=True, help=help_text("batch_out"))
    forms: str = option("--format", default="pdf", show_default=True, help=help_text("batch_format"))
    jobs: int | None = option("--jobs", type=click.IntRange(0, 256), default=None, help=help_text("batch_jobs"))
    resume: bool = option("--resume", is_flag=True, help=help_text("batch_resume"))
    only_errors: bool = option("--only-errors", is_flag=True, help=help_text("batch_only_errors"))
    check: bool = option("--check", is_flag=True, help=help_text("batch_check"))
    sheet: str = option("--sheet", default="", help=help_text("batch_sheet"))
    encoding: str = option("--encoding", default="", help=help_text("batch_encoding"))
    mapping: Path | None = option(
        "--mapping", type=click.Path(path_type=Path), default=None, help=help_text("batch_mapping")
    )
    propose: bool = option("--propose", is_flag=True, help=help_text("batch_propose"))
    timeout: float = option(
        "--timeout", type=click.FloatRange(1, 86_400), default=120, show_default=True, help=help_text("batch_timeout")
    )
    scheduler: str = option("--scheduler", default="", help=help_text("batch_scheduler"))
    shared: bool = option("--shared", is_flag=True, help=help_text("batch_shared"))
    trusted_network: bool = option("--trusted-network", is_flag=True, help=help_text("batch_trusted"))
    portfolio: bool = option(
        "--portfolio/--no-portfolio", default=True, show_default=True, help=help_text("batch_portfolio")
    )
    as_json: bool = option("--json", is_flag=True, help=help_text("batch_json"))

    def batch_settings(self, formats: list[str], lang: Lang) -> BatchSettings:
        """The settings of a batch that writes ``formats``, with messages in ``lang``."""
        from advisor.batch.runner import BatchSettings

        return BatchSettings(
            folder=self.out,
            langs=tuple(parse_languages(self.langs or lang)),
            formats=tuple(formats),
            editions=self.chosen_editions(lang),
            look=self.look(),
            today=today(),
            day=parse_date(self.date),
            jobs=self.processes(),
            resume=self.resume,
            only_errors=self.only_errors,
            scheduler=self.scheduler,
            shared=self.shared,
            trusted=self.trusted_network,
            timeout=self.timeout,
            lang=lang,
        )

    def read_mapping(self, knowledge: Knowledge) -> Mapping[str, MappedHead] | None:
        """What the file of the user's own says of the columns, if one is named."""
        from advisor.interview.table_options import read_mapping

        return read_mapping(self.mapping, knowledge) if self.mapping else None

    def processes(self) -> int:
        """How many processes work: as many as asked for, else one for each core."""
        from advisor.batch.executors import count_cores

        return count_cores() if self.jobs is None else self.jobs


@batch.command("run", help=help_text("batch_run"))
@with_options(BatchOptions)
@click.pass_obj
@handle_errors
def run(settings: Settings, options: BatchOptions) -> None:
    """Read all firms, report what is wrong, and write the reports of those that can be read."""
    from advisor.batch.firms import check_output_folder
    from advisor.batch.problem_files import write_problem_files
    from advisor.batch.readers import read_firms
    from advisor.batch.runner import run_batch
    from advisor.reporting import FORMATS

    if options.propose:
        _write_proposal(settings, options)
        return
    formats = parse_choices(options.forms, (*FORMATS, SCORES))
    check_output_folder(options.firms, options.out)
    if SCORES in formats and not options.check:
        failed = _write_score_table(settings, options)
        if formats == [SCORES]:
            sys.exit(EXIT_DIFFERS if failed else 0)
        formats.remove(SCORES)
    batch_settings = options.batch_settings(formats, settings.lang)
    knowledge = settings.knowledge()
    batch_input = read_firms(options.firms, knowledge, options.sheet, options.encoding, options.read_mapping(knowledge))
    _report_input(batch_input, settings, options)
    if options.check:
        written = write_problem_files(batch_input, knowledge, options.out, settings.lang)
        for path in written:
            click.echo(str(path))
        _report_copies(written, settings)
        sys.exit(EXIT_DIFFERS if batch_input.unreadable else 0)
    result = run_batch(batch_input, batch_settings, settings.choice, knowledge, _reporter(settings, options.as_json))
    if options.portfolio and result.entries:
        result = _write_group_files(result, batch_settings, knowledge)
    _report_result(result, settings)
    sys.exit(EXIT_DIFFERS if result.run.failed else 0)


def _write_proposal(settings: Settings, options: BatchOptions) -> None:
    """Write what the columns of the table are taken for."""
    from advisor.batch.mapping import proposed_mapping
    from advisor.batch.readers import firm_table
    from advisor.files import write_file
    from advisor.interview.table_options import TableOptions

    knowledge = settings.knowledge()
    table_options = TableOptions(options.sheet, options.encoding, options.read_mapping(knowledge))
    table, headings = firm_table(options.firms, knowledge, table_options)
    options.out.mkdir(parents=True, exist_ok=True)
    text = proposed_mapping(table, headings, knowledge, settings.lang)
    path = write_file(options.out / MAPPING, text.encode())
    click.echo(str(path))
    _say_next("mapping.next", settings, propose=False, mapping=path)


def _say_next(key: str, settings: Settings, **changes: object) -> None:
    """Name the command that comes next: this one with some options changed."""
    from advisor.text import say

    command = command_line(click.get_current_context(), **changes)
    click.echo(say("batch", key, settings.lang, command=command), err=True)


def _write_group_files(result: BatchResult, batch_settings: BatchSettings, knowledge: Knowledge) -> BatchResult:
    """Write the index, and the report on the group in those of the requested formats that it exists in."""
    from advisor.portfolio.portfolio_files import REPORT_FORMATS, write_portfolio

    formats = [form for form in batch_settings.formats if form in REPORT_FORMATS]
    failed = len(result.run.failed)
    written = write_portfolio(
        result.entries, knowledge, batch_settings.folder, batch_settings.langs, failed, batch_settings.look, formats
    )
    return replace(result, written=(*result.written, *written))


def _write_score_table(settings: Settings, options: BatchOptions) -> int:
    """Write the table of verdicts and scores; returns how many firms could not be read."""
    from advisor.batch.score_table import score_table
    from advisor.text import say

    knowledge, jobs = settings.knowledge(), options.processes()
    result = score_table(
        options.firms, options.out, knowledge, settings.lang, options.sheet, settings.choice, jobs,
        options.encoding, options.read_mapping(knowledge),
    )  # fmt: skip
    _report_notes(result.notes, settings, options)
    click.echo(say("batch", "ended.scored", settings.lang, done=result.scored, failed=result.failed), err=True)
    click.echo(str(result.path))
    return result.failed


def _reporter(settings: Settings, as_json: bool) -> ProgressReporter:
    from advisor.batch.progress import BarReporter, JsonReporter, LineReporter

    if as_json:
        return JsonReporter(sys.stdout)
    return BarReporter(settings.lang) if sys.stderr.isatty() else LineReporter(sys.stderr, settings.lang)


def _report_notes(notes: Sequence[TableNote], settings: Settings, options: BatchOptions) -> None:
    """Say how the table was read, and how to say it oneself where columns were not understood."""
    for note in notes:
        click.echo(note.message(settings.lang), err=True)
    if options.mapping is None and any(note.key in ("note.ignored", "note.nearly") for note in notes):
        _say_next("mapping.propose", settings, propose=True, check=False)


def _report_input(batch_input: BatchInput, settings: Settings, options: BatchOptions) -> None:
    from advisor.text import say

    _report_notes(batch_input.notes, settings, options)
    problems = [problem for row in batch_input.unreadable for problem in row.problems]
    for problem in _listed_once(problems[:MAX_SHOWN]):
        click.echo(problem.line(settings.lang), err=True)
    if len(problems) > MAX_SHOWN:
        click.echo(settings.say("batch_more", count=len(problems) - MAX_SHOWN), err=True)
    notes = list(batch_input.upgrade_notes)
    settings.show_notes(_listed_once(notes[:MAX_SHOWN]))
    if len(notes) > MAX_SHOWN:
        click.echo(settings.say("batch_more_notes", count=len(notes) - MAX_SHOWN), err=True)
    counts = {"total": len(batch_input.rows), "good": len(batch_input.readable), "bad": len(batch_input.unreadable)}
    click.echo(say("batch", "found", settings.lang, **counts), err=True)


def _listed_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of which only the first with a question lists what may be answered."""
    listed = set[tuple[str, object]]()
    for problem in problems:
        about = (problem.code, problem.values.get("name"))
        again = "allowed" in problem.values and about in listed
        listed.add(about)
        yield replace(problem, values={**problem.values, "allowed": catalogue("batch")["as_above"]}) if again else problem


def _report_result(result: BatchResult, settings: Settings) -> None:
    from advisor.text import join, say

    run = result.run
    counts = {"done": len(run.done), "kept": len(run.kept), "failed": len(run.failed)}
    click.echo(say("batch", "ended.sum", settings.lang, **counts), err=True)
    click.echo(say("batch", "ended.written", settings.lang), err=True)
    for path in result.written:
        click.echo(f"  {path}", err=True)
    if result.orphans:
        names = join(list(result.orphans[:3]), settings.lang)
        click.echo(say("batch", "ended.strangers", settings.lang, count=len(result.orphans), names=names), err=True)
    _report_copies(result.written, settings)


def _report_copies(written: Sequence[Path], settings: Settings) -> None:
    """Say how to go on with a marked copy, where there is one."""
    from advisor.text import say

    suffix = f".{say('batch', 'marked', settings.lang)}"
    copies = [path for path in written if path.suffix == ".xlsx" and suffix in path.stem]
    if copies:
        _say_next("ended.again", settings, firms=copies[0], resume=True, check=False)


@batch.command("template", help=help_text("batch_template"))
@click.option(
    "--format", "file_format", type=click.Choice(["xlsx", "csv", "jsonl"]), default=None, help=help_text("batch_kind")
)
@click.option("--lang", default="", help=help_text("batch_template_lang"))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("out_file"))
@click.option("--force", is_flag=True, help=help_text("force"))
@click.pass_obj
@handle_errors
def template(settings: Settings, file_format: str | None, lang: str, edition: str, out: Path | None, force: bool) -> None:
    """Write an empty table to fill in; its kind by the ending of the file where it is not named."""
    from advisor.cli.interview import check_edition
    from advisor.errors import InputError
    from advisor.files import write_file
    from advisor.reporting.forms.batch_template import KINDS, batch_template

    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    chosen_format = file_format or (suffix if suffix in KINDS else "xlsx")
    template_lang = parse_languages(lang or settings.lang)[0]
    path = out or Path(f"firms.{template_lang}.{chosen_format}")
    if path.exists() and not force:
        raise InputError("file_exists", path=path)
    click.echo(str(write_file(path, batch_template(knowledge, chosen_format, template_lang, edition))))
    click.echo(settings.say_command("next.batch", file=path))
