"""Pilot, training and going live keep out of the months in which nobody can be freed; every figure says what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from advisor.assessment import assess
from advisor.assessment.season import FRONT_LINE, MONTHS, Held, closed_half_weeks, season_note
from advisor.interview.answers import Answer
from advisor.project.schedule import Span
from advisor.reporting.chapters.cost import go_live_with_holds
from advisor.reporting.chapters.wording import ReportWording
from advisor.text import Text

BEGINS = date(2026, 11, 30)
PILOT, WAVES = Text(zh="试点", en="Pilot"), Text(zh="分批上线", en="Go live in waves")


@pytest.fixture(scope="module")
def busy_firm(knowledge, firms):
    """An assessment of the maker of machine tools by the months in which it can free nobody."""
    made = {}

    def of(*months, on=BEGINS):
        key = months, on
        if key not in made:
            answers = firms["machine_tool_maker"]
            given = {**answers.given, "busy_months": Answer("known", frozenset(months))}
            made[key] = assess(replace(answers, given=given), knowledge, on, engine="columns")
        return made[key]

    return of


def front_line_months(plan):
    """The months that tasks of the front line run in, counted by day."""
    days = [
        BEGINS + timedelta(days=int(7 * task.start) + day)
        for task in plan
        if task.phase in FRONT_LINE
        for day in range(max(1, int(7 * task.weeks)))
    ]
    return {MONTHS[day.month - 1] for day in days}


def test_the_plan_keeps_out_of_the_busy_months_and_the_weeks_are_those_of_the_plan(busy_firm):
    quiet = busy_firm()
    month = min(front_line_months(quiet.plan), key=MONTHS.index)
    held = busy_firm(month)
    assert month not in front_line_months(held.plan)
    last = max(task.start + task.weeks for task in held.plan if task.core and task.phase == "roll_out")
    assert held.project.go_live[1] == last > quiet.project.go_live[1]
    assert held.project.work_weeks[1] == quiet.project.go_live[1]


def test_every_reader_tells_the_weeks_with_the_busy_months_and_how_many_of_them_are_work(busy_firm):
    month = min(front_line_months(busy_firm().plan), key=MONTHS.index)
    held = busy_firm(month)
    way = held.costed()
    work, live = f"{way.work_weeks[1]:.0f}", f"{way.go_live[1]:.0f}"
    assert way.is_held and month.capitalize() in held.project.season.en
    assert f"The work takes about {work} weeks; with the busy months the system is in use everywhere after {live}." in (
        held.project.season.en
    )
    assert f"about {work} of work" in go_live_with_holds(ReportWording(held, "en"), way)
    assert f"工作约{work}周" in go_live_with_holds(ReportWording(held, "zh"), way)


def test_a_plan_without_a_day_or_clash_is_not_held(busy_firm):
    free = next(month for month in MONTHS if month not in front_line_months(busy_firm().plan))
    assert busy_firm(free).project.season is None
    assert busy_firm(free).project.go_live == busy_firm().project.go_live
    undated = busy_firm(*MONTHS[:6], on=None).project
    assert undated.season is None and undated.go_live == undated.work_weeks


def test_what_is_longer_than_any_stretch_is_stopped_and_gone_on_with(busy_firm):
    held = busy_firm(*MONTHS[::2])
    assert "No stretch between busy months is long enough for" in held.project.season.en
    assert "两段忙季之间的空档不够长" in held.project.season.zh
    assert held.project.go_live[1] > held.project.work_weeks[1]


def test_a_year_without_a_free_month_holds_nothing_and_asks_who_stands_in(busy_firm):
    always = busy_firm(*MONTHS)
    assert closed_half_weeks(MONTHS, BEGINS, 20) == ()
    assert always.project.go_live == always.project.work_weeks
    assert "no month of your year is free" in always.project.season.en


def test_the_months_are_told_in_the_order_they_come_and_one_task_agrees_with_its_verb():
    task = Held(PILOT, Span(2.0, 8.0), Span(10.0, 8.0))
    note = season_note([task], {"january", "december"}, BEGINS, (20.0, 28.0))
    assert note.en.startswith("Counted from today, “Pilot” would fall into December, January, when")
    assert "beginning with “Pilot”, to about 8 February 2027" in note.en


def test_a_range_is_never_narrower_than_the_work_alone(busy_firm):
    for months in (("march",), ("january", "february"), MONTHS[4:9]):
        project = busy_firm(*months).project
        assert all(live >= work for live, work in zip(project.go_live, project.work_weeks, strict=True))
        assert sorted(project.go_live) == list(project.go_live)
