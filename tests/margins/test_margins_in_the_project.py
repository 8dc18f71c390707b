"""Numbers known only roughly reach the project, its cost and what an assessment answers back."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.model.project import QuantityItem, WayCostItem
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answer, Answers
from advisor.interview.answer_parsing import answer_to
from advisor.knowledge import Knowledge


@pytest.fixture(scope="module")
def maker(firms: dict[str, Answers]) -> Answers:
    """The maker of machines, its size answered but for users."""
    answers = firms["machine_tool_maker"]
    for name, value in (("buyers", frozenset({"firms"})), ("customer_accounts", 2100.0)):
        answers = answers.with_answer(name, Answer("known", value))
    return answers


def written(answers: Answers, name: str, text: str, knowledge: Knowledge) -> Answers:
    answer = answer_to(knowledge.questions[name], text, knowledge)
    assert answer is not None
    return answers.with_answer(name, answer)


def hosted(assessment: Assessment) -> WayCostItem:
    assert assessment.project
    return next(way for way in assessment.project.ways if way.way == "hosted")


def users(assessment: Assessment) -> QuantityItem:
    assert assessment.project
    return next(item for item in assessment.project.quantities if item.quantity == "users")


def test_cost_spans_from_the_least_users_to_the_most(maker: Answers, knowledge: Knowledge):
    few, some, many = (
        assess(written(maker, "crm_users", text, knowledge), knowledge, engine="columns") for text in ("40", "40-60", "60")
    )
    assert (users(some).origin, users(some).range, users(some).codes) == ("bounded", (40.0, 50.0, 60.0), ("I8",))
    assert some.project is not None and "I8" in some.project.narrowed_by
    low, base, high = hosted(some).first_year or (0.0, 0.0, 0.0)
    lowest, highest = hosted(few).first_year, hosted(many).first_year
    assert lowest is not None and highest is not None
    assert (low, high) == pytest.approx((lowest[0], highest[2])) and lowest[1] < base < highest[1]


def test_where_only_the_least_is_known_the_sum_stays_open(maker: Answers, knowledge: Knowledge):
    made = assess(written(maker, "crm_users", "至少40", knowledge), knowledge, engine="columns")
    assert users(made).origin == "open" and hosted(made).first_year is None
    assert made.project is not None and "I8" in made.project.open
    firm = written(written(maker, "crm_users", "45", knowledge), "customer_accounts", "≥2000", knowledge)
    made = assess(firm, knowledge, engine="columns")
    assert hosted(made).first_year is None and made.project is not None and "A7a" in made.project.open


def test_the_middle_lies_within_and_counts_as_answered_by_as_much_as_it_narrows(firms, knowledge: Knowledge):
    """Before, an input known within bounds was left out of the middle, which could then lie outside the ends."""
    firm = firms["city_bank"]
    for name, texts in (("process_complexity", ("1-2", "4-5", "2-4")), ("employees", ("60-90", "900-1200"))):
        blank, shares = firm.with_answer(name, Answer("unknown")), []
        for text in texts:
            made = assess(written(firm, name, text, knowledge), knowledge, engine="columns")
            for score in made.scores.values():
                assert score.points is None or score.low - 1e-6 <= score.points <= score.high + 1e-6
            shares.append(made.scores[made.need].answered)
        nothing = assess(blank, knowledge, engine="columns").scores["need"].answered
        everything = assess(written(firm, name, texts[0].split("-")[0], knowledge), knowledge, engine="columns")
        assert all(nothing <= share <= everything.scores["need"].answered for share in shares)


def test_everything_is_answered_back_of_a_firm_known_roughly(firms, knowledge: Knowledge):
    firm = firms["machine_tool_maker"]
    rough = {"employees": "约120", "crm_users": "40-60", "initial_budget": "80-90万", "process_complexity": "3-4"}
    for name, text in rough.items():
        firm = written(firm, name, text, knowledge)
    made = assess_fully(firm, knowledge, None)
    assert made.insight and made.insight.path.ways and made.selection
    assert Assessment.from_json(made.to_json()) == made


def test_a_budget_known_within_bounds_decides_where_both_ends_say_the_same(maker: Answers, knowledge: Knowledge):
    def budget(text: str):
        firm = written(written(maker, "crm_users", "45", knowledge), "running_budget", "300k", knowledge)
        made = assess(written(firm, "initial_budget", text, knowledge), knowledge, engine="columns")
        return hosted(made).budgets[0]

    ample, across = budget("80-90万"), budget("0-500万")
    assert (ample.state, ample.budget, ample.open) == ("fits", None, ())
    assert "RMB 1.1 million to 1.2 million" in ample.text.en
    assert (across.state, across.open) == ("unknown", ("H1",))
