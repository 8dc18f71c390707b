"""Plan, path, Gantt chart and effort are readings of one schedule: what must hold for every firm."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.course import staying_course
from advisor.assessment.plan_items import TOP_RISKS
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.panel.reading import read_panel
from tests.random_firms import random_firm

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RANDOM_FIRMS = 300
SOME = 15
"""So many random firms are examined whole, path included."""
NO_SYSTEM = ("not_yet", "not_needed_now", "not_enough_answers")


@pytest.fixture(scope="module")
def everyone(knowledge: Knowledge, firms: Mapping[str, Answers]) -> list[Assessment]:
    """Samples, panel and random firms."""
    draw = random.Random(8)
    panel = [firm.answers for firm in read_panel(ROOT / "tests" / "panel", knowledge)]
    drawn = [random_firm(knowledge, draw) for _ in range(RANDOM_FIRMS)]
    return [assess(answers, knowledge, engine="columns") for answers in (*firms.values(), *panel, *drawn)]


@pytest.fixture(scope="module")
def examined(knowledge: Knowledge, firms: Mapping[str, Answers]) -> list[Assessment]:
    """Samples, panel and some random firms with their path and choice."""
    draw = random.Random(9)
    panel = [firm.answers for firm in read_panel(ROOT / "tests" / "panel", knowledge)]
    drawn = [random_firm(knowledge, draw) for _ in range(SOME)]
    return [assess_fully(answers, knowledge, None, engine="columns") for answers in (*firms.values(), *panel, *drawn)]


def test_no_contract_without_a_verdict_that_allows_one(everyone: list[Assessment]) -> None:
    seen = set()
    for assessment in everyone:
        phases = {task.phase for task in assessment.plan}
        seen.add(assessment.verdict.name)
        if assessment.verdict.name in NO_SYSTEM or staying_course(assessment):
            assert not phases & {"trial", "contract", "set_up", "pilot", "roll_out"}
            assert staying_course(assessment) or assessment.plan[-1].id in ("decide_again", "look_again", "assess_again")
        else:
            assert {"contract", "set_up", "pilot", "roll_out"} <= phases
    assert seen == {"feasible", "conditional", *NO_SYSTEM}


def test_the_contract_waits_for_a_trial_and_for_the_tasks_of_every_condition(everyone: list[Assessment]) -> None:
    for assessment in everyone:
        start = {task.id: task.start for task in assessment.plan}
        end = {task.id: task.start + task.weeks for task in assessment.plan}
        if "choose_and_contract" in start:
            lifting = [task.id for task in assessment.plan if task.lifts]
            trial = [task.id for task in assessment.plan if task.core and task.phase == "trial"]
            assert all(end[name] <= start["choose_and_contract"] for name in (*lifting, *trial))


def test_every_condition_blocker_and_grave_risk_has_a_task_in_a_plan_that_ends_in_a_system(
    everyone: list[Assessment],
) -> None:
    for assessment in everyone:
        lifted = {name for task in assessment.plan for name in task.lifts}
        met = {name for task in assessment.plan for name in task.meets}
        if assessment.verdict.name in ("feasible", "conditional"):
            stays = staying_course(assessment)  # risks of bringing in another system then have no task
            assert stays or {risk.id for risk in assessment.risks[:TOP_RISKS]} <= met
            assert {hurdle.id for hurdle in assessment.conditions if hurdle.supports} <= lifted
        if assessment.verdict.name == "not_yet":
            assert {hurdle.id for hurdle in assessment.blockers} <= lifted


def test_before_the_decision_nothing_is_planned_that_waits_for_it(knowledge: Knowledge, everyone: list[Assessment]) -> None:
    """Hiring for the project, an adviser, approval by a group: not for a firm that is told to wait."""
    after_decision = {task.id for task in knowledge.tasks if "decide_on_report" in task.after}
    assert {"choose_adviser", "find_crm_people", "submit_for_approval"} <= after_decision
    for assessment in everyone:
        if assessment.verdict.name == "not_yet":
            blocked = {hurdle.id for hurdle in assessment.blockers}
            premature = [task for task in assessment.plan if task.id in after_decision and not blocked & set(task.lifts)]
            assert not premature


def test_nobody_is_asked_to_do_what_is_done_already(knowledge: Knowledge, firms: Mapping[str, Answers]) -> None:
    divided = firms["machine_tool_maker"].with_answer("top_team_coordination", Answer("known", 1))
    led = {
        leader: {task.id for task in assess(divided.with_answer("sponsor_level", Answer("known", leader)), knowledge).plan}
        for leader in ("senior_executive", "chief")
    }
    assert "settle_across_departments" in led["chief"] & led["senior_executive"]
    assert "chief_takes_lead" in led["senior_executive"] - led["chief"]


def test_more_than_six_risks_have_at_least_three_levels_and_the_gravest_come_first(everyone: list[Assessment]) -> None:
    order = ("high", "medium", "low")
    seen = 0
    for assessment in everyone:
        levels = [risk.level for risk in assessment.risks]
        if len(levels) > 6:
            seen += 1
            assert set(levels) == set(order)
            assert levels == sorted(levels, key=order.index)
            assert levels.count("high") <= 5
    assert seen > 50


def test_no_danger_of_the_trade_tops_the_list_where_the_project_has_risks_of_its_own(everyone: list[Assessment]) -> None:
    for assessment in everyone:
        of_the_project = [risk for risk in assessment.risks if risk.strikes in ("now", "in_project")]
        if len(of_the_project) >= 3:
            assert all(risk.strikes != "beside" for risk in assessment.risks[:3])


def test_a_task_has_one_set_of_figures_wherever_it_stands(everyone: list[Assessment]) -> None:
    for assessment in everyone:
        assert assessment.project
        whole = {task.id: task for task in assessment.project.tasks}
        for task in assessment.plan:
            same = whole[task.id]
            assert same.planned
            assert (same.own_days, same.outside_days, same.start, same.weeks, same.owner, same.after) == (
                task.own_days,
                task.outside_days,
                task.start,
                task.weeks,
                task.owner,
                task.after,
            )
        assert {task.id for task in assessment.project.tasks if task.planned} == {task.id for task in assessment.plan}


def test_every_task_starts_when_those_it_waits_for_are_done(everyone: list[Assessment]) -> None:
    for assessment in everyone:
        assert assessment.project
        end = {task.id: task.start + task.weeks for task in assessment.project.tasks}
        for task in assessment.project.tasks:
            assert task.start >= max((end[name] for name in task.after), default=0)


def test_the_first_way_is_in_the_plan_with_the_same_weeks_days_and_owners(examined: list[Assessment]) -> None:
    seen = 0
    for assessment in examined:
        path = assessment.insight.path if assessment.insight else None
        planned = {task.id: task for task in assessment.plan}
        for step in path.ways[0].steps if path and path.ways else ():
            seen += 1
            task = planned[step.task]
            assert (step.start, step.weeks, step.owner, step.title) == (task.start, task.weeks, task.owner, task.title)
            if task.own_days:
                assert step.days == pytest.approx(task.own_days[1], abs=0.02)
        if path and path.ways:
            ends = [step.start + step.weeks for step in path.ways[0].steps]
            assert path.ways[0].weeks == max(ends)
            assert path.ways[0].days == pytest.approx(sum(step.days for step in path.ways[0].steps), abs=0.02)
    assert seen > 50


def larger(answers: Answers) -> Iterator[Answers]:
    """Firms that differ from one only in being larger."""
    for name in ("employees", "field_staff", "own_sites", "customer_accounts", "crm_users"):
        value = answers.value(name)
        if isinstance(value, int | float):
            yield answers.with_answer(name, Answer("known", type(value)(value * 2 + 1)))


def test_what_stands_in_the_way_is_lifted_by_the_tasks_of_the_path_and_no_others(examined: list[Assessment]) -> None:
    """One road: what the plan says lifts a condition is what the path counts, prerequisites and all."""
    criteria, seen = {}, 0
    for assessment in examined:
        if assessment.insight is None or assessment.insight.path.outcome != "found":
            continue
        best = assessment.insight.path.ways[0]
        on_path = {step.task for step in best.steps}
        plan = {task.id: task for task in assessment.plan}
        criteria = {name: task.done_when.en for name, task in plan.items()}
        assert {task.id for task in assessment.plan if task.lifts} <= on_path
        hurdles = [hurdle for hurdle in (*assessment.blockers, *assessment.conditions) if not hurdle.derived]
        for hurdle in hurdles:
            lifting = [name for name, task in plan.items() if hurdle.id in task.lifts]
            assert lifting, hurdle.id
            kin = assessment.blockers if hurdle in assessment.blockers else assessment.conditions
            alike = [h for h in kin if [name for name, task in plan.items() if h.id in task.lifts] == lifting]
            if len(alike) == 1:
                assert all(criteria[name] in hurdle.lifted_by.en for name in lifting)
            elif hurdle is not alike[0]:  # lifted by the same tasks as the first: told apart from it
                assert hurdle.lifted_by != alike[0].lifted_by
        for name in on_path:
            waited_for = {other for other in plan[name].after if not plan[other].core}
            assert waited_for <= on_path, (name, waited_for - on_path)
        if "choose_and_contract" in plan:
            assert max(step.start + step.weeks for step in best.steps) <= plan["choose_and_contract"].start
        seen += bool(hurdles)
    assert seen > 10


def test_a_task_that_goes_further_stands_in_the_place_of_the_other(examined: list[Assessment]) -> None:
    for assessment in examined:
        planned = {task.id for task in assessment.plan if task.lifts}
        assert not {"chief_takes_lead", "name_top_sponsor"} <= planned


def test_a_factor_under_the_weak_line_is_told_with_its_points_and_the_line(
    knowledge: Knowledge, everyone: list[Assessment]
) -> None:
    line, told = f"{knowledge.verdict.weak_factor:g}", 0
    for assessment in everyone:
        for hurdle in (*assessment.blockers, *assessment.conditions, *assessment.waiting):
            for name in (hurdle.id, *hurdle.covers):
                if name.startswith("weak_"):
                    assert f"under {line}, the least asked of a factor" in hurdle.text.en and line in hurdle.text.zh
                    told += name in hurdle.covers
    assert told > 10


def test_a_larger_firm_never_has_less_work_for_the_same_task(knowledge: Knowledge, firms: Mapping[str, Answers]) -> None:
    draw = random.Random(10)
    compared = 0
    for answers in (*firms.values(), *(random_firm(knowledge, draw) for _ in range(SOME))):
        before = assess(answers, knowledge, engine="columns")
        assert before.project
        days = {task.id: task.own_days for task in before.project.tasks}
        for firm in larger(answers):
            after = assess(firm, knowledge, engine="columns")
            assert after.project
            if _scope(after) != _scope(before) or after.project.reference != before.project.reference:
                continue
            for task in after.project.tasks:
                if (less := days.get(task.id)) and task.own_days:
                    compared += 1
                    assert task.own_days[1] >= less[1] - 0.01, task.id
    assert compared > 500


def _scope(assessment: Assessment) -> dict[str, str]:
    return {item.id: item.priority for item in assessment.functions}
