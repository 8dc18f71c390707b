"""The catalogue of tasks in its order: what has to be settled first stands first, whatever the firm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Task

CONTRACT = "choose_and_contract"


@pytest.fixture(scope="module")
def tasks(knowledge: Knowledge) -> dict[str, Task]:
    return {task.id: task for task in knowledge.tasks}


def before(tasks: dict[str, Task], name: str) -> set[str]:
    """All that a task waits for, directly or not."""

    def walk(task: Task) -> Iterator[str]:
        for other in task.after:
            yield other
            yield from walk(tasks[other])

    return set(walk(tasks[name]))


def test_what_a_contract_waits_for_needs_no_system(tasks):
    """A task that moves an answer or lifts a precondition is done before signing, so it cannot work with the system."""
    late = [task.id for task in tasks.values() if task.raises or task.lifts if not task.before_contract]
    assert late == []


def test_setting_up_and_piloting_wait_for_the_contract(tasks):
    early = [
        task.id for task in tasks.values() if task.phase in ("set_up", "pilot") if CONTRACT not in before(tasks, task.id)
    ]
    assert early == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("settle_customer_ownership", "shared_customer_files"),
        ("settle_customer_ownership", "unify_customer_data"),
        ("settle_customer_ownership", "use_contact_tool"),
        ("data_safety", "use_members_functions"),
        ("data_safety", "online_data_in_order"),
        ("choose_on_more_than_price", "review_present_suite"),
        ("choose_on_more_than_price", "try_candidates"),
        ("choose_on_more_than_price", "see_demonstrations"),
        ("decide_on_report", "choose_adviser"),
        ("leadership_briefing", "decide_on_report"),
        ("review_present_crm", "decide_on_report"),
        ("try_the_trade_module", "decide_on_report"),
        ("set_up_the_present_system_again", "meet_on_its_figures"),
        ("joint_team_formed", "develop"),
        ("check_design", "run_pilot"),
        ("baseline_before_launch", "run_pilot"),
        ("pilot_entry_and_exit", CONTRACT),
    ],
)
def test_one_task_comes_before_another(tasks, first, then):
    assert first in before(tasks, then)


def test_stages_of_a_sale_are_agreed_without_waiting_for_a_system(tasks):
    assert tasks["milestone_control"].phase == "data_and_process"


@pytest.mark.parametrize(
    "words", [("每个部门", "各部门负责人"), ("department heads", "heads of department", "heads of all departments")]
)
def test_no_task_asks_for_departments_a_small_firm_has_not(tasks, words):
    named = [
        task.id
        for task in tasks.values()
        for text in (task.text, task.done_when)
        if any(word in text.zh or word in text.en for word in words)
    ]
    assert named == []
