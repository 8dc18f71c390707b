"""``advisor compare``: two points in time of one firm side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, FIRM_PATH, print_json, terminal
from advisor.cli.firm_files import today
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.since import FindingChangeItem, PartItem, SinceItem
    from advisor.assessment.verdict import Certainty
    from advisor.insight.since import TimePoint
    from advisor.knowledge import Knowledge


@click.command(help=help_text("compare"))
@click.argument("old", type=FIRM_PATH)
@click.argument("new", type=FIRM_PATH)
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def compare(settings: Settings, old: Path, new: Path, as_json: bool) -> None:
    """Show what changed from OLD to NEW, and which changed answers carry it; OLD and NEW are sheets, saved or reports."""
    from advisor.insight.since import since

    knowledge = settings.knowledge()
    then, now = (time_point(path, knowledge, settings) for path in (old, new))
    item = since(knowledge, then, now)
    if as_json:
        print_json(item)
        return
    console = terminal()
    for line in _lines(item, old, new, settings):
        console.print(line, soft_wrap=True)


def with_since(assessment: Assessment, old: Path, settings: Settings) -> Assessment:
    """An assessment set beside that of an earlier file."""
    from advisor.insight.since import saved_point, since

    knowledge = settings.knowledge()
    item = since(knowledge, time_point(old, knowledge, settings), saved_point(assessment, knowledge))
    return assessment.model_copy(update={"since": item})


def time_point(path: Path, knowledge: Knowledge, settings: Settings) -> TimePoint:
    """The assessment in a file with its answers; a sheet is assessed now, with the settings beside it."""
    from advisor.assessment import Assessment
    from advisor.insight.planned import planned
    from advisor.insight.since import TimePoint, saved_point
    from advisor.reporting.saved_assessment import saved_assessment
    from advisor.selection import read_settings, settings_file

    if content := saved_assessment(path):
        point = saved_point(Assessment.from_json(content), knowledge)
    else:
        answers = settings.read_answers(path, knowledge)
        day = answers.author.on if answers.author and answers.author.on else today()
        figures = read_settings(settings_file(path), knowledge)
        point = TimePoint(planned(knowledge, answers, day, figures)[0], answers)
    settings.show_notes(point.answers.notes)
    return point


def _lines(item: SinceItem, old: Path, new: Path, settings: Settings) -> Iterator[str]:
    say, lang = settings.say, settings.lang
    points = {
        name: say("compare.point", file=path.name, on=point.on.isoformat() if point.on else "–")
        for name, path, point in (("then", old, item.then), ("now", new, item.now))
    }
    yield f"[bold]{escape(say('compare.points', **points))}[/bold]"
    for note in item.notes:
        yield f"[yellow]{escape(note[lang])}[/yellow]"
    yield f"[bold]{escape(_verdict(item.whole, settings, item.then.certainty, item.now.certainty))}[/bold]"
    if item.answers:
        yield f"\n[bold]{say('compare.answers')}[/bold]"
    for change in item.answers:
        values = {"text": change.text[lang].rstrip("？?"), "before": change.before[lang], "after": change.after[lang]}
        yield f" • {escape(say('compare.answer', code=change.code, **values))}"
    for part in item.parts:
        yield f"\n[bold]{escape(say(f'compare.cause.{part.cause}'))}[/bold]"
        yield f" {escape(_verdict(part, settings))}"
        yield from _part_lines(part, settings)
    if item.parts:
        yield f"\n[bold]{say('compare.cause.all')}[/bold]"
    yield from _part_lines(item.whole, settings)
    if not item.answers and not list(_part_lines(item.whole, settings)) and not item.parts:
        yield say("compare.nothing")


def _verdict(part: PartItem, settings: Settings, sure_then: Certainty = "settled", sure_now: Certainty = "settled") -> str:
    from advisor.assessment.verdict import verdict_with_certainty

    pairs = ((part.before, sure_then), (part.after, sure_now))
    was, now = (verdict_with_certainty(name, certainty)[settings.lang] for name, certainty in pairs)
    if was == now:
        return settings.say("compare.verdict_same", verdict=now)
    return settings.say("compare.verdict", was=was, now=now) + _because(part.verdict_because, False, settings)


def _because(codes: tuple[str, ...], together: bool, settings: Settings) -> str:
    return settings.say(f"compare.{'together' if together else 'because'}", codes=" ".join(codes)) if codes else ""


def _part_lines(part: PartItem, settings: Settings) -> Iterator[str]:
    say, lang = settings.say, settings.lang
    for key, rows in (("scores", part.scores), ("money", part.figures)):
        if rows:
            yield f" {say(f'compare.{key}')}"
        for row in rows:
            change = say("diff.score", score=row.label[lang], was=row.before[lang], now=row.after[lang])
            yield f"   {escape(change + _because(row.because, False, settings))}"
    for key, sign, some in (("gained", "+", part.gained), ("lost", "–", part.lost)):
        if some:
            yield f" {say(f'compare.{key}')}"
        for found in some:
            yield f"   {sign} {escape(_found(found, settings))}"


def _found(found: FindingChangeItem, settings: Settings) -> str:
    kind, because = settings.say(f"diff.kind.{found.kind}"), _because(found.because, found.together, settings)
    return settings.say("compare.found", kind=kind, title=found.title[settings.lang]) + because
