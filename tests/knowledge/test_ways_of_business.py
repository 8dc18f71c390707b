"""How a firm sells, is paid and wishes to use AI: what follows from it, and what does not."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment, assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.premises import facts_in

ALLOWED_OF_AI = {"caution", "risk", "legal_check", "task", "approach"}
WISH = {"ai_uses_wanted", "ai_data_terms", "ai_checked_by"}


def assessed(knowledge: Knowledge, **values: object) -> Assessment:
    return assess(Answers({name: Answer("known", value) for name, value in values.items()}), knowledge, engine="columns")


def priorities(assessment: Assessment) -> dict[str, str]:
    return {function.id: function.priority for function in assessment.functions}


def test_no_rule_draws_need_function_or_product_from_a_wish_for_ai(knowledge):
    drawn = {
        compiled.id: {then.kind for then in compiled.rule.then}
        for compiled in knowledge.rules
        if WISH.intersection(facts_in(compiled.premise))
    }
    assert len(drawn) >= 10
    assert all(kinds <= ALLOWED_OF_AI for kinds in drawn.values())


def test_a_wish_for_ai_that_answers_customers_is_told_what_it_costs_and_what_the_law_asks(knowledge):
    wish = {"ai_uses_wanted": frozenset(["service_agents"]), "data_requirements": frozenset(["eu_customers"])}
    advice = assessed(knowledge, ai_checked_by="nobody", home_country="mainland_china", **wish)
    assert {"ai_is_no_reason", "ai_priced_by_use"} <= {caution.id for caution in advice.cautions}
    assert {"ai_answers_customers", "ai_meets_people_in_the_eu"} <= {check.id for check in advice.legal_checks}
    assert "ai_speaks_unchecked" in {risk.id for risk in advice.risks}
    inside = assessed(knowledge, ai_uses_wanted=frozenset(["summaries"]), home_country="mainland_china")
    assert {"ai_used_inside"} == {check.id for check in inside.legal_checks if check.id.startswith("ai_")}


@pytest.mark.parametrize(
    ("income", "function"), [("subscription", "renewals"), ("fixed_term", "renewals"), ("donations", "donor_management")]
)
def test_the_form_of_income_decides_what_must_be_kept(knowledge, income, function):
    assert priorities(assessed(knowledge, income_forms=frozenset([income])))[function] == "must"
    assert function not in priorities(assessed(knowledge, income_forms=frozenset(["one_off"])))


def test_who_cannot_tell_how_many_stay_is_asked_to_count_and_who_was_not_asked_is_not(knowledge):
    income = Answer("known", frozenset(["subscription"]))
    asked = assess(Answers({"income_forms": income, "renewal_rate": Answer("unknown", None)}), knowledge, engine="columns")
    silent = assess(Answers({"income_forms": income}), knowledge, engine="columns")
    assert "renewals_not_counted" in {caution.id for caution in asked.cautions}
    assert "renewals_not_counted" not in {caution.id for caution in silent.cautions}


def test_the_busy_season_and_the_first_team_come_before_contract_and_pilot(knowledge):
    after = {task.id: task.after for task in knowledge.tasks}
    assert "plan_round_the_busy_season" in after["choose_and_contract"]
    assert "choose_the_pilot_team" in after["run_pilot"]


def test_customers_on_private_wechat_move_to_wecom_first_and_those_of_the_firm_need_not(knowledge):
    means = frozenset(["private_wechat", "phone"])
    theirs = assessed(knowledge, messaging_ways=means, contact_ownership="employee", home_country="mainland_china")
    assert {"lost_in_moving", "customers_lost_with_staff_risk"} <= {risk.id for risk in theirs.risks}
    assert "count_the_contracts_before_moving" in {step.rule for step in theirs.trace}, (
        "told where something is to be bought"
    )
    for advice in (
        assessed(knowledge, messaging_ways=means, contact_ownership="firm"),
        assessed(knowledge, messaging_ways=means),
    ):
        assert "lost_in_moving" not in {risk.id for risk in advice.risks}
        assert "wecom_is_three_contracts" not in {caution.id for caution in advice.cautions}


def test_where_one_line_only_is_in_trouble_the_other_is_left_as_it_is(knowledge):
    lines = {"other_line_models": frozenset(["industrial"])}
    one = {caution.id for caution in assessed(knowledge, line_in_need="other", **lines).cautions}
    both = {caution.id for caution in assessed(knowledge, line_in_need="both", **lines).cautions}
    assert {"lines_differ", "one_line_only"} <= one
    assert "lines_differ" in both and "one_line_only" not in both
