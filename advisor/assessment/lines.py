"""Two lines of business: model and need of each by the same rules, and the line that verdict and project read.

Enters: a sheet with ``lines``. Leaves: the sheet of the line that leads, from which everything else is worked out, and what
an assessment says of both (decision 28).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.assessment.answer_items import answer_item
from advisor.assessment.model.items import AnswerItem
from advisor.assessment.model.lines import LineItem, LinesItem
from advisor.assessment.reasons import need_reasons
from advisor.assessment.score_items import grade, score_item
from advisor.inference.inference import Inference, infer
from advisor.inference.models import OTHER_LINES
from advisor.interview.answers import Answer, Answers, Line
from advisor.interview.session import applies
from advisor.knowledge.model import Knowledge
from advisor.phrases import joined, phrases, sentences
from advisor.rounding import points_in_words
from advisor.text import Text

phrase = phrases("assessment")

LINE_IN_NEED = "line_in_need"
"""The question in which line of business looking after customers goes wrong."""
SEATS = ("crm_users", "first_stage_users")
"""What a sheet counts for the whole firm, as long as the system is not for the second line alone."""
MAX_REASONS = 2


def leading(answers: Answers, knowledge: Knowledge) -> Answers:
    """The sheet of the line of business that leads; a sheet of one line as it is.

    It is the line that the firm says needs the system, else the one in greater need by its answers, the main one where need
    is level or cannot be told.
    """
    if answers.lines is None:
        return answers
    main, other = answers.of_line("main"), answers.of_line("other")
    if said := _said(main, knowledge):
        return other if said == "other" else main
    readings = _readings(main, other, knowledge)
    if _greater(*readings, knowledge) != "other":
        return main
    return _for_both(main, other, readings[0])


def lines_item(answers: Answers, knowledge: Knowledge) -> LinesItem | None:
    """What an assessment of a sheet says of both lines of business; None where there is one."""
    if answers.lines is None:
        return None
    main, other = answers.of_line("main"), answers.of_line("other")
    readings = _readings(main, other, knowledge)
    names: dict[Line, Text] = {"main": phrase("lines.main"), "other": answers.lines.name or phrase("lines.other")}
    differing = tuple(
        _items(line, _differing(line, rest, knowledge), knowledge) for line, rest in ((main, other), (other, main))
    )
    titles = (phrase("lines.main_title"), answers.lines.name or phrase("lines.other_title"))
    items = {
        line: _line_item(line, title, reading, answered, knowledge)
        for line, title, reading, answered in zip(names, titles, readings, differing, strict=True)
    }
    why = sentences(list(_why(answers.lines.leads, _said(main, knowledge), names, readings, knowledge)))
    return LinesItem(leads=answers.lines.leads, why=why, named=answers.lines.name, **items)


def _said(main: Answers, knowledge: Knowledge) -> Line | None:
    """The line that the firm says needs the system; None where it says both, or does not say."""
    question = knowledge.questions.get(LINE_IN_NEED)
    said = main.value(LINE_IN_NEED) if question and applies(question, main, knowledge) else None
    return "main" if said == "main" else "other" if said == "other" else None


def _readings(main: Answers, other: Answers, knowledge: Knowledge) -> tuple[Inference, Inference]:
    first, second = infer(knowledge, [main, other], "columns")
    return first, second


def _need(reading: Inference, knowledge: Knowledge) -> float | None:
    """The need of a line, None where too little is answered to tell it."""
    need = reading.scores[knowledge.verdict.need]
    return need.points if need.answered >= knowledge.verdict.enough_answers else None


def _greater(main: Inference, other: Inference, knowledge: Knowledge) -> Line | None:
    """The line in greater need; None where they are level, or need of either cannot be told."""
    here, there = _need(main, knowledge), _need(other, knowledge)
    if here is None or there is None or here == there:
        return None
    return "main" if here > there else "other"


def _for_both(main: Answers, other: Answers, reading: Inference) -> Answers:
    """The sheet of a second line that leads while the system is for both: seats as the firm counts them, and the model of
    the main line among the further ones."""
    assert other.lines is not None
    given = dict(other.given)
    for name in SEATS:
        if name in main.given:
            given[name] = main.given[name]
    models = reading.model.in_play - set(reading.model.other_lines)
    if not models:
        return replace(other, given=given)
    further, named = Answer("known", frozenset(models)), main.given.get(OTHER_LINES)
    differing = replace(
        other.lines,
        other={**other.lines.other, OTHER_LINES: further},
        main={**other.lines.main, **({OTHER_LINES: named} if named else {})},
    )
    return replace(other, given={**given, OTHER_LINES: further}, lines=differing)


def _differing(line: Answers, rest: Answers, knowledge: Knowledge) -> dict[str, Answer]:
    """What a line answers otherwise than the other; also what does not apply to the other, in catalogue order."""
    assert line.lines is not None
    named = line.lines.of(line.lines.leads)

    def differs(name: str) -> bool:
        question = knowledge.questions[name]
        return name in named or (applies(question, line, knowledge) and not applies(question, rest, knowledge))

    return {name: line.given[name] for name in knowledge.questions if name in line.given and differs(name)}


def _items(line: Answers, answered: Mapping[str, Answer], knowledge: Knowledge) -> tuple[AnswerItem, ...]:
    return tuple(answer_item(knowledge, name, answer, line.annotation(name)) for name, answer in answered.items())


def _line_item(
    line: Line, name: Text, reading: Inference, answered: tuple[AnswerItem, ...], knowledge: Knowledge
) -> LineItem:
    need, model = reading.scores[knowledge.verdict.need], reading.model
    level, label = grade(need, knowledge)
    models = [m for m in (model.first, model.second if model.mixed else None) if m]
    labels = [knowledge.models.kinds[m].label for m in models]
    scores = {score: score_item(value, knowledge) for score, value in reading.scores.items()}
    return LineItem(
        line=line,
        name=name,
        model=model.first,
        second=model.second if model.mixed else None,
        model_label=joined(labels) if labels else phrase("answer.open"),
        need=need.points,
        low=need.low,
        high=need.high,
        grade=level,
        grade_label=label or phrase("answer.open"),
        reasons=tuple(need_reasons(scores, knowledge))[:MAX_REASONS],
        answers=answered,
    )


def _why(
    leads: Line, said: Line | None, names: dict[Line, Text], readings: tuple[Inference, Inference], knowledge: Knowledge
) -> Iterator[Text]:
    """Why a line leads, and what speaks against it."""
    greater, needs = _greater(*readings, knowledge), [_need(reading, knowledge) for reading in readings]
    shown = dict(zip(names, ("–" if need is None else points_in_words(need) for need in needs), strict=True))
    rest: Line = "other" if leads == "main" else "main"
    values = {"line": names[leads], "points": shown[leads], "rest": names[rest], "less": shown[rest]}
    if said:
        yield phrase("lines.said", **values)
        levels = {
            line: grade(reading.scores[knowledge.verdict.need], knowledge)[0]
            for line, reading in zip(names, readings, strict=True)
        }
        if greater == rest and levels["main"] != levels["other"]:
            yield phrase("lines.doubt", **values)
    elif greater:
        yield phrase("lines.greater", **values)
    else:
        yield phrase("lines.level" if None not in needs else "lines.open", **values)
