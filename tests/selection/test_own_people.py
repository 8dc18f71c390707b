"""What own people cost where the firm is at home, and whether those who can be freed carry the project in its weeks."""

from __future__ import annotations

import re

import pytest

import advisor
from advisor.insight.full_assessment import assess_fully

FIRM = {
    "industry": "electromechanical", "employees": 120, "crm_users": 40, "field_staff": 20, "customer_accounts": 900,
    "own_sites": 3, "initial_budget": 600000, "running_budget": 200000,
}  # fmt: skip


def ways(knowledge, **given):
    answers = advisor.read_answers({**FIRM, **given}, knowledge)
    return {way.way: way for way in assess_fully(answers, knowledge, None).project.ways}


@pytest.fixture(scope="module")
def hosted(knowledge):
    """The hosted way of a firm at home and by the people it can free."""

    def of(**given):
        return ways(knowledge, **given)["hosted"]

    return of


def test_own_days_cost_what_people_cost_at_home(hosted):
    china, germany = hosted(home_country="mainland_china"), hosted(home_country="eu_eea")
    per_day = {name: way.own_staff[1] / way.own_days[1] for name, way in (("china", china), ("germany", germany))}
    assert 500 < per_day["china"] < 1200  # RMB
    assert 200 < per_day["germany"] < 600  # EUR


def test_more_people_are_never_slower(hosted):
    weeks = [hosted(home_country="mainland_china", project_people=people).go_live[1] for people in (1, 2, 3, 5, 9, 40)]
    assert weeks == sorted(weeks, reverse=True)


def test_too_few_people_are_told_beside_the_weeks_until_the_system_is_in_use(hosted):
    short, enough, none = (hosted(home_country="mainland_china", project_people=people) for people in (1, 40, 0))
    assert "With the one person you can free" in short.people_note.en and "weeks" in short.people_note.en
    assert enough.people_note is None
    assert short.go_live[1] > enough.go_live[1]  # the weeks told are those with the people there are
    assert f"the work takes {short.go_live[1]:.0f} weeks" in short.people_note.en
    people, weeks = re.search(r"with (\d+) it would take (\d+)", short.people_note.en).groups()
    faster = hosted(home_country="mainland_china", project_people=int(people))
    assert f"{faster.go_live[1]:.0f}" == weeks
    assert f"工作要{short.go_live[1]:.0f}周" in short.people_note.zh
    assert "You can free none" in none.people_note.en
    assert hosted(home_country="mainland_china").people_note is None
