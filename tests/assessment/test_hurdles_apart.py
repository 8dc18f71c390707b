"""What stands in the way is told with a criterion of its own, however few tasks lift it, and one thing has one figure."""

from __future__ import annotations

import re

import pytest

from advisor.assessment import assess
from advisor.assessment.opening import TRADE_FIRST
from advisor.interview import Answer


@pytest.fixture(scope="module")
def advise(knowledge, firms):
    def of(**changes: object):
        answers = firms["machine_tool_maker"]
        for name, value in changes.items():
            answers = answers.with_answer(name, Answer("known", value))
        return assess(answers, knowledge, engine="columns")

    return of


def test_no_two_of_what_stands_in_the_way_have_the_same_criterion(knowledge, firms, further_firms):
    """A divided top team and opponents who can stop the project are lifted by the same two tasks."""
    compared = 0
    for answers in (*firms.values(), *further_firms.values()):
        made = assess(answers, knowledge, engine="columns")
        hurdles = [*made.blockers, *made.conditions]
        for lang in ("zh", "en"):
            assert len({hurdle.lifted_by[lang] for hurdle in hurdles}) == len(hurdles), answers.firm
        compared += len(hurdles) > 1
    assert compared > 5


def test_opponents_and_a_divided_top_team_have_proofs_of_their_own(knowledge):
    proofs = {knowledge.findings[name].lifted_by for name in ("opposition_unchecked", "discord_at_the_top")}
    assert None not in proofs and len(proofs) == 2


def test_where_the_cover_says_to_try_the_trade_module_the_plan_does_so_before_it_decides(advise):
    systems = frozenset({"core_industry_system", "finance"})
    made = advise(
        occasion="which_system",
        offer_state="one",
        offer_kind="trade_module",
        process_specificity=2,
        existing_systems=systems,
    )
    assert {advice.id for advice in made.approaches} & TRADE_FIRST
    names = [task.id for task in made.plan]
    decision = next(task for task in made.plan if task.id == "decide_on_report")
    trial = next(task for task in made.plan if task.id == "try_the_trade_module")
    assert names.index(trial.id) < 6 and trial.start + trial.weeks <= decision.start


def test_renewals_have_one_number_of_days_ahead(knowledge):
    """“Ninety days ahead” stood in one place and “six months ahead” in another."""
    told = set()
    for finding in knowledge.findings.values():
        said = [text for name in ("text", "measure", "done_when") if (text := getattr(finding, name, None))]
        for text in said:
            if re.search(r"renew|falls due|expiry", text.en):
                told |= set(re.findall(r"(\w+ (?:days|weeks|months)) ahead", text.en))
    assert told == {"ninety days"}
