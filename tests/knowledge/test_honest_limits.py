"""Rules agree on what many field staff are, doubtful readings of the papers carry a note, and claims keep their numbers."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge, premises

FIELD_FORCE = {"field_staff": 60, "visit_reporting": 4, "industry": "system_integration", "decision_roles": 4}
"""A project firm with many representatives who work on their own."""


def functions_of(knowledge: Knowledge, **values: object) -> dict[str, str]:
    """Each function found for a firm that answers so, with its priority."""
    answers = Answers({name: Answer("known", value) for name, value in values.items()})
    return {function.id: function.priority for function in assess(answers, knowledge, engine="columns").functions}


def test_many_field_staff_is_one_named_number(knowledge):
    """Whether there are any, a handful or hundreds is another matter; what is called many is the band's to say."""
    limits = {
        (rule.id, leaf.argument)
        for rule in knowledge.rules
        for leaf in premises.leaves(rule.premise)
        if isinstance(leaf, premises.Test) and leaf.fact == "field_staff" and isinstance(leaf.argument, int | float)
    }
    assert limits and not [(rule, limit) for rule, limit in limits if 8 <= limit < 100]


def test_a_project_firm_with_many_independent_reps_is_not_told_to_leave_visits_out(knowledge):
    assert functions_of(knowledge, **FIELD_FORCE)["field_visits"] == "should"
    assert "field_visits" not in functions_of(knowledge, **FIELD_FORCE | {"field_staff": 5})


@pytest.mark.parametrize("claim", ["P1-66", "P2-16", "P2-40", "P3-13", "P6-25", "P6-26"])
def test_a_doubtful_reading_carries_a_note_in_both_languages(knowledge, claim):
    note = knowledge.claims[claim].note
    assert note is not None and note.zh and note.en


def test_claims_of_each_paper_are_numbered_without_a_gap(knowledge):
    numbers: dict[str, list[int]] = {}
    for name in knowledge.claims:
        paper, number = name.split("-")
        numbers.setdefault(paper, []).append(int(number))
    counts = {"P1": 68, "P2": 52, "P3": 35, "P4": 100, "P5": 81, "P6": 38}
    assert {paper: len(seen) for paper, seen in numbers.items()} == counts
    assert all(seen == list(range(1, len(seen) + 1)) for seen in numbers.values())
