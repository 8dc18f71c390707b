"""From which stage an adviser counts: under contract, and not while it is a line in a budget."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin
from advisor.project.capacity import ADVISER_ENGAGED

CARRIED = Answer("within", Margin(2, 4, whole=True))
"""What "engaged or budgeted", as it was asked once, leaves open."""


@pytest.mark.parametrize(
    ("stage", "step"),
    [(Answer("known", 1), 0), (Answer("known", 2), 0), (Answer("known", 3), 0), (Answer("known", 4), 3), (CARRIED, None)],
)
def test_an_adviser_stands_in_for_it_staff_from_the_contract_on(
    stage: Answer, step: int | None, firms: dict[str, Answers], knowledge: Knowledge
):
    firm = firms["machine_tool_maker"].with_answer("it_staff", Answer("known", 0.0)).with_answer("adviser_stage", stage)
    item = next(fact for fact in assess(firm, knowledge).project_facts if fact.name == "it_capacity")
    assert item.step == step


def test_the_stage_that_counts_is_the_last_of_its_scale(knowledge: Knowledge):
    assert knowledge.facts["adviser_stage"].steps[-1] == ADVISER_ENGAGED
