"""``advisor batch``: a table of firms in, a report for each out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.assessing import checked_date, choices, languages, today
from advisor.cli.main import EXIT_DIFFERS, Settings, help_text, speaks_plainly
from advisor.reporting.look import EDITION_NAMES, ENGINE_NAMES, EngineName, Look, Theme

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


@batch.command("run", help=help_text("batch_run"))
@click.argument("firms", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=help_text("batch_out"))
@click.option("--lang", "langs", default="", help=help_text("report_lang"))
@click.option("--format", "forms", default="pdf", show_default=True, help=help_text("batch_format"))
@click.option("--edition", "editions", default="full", show_default=True, help=help_text("report_edition"))
@click.option("--theme", type=click.Path(path_type=Path), default=None, help=help_text("theme"))
@click.option("--engine", type=click.Choice(ENGINE_NAMES), default="weasyprint", show_default=True, help=help_text("engine"))
@click.option("--jobs", type=click.IntRange(0, 256), default=None, help=help_text("batch_jobs"))
@click.option("--resume", is_flag=True, help=help_text("batch_resume"))
@click.option("--only-errors", is_flag=True, help=help_text("batch_only_errors"))
@click.option("--check", is_flag=True, help=help_text("batch_check"))
@click.option("--sheet", default="", help=help_text("batch_sheet"))
@click.option("--date", default=None, help=help_text("date"))
@click.option("--timeout", type=click.FloatRange(1, 86_400), default=120, show_default=True, help=help_text("batch_timeout"))
@click.option("--scheduler", default="", help=help_text("batch_scheduler"))
@click.option("--shared", is_flag=True, help=help_text("batch_shared"))
@click.option("--trusted-network", is_flag=True, help=help_text("batch_trusted"))
@click.option("--portfolio/--no-portfolio", default=True, show_default=True, help=help_text("batch_portfolio"))
@click.option("--json", "as_json", is_flag=True, help=help_text("batch_json"))
@click.pass_obj
@speaks_plainly
def run(
    settings: Settings,
    firms: Path,
    out: Path,
    langs: str,
    forms: str,
    editions: str,
    theme: Path | None,
    engine: EngineName,
    jobs: int | None,
    resume: bool,
    only_errors: bool,
    check: bool,
    sheet: str,
    date: str | None,
    timeout: float,
    scheduler: str,
    shared: bool,
    trusted_network: bool,
    portfolio: bool,
    as_json: bool,
) -> None:
    """Read all firms, say what is wrong with some, and make the reports of the others."""
    from advisor.batch.batching import Request, cores, run_batch
    from advisor.batch.marking import mark
    from advisor.batch.rows import check_places, read_firms
    from advisor.reporting import FORMATS
    from advisor.reporting.theme import read_theme

    chosen = choices(forms, (*FORMATS, SCORES))
    check_places(firms, out)
    if SCORES in chosen and not check:
        failed = _score(settings, firms, out, sheet)
        if chosen == [SCORES]:
            sys.exit(EXIT_DIFFERS if failed else 0)
        chosen.remove(SCORES)
    request = Request(
        folder=out,
        langs=tuple(languages(langs or settings.lang)),
        forms=tuple(chosen),
        editions=tuple(name for name in EDITION_NAMES if name in choices(editions, EDITION_NAMES)),
        look=Look(theme=read_theme(theme) if theme else Theme(), engine=engine),
        today=today(),
        day=checked_date(date),
        jobs=cores() if jobs is None else jobs,
        resume=resume,
        only_errors=only_errors,
        scheduler=scheduler,
        shared=shared,
        trusted=trusted_network,
        timeout=timeout,
        lang=settings.lang,
    )
    knowledge = settings.knowledge()
    read = read_firms(firms, knowledge, sheet)
    _say_what_was_read(read, settings)
    if check:
        for path in mark(read, out, settings.lang):
            click.echo(str(path))
        sys.exit(EXIT_DIFFERS if read.bad else 0)
    done = run_batch(read, request, settings.choice, knowledge, _watcher(settings, as_json))
    if portfolio and done.entries:
        done = _seen_together(done, request, knowledge)
    _say_how_it_went(read, done, request.folder, settings)
    sys.exit(EXIT_DIFFERS if done.result.failed else 0)


def _seen_together(done: Batch, request: Request, knowledge: Knowledge) -> Batch:
    """Write the index, and a report on the group in those formats of the reports that it can be drawn in."""
    from advisor.portfolio.writing import FORMS, write_portfolio

    forms = [form for form in request.forms if form in FORMS]
    failed = len(done.result.failed)
    written = write_portfolio(done.entries, knowledge, request.folder, request.langs, failed, request.look, forms)
    return replace(done, written=(*done.written, *written))


def _score(settings: Settings, firms: Path, out: Path, sheet: str) -> int:
    """Write the table of verdicts and scores; gives how many firms could not be read."""
    from advisor.batch.scoring import score_table
    from advisor.text import say

    scored = score_table(firms, out, settings.knowledge(), settings.lang, sheet)
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
    from advisor.files import write_whole
    from advisor.reporting.forms.many import KINDS, table_for_many

    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    ending = out.suffix.lower().removeprefix(".") if out else ""
    chosen = kind or (ending if ending in KINDS else "xlsx")
    said = languages(lang or settings.lang)[0]
    path = out or Path(f"firms.{said}.{chosen}")
    if path.exists() and not force:
        raise InputError("file_exists", path=path)
    click.echo(str(write_whole(path, table_for_many(knowledge, chosen, said, edition))))
    click.echo(settings.say("next.batch", file=path))
