"""Several sheets of one firm, question by question: who said what, where they agree, and which rule decides between them.

Nothing is decided here that rests on a verdict: :mod:`advisor.insight.views` does that.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from advisor.errors import InputError
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer, Answers, Author, Ruling, View
from advisor.interview.authors import ALL, CHOSEN, Rule
from advisor.knowledge.answer_types.list import MAX_LINES
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question

How = Literal["one", "same", "known", "narrowed", "joined"]
"""How respondents agree: only one answered; all the same; the others do not know; their ranges overlap; lines of all."""
USUAL: tuple[Rule, ...] = ("owner", "most_recent", "most_cautious")
USUAL_FOR_SCALES: tuple[Rule, ...] = ("median", *USUAL)
"""Which rule decides where none is set: the first that can."""


@dataclass(frozen=True)
class Position:
    """An answer and the places of the sheets that give it."""

    answer: Answer
    sheets: tuple[int, ...]


@dataclass(frozen=True)
class QuestionViews:
    """What the sheets say to one question. ``agreed`` is what they come to together, None where they contradict one another;
    ``positions`` are the different answers, in the order of the sheets, without "unknown"."""

    question: str
    positions: tuple[Position, ...]
    unknown: tuple[int, ...]
    agreed: Answer | None
    how: How | None

    @property
    def conflict(self) -> bool:
        """Whether no answer satisfies all."""
        return self.agreed is None


@dataclass(frozen=True)
class Sheets:
    """The sheets to merge, each with a label of its own; ``repeated`` are files with the same answers as another sheet (file
    and label of that one), ``empty`` files without an answer, ``by_hand`` what was changed in a merged sheet afterwards."""

    views: tuple[View, ...]
    repeated: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    rules: Mapping[str, Ruling] | None = None


def question_views(views: Sequence[View], knowledge: Knowledge) -> dict[str, QuestionViews]:
    """What some sheets say to each question that any of them answers, in the order of the questionnaire."""
    asked = (name for name in knowledge.questions if any(name in view.given for view in views))
    return {name: _views_of(name, views, knowledge) for name in asked}


def _views_of(name: str, views: Sequence[View], knowledge: Knowledge) -> QuestionViews:
    said: dict[Answer, list[int]] = {}
    for place, view in enumerate(views):
        if name in view.given:
            said.setdefault(view.given[name], []).append(place)
    unknown = tuple(said.get(UNKNOWN, ()))
    positions = tuple(Position(answer, tuple(places)) for answer, places in said.items() if answer != UNKNOWN)
    agreed, how = _agreed([position.answer for position in positions], knowledge.questions[name], knowledge)
    if agreed is not None and how == "same":
        answered = len(unknown) + sum(len(position.sheets) for position in positions)
        how = "one" if answered == 1 else "known" if unknown and positions else "same"
    return QuestionViews(name, positions, unknown, agreed, how)


def _agreed(answers: Sequence[Answer], question: Question, knowledge: Knowledge) -> tuple[Answer | None, How | None]:
    """What different answers come to together; None where they contradict one another."""
    if len(answers) < 2:
        return (answers[0] if answers else UNKNOWN), "same"
    if NOT_APPLICABLE in answers:
        return None, None
    if question.answer_type.free:
        lines = tuple(dict.fromkeys(line for answer in answers for line in _lines(answer)))
        return (Answer("known", lines), "joined") if len(lines) <= MAX_LINES else (None, None)
    bounds = [_bounds(answer) for answer in answers]
    if None in bounds:
        return None, None
    low, high = max(b[0] for b in bounds if b), min(b[1] for b in bounds if b)
    exact = next((answer for answer in answers if answer.status == "known"), None)
    if low > high:
        return None, None
    if exact is not None or low == high:
        steps = knowledge.facts[question.id].steps
        return exact or Answer("known", int(low) if steps else low), "narrowed"
    whole = all(isinstance(a.value, Margin) and a.value.whole for a in answers)
    return Answer("within", Margin(low, high, whole)), "narrowed"


def _lines(answer: Answer) -> tuple[str, ...]:
    return answer.value if isinstance(answer.value, tuple) else ()


def _bounds(answer: Answer) -> tuple[float, float] | None:
    value = answer.value
    if isinstance(value, Margin):
        return value.low, value.high
    return (value, value) if isinstance(value, int | float) else None


def chain(question: Question, rules: Mapping[str, Ruling]) -> tuple[Ruling, ...]:
    """The rules that may decide a question, the first that can does: those set for it, for its type or for all, then the
    usual ones."""
    usual = USUAL_FOR_SCALES if question.answer_type.numbered else USUAL
    named = [rules[key] for key in (question.id, question.code, question.type, ALL) if key in rules]
    return tuple(dict.fromkeys((*named, *map(Ruling, usual))))


def decided_by(ruling: Ruling, said: QuestionViews, views: Sequence[View], question: Question) -> Position | None:
    """The position that a rule takes; None where it cannot tell the positions apart."""
    match ruling.rule:
        case "owner":
            return _only(said, {p for p, view in enumerate(views) if question.role in view.author.roles})
        case "most_recent":
            days = {place: _day_of(views[place], question) for position in said.positions for place in position.sheets}
            known = {place: day for place, day in days.items() if day is not None}
            if len(known) < len(days):
                return None
            return _only(said, {place for place, day in known.items() if day == max(known.values())})
        case "median":
            return _median(said)
        case "chosen":
            return _only(said, {p for p, view in enumerate(views) if ruling.take in (view.author.label, view.author.file)})
        case _:
            return None


def _day_of(view: View, question: Question) -> date | None:
    """The day an answer was given: the one beside it, else that of the sheet."""
    beside = view.annotations.get(question.id)
    try:
        return date.fromisoformat(beside.on) if beside and beside.on else view.author.on
    except ValueError:
        return view.author.on


def _only(said: QuestionViews, sheets: set[int]) -> Position | None:
    """The one position that some sheets hold."""
    held = [position for position in said.positions if sheets & set(position.sheets)]
    return held[0] if len(held) == 1 else None


def _median(said: QuestionViews) -> Position | None:
    """The answer in the middle of all that were given; of two in the middle, none unless they are the same."""
    line = []
    for position in said.positions:
        bounds = _bounds(position.answer)
        if bounds is None or math.isinf(bounds[1]):
            return None
        line += [(sum(bounds) / 2, position)] * len(position.sheets)
    line.sort(key=lambda entry: entry[0])
    low, high = line[(len(line) - 1) // 2][1], line[len(line) // 2][1]
    return low if low == high else None


def check_rules(rules: Mapping[str, Ruling], views: Sequence[View], knowledge: Knowledge) -> None:
    """Check that rules are set for questions, types or all, and that whoever is chosen is a respondent.

    Raises :class:`~advisor.errors.InputError` for the first that is not.
    """
    types = {question.type for question in knowledge.questions.values()}
    codes = {question.code for question in knowledge.questions.values()}
    known = [name for view in views for name in (view.author.label, view.author.file)]
    for key, ruling in rules.items():
        if key not in types and key not in codes and key not in knowledge.questions and key != ALL:
            raise InputError("merge_rule_for_nothing", name=key, types=", ".join(sorted(types)))
        if ruling.rule == CHOSEN and ruling.take not in known:
            raise InputError("merge_no_respondent", name=ruling.take, known=", ".join(dict.fromkeys(filter(None, known))))


def gathered_sheets(sheets: Sequence[Answers], knowledge: Knowledge) -> Sheets:
    """The sheets behind some answers, each ``author`` with its file: a merged one is taken apart again, a repeated one
    counts once, and one without answers is set aside."""
    views, repeated, empty, rules = list[View](), list[tuple[str, str]](), list[str](), dict[str, Ruling]()
    for view, set_rules in _taken_apart(sheets, knowledge):
        rules.update(set_rules)
        same = next((other for other in views if _is_copy(view, other)), None)
        if not view.given and not view.lines and not view.annotations:
            empty.append(view.author.file or view.author.label)
        elif same is None:
            views.append(view)
        else:
            repeated.append((view.author.file or view.author.label, same.author.label))
            views[views.index(same)] = replace(same, author=_fuller(same.author, view.author))
    return Sheets(tuple(_labelled(views)), tuple(repeated), tuple(empty), rules)


def _taken_apart(sheets: Sequence[Answers], knowledge: Knowledge) -> Iterator[tuple[View, Mapping[str, Ruling]]]:
    """Each sheet with the rules that come with it; of a merged one those it was made from, and what was changed since."""
    for sheet in sheets:
        author = sheet.author or Author()
        if sheet.views is None:
            yield View(author, sheet.given, sheet.lines, sheet.annotations), {}
            continue
        for view in sheet.views.sheets:
            yield view, sheet.views.rules
        agreed = {name: said.agreed for name, said in question_views(sheet.views.sheets, knowledge).items()}
        agreed.update({name: made.answer for name, made in sheet.views.decided.items()})
        if changed := {name: answer for name, answer in sheet.given.items() if answer != agreed.get(name)}:
            chosen = Ruling(CHOSEN, author.label)
            beside = {name: sheet.annotations[name] for name in changed if name in sheet.annotations}
            yield View(author, changed, annotations=beside), {**sheet.views.rules, **dict.fromkeys(changed, chosen)}


def _is_copy(view: View, other: View) -> bool:
    """Whether two sheets have the same answers and nothing says that two people gave them."""
    here, there = view.author, other.author
    same_name = not here.name or not there.name or here.name == there.name
    same_role = not here.roles or not there.roles or here.roles == there.roles
    answers = ((v.given, v.lines, v.annotations) for v in (view, other))
    return next(answers) == next(answers) and same_name and same_role


def _fuller(author: Author, copy: Author) -> Author:
    days = [day for day in (author.on, copy.on) if day]
    return Author(author.name or copy.name, author.roles or copy.roles, max(days, default=None), author.file)


def _labelled(views: Sequence[View]) -> Iterator[View]:
    """The sheets, those whose labels are the same numbered."""
    labels, seen = Counter(view.author.label for view in views), Counter[str]()
    for view in views:
        label = view.author.label
        seen[label] += 1
        name = f"{label} ({seen[label]})" if labels[label] > 1 else view.author.name
        yield replace(view, author=replace(view.author, name=name))
