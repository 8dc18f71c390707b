"""Chapter 1: the verdict on one page."""

from __future__ import annotations

from advisor.assessment.course import staying_course, were_it_new
from advisor.assessment.model import HurdleItem, ScoreItem
from advisor.assessment.upgrades import upgrade_note
from advisor.reporting.chapters.need_ability_map import need_ability_map
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Chapter,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
)


def summary_chapter(words: ReportWording) -> Chapter:
    """Verdict, how sure, need × ability, the strongest reasons on either side, and what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    hurdles = (*a.blockers, *a.conditions)
    blocks: list[Block | Heading] = [
        Callout(words.result_heading(), _told_first(words), words.verdict_tone()),
        KeyFigures(
            (
                _figure(words, "need", need),
                _figure(words, "ability", ability),
                KeyFigure(
                    words("summary.hurdles"),
                    str(len(hurdles)),
                    words("summary.hurdles_note", blockers=len(a.blockers), conditions=len(a.conditions)),
                ),
                KeyFigure(
                    words("summary.coverage"),
                    str(a.coverage.answered),
                    words(
                        "summary.coverage_note",
                        applicable=a.coverage.applicable,
                        need=f"{a.coverage.need:.0%}",
                        ability=f"{a.coverage.ability:.0%}",
                    ),
                ),
            )
        ),
    ]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    blocks += _reasons(words, None, words("summary.reasons"))
    blocks += _reasons(words, "for", words("summary.for"))
    against = words(f"summary.against.{a.verdict.name}")
    if hurdles and a.verdict.name in ("conditional", "not_yet"):
        note = Paragraph(Line(words("summary.to_lift", count=len(hurdles))), "quiet")
        blocks += [Heading(against), note, Bullets(tuple(Line(_where_lifted(words, h), about=h.id) for h in hurdles))]
    else:
        blocks += _reasons(words, "against", against)
    return Chapter("verdict", words("summary.title"), (*blocks, *earlier_format_note(words)), page=True)


def _told_first(words: ReportWording) -> tuple[Line, ...]:
    """What follows the verdict, or the course where the CRM system there is stays: then the verdict, as of a new one."""
    verdict = words.assessment.verdict
    lines = (Line(words.of(verdict.sentence)), Line(words.of(verdict.certainty_text)))
    return (Line(words.of(were_it_new(words.assessment))), *lines) if staying_course(words.assessment) else lines


def earlier_format_note(words: ReportWording) -> tuple[Block, ...]:
    """That an earlier version saved the assessment, and what it did not work out; nothing where nothing is missing."""
    note = upgrade_note(words.assessment.upgraded, words.assessment.program_version)
    return (Paragraph(Line(words.of(note)), "caution"),) if note else ()


def _reasons(words: ReportWording, side: str | None, title: str) -> list[Block | Heading]:
    """The three strongest reasons on one side under their heading; nothing where there are none.

    An earlier version did not keep on which side a reason is: those have the side None.
    """
    reasons = [reason for reason in words.assessment.verdict.reasons if reason.side == side][:3]
    lines = tuple(Line(words.of(reason.text), reason.sources) for reason in reasons)
    return [Heading(title), Bullets(lines, numbered=len(lines) > 1)] if lines else []


def _where_lifted(words: ReportWording, hurdle: HurdleItem) -> str:
    """A condition or blocker with the tasks of the plan that lift it, or in words what does."""
    tasks = words("join").join(words.task(number) for number in words.lifted_by(hurdle.id))
    return words("titled", title=words.of(hurdle.title), text=tasks or words.of(hurdle.lifted_by))


def _figure(words: ReportWording, key: str, score: ScoreItem) -> KeyFigure:
    note = words("summary.score_note", grade=words.grade(score), span=words.interval_note(score.low, score.high))
    return KeyFigure(words(f"summary.{key}"), words.points(score.points), note)
