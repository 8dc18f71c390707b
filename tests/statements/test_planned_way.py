"""Gates, plan, cost and choice are of one way of running a system."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.assessment import assess
from advisor.inference.carried_ways import carried_ways
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import FactTable
from advisor.inference.project_steps import steps_by_way, steps_today
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import Knowledge
from advisor.selection import with_selection

pytestmark = pytest.mark.slow


def test_the_way_planned_asks_nothing_that_the_gates_have_not_seen(knowledge: Knowledge, everyone: list[Answers]) -> None:
    """Every way that may be planned leaves each fact of the project where the gates read it, or better."""
    facts = FactTable(knowledge, AnswerTable.of(everyone))
    rules = column_engine(knowledge, ("function", "option")).today(facts).rules
    carried = carried_ways(facts, rules) > 0
    _, by_way = steps_by_way(facts, rules)
    for name, gate in steps_today(facts, rules).items():
        if name in by_way:
            worse = carried & (by_way[name].low < np.where(np.isnan(gate.low), -1.0, gate.low))
            assert not worse.any(), name
    assert (carried.sum(axis=0) > 1).any() and carried.any(axis=0).all()


def test_the_way_recommended_is_the_one_planned_and_no_known_money_falls_short_of_it(
    knowledge: Knowledge, everyone: list[Answers]
) -> None:
    seen = set()
    for answers in everyone[:90]:
        assessment, project = with_selection(assess(answers, knowledge, None, "columns"), answers, knowledge)
        assert assessment.selection and assessment.project and project
        way = assessment.selection.recommended_way
        assert way is None or way == assessment.project.reference == project.planned_way
        assert way is not None or assessment.selection.way_note
        short = {
            b.kind for w in assessment.project.ways if w.way == project.planned_way for b in w.budgets if b.state == "beyond"
        }
        assert not (assessment.verdict.name == "feasible" and short), short
        assert all(fact.grounds for fact in assessment.project_facts if fact.step is not None)
        seen.add((assessment.verdict.name, way))
    assert {("feasible", "hosted"), ("conditional", "hosted")} < seen


MUCH = {
    "initial_budget": 3e7, "running_budget": 3e7, "crm_users": 60.0, "employees": 400.0, "it_staff": 6.0,
    "project_people": 9.0,
    "customer_accounts": 900.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "way", "note"),
    [
        ({}, "private_cloud", "suits the firm better than Rented online software"),
        ({"running_budget": 1.2e5}, "hosted", "more than the firm can spend a year"),
        ({"data_requirements": frozenset({"data_in_china"})}, "hosted", None),
    ],
)
def test_a_dearer_way_is_planned_where_it_suits_far_better_and_the_money_is_there(
    knowledge: Knowledge, firms: dict[str, Answers], changes: dict[str, object], way: str, note: str | None
) -> None:
    answers = firms["machine_tool_maker"]
    rules = {"data_requirements": frozenset({"mlps_level_3", "sector_regulation"}), "deployment_preference": "hosted"}
    for name, value in {**MUCH, **rules, **changes}.items():
        answers = answers.with_answer(name, Answer("known", value))
    assessment, _ = with_selection(assess(answers, knowledge, None, "columns"), answers, knowledge)
    assert assessment.selection
    assert assessment.selection.recommended_way == way
    assert (note is None) == (assessment.selection.way_note is None)
    assert note is None or (assessment.selection.way_note and note in assessment.selection.way_note.en)
