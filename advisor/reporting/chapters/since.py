"""The chapter that sets this assessment beside an earlier one of the same firm."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from advisor.assessment.model.since import FindingChangeItem, MoneyChangeItem, PartItem, ScoreChangeItem, SinceItem
from advisor.assessment.verdict import verdict_with_certainty
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.text import join

COLUMNS = ("what", "then", "now", "why")


def since_chapter(words: ReportWording) -> Chapter | None:
    """What changed since last time, and why; nothing where no earlier assessment was named."""
    since = words.assessment.since
    if since is None:
        return None
    whole = since.whole
    days = {"then": _day(words, since.then.on), "now": _day(words, since.now.on)}
    blocks: list[Block | Heading] = [Paragraph(Line(words("since.intro", **days))), Paragraph(Line(_verdict(words, since)))]
    blocks += [Paragraph(Line(words.of(note))) for note in since.notes]
    if not (since.answers or whole.scores or whole.figures or whole.gained or whole.lost):
        blocks.append(Paragraph(Line(words("since.nothing"))))
    if since.parts:
        blocks += [Heading(words("since.causes")), Bullets(tuple(Line(_part(words, part)) for part in since.parts))]
    if since.answers:
        blocks += [Heading(words("since.answers")), _answers(words, since)]
    if whole.scores or whole.figures:
        blocks += [Heading(words("since.figures")), _figures(words, whole)]
    if whole.gained or whole.lost:
        lines = [_found(words, "gain", item) for item in whole.gained] + [_found(words, "loss", item) for item in whole.lost]
        blocks += [Heading(words("since.findings")), Bullets(tuple(lines))]
    return Chapter("since", words("since.title"), tuple(blocks))


def _day(words: ReportWording, day: datetime.date | None) -> str:
    return words.long_date(day) if day else words("since.undated")


def _verdict(words: ReportWording, since: SinceItem) -> str:
    points = ((since.whole.before, since.then.certainty), (since.whole.after, since.now.certainty))
    was, now = (words.of(verdict_with_certainty(name, certainty)) for name, certainty in points)
    if was == now:
        return words("since.same", verdict=now)
    return words("since.turned", because=_because(words, since.whole.verdict_because), was=was, now=now)


def _because(words: ReportWording, codes: tuple[str, ...], together: bool = False) -> str:
    return words(f"since.{'together' if together else 'because'}", codes=" ".join(codes)) if codes else ""


def _part(words: ReportWording, part: PartItem) -> str:
    """One cause, with what it alone changes."""
    tops = [score for score in part.scores if score.score in (words.assessment.need, words.assessment.ability)]
    scores = [
        words("since.what_score", label=words.of(s.label), before=words.of(s.before), after=words.of(s.after)) for s in tops
    ]
    values = {"was": words.verdict_name(part.before), "now": words.verdict_name(part.after)}
    what = words(
        "since.what",
        verdict=words("since.what_same") if part.before == part.after else words("since.what_verdict", **values),
        gained=len(part.gained),
        lost=len(part.lost),
        scores=join(scores, words.lang) if scores else words("since.what_no_score"),
    )
    return words(f"since.cause.{part.cause}", what=what)


def _table(words: ReportWording, title: str, rows: Sequence[tuple[Cell, ...]], why: bool) -> Table:
    names = COLUMNS if why else COLUMNS[:-1]
    columns = tuple(words(f"since.column.{name}") for name in names)
    return Table(title, columns, (40, 22, 22, 16) if why else (50, 25, 25), tuple(rows))


def _answers(words: ReportWording, since: SinceItem) -> Table:
    rows = [
        (
            Cell(Line(words("titled", title=change.code, text=words.of(change.text)))),
            Cell(Line(words.of(change.before))),
            Cell(Line(words.of(change.after)), strong=True),
        )
        for change in since.answers
    ]
    return _table(words, words("since.answers"), rows, why=False)


def _figures(words: ReportWording, whole: PartItem) -> Table:
    changes: list[ScoreChangeItem | MoneyChangeItem] = [*whole.scores, *whole.figures]
    rows = [
        (
            Cell(Line(words.of(item.label))),
            Cell(Line(words.of(item.before))),
            Cell(Line(words.of(item.after)), strong=True),
            Cell(Line(" ".join(item.because))),
        )
        for item in changes
    ]
    return _table(words, words("since.figures"), rows, why=True)


def _found(words: ReportWording, key: str, item: FindingChangeItem) -> Line:
    because = _because(words, item.because, item.together)
    return Line(words(f"since.{key}", kind=words(f"found.{item.kind}"), title=words.of(item.title), because=because))
