"""Which tasks come first: what cannot wait, what a firm without a system needs, and what is due before a contract."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from advisor.assessment.firm_schedule import firm_schedule
from advisor.assessment.plan import Calls, FirmTasks, firm_tasks, told_first
from advisor.assessment.plan_items import project_of
from advisor.interview import Answer
from advisor.knowledge import Knowledge
from advisor.knowledge.commonness import commonness
from advisor.knowledge.schema import VerdictName
from advisor.project.schedule import in_order

WAYS = ("hosted",)


def tasks_of(knowledge: Knowledge, verdict: VerdictName, asked: Collection[str] = (), **further: object) -> FirmTasks:
    return firm_tasks(knowledge, Calls(verdict, frozenset(asked), **further), WAYS)  # type: ignore[arg-type]


def order_of(knowledge: Knowledge, verdict: VerdictName, asked: Collection[str] = (), **further: object) -> list[str]:
    """The tasks of a plan as they are told, none held up by another's weeks."""
    calls = Calls(verdict, frozenset(asked), **further)  # type: ignore[arg-type]
    tasks = firm_tasks(knowledge, calls, WAYS)
    start = {task.id: float(bool(tasks.after[task.id])) for task in tasks.all}
    told = in_order(
        {task.id: tasks.after[task.id] for task in tasks.all}, told_first(tasks, start, calls, commonness(knowledge))
    )
    planned = {task.id for task in tasks.plan}
    return [name for name in told if name in planned]


@pytest.mark.parametrize("task", ["export_present_data", "extend_contract_briefly", "cut_scope_to_the_date"])
def test_what_cannot_wait_is_told_before_conditions_and_after_blockers(knowledge: Knowledge, task: str) -> None:
    order = order_of(
        knowledge, "conditional", [task], conditions=frozenset({"clear_goals"}), blockers=frozenset({"cuts_under_way"})
    )
    assert order.index("finish_cuts_openly") < order.index(task) < order.index("set_goals")


def test_of_what_cannot_wait_the_notice_clause_comes_first_whatever_the_order_of_the_files(knowledge: Knowledge) -> None:
    calls = Calls("conditional", frozenset({"read_notice_clause", "export_present_data", "cut_scope_to_the_date"}))
    tasks = firm_tasks(knowledge, calls, WAYS)
    told = told_first(tasks, {task.id: 0.0 for task in tasks.all}, calls, commonness(knowledge))
    assert told["read_notice_clause"] < min(told["export_present_data"], told["cut_scope_to_the_date"])


def test_what_cannot_wait_is_no_first_step_where_only_a_risk_calls_for_it(knowledge: Knowledge) -> None:
    order = order_of(knowledge, "conditional", conditions=frozenset({"clear_goals"}), top_risks=("vendor_lock_in",))
    assert order.index("set_goals") < order.index("export_present_data")


def test_why_the_present_system_fell_short_is_found_out_once(knowledge: Knowledge) -> None:
    """“Why the present CRM falls short” and “why the last attempt failed” were two steps for one system, with two owners."""
    twice = {"conditions": frozenset({"earlier_failure_understood"}), "stays": True}
    names = order_of(knowledge, "conditional", ["review_present_crm", "repair_present_crm"], **twice)
    assert "understand_earlier_failure" in names and "review_present_crm" not in names
    assert "review_present_crm" in order_of(knowledge, "conditional", ["review_present_crm"])


def test_the_trade_module_is_tried_before_anything_is_decided(knowledge: Knowledge) -> None:
    order = order_of(knowledge, "feasible", ["try_the_trade_module", "look_at_current_technology"])
    assert order.index("try_the_trade_module") < order.index("decide_on_report")


def test_a_firm_told_to_wait_keeps_what_is_worth_doing_without_a_system(knowledge: Knowledge) -> None:
    asked = ["consult_the_group", "renewal_calendar", "adoption_targets", "choose_adviser"]
    tasks = tasks_of(knowledge, "not_yet", asked, blockers=frozenset({"no_money"}))
    names = {task.id for task in tasks.plan}
    assert {"consult_the_group", "renewal_calendar", "secure_funding"} <= names
    assert names.isdisjoint({"adoption_targets", "choose_adviser"})
    assert "renewal_calendar" not in tasks.after["decide_again"]
    assert "secure_funding" in tasks.after["decide_again"]
    assert order_of(knowledge, "not_yet", asked, blockers=frozenset({"no_money"}))[-1] == "decide_again"


def test_where_too_little_is_answered_what_cannot_wait_and_a_check_of_the_answers_are_planned(knowledge: Knowledge) -> None:
    asked = ["verify_answers", "export_present_data", "unify_customer_data"]
    names = order_of(knowledge, "not_enough_answers", asked, open_questions=True)
    assert {"talk_to_decider", "verify_answers", "export_present_data"} < set(names)
    assert "unify_customer_data" not in names
    assert names[0] == "talk_to_decider"
    assert names[-1] == "assess_again"


def test_no_money_is_sought_first_for_a_system_that_may_not_come(knowledge: Knowledge) -> None:
    waiting = frozenset({"money_for_the_project", "clear_goals"})
    first = order_of(knowledge, "not_yet", blockers=frozenset({"cuts_under_way"}), conditions=waiting)
    assert first[-2:] == ["secure_funding", "decide_again"]
    poor = order_of(knowledge, "not_yet", blockers=frozenset({"no_money"}), conditions=waiting)
    assert poor.index("secure_funding") < poor.index("set_goals")


def test_a_contract_signed_before_it_was_approved_is_decided_on_before_it_is_bettered(knowledge: Knowledge) -> None:
    both = order_of(knowledge, "feasible", ["better_the_contract", "decide_on_the_signed_contract"])
    assert "better_the_contract" not in both
    assert both[0] == "decide_on_the_signed_contract"
    assert order_of(knowledge, "feasible", ["better_the_contract"])[0] == "better_the_contract"


def test_the_gravest_risk_is_met_first(knowledge: Knowledge) -> None:
    risks = ("customers_lost_with_staff_risk", "entered_twice")
    asked = ["settle_customer_ownership", "survey_prescribed_systems"]
    order = order_of(knowledge, "feasible", asked, top_risks=risks)
    turned = order_of(knowledge, "feasible", asked, top_risks=risks[::-1])
    assert order[:2] == ["settle_customer_ownership", "survey_prescribed_systems"]
    assert turned[:2] == ["survey_prescribed_systems", "settle_customer_ownership"]


def test_what_can_be_prepared_is_told_before_the_contract_and_not_after_the_last_day_of_the_project(
    knowledge: Knowledge,
) -> None:
    order = order_of(knowledge, "feasible", ["settle_across_departments", "train_in_service"])
    for name in ("settle_across_departments", "train_in_service"):
        assert order.index(name) < order.index("choose_and_contract")


def test_a_system_in_use_is_mended_before_longer_work_on_people_begins(knowledge: Knowledge) -> None:
    hurdles = frozenset({"repair_comes_first", "weak_culture"})
    order = order_of(knowledge, "conditional", ["repair_present_crm", "review_present_crm"], conditions=hurdles, stays=True)
    assert order[:2] == ["review_present_crm", "repair_present_crm"]


def test_answers_still_missing_do_not_push_back_what_a_firm_is_asked_to_do(knowledge: Knowledge) -> None:
    order = order_of(
        knowledge, "feasible", ["customer_data_owner"], open_questions=True, top_risks=("scattered_customer_data",)
    )
    assert order.index("customer_data_owner") < order.index("establish_blanks") < order.index("decide_on_report")


def test_a_firm_of_a_few_people_is_spared_what_departments_and_project_teams_need(knowledge: Knowledge, firms) -> None:
    calls = Calls("feasible", frozenset({"joint_team_formed", "team_goals_beside_personal", "customer_data_owner"}))
    answers = firms["machine_tool_maker"]
    plans = {}
    for staff in (4, 19, 20):
        project = project_of(knowledge, answers.with_answer("employees", Answer("known", staff)))
        assert project
        plans[staff] = {task.task.id for task in firm_schedule(project, calls, WAYS).plan}
    assert plans[20] - plans[19] == {"joint_team_formed"}
    assert plans[19] - plans[4] == {"team_goals_beside_personal"}
    assert "customer_data_owner" in plans[4]
    unknown = project_of(knowledge, answers.with_answer("employees", Answer("unknown")))
    assert unknown and not unknown.too_large
