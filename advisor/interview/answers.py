"""What a firm answered. Known, known within bounds, unknown, not applicable and unanswered are five different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Literal, NamedTuple

from advisor.errors import Problem
from advisor.knowledge.answer_types import AnswerValue
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Truth, Value
from advisor.text import Text

Status = Literal["known", "within", "unknown", "not_applicable"]


class Answer(NamedTuple):
    """One answer. ``value`` is what the question's type makes of it, a margin where it is known within bounds; None where it
    is not known."""

    status: Status
    value: AnswerValue | None = None


@dataclass(frozen=True)
class Annotation:
    """What stands beside an answer, each part empty where nothing was said: ``source`` where it comes from, ``by`` whom and
    ``on`` which day it was given, ``confidence`` high, medium or low, ``visible`` to the client or internal, which empty
    means. ``words`` are those a person used for an answer known within bounds."""

    note: str = ""
    evidence: str = ""
    source: str = ""
    by: str = ""
    on: str = ""
    confidence: str = ""
    visible: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return self != _NOTHING

    @property
    def internal(self) -> bool:
        """Whether it says something that a client may not see."""
        return self.visible != "client" and replace(self, words="", visible="") != _NOTHING


_NOTHING = Annotation()
UNKNOWN = Answer("unknown")
NOT_APPLICABLE = Answer("not_applicable")


@dataclass(frozen=True)
class Firm:
    """Who answered: a name for the report's cover and a line about the firm, in one language or two; either may be None."""

    name: Text | None = None
    about: Text | None = None


Line = Literal["main", "other"]
"""A line of business of a firm: the main one, which a sheet is about, or the second."""


@dataclass(frozen=True)
class Lines:
    """Two lines of business: how each answers the questions they answer otherwise, and the line whose answers the sheet has
    at present. ``name`` is what the second is called."""

    other: Mapping[str, Answer]
    name: Text | None = None
    main: Mapping[str, Answer] = field(default_factory=dict)
    leads: Line = "main"
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    """What stands beside the answers of the second line."""

    def of(self, line: Line) -> Mapping[str, Answer]:
        """What one of the lines answers otherwise than the other."""
        return self.main if line == "main" else self.other


@dataclass(frozen=True)
class Author:
    """Who filled in a sheet: a name where one is stated, the roles answered for, the day, and the file it came in."""

    name: str = ""
    roles: tuple[str, ...] = ()
    on: date | None = None
    file: str = ""

    @property
    def label(self) -> str:
        """What the respondent is called: the name, else the file's without its ending."""
        return self.name or PurePath(self.file).stem


@dataclass(frozen=True)
class View:
    """The whole sheet of one of several respondents of a firm, with what stands beside its answers."""

    author: Author
    given: Mapping[str, Answer]
    lines: Lines | None = None
    annotations: Mapping[str, Annotation] = field(default_factory=dict)


class Ruling(NamedTuple):
    """What decides between different answers: a rule by its name, or ``chosen`` with the respondent whose answer is taken,
    and why."""

    rule: str
    take: str = ""
    reason: str = ""


class Decision(NamedTuple):
    """The answer taken where respondents differ, and what decided."""

    answer: Answer
    ruling: Ruling


@dataclass(frozen=True)
class Views:
    """The sheets a merged sheet was made from; the rules set for it, by question, type or ``all``; what they decided."""

    sheets: tuple[View, ...]
    rules: Mapping[str, Ruling] = field(default_factory=dict)
    decided: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """The answers of one firm by question id; a question that is not here is unanswered.

    ``notes`` say what was carried over from questions and steps of earlier versions. ``lines`` is there where a second line
    of business answers some questions otherwise. ``annotations`` are what stands beside answers, and beside questions not
    answered yet; those of a second line are kept with it. ``author`` is there where the sheet says who filled it in,
    ``views`` where it was merged from several.
    """

    given: Mapping[str, Answer] = field(default_factory=dict)
    firm: Firm = Firm()
    notes: tuple[Problem, ...] = field(default=(), compare=False)
    lines: Lines | None = None
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    author: Author | None = None
    views: Views | None = None

    def annotation(self, question: str) -> Annotation | None:
        """What stands beside the answer to a question: of two lines of business, that of the line the sheet is about."""
        lines = self.lines
        if lines and lines.leads == "other" and question in {*lines.main, *lines.other}:
            return lines.annotations.get(question)
        return self.annotations.get(question)

    def value(self, fact: str) -> Value | None:
        """The known value of a question, None where there is none."""
        answer = self.given.get(fact)
        if answer is None or answer.status != "known" or isinstance(answer.value, tuple | Margin):
            return None
        return answer.value

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which the answer to a question lies, None where it is known exactly or not at all."""
        answer = self.given.get(fact)
        return answer.value if answer is not None and isinstance(answer.value, Margin) else None

    def unknown(self, fact: str) -> Truth:
        """Whether the firm was asked and does not know; None where it was not answered at all."""
        answer = self.given.get(fact)
        return None if answer is None else answer.status == "unknown"

    def applies(self, fact: str) -> bool:
        """Whether the firm did not say that the question does not apply to it."""
        answer = self.given.get(fact)
        return answer is None or answer.status != "not_applicable"

    def found(self, finding: str) -> Truth:
        """Answers alone conclude nothing."""
        return None

    def with_answer(self, question: str, answer: Answer | None) -> Answers:
        """The same answers with one changed, or removed where ``answer`` is None; of two lines of business that answer it
        otherwise, that of the line the sheet is about."""
        given, lines = _changed(self.given, question, answer), self.lines
        if lines and question in {*lines.main, *lines.other}:
            changed = _changed(lines.of(lines.leads), question, answer)
            lines = replace(lines, main=changed) if lines.leads == "main" else replace(lines, other=changed)
        return replace(self, given=given, lines=lines, annotations=_without_words(self.annotations, question))

    def of_line(self, line: Line) -> Answers:
        """The sheet of one of the two lines of business."""
        if self.lines is None or self.lines.leads == line:
            return self
        differing = {*self.lines.main, *self.lines.other}
        shared = {name: answer for name, answer in self.given.items() if name not in differing}
        return replace(self, given={**shared, **self.lines.of(line)}, lines=replace(self.lines, leads=line))


def two_lines(
    sheet: Answers,
    other: Mapping[str, Answer],
    name: Text | None = None,
    annotations: Mapping[str, Annotation] | None = None,
) -> Answers:
    """A sheet about the main line of business, with the answers in which a second line differs, and what stands beside
    them."""
    main = {question: sheet.given[question] for question in other if question in sheet.given}
    return replace(sheet, lines=Lines(other, name, main, annotations=annotations or {}))


def _without_words(annotations: Mapping[str, Annotation], question: str) -> Mapping[str, Annotation]:
    """Annotations without the words of an answer that is given anew."""
    old = annotations.get(question)
    if old is None or not old.words:
        return annotations
    fresh = replace(old, words="")
    return {name: one for name, one in {**annotations, question: fresh}.items() if one}


def _changed(given: Mapping[str, Answer], question: str, answer: Answer | None) -> dict[str, Answer]:
    rest = {name: old for name, old in given.items() if name != question}
    return {**rest, question: answer} if answer else rest
