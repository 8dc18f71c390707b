"""Where few people would use the system the plan keeps to what cannot be left out, and the rest is advice."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.assessment.plan_items import TOP_RISKS
from advisor.interview import Answer
from advisor.knowledge import load_knowledge
from advisor.reporting.chapters.plan import afterwards_block
from advisor.reporting.chapters.wording import ReportWording

FEW_USERS = load_knowledge().sizes.few_users


@pytest.fixture(scope="module")
def advise(knowledge, firms):
    made = {}

    def of(users):
        if users not in made:
            made[users] = assess(
                firms["machine_tool_maker"].with_answer("crm_users", Answer("known", users)), knowledge, engine="columns"
            )
        return made[users]

    return of


def test_few_users_have_fewer_tasks_and_nothing_that_was_asked_for_is_lost(advise):
    few, more = advise(FEW_USERS), advise(FEW_USERS + 1)
    assert few.verdict.name == more.verdict.name and few.verdict.name in ("feasible", "conditional")
    assert few.afterwards and not more.afterwards
    assert len(few.plan) < len(more.plan) - 5
    told = {item.id for item in (*few.plan, *few.afterwards)}
    assert {task.id for task in more.plan if task.supports} <= told
    assert all(item.supports and item.text and item.title for item in few.afterwards)


def test_a_small_plan_keeps_the_core_what_lifts_and_what_meets_the_gravest_risks(advise, knowledge):
    few = advise(FEW_USERS)
    kept = {task.id for task in few.plan}
    assert {task.id for task in advise(FEW_USERS + 1).plan if task.core or task.lifts} <= kept
    for risk in few.risks[:TOP_RISKS]:
        able = {task.id for task in knowledge.tasks if risk.id in task.meets}
        assert not able or able & kept, risk.id
    lifted = {name for task in few.plan for name in task.lifts}
    assert {hurdle.id for hurdle in few.conditions if not hurdle.derived} <= lifted


def test_the_plan_says_that_it_is_small_and_what_is_for_afterwards(advise):
    few = advise(FEW_USERS)
    for lang, said in (("en", "are advice and no tasks"), ("zh", "是建议而不是任务")):
        (block,) = afterwards_block(ReportWording(few, lang))
        assert said in block.line.text and str(len(few.afterwards)) in block.line.text
        assert few.afterwards[0].title[lang] in block.line.text
    assert not list(afterwards_block(ReportWording(advise(FEW_USERS + 1), "en")))
