"""Pilot, training and going live keep out of the months in which nobody can be freed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.assessment import assess
from advisor.assessment.season import FRONT_LINE, MONTHS, season_note
from advisor.interview.answers import Answer

BEGINS = date(2026, 11, 30)


@pytest.fixture(scope="module")
def plan(knowledge, firms):
    return assess(firms["machine_tool_maker"], knowledge, BEGINS, engine="columns").plan


def months_of(plan):
    """The months that tasks of the front line run in, counted by day."""
    days = [
        date.fromordinal(BEGINS.toordinal() + int(7 * task.start) + day)
        for task in plan
        if task.phase in FRONT_LINE
        for day in range(max(1, int(7 * task.weeks)))
    ]
    return {MONTHS[day.month - 1] for day in days}


def test_a_month_the_front_line_works_in_is_told_and_one_it_does_not_is_not(plan):
    taken = months_of(plan)
    free = [month for month in MONTHS if month not in taken]
    assert taken and free
    assert season_note(plan, free[:1], BEGINS) is None
    month = min(taken, key=MONTHS.index)
    note = season_note(plan, {month}, BEGINS)
    assert month.capitalize() in note.en and "hold these until about" in note.en


def test_where_no_stretch_is_long_enough_the_work_is_to_be_stopped_and_gone_on_with(plan):
    assert "Stop for these months" in season_note(plan, set(MONTHS[::2]), BEGINS).en


def test_without_a_day_or_busy_months_nothing_is_said(plan):
    assert season_note(plan, set(MONTHS), None) is None
    assert season_note(plan, (), BEGINS) is None


def test_an_assessment_says_it_by_the_answers(knowledge, firms, plan):
    month = min(months_of(plan), key=MONTHS.index)
    given = {**firms["machine_tool_maker"].given, "busy_months": Answer("known", frozenset({month}))}
    project = assess(replace(firms["machine_tool_maker"], given=given), knowledge, BEGINS, engine="columns").project
    assert project.season and month.capitalize() in project.season.en
