"""How sure the owner can be: how much was answered, how the verdict may still turn, and what to answer or clarify first."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model import HurdleItem
from advisor.assessment.model.insight import SensitivityItem
from advisor.insight.sensitivity_items import TURNS, rests_on
from advisor.phrases import quoted
from advisor.reporting.chapters.owner_risks import risks_come_first
from advisor.reporting.chapters.summary import earlier_format_note
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Heading, Line
from advisor.reporting.text_width import lines_filled
from advisor.selection.recommended_way import doubted_way
from advisor.text import LANGS

MAX_REMARKS = 1
FEW_LINES = 8
"""Beside more lines on hurdles the first page has no room left."""
ROOM = 12
"""So many lines on hurdles and questions to answer first the first page has room for together."""
LINE = 58
"""The width of a line on a hurdle, a wide character being 2."""


def certainty_on_first_page(words: ReportWording) -> list[Block | Heading]:
    """How sure the verdict is, where the page has room; and what would turn it, where it has neither hurdles nor risks."""
    if not _has_room(words):
        return []
    lines = [*_how_sure(words), *(_what_turns_it(words) if _is_empty(words) else [])]
    return [Heading(words("owner.how_sure")), Bullets(tuple(lines))]


def certainty_on_second_page(words: ReportWording, most: int) -> list[Block | Heading]:
    """What the first page had no room for: how sure the verdict is and what to answer first, always whole; what would turn
    it and what to clarify, as far as these leave room for it among so many lines."""
    heading = "owner.turns" if _has_room(words) else "owner.how_sure"
    lines = [] if _has_room(words) else _how_sure(words)
    if not _is_empty(words):
        lines += _what_turns_it(words)[: max(0, most - len(lines))]
    blocks: list[Block | Heading] = [Heading(words(heading)), Bullets(tuple(lines))] if lines else []
    return [*blocks, *earlier_format_note(words)]


def certainty_lines(words: ReportWording, clarify: bool = True) -> list[Line]:
    """How sure the verdict is, what to answer first, what would turn it, and what to ``clarify`` where no list has that."""
    return [*_how_sure(words), *_what_turns_it(words, clarify)]


def _has_room(words: ReportWording) -> bool:
    lines = sum(lines_on(hurdle) for hurdle in (*words.assessment.blockers, *words.assessment.conditions))
    return lines <= FEW_LINES and lines + len(purposes_by_question(words)) <= ROOM


def _is_empty(words: ReportWording) -> bool:
    """Whether the first page has neither hurdles nor risks on it."""
    return words.assessment.verdict.name == "feasible" and not risks_come_first(words)


def lines_on(hurdle: HurdleItem) -> int:
    """How many lines the first page takes to say when a hurdle counts as met, in the longer of both languages: both have
    the same hurdles on it."""
    return max(lines_filled(hurdle.lifted_by[lang], LINE) for lang in LANGS)


def _how_sure(words: ReportWording) -> list[Line]:
    """How much was answered, what stays possible, and the one list of what to answer first."""
    a = words.assessment
    lines = [Line(words("owner.coverage", answered=a.coverage.answered, applicable=a.coverage.applicable))]
    if asked := words("list").join(_asked_by_purpose(words)):
        lines.append(Line(words("owner.would_settle", questions=asked)))
    return lines


def _asked_by_purpose(words: ReportWording) -> Iterator[str]:
    """The questions to answer first, those together that decide the same."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for code, purposes in purposes_by_question(words).items():
        grouped.setdefault(tuple(purposes), []).append(words.question(code))
    for decided, questions in grouped.items():
        yield words("owner.asked_for", purposes=words("join").join(decided), questions=words("join").join(questions))


def purposes_by_question(words: ReportWording) -> dict[str, list[str]]:
    """The codes of the questions to answer first, and what each decides: the verdict, the way of running it, its cost."""
    a = words.assessment
    if a.verdict.certainty == "open":  # they are what its first page is about
        return {}
    first = words.first_questions() if a.verdict.certainty == "leaning" else ()
    codes: dict[str, tuple[str, ...]] = {"verdict": tuple(question.code for question in first)}
    if a.verdict.name in ("feasible", "conditional"):
        doubt, way = doubted_way(a), a.costed()
        codes["way"] = doubt.codes if doubt else ()
        codes["cost"] = a.project.open if a.project and way and way.first_year is None else ()
    by_question: dict[str, list[str]] = {}
    for purpose, asked in codes.items():
        for code in asked:
            by_question.setdefault(code, []).append(words(f"owner.purpose.{purpose}"))
    return by_question


def _rests_on(words: ReportWording, sensitivity: SensitivityItem) -> str:
    """The answers the verdict rests on; that weights can turn it too, which the full report sets out."""
    one_step = [turn for turn in sensitivity.answers if turn.steps == 1]
    if len(one_step) == TURNS:  # there may be more, which only the sentence counts
        return words.of(sensitivity.sentence)
    answers = words.of(rests_on([quoted(turn.text) for turn in one_step]))
    return words.join_sentences(answers, *([words("owner.weights")] if sensitivity.weights else []))


def _what_turns_it(words: ReportWording, clarify: bool = True) -> list[Line]:
    """Which answers the verdict rests on, and the answers that do not go together."""
    a = words.assessment
    lines = [Line(_rests_on(words, a.insight.sensitivity))] if a.insight and a.insight.sensitivity else []
    remarks = [remark for remark in a.remarks if remark.matters and clarify][:MAX_REMARKS]
    return [*lines, *(Line(words("owner.clarify", text=words.of(remark.text))) for remark in remarks)]
