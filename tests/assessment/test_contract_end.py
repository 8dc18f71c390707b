"""A firm that mends the CRM system it has, with a contract that ends and an offer with a date: what it is told first, why it
is to stay, and what mending takes."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.contract_end import NOTICE_WEEKS, contract_end
from advisor.assessment.course import course_tasks
from advisor.interview import Answer
from advisor.reporting.chapters.owner_actions import action_page
from advisor.reporting.chapters.owner_verdict import verdict_page
from advisor.reporting.chapters.staying import staying_days
from advisor.reporting.chapters.wording import ReportWording

CURES = {
    "nobody_asks": "meet_on_its_figures",
    "no_training": "train_on_the_present_system",
    "set_up_badly": "set_up_the_present_system_again",
    "data_bad": "clean_the_present_data",
    "not_linked": "link_the_present_system",
    "pay_against": "let_entering_pay",
}
MENDING = {
    "earlier_crm": "in_use",
    "present_crm": "hosted_general",
    "crm_use": 2,
    "crm_obstacles": frozenset({"nobody_asks", "not_linked", "pay_against"}),
    "contract_months": 4,
    "data_export": "promised",
    "unused_licences": 50,
    "offer_state": "one_with_deadline",
    "can_stop": frozenset({"staff_council"}),
    "customer_data_home": "individuals",
    "occasion": "present_system",
}


@pytest.fixture(scope="module")
def advise(knowledge, firms):
    made: dict[tuple, Assessment] = {}

    def of(**changes: object) -> Assessment:
        key = tuple(sorted(changes.items(), key=str))
        if key not in made:
            answers = firms["machine_tool_maker"]
            for name, value in {**MENDING, **changes}.items():
                answers = answers.with_answer(name, Answer("unknown") if value is None else Answer("known", value))
            made[key] = assess(answers, knowledge, engine="columns")
        return made[key]

    return of


def test_the_notice_clause_comes_first_and_the_opening_says_that_notice_falls_due_before_mending_is_judged(advise):
    made = advise()
    assert made.plan[0].id == "read_notice_clause"
    assert "export_present_data" in [task.id for task in made.plan[:3]]
    repair = next(task for task in made.plan if task.id == "repair_present_crm")
    assert repair.start + repair.weeks > 4 * 52 / 12 - NOTICE_WEEKS
    assert "The present contract ends in 4 months" in made.verdict.sentence.en
    assert "give notice as a precaution" in made.verdict.sentence.en
    assert "现有合同还有4个月到期" in made.verdict.sentence.zh
    assert "Let the date of the offer you have pass." in made.verdict.sentence.en
    assert "let_the_offer_lapse" in [advice.id for advice in made.first_approaches]


def test_a_contract_that_runs_on_for_years_or_has_no_term_sets_no_date(advise):
    for months in (0, 30):
        answers = [
            item.model_copy(update={"value": months}) if item.question == "contract_months" else item
            for item in advise().answers
        ]
        assert contract_end(advise().model_copy(update={"answers": tuple(answers)})) is None


def test_without_months_the_date_that_is_fixed_counts_and_a_mere_trigger_names_no_week(advise):
    made = advise()

    def with_answers(**values: object) -> Assessment:
        known = {"contract_months": None, "fixed_date": None, "weeks_left": None, "triggers": None, **values}
        items = [
            item.model_copy(
                update={"value": known[item.question], "status": "unknown" if known[item.question] is None else "known"}
            )
            if item.question in known
            else item
            for item in made.answers
        ]
        missing = known.keys() - {item.question for item in items}
        items += [
            made.answers[0].model_copy(update={"question": name, "value": known[name], "status": "known"})
            for name in missing
        ]
        return made.model_copy(update={"answers": tuple(items)})

    fixed = contract_end(with_answers(fixed_date="contract_end", weeks_left=20))
    assert fixed is not None and fixed.weeks == 20 and fixed.notice == 20 - NOTICE_WEEKS
    running_out = contract_end(with_answers(triggers=("contract_ending",)))
    assert running_out is not None and running_out.weeks is None
    assert contract_end(with_answers(triggers=("growth",))) is None


@pytest.mark.parametrize(
    ("weeks", "told"), [(14, "notice falls due this week"), (12, "the date has passed"), (30, "falls due in about week 17")]
)
def test_the_last_day_for_notice_is_counted_once_from_the_day_that_is_told_most_closely(advise, weeks, told):
    """“Three months” and “14 weeks” are one day: the box said both that notice was a week off and that it had passed."""
    sentence = advise(contract_months=3, fixed_date="contract_end", weeks_left=weeks).verdict.sentence.en
    assert told in sentence and f"ends in {weeks} weeks" in sentence and "ends in 3 months" not in sentence


def test_three_months_before_the_end_notice_falls_due_and_has_not_passed(advise):
    assert "notice falls due this week" in advise(contract_months=3).verdict.sentence.en
    assert "本周之内须通知" in advise(contract_months=3).verdict.sentence.zh


def test_what_is_done_about_notice_fits_a_date_that_has_passed_and_one_that_has_not(knowledge):
    risk = knowledge.findings["contract_renews_itself"]
    task = knowledge.findings["read_notice_clause"]
    for text in (risk.measure, task.text):
        assert "has passed" in text.en and "still to come" in text.en
        assert "已经过了的" in text.zh and "还没有过的" in text.zh


def test_the_causes_that_were_named_are_cured_before_mending_is_judged_and_no_others(advise):
    tasks = {task.id: task for task in advise().plan}
    named = {CURES[name] for name in MENDING["crm_obstacles"]}
    assert named == tasks.keys() & set(CURES.values())
    judged = tasks["repair_present_crm"].start + tasks["repair_present_crm"].weeks
    for name in named:
        assert tasks[name].start + tasks[name].weeks <= 9, name
    assert tasks["agree_with_staff_side"].start + tasks["agree_with_staff_side"].weeks <= judged
    ownership = tasks["settle_customer_ownership"]
    assert ownership.start + ownership.weeks <= tasks["let_entering_pay"].start
    assert tasks["return_idle_licences"].start >= judged


def test_the_reasons_for_staying_are_what_the_firm_said_of_its_system(advise):
    made = advise()
    first, second, third = (reason.text.en for reason in made.verdict.reasons[:3])
    for question, text in (
        ("crm_obstacles", first),
        ("crm_use", second),
        ("unused_licences", second),
        ("contract_months", third),
    ):
        assert made.answer(question).says.en.rstrip(".") in text
    assert not any("introduction" in reason.text.en for reason in made.verdict.reasons)


def test_no_advice_presumes_that_there_is_no_crm_or_that_another_is_bought(advise):
    told = {advice.id for advice in advise().approaches}
    assert not told & {
        "hundred_customers_first",
        "one_list_of_enquiries",
        "try_on_own_cases",
        "terms_of_rent",
        "seats_by_role",
    }


def test_what_mending_takes_is_the_sum_of_its_tasks_and_the_box_names_no_verdict_on_a_new_system(advise):
    made = advise()
    words = ReportWording(made, "en")
    own = sum(task.own_days[1] for task in course_tasks(made))
    takes, rest = staying_days(words)
    assert f"takes about {own:,.0f} (" in takes and "its supplier" in takes
    assert f"{len(made.plan) - len(course_tasks(made))} other tasks" in rest
    assert verdict_page(words).blocks[0].title == "What this report advises"
    headings = [block.text for block in action_page(words).blocks if hasattr(block, "text")]
    assert "This week" in headings and "This week, with no system" not in headings
