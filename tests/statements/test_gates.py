"""What must hold for every firm of gates and readiness: no gate is averaged away, and nothing worse betters a verdict."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from advisor.assessment import assess
from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.inference.column_engine import column_engine
from advisor.inference.columns import masks_of
from advisor.inference.facts import FactTable
from advisor.inference.project_steps import ways_allowed
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import UNKNOWN
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import facts_in
from tests.random_firms import random_value

pytestmark = pytest.mark.slow

COMPARED = ("not_yet", "conditional", "feasible")
"""Verdicts in order, the worst first; the others are not compared."""
BETTER_FIRST = {
    "data_safeguards": [5, 4, 3, 2, 1],
    "interest_groups": [1, 2, 3, 4, 5],
    "leadership_understanding": [5, 4, 3, 2, 1],
    "top_team_coordination": [5, 4, 3, 2, 1],
    "initial_budget": [1e9, 1e6, 2e5, 5e4, 1e4, 0.0],
    "running_budget": [1e9, 1e6, 2e5, 5e4, 1e4, 0.0],
    "economic_strength": [5, 4, 3, 2, 1],
    "staff_openness": [5, 4, 3, 2, 1],
    "failure_burden": [1, 2, 3, 4, 5],
    "project_people": [50.0, 10.0, 3.0, 1.0, 0.0],
    "it_staff": [50.0, 10.0, 3.0, 1.0, 0.0],
}


@pytest.fixture(scope="module")
def outlooks(knowledge: Knowledge, everyone: list[Answers]) -> OutlookTable:
    return verdict_outlooks(knowledge, AnswerTable.of(everyone))


def changed(firms: Sequence[Answers], question: str, answer: Answer) -> AnswerTable:
    return AnswerTable.of([firm.with_answer(question, answer) for firm in firms])


def test_what_is_feasible_has_no_known_gap_of_money_no_opponent_with_power_and_no_weak_factor(
    knowledge: Knowledge, everyone: list[Answers]
) -> None:
    """Most random firms are far from feasible, so each gate is closed by hand on firms that are."""
    draw, found = random.Random(4), 0
    good = [strong(knowledge, draw) for _ in range(60)]
    table = verdict_outlooks(knowledge, AnswerTable.of([*everyone, *good]))
    for outlook in table:
        if outlook.name == "feasible":
            found += 1
            facts = outlook.facts
            assert facts.value("funding") is None or facts.values["funding"] >= 3
            assert facts.value("weak_factors") == frozenset()
            assert facts.value("interest_groups") not in (4, 5)
            assert not outlook.blocked.found and not outlook.conditions.found
    assert found > 30


STRONG: Mapping[str, object] = {
    **{name: line[0] for name, line in BETTER_FIRST.items()},
    **{f"myth_{name}": 1 for name in ("thankless", "cure_all", "slogan", "sales_only", "software")},
    "sponsor_level": "chief", "crm_goals": "yes", "vision_and_goals": 5, "customer_culture": 5, "process_adaptability": 5,
    "customer_data_willingness": 5, "infrastructure": 5, "crm_skills": 5, "it_project_experience": 5, "training": 5,
    "relationship_rewards": 5, "communication_plan": 5, "approval": "approved", "earlier_crm": "none",
    "process_complexity": 5, "process_specificity": 4, "system_fragmentation": 5, "customer_data_home": "individuals",
    "customer_files": 1, "customer_data_shared": 1, "competition": 5, "relationship_length": 5,
    "customers_lost_with_staff": 5, "field_staff": 60.0, "employees": 400.0, "crm_users": 80.0,
    "customer_accounts": 900.0, "quality_system": 5, "cost_control": 5, "online_share": 0.0,
    "home_country": "mainland_china", "data_notice": 5, "can_stop": frozenset(), "upheaval": frozenset(),
}  # fmt: skip
"""A firm in need of a system that has all it takes."""


def strong(knowledge: Knowledge, draw: random.Random) -> Answers:
    """Such a firm, all else at random."""
    facts = [fact for fact in knowledge.facts.values() if fact.question and not fact.type.free]
    firm = {fact.name: Answer("known", random_value(fact, draw)) for fact in facts}
    return Answers({**firm, **{name: Answer("known", value) for name, value in STRONG.items()}})


@pytest.mark.parametrize("question", BETTER_FIRST)
def test_nothing_worse_ever_betters_the_verdict(knowledge: Knowledge, everyone: list[Answers], question: str) -> None:
    draw, moved = random.Random(5), 0
    firms = [*everyone, *(strong(knowledge, draw) for _ in range(60))]
    line = [
        [COMPARED.index(name) if name in COMPARED else None for name in verdict_outlooks(knowledge, table).names]
        for table in (changed(firms, question, Answer("known", value)) for value in BETTER_FIRST[question])
    ]
    for verdicts in zip(*line, strict=True):
        compared = [verdict for verdict in verdicts if verdict is not None]
        assert compared == sorted(compared, reverse=True)
        moved += len(set(compared)) > 1
    assert moved, "the answer turns the verdict of some firm"


OWN_ROOM = Answer("known", frozenset({"own_premises"}))


@pytest.mark.parametrize("question", ["it_staff", "initial_budget", "running_budget"])
def test_nothing_worse_betters_the_verdict_of_firms_whose_data_must_stay_in_their_own_room(
    knowledge: Knowledge, everyone: list[Answers], question: str
) -> None:
    draw, line = random.Random(7), []
    firms = [
        f.with_answer("data_requirements", OWN_ROOM) for f in [*everyone, *(strong(knowledge, draw) for _ in range(60))]
    ]
    for value in BETTER_FIRST[question]:
        names = verdict_outlooks(knowledge, changed(firms, question, Answer("known", value))).names
        line.append([COMPARED.index(name) if name in COMPARED else None for name in names])
    for verdicts in zip(*line, strict=True):
        compared = [verdict for verdict in verdicts if verdict is not None]
        assert compared == sorted(compared, reverse=True)


def test_no_firm_to_which_no_way_is_open_is_called_feasible(knowledge: Knowledge) -> None:
    draw = random.Random(8)
    firms = [strong(knowledge, draw).with_answer("data_requirements", OWN_ROOM) for _ in range(40)]
    table = changed(firms, "it_staff", Answer("known", 0.0))
    facts = FactTable(knowledge, table)
    allowed, _ = ways_allowed(facts, column_engine(knowledge, ("function", "option")).today(facts).rules)
    assert not np.any(list(allowed.values()))
    outlooks = verdict_outlooks(knowledge, table)
    assert "feasible" not in outlooks.names
    assert all(outlooks.outcome.finding("people_to_run_it", firm) for firm in range(len(outlooks)))


def test_an_answer_made_unknown_settles_nothing_and_keeps_the_verdict_among_the_possible(
    knowledge: Knowledge, everyone: list[Answers], outlooks: OutlookTable
) -> None:
    for question in (*BETTER_FIRST, "sponsor_level", "approval", "earlier_crm", "crm_users", "deployment_preference"):
        blank = verdict_outlooks(knowledge, changed(everyone, question, UNKNOWN))
        assert not (outlooks.possible & ~blank.possible).any(), question


def test_a_firm_without_the_answer_to_a_gate_is_never_called_feasible_for_sure_and_told_of_it_first(
    knowledge: Knowledge,
) -> None:
    draw = random.Random(6)
    firms = [strong(knowledge, draw) for _ in range(40)]
    for gate in knowledge.verdict.gates:
        later = [name for name, premise in knowledge.asked_if.items() if gate in facts_in(premise)]
        blank = [firm.with_answer("failure_burden", Answer("known", 3)) for firm in firms]  # its loss would be felt
        for name in later:  # what is asked only once the gate is answered
            blank = [firm.with_answer(name, None) for firm in blank]
        table = verdict_outlooks(knowledge, changed(blank, gate, UNKNOWN))
        feasible = np.array([name == "feasible" for name in table.names])
        assert feasible.any()
        assert not (feasible & table.settled).any(), gate
    verdict = assess(firms[0].with_answer("interest_groups", UNKNOWN), knowledge).verdict
    assert verdict.certainty == "leaning"
    assert verdict.deciding[0].code == "G5"


def test_every_gate_closes_for_some_firm(knowledge: Knowledge, outlooks: OutlookTable) -> None:
    kinds = {name: f.kind for name, f in knowledge.findings.items() if f.kind in ("condition", "blocker")}
    names = [name for name in kinds if name in outlooks.outcome.findings]
    drawn = masks_of([outlooks.outcome.findings[name][0] for name in names], len(outlooks)).any(axis=1)
    assert [name for name, is_drawn in zip(names, drawn.tolist(), strict=True) if not is_drawn] == []


def test_money_that_is_short_whatever_is_missing_is_a_condition(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    """RMB 20,000 beside a least cost ten times as high was no condition, for want of the list of present systems."""
    poor = firms["seed_company"].with_answer("initial_budget", Answer("known", 10_000.0))
    poor = poor.with_answer("running_budget", Answer("known", 10_000.0))
    assert "existing_systems" not in poor.given
    told = [{c.id for c in assess(poor, knowledge, engine=engine).conditions} for engine in ("columns", "experta")]
    assert all("money_for_the_project" in conditions for conditions in told)
    answered = [poor.with_answer("existing_systems", Answer("known", frozenset(s))) for s in ({"erp"}, {"finance", "erp"})]
    assert all("money_for_the_project" in {c.id for c in assess(firm, knowledge).conditions} for firm in answered)


@pytest.mark.parametrize("engine", ["columns", "experta"])
def test_a_budget_within_bounds_that_lie_under_the_cost_is_a_condition(knowledge: Knowledge, engine: str) -> None:
    firm = strong(knowledge, random.Random(1))
    for name in ("initial_budget", "running_budget"):
        firm = firm.with_answer(name, Answer("known", Margin(1_000, 5_000)))
    assessment = assess(firm, knowledge, engine=engine)
    assert "money_for_the_project" in {condition.id for condition in assessment.conditions}
    first = next(fact for fact in assessment.project_facts if fact.name == "first_year_funding")
    assert first.grounds and "2,000 to 10,000" in first.grounds.en
