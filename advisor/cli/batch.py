"""``advisor batch``: a table of firms in, a report for each out."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.assessing import today
from advisor.cli.main import EXIT_DIFFERS, Settings, help_text, speaks_plainly
from advisor.cli.options import LookOptions, argument, checked_date, choices, languages, option, takes
from advisor.text import Lang

if TYPE_CHECKING:
    from advisor.batch.batching import Batch, Request
    from advisor.batch.events import Watcher
    from advisor.batch.rows import Firms
    from advisor.knowledge import Knowledge

SCORES = "scores"
"""The format that is a table of verdicts and scores in place of reports."""
SHOWN = 20
"""How many mistakes are printed; the rest are in the files."""


class _Batch(click.Group):
    """A group whose usual command need not be named: ``advisor batch FIRMS`` is ``advisor batch run FIRMS``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the usual command in front where none is named."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Batch, help=help_text("batch"))
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

    def request(self, forms: list[str], lang: Lang) -> Request:
        """What is asked of a batch that makes documents in ``forms`` and speaks ``lang``."""
        from advisor.batch.batching import Request, cores

        return Request(
            folder=self.out,
            langs=tuple(languages(self.langs or lang)),
            forms=tuple(forms),
            editions=self.chosen_editions(),
            look=self.look(),
            today=today(),
            day=checked_date(self.date),
            jobs=cores() if self.jobs is None else self.jobs,
            resume=self.resume,
            only_errors=self.only_errors,
            scheduler=self.scheduler,
            shared=self.shared,
            trusted=self.trusted_network,
            timeout=self.timeout,
            lang=lang,
        )


@batch.command("run", help=help_text("batch_run"))
@takes(BatchOptions)
@click.pass_obj
@speaks_plainly
def run(settings: Settings, options: BatchOptions) -> None:
    """Read all firms, say what is wrong with some, and make the reports of the others."""
    from advisor.batch.batching import run_batch
    from advisor.batch.marking import mark
    from advisor.batch.rows import check_places, read_firms
    from advisor.reporting import FORMATS

    forms = choices(options.forms, (*FORMATS, SCORES))
    check_places(options.firms, options.out)
    if SCORES in forms and not options.check:
        failed = _score(settings, options)
        if forms == [SCORES]:
            sys.exit(EXIT_DIFFERS if failed else 0)
        forms.remove(SCORES)
    request = options.request(forms, settings.lang)
    knowledge = settings.knowledge()
    firms = read_firms(options.firms, knowledge, options.sheet)
    _say_what_was_read(firms, settings)
    if options.check:
        for path in mark(firms, options.out, settings.lang):
            click.echo(str(path))
        sys.exit(EXIT_DIFFERS if firms.bad else 0)
    done = run_batch(firms, request, settings.choice, knowledge, _watcher(settings, options.as_json))
    if options.portfolio and done.entries:
        done = _seen_together(done, request, knowledge)
    _say_how_it_went(firms, done, request.folder, settings)
    sys.exit(EXIT_DIFFERS if done.result.failed else 0)


def _seen_together(done: Batch, request: Request, knowledge: Knowledge) -> Batch:
    """Write the index, and a report on the group in those formats of the reports that it can be drawn in."""
    from advisor.portfolio.writing import FORMS, write_portfolio

    forms = [form for form in request.forms if form in FORMS]
    failed = len(done.result.failed)
    written = write_portfolio(done.entries, knowledge, request.folder, request.langs, failed, request.look, forms)
    return replace(done, written=(*done.written, *written))


def _score(settings: Settings, options: BatchOptions) -> int:
    """Write the table of verdicts and scores; gives how many firms could not be read."""
    from advisor.batch.scoring import score_table
    from advisor.text import say

    scored = score_table(options.firms, options.out, settings.knowledge(), settings.lang, options.sheet)
    for note in scored.notes:
        click.echo(say("batch", note.key, settings.lang, **note.values), err=True)
    click.echo(say("batch", "ended.scored", settings.lang, done=scored.scored, failed=scored.failed), err=True)
    click.echo(str(scored.path))
    return scored.failed


def _watcher(settings: Settings, as_json: bool) -> Watcher:
    from advisor.batch.events import Bar, JsonLines, Lines

    if as_json:
        return JsonLines(sys.stdout)
    return Bar(settings.lang) if sys.stderr.isatty() else Lines(sys.stderr, settings.lang)


def _say_what_was_read(read: Firms, settings: Settings) -> None:
    from advisor.text import say

    for note in read.notes:
        click.echo(say("batch", note.key, settings.lang, **note.values), err=True)
    problems = [problem for row in read.bad for problem in row.problems]
    for problem in problems[:SHOWN]:
        click.echo(problem.line(settings.lang), err=True)
    if len(problems) > SHOWN:
        click.echo(settings.say("batch_more", count=len(problems) - SHOWN), err=True)
    notes = list(read.carried)
    settings.tell(notes[:SHOWN])
    if len(notes) > SHOWN:
        click.echo(settings.say("batch_more_notes", count=len(notes) - SHOWN), err=True)
    counts = {"total": len(read.rows), "good": len(read.good), "bad": len(read.bad)}
    click.echo(say("batch", "found", settings.lang, **counts), err=True)


def _say_how_it_went(read: Firms, done: Batch, out: Path, settings: Settings) -> None:
    from advisor.text import join, say

    result = done.result
    counts = {"done": len(result.done), "kept": len(result.kept), "failed": len(result.failed)}
    click.echo(say("batch", "ended.sum", settings.lang, **counts), err=True)
    click.echo(say("batch", "ended.written", settings.lang), err=True)
    for path in done.written:
        click.echo(f"  {path}", err=True)
    if done.strangers:
        names = join(list(done.strangers[:3]), settings.lang)
        click.echo(say("batch", "ended.strangers", settings.lang, count=len(done.strangers), names=names), err=True)
    marked = f".{say('batch', 'marked', settings.lang)}"
    copies = [path for path in done.written if path.suffix == ".xlsx" and marked in path.stem]
    if copies:
        click.echo(say("batch", "ended.again", settings.lang, file=copies[0], out=out), err=True)


@batch.command("template", help=help_text("batch_template"))
@click.option("--format", "kind", type=click.Choice(["xlsx", "csv", "jsonl"]), default=None, help=help_text("batch_kind"))
@click.option("--lang", default="", help=help_text("batch_template_lang"))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=help_text("out_file"))
@click.option("--force", is_flag=True, help=help_text("force"))
@click.pass_obj
@speaks_plainly
def template(settings: Settings, kind: str | None, lang: str, edition: str, out: Path | None, force: bool) -> None:
    """Write an empty table to fill in; its kind by the ending of the file where it is not named."""
    from advisor.cli.interviewing import check_edition
    from advisor.errors import InputError
    from advisor.files import write_file
    from advisor.reporting.forms.batch_template import KINDS, batch_template

    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    ending = out.suffix.lower().removeprefix(".") if out else ""
    chosen = kind or (ending if ending in KINDS else "xlsx")
    said = languages(lang or settings.lang)[0]
    path = out or Path(f"firms.{said}.{chosen}")
    if path.exists() and not force:
        raise InputError("file_exists", path=path)
    click.echo(str(write_file(path, batch_template(knowledge, chosen, said, edition))))
    click.echo(settings.say("next.batch", file=path))
