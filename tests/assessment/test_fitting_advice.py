"""Known advice is silent where the firm's situation makes it wrong, and told where a further situation calls for it."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers


@pytest.fixture(scope="module")
def advise(knowledge, firms):
    """The advice to a machine-tool maker with some answers changed."""

    def of(**changes: object):
        answers: Answers = firms["machine_tool_maker"]
        for name, value in changes.items():
            answers = answers.with_answer(name, Answer("known", value))
        return assess(answers, knowledge, engine="columns")

    return of


def ids(items) -> set[str]:
    return {item.id for item in items}


def test_customers_move_to_wecom_only_where_wecom_is_at_home(advise):
    private = {"messaging_ways": frozenset({"private_wechat", "email"}), "contact_ownership": "employee"}
    assert "wecom_is_three_contracts" in ids(advise(**private, home_country="mainland_china").cautions)
    assert "wecom_is_three_contracts" not in ids(advise(**private, home_country="eu_eea").cautions)


def test_what_was_signed_before_approval_is_not_bettered(advise):
    early = advise(offer_state="signed", approval="outside_pending")
    assert "signed_without_approval" in ids(early.cautions)
    assert "contract_signed_already" not in ids(early.cautions)
    assert "decide_on_the_signed_contract" in ids(early.plan)
    assert "better_the_contract" not in ids(early.plan)
    assert "contract_signed_already" in ids(advise(offer_state="signed", approval="approved").cautions)


def test_service_comes_before_the_register_of_deals_where_requests_come_by_the_hundred(advise):
    many = advise(requests_a_month=1500, complaint_handling="exists")
    assert "begin_with_service_cases" in ids(many.approaches)
    assert "begin_with_the_deal_register" not in ids(many.approaches)


def test_offers_are_not_compared_where_nothing_is_bought(advise):
    told = advise(offer_state="one")
    assert told.verdict.name in ("feasible", "conditional")
    assert "one_offer_proves_nothing" in ids(told.cautions)
    stopped = advise(offer_state="one", initial_budget=0, running_budget=0)
    assert stopped.verdict.name == "not_yet"
    assert "one_offer_proves_nothing" not in ids(stopped.cautions)


def test_the_line_and_the_team_to_begin_with_are_named_where_the_answers_know_them(advise):
    """ "That line" and "one team" left it to the reader which, though the firm had said so."""
    lines = {"other_line_models": frozenset({"consumer"}), "other_business_lines": ("large growers, 28 %",)}
    told = advise(**lines, line_in_need="other", first_team="head_office", interest_groups=4)
    by_id = {item.id: item.text.en for item in (*told.approaches, *told.cautions, *told.plan)}
    for name in ("begin_with_the_complex_line", "one_line_only", "separate_the_lines"):
        assert "goes wrong in another line" in by_id[name] and "large growers" in by_id[name], name
    for name in ("begin_with_the_willing", "run_pilot"):
        assert by_id[name].endswith("Head office is to go first."), name
    same_day = advise(**lines, line_in_need="both", first_team="everyone")
    by_id = {item.id: item.text.en for item in (*same_day.approaches, *same_day.cautions, *same_day.plan)}
    assert "same day" not in by_id["run_pilot"] and "same day" in by_id["choose_the_pilot_team"]
    assert "goes wrong" not in by_id["begin_with_the_complex_line"]
