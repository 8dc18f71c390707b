"""Operations on several sheets of one firm: those of several people, and those of two points in time."""

from __future__ import annotations

from dataclasses import replace

from advisor.errors import InputError
from advisor.insight.planned import planned
from advisor.insight.since import TimePoint, since
from advisor.insight.view_items import merge_item
from advisor.insight.views import merge
from advisor.interview import Answers
from advisor.interview.answers import Author
from advisor.interview.merge_rules import rules_in
from advisor.interview.serialization import plain
from advisor.web.api import models as m
from advisor.web.api.operations import operation
from advisor.web.api.request_answers import carried_over, entries, firm_answers, second_line
from advisor.web.services import get_services


@operation("POST", "/merge", "Several people's sheets of one firm as one", m.Merge, body=m.MergeBody)
def merge_sheets(body: m.MergeBody) -> m.Merge:
    """The merged answers, where the sheets differ, and what each difference does."""
    knowledge = get_services().knowledge
    sheets = [_sheet(sheet, number) for number, sheet in enumerate(body.sheets, 1)]
    if not any(sheet.given for sheet in sheets):
        raise InputError("merge_nothing")
    rules = {
        key: rule.model_dump(exclude_defaults=True) if isinstance(rule, m.TakenAnswer) else rule
        for key, rule in body.rules.items()
    }
    merged = merge(knowledge, sheets, rules_in(rules, knowledge))
    given = merged.answers.given
    return m.Merge(
        answers={name: plain(knowledge.questions[name], answer) for name, answer in given.items()},
        merged=merge_item(knowledge, merged),
        carried_over=carried_over(*merged.answers.notes),
    )


def _sheet(sheet: m.SheetOfOne, number: int) -> Answers:
    """The sheet of one respondent; one without a name is called by its number."""
    answers = entries(sheet.answers, f"sheets.{number}")
    if sheet.line_b:
        answers = second_line(answers, sheet.line_b)
    said = sheet.by or m.Respondent()
    return replace(answers, author=Author(said.name or str(number), tuple(said.roles), said.on))


@operation("POST", "/compare", "What changed between two points in time", m.Compared, body=m.TwoPoints)
def compare_points(body: m.TwoPoints) -> m.Compared:
    """Verdict, points, money, findings and tasks that changed, each with the changed answers that carry it."""
    knowledge = get_services().knowledge
    sheets = [firm_answers(body.then), firm_answers(body.now)]
    days = [body.then.date, body.now.date]
    then, now = (TimePoint(planned(knowledge, answers, day)[0], answers) for answers, day in zip(sheets, days, strict=True))
    notes = [note for answers in sheets for note in answers.notes]
    return m.Compared(since=since(knowledge, then, now), carried_over=carried_over(*notes))
