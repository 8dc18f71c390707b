"""What a reader is told first: what stands in the way, then what is the firm's own, then what every project has."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.knowledge.commonness import commonness
from advisor.knowledge.schema import Approach


@pytest.fixture(scope="module")
def assessments(knowledge, firms):
    return [assess(answers, knowledge, engine="columns") for answers in firms.values()]


def test_what_stands_in_the_way_is_told_before_the_blanks_of_every_project(assessments):
    compared = 0
    for a in assessments:
        names = [task.id for task in a.plan]
        if a.verdict.name not in ("feasible", "conditional") or "establish_blanks" not in names:
            continue
        blanks = names.index("establish_blanks")
        waiting = {"establish_blanks"}
        for task in a.plan:
            if waiting & set(task.after):
                waiting.add(task.id)
        for task in a.plan:
            if task.lifts and task.id not in waiting:
                assert names.index(task.id) < blanks, task.id
                compared += 1
    assert compared


def test_no_task_is_told_before_one_it_waits_for(assessments):
    for a in assessments:
        names = [task.id for task in a.plan]
        for place, task in enumerate(a.plan):
            assert not set(task.after) & set(names[place + 1 :]), task.id


def test_what_fits_few_firms_is_less_common_than_what_every_project_has(knowledge):
    share = commonness(knowledge)
    assert share["establish_blanks"] == share["choose_and_contract"] == 1.0
    assert share["doctors_notes_agreed"] < share["interface_in_writing"] < 1.0
    assert all(0.0 <= share[name] <= 1.0 for name in knowledge.findings)


def test_of_equally_weighty_advice_what_fits_few_firms_comes_first(knowledge, assessments):
    share, compared = commonness(knowledge), 0
    for a in assessments:
        for one, other in zip(a.approaches, a.approaches[1:], strict=False):
            if one.weight == other.weight:
                assert share[one.id] <= share[other.id]
                compared += 1
    assert compared


@pytest.mark.slow
def test_no_advice_is_for_two_thirds_of_all_firms(knowledge, firms, further_firms):
    """What nearly every firm is told is no situation."""
    told: dict[str, int] = {}
    everyone = {**firms, **further_firms}
    for answers in everyone.values():
        for item in assess(answers, knowledge, engine="columns").approaches:
            told[item.id] = told.get(item.id, 0) + 1
    assert [name for name, count in told.items() if count > len(everyone) * 2 / 3] == []
    assert set(told) <= {name for name, finding in knowledge.findings.items() if isinstance(finding, Approach)}
