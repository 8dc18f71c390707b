"""One schedule: prerequisites hold, small projects are short, large ones long, and a circle is told."""

from __future__ import annotations

from graphlib import CycleError

import numpy as np
import pytest

from advisor.knowledge import load_knowledge
from advisor.project.money import Pricing
from advisor.project.schedule import Load, Schedule, Span, Team, duration, in_order, levelled, scheduled
from advisor.project.work import DURATION, OWN, amount, tasks_of
from tests.project.firms import Given, WrittenFirms, firm, scheme_of

KNOWLEDGE = load_knowledge()
SCHEME = scheme_of(KNOWLEDGE)
HOSTED = tasks_of([task for task in KNOWLEDGE.tasks if task.core], "hosted")

AFTER = {task.id: task.after for task in HOSTED}


def schedule_of(**changes: Given) -> Schedule:
    money = Pricing(SCHEME, [task for task in KNOWLEDGE.tasks if task.core]).money(WrittenFirms((firm(**changes),)))
    week = money.cases.of("", SCHEME.days_a_week)
    weeks = {
        task.id: duration(
            amount(task.own_days, OWN, money.cases, money.quantities, 1) * (not task.by_staff),
            amount(task.weeks, DURATION, money.cases, money.quantities, 1),
            task.people,
            week,
        )
        for task in HOSTED
    }
    return scheduled(AFTER, weeks, money.cases, 1)


def test_every_task_waits_for_those_it_needs() -> None:
    schedule = schedule_of()
    names = {task.id for task in HOSTED}
    for task in HOSTED:
        for name in set(task.after) & names:
            assert (schedule.start[task.id] >= schedule.end(name)).all()


@pytest.mark.parametrize(("users", "least", "most"), [(9, 6, 16), (45, 9, 20), (400, 15, 60)])
def test_going_live_takes_as_long_as_a_project_of_its_size(users: int, least: int, most: int) -> None:
    assert least <= schedule_of(crm_users=users).end("go_live")[0, 0] <= most


def test_a_trial_comes_before_the_contract_and_the_contract_before_the_set_up() -> None:
    start = {name: weeks[0, 0] for name, weeks in schedule_of().start.items()}
    assert start["try_candidates"] < start["choose_and_contract"] < start["design_and_configure"] < start["run_pilot"]


def test_more_users_never_go_live_earlier() -> None:
    ends = [schedule_of(crm_users=users).end("go_live")[0, 0] for users in (2, 9, 30, 80, 300, 1200)]
    assert ends == sorted(ends)


def test_tasks_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(CycleError):
        in_order({"a": ["b"], "b": ["a"]})


def test_the_order_given_stands_where_nothing_else_decides() -> None:
    assert in_order({"c": ["a"], "b": [], "a": []}) == ["b", "a", "c"]


def test_the_most_urgent_comes_first_with_all_it_waits_for() -> None:
    after = {"rest": [], "sponsor": ["briefing"], "briefing": [], "trial": []}
    assert in_order(after, {"rest": 3, "sponsor": 0, "briefing": 3, "trial": 2}) == ["briefing", "sponsor", "trial", "rest"]


def test_the_people_of_a_role_do_no_more_than_they_have_days_for() -> None:
    half, other = Load(2.0, 2.0, "it"), Load(2.0, 4.0, "sales")
    order = ["a", "b", "c", "d"]
    spans = levelled(order, dict.fromkeys(order, ()), {"a": half, "b": half, "c": half, "d": other}, Team(4.0))
    assert {name: span.start for name, span in spans.items()} == {"a": 0, "b": 0, "c": 2, "d": 0}


def test_those_freed_for_the_project_do_no_more_than_they_have_days_for_whoever_owns_the_tasks() -> None:
    loads = {role: Load(2.0, 4.0, role, by_freed=role != "c") for role in "abc"}
    spans = levelled(["a", "b", "c"], dict.fromkeys(loads, ()), loads, Team(freed=4.0))
    assert {name: span.start for name, span in spans.items()} == {"a": 0, "b": 2, "c": 0}


def test_what_takes_people_from_customers_keeps_out_of_closed_weeks_and_is_stopped_where_no_stretch_is_long_enough() -> None:
    closed = ([False] * 4 + [True] * 2) * 6  # two weeks free, one closed
    short, long = Load(1.5, 0.0, front_line=True), Load(3.0, 0.0, front_line=True)
    loads = {"first": Load(1.0, 0.0), "short": short, "long": long, "desk": Load(3.0, 0.0)}
    after = {"first": (), "short": ("first",), "long": ("short",), "desk": ()}
    spans = levelled([*loads], after, loads, Team(closed=closed))
    assert (spans["short"].start, spans["short"].weeks) == (3.0, 1.5)
    assert (spans["long"].start, spans["long"].end) == (4.5, 9.5)  # half a week, one closed, two, one closed, half a week
    assert spans["desk"] == Span(0.0, 3.0)


def test_weeks_are_told_in_halves_and_never_none() -> None:
    assert duration(np.array([[0.1]]), np.array([[0.0]]), 5, np.array([[2.0]])).item() == 0.5
