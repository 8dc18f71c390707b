"""The first page: situation, what makes it hard, and the answer."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.course import staying_course
from advisor.reporting.chapters.lines import lines_block
from advisor.reporting.chapters.owner_cost import owner_cost_figures
from advisor.reporting.chapters.owner_verdict import headline
from advisor.reporting.chapters.summary import earlier_format_note
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import hurdles
from advisor.reporting.client.situation import situation
from advisor.reporting.document import Block, Bullets, Callout, Chapter, Heading, KeyFigure, KeyFigures, Line, Paragraph

MAX_REASONS = 3
MAX_STEPS = 3


def recommendation(words: ReportWording) -> Chapter:
    """What is advised, why, what it costs and what comes first, on one page."""
    a = words.assessment
    title = words.verdict_heading()
    heading = words("owner.stays.verdict", verdict=title) if staying_course(a) else title
    lines = (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text)))
    blocks: list[Block | Heading] = [Callout(heading, lines, words.verdict_tone()), KeyFigures(tuple(_figures(words)))]
    blocks += _situation(words)
    blocks += _reasons(words)
    blocks += lines_block(words)
    blocks += _first_steps(words)
    return Chapter("recommendation", headline(words), (*blocks, *earlier_format_note(words)), page=True)


def _figures(words: ReportWording) -> Iterator[KeyFigure]:
    """Need and readiness, with no figure where too little is answered; then money and weeks where a system is advised,
    else how much must come first."""
    a = words.assessment
    for key, name in (("need", a.need), ("ability", a.ability)):
        score = a.scores[name]
        note = words("summary.score_note", grade=words.grade(score), span=words.interval_note(score.low, score.high))
        yield KeyFigure(words(f"summary.{key}"), words.points(score.points) if score.grade else "–", note)
    yield from owner_cost_figures(words) or [
        KeyFigure(words("client.first"), str(len(hurdles(words))), words("client.first_note")),
        KeyFigure(
            words("summary.coverage"),
            str(a.coverage.answered),
            words("client.coverage_note", applicable=a.coverage.applicable),
        ),
    ]


def _situation(words: ReportWording) -> list[Block | Heading]:
    """How the firm comes to ask."""
    told = situation(words)
    if not told:
        return []
    return [Heading(words("client.situation")), Paragraph(Line(words.join_sentences(*told)))]


def _reasons(words: ReportWording) -> list[Block | Heading]:
    reasons = words.assessment.verdict.reasons[:MAX_REASONS]
    if not reasons:
        return []
    lines = tuple(Line(words.of(reason.text), reason.sources) for reason in reasons)
    return [Heading(words(f"owner.reasons.{len(reasons)}")), Bullets(lines, numbered=len(lines) > 1)]


def _first_steps(words: ReportWording) -> list[Block | Heading]:
    """The first tasks of the plan; where there is none, the questions to answer first."""
    a = words.assessment
    if tasks := a.plan[:MAX_STEPS]:
        lines = tuple(
            Line(
                words("client.step", title=words.of(task.title), owner=words.role(task.owner), weeks=words.task_weeks(task))
            )
            for task in tasks
        )
        return [Heading(words("client.first_steps")), Bullets(lines, numbered=True)]
    if questions := words.first_questions():
        return [Heading(words("owner.first.not_enough_answers")), Bullets(tuple(Line(words.of(q.text)) for q in questions))]
    return []
