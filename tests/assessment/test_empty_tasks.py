"""A core task that comes to no work is no task of the firm."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer


@pytest.mark.parametrize(
    ("systems", "there"), [(frozenset({"erp", "finance", "order_management"}), True), (frozenset(), False)]
)
def test_systems_are_connected_only_where_there_are_any(knowledge, firms, systems, there):
    answers = firms["machine_tool_maker"].with_answer("existing_systems", Answer("known", systems))
    assessment = assess(answers, knowledge, engine="columns")
    plan = {task.id: task for task in assessment.plan}
    assert ("connect_systems" in plan) is there
    assert ("connect_systems" in plan["go_live"].after) is there
