"""What a firm asks, what is there already and what goes on around it: each changes how the advice opens, what comes first or
what is done, and none of it does anything while it is not answered."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import click
import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.course import course_of, course_tasks, staying_course
from advisor.assessment.verdict import verdict_sentence
from advisor.cli.settings import Settings
from advisor.cli.show_assessment import show_verdict
from advisor.interview import Answer, Answers
from advisor.phrases import phrases
from advisor.reporting.document import Callout
from advisor.reporting.report import build_document
from advisor.selection import with_selection
from advisor.text import LANGS, Lang, say

PRESENT = {"earlier_crm": "hardly_used", "earlier_cause_known": "yes", "present_crm": "hosted_general", "crm_use": 2}
"""A rented CRM system that few use."""


@pytest.fixture(scope="module")
def advise(knowledge, firms):
    """The advice to a machine-tool maker with some answers changed; the same answers are assessed once."""
    made: dict[frozenset, Assessment] = {}

    def of(**changes: object) -> Assessment:
        key = frozenset(changes.items())
        if key not in made:
            answers: Answers = firms["machine_tool_maker"]
            for name, value in changes.items():
                answers = answers.with_answer(name, Answer("known", value))
            made[key], _ = with_selection(assess(answers, knowledge, engine="columns"), answers, knowledge)
        return made[key]

    return of


def ids(items) -> set[str]:
    return {item.id for item in items}


def several(*words: str) -> frozenset[str]:
    return frozenset(words)


def test_an_advice_that_was_asked_nothing_opens_with_the_verdict(advise):
    verdict = advise().verdict
    assert verdict.sentence == verdict_sentence(verdict.name, verdict.certainty, verdict.leads_to)


@pytest.mark.parametrize(
    ("occasion", "zh", "en"),
    [
        ("whether_needed", "需要CRM", "You do need CRM"),
        ("does_it_pay", "这笔钱", "The money pays off only"),
        ("how_to_succeed", "第一步", "The first step"),
        ("paper_for_approval", "报批", "You can apply"),
        ("which_system", "再比较", "and choose one once the conditions are met"),
        ("take_the_offer", "先不要接受", "Do not take it yet"),
        ("present_system", "该留还是该换", "Whether to keep or replace"),
    ],
)
def test_the_first_sentence_answers_what_was_asked(advise, occasion, zh, en):
    sentence = advise(occasion=occasion).verdict.sentence
    assert zh in sentence.zh.split("。")[0]
    assert en in sentence.en.split(". ")[0]
    assert sentence.en.endswith(advise().verdict.sentence.en), "the verdict still follows"


def test_products_that_lead_are_named_to_who_asks_which(advise):
    advice = advise(occasion="which_system")
    first = advice.selection.outcome.products[0]
    name = next(item.name for item in advice.selection.candidates if item.product == first)
    assert name.en in advice.verdict.sentence.en


def test_the_system_of_the_trade_is_tried_before_any_product_where_the_advice_says_so(advise):
    trade = {"existing_systems": frozenset({"core_industry_system"}), "buyers": frozenset({"consumers"})}
    advice = advise(occasion="which_system", offer_state="several", offer_kind="trade_module", **trade)
    assert any(item.id == "trade_module_tried_first" for item in advice.approaches)
    assert "the customer module of the system of your trade first" in advice.verdict.sentence.en


@pytest.mark.parametrize(
    ("offer", "opens", "task"),
    [
        ("one", "compare it with two others", "compare_offers"),
        ("one_with_deadline", "let it pass", "compare_offers"),
        ("signed", "The contract is signed", "better_the_contract"),
    ],
)
def test_an_offer_is_answered_and_has_a_step(advise, offer, opens, task):
    """A contract that nobody approved is objected to, so that the step waits for that answer."""
    advice = advise(occasion="take_the_offer", offer_state=offer, approval="approved")
    assert opens in advice.verdict.sentence.en
    assert task in ids(advice.plan) - ids(advise().plan)


def test_a_sales_system_is_refused_where_no_one_sells(advise):
    advice = advise(occasion="take_the_offer", offer_state="one", offer_kind="sales_force", field_staff=0.0)
    assert "something else than you need" in advice.verdict.sentence.en
    assert "offer_of_a_wrong_kind" in ids(advice.cautions)


def test_a_date_is_held_against_the_weeks_of_the_plan(advise):
    late, soon = (advise(fixed_date="season", weeks_left=weeks).verdict.sentence.en for weeks in (200.0, 4.0))
    assert "fits in" in late and "nothing new can be ready" in soon
    assert "cut_scope_to_the_date" in ids(advise(fixed_date="season", weeks_left=4.0).plan)


def test_a_date_fits_only_where_the_upper_end_of_the_weeks_does(advise):
    low, base, high = (round(end) for end in advise().costed().go_live)
    assert low < base < high
    told = {}
    for weeks in (low - 1, low, base, high - 1, high):
        told[weeks] = advise(fixed_date="season", weeks_left=float(weeks)).verdict.sentence.en
    assert "at the least" in told[low - 1]
    assert "missed unless all goes well" in told[low]
    assert "it is tight" in told[base] and "it is tight" in told[high - 1]
    assert f"fits in: {base} weeks by the base estimate, {high} at the most" in told[high]


def test_a_date_is_not_met_by_people_who_are_not_there(advise):
    sentence = advise(fixed_date="season", weeks_left=200.0, project_people=0.0).verdict.sentence
    assert "ask for people freed" in sentence.en and "fits in" not in sentence.en and "来得及" not in sentence.zh


@pytest.mark.parametrize("offer", ["one", "signed"])
def test_a_copy_of_doubtful_origin_is_called_that_and_a_signed_contract_checked(advise, offer):
    sentence = advise(occasion="take_the_offer", offer_state=offer, offer_kind="cheap_copy").verdict.sentence
    assert "something else" not in sentence.en and "不是您需要" not in sentence.zh
    assert ("You have signed" in sentence.en) == ("已经签了" in sentence.zh) == (offer == "signed")


def test_a_copy_of_doubtful_origin_is_told_whatever_was_asked(advise):
    sentence = advise(occasion="which_system", offer_state="one", offer_kind="cheap_copy").verdict.sentence
    assert "doubtful origin" in sentence.en and "来路" in sentence.zh


def test_a_date_no_pilot_can_meet_is_bridged(advise):
    sentence = advise(fixed_date="legal_date", weeks_left=0.0).verdict.sentence
    assert "nothing new can be ready" in sentence.en and "less than a week" in sentence.en and "现有的办法" in sentence.zh


def test_a_date_set_by_law_is_told_where_no_system_comes_yet(advise):
    late = {"initial_budget": 0.0, "running_budget": 0.0, "weeks_left": 1.0}
    law, season = (advise(fixed_date=date, **late).verdict for date in ("legal_date", "season"))
    assert law.name in ("not_yet", "not_needed_now")
    assert "1 week away" in law.sentence.en and "away" not in season.sentence.en


@pytest.mark.parametrize("occasion", ["which_system", "how_to_succeed"])
def test_sign_nothing_is_said_once(advise, occasion):
    assert advise(occasion=occasion).verdict.sentence.en.lower().count("sign nothing") == 1


@pytest.mark.parametrize(
    ("course", "answers", "hurdle", "task"),
    [
        ("repair", {"crm_obstacles": several("nobody_asks", "data_bad")}, "repair_comes_first", "repair_present_crm"),
        ("use", {"crm_use": 5, "crm_obstacles": several(), "earlier_crm": "in_use"}, None, "use_present_system_better"),
        ("merge", {"crm_obstacles": several(), "present_crm": "several"}, "one_crm_chosen", "choose_surviving_crm"),
        ("replace", {"crm_obstacles": several("not_maintained", "no_training")}, None, "export_present_data"),
    ],
)
def test_a_system_that_is_there_is_used_mended_merged_or_replaced(advise, course, answers, hurdle, task):
    advice = advise(occasion="present_system", **{**PRESENT, **answers})
    outcome = advice.selection.outcome
    assert course_of(advice) == course
    assert task in ids(advice.plan)
    assert hurdle is None or hurdle in ids(advice.conditions)
    assert (outcome.name == "own_system" and not outcome.products) == (course != "replace")
    assert (advice.selection.recommended_way is None) == (course != "replace")
    kept = {"use": "Keep the CRM", "repair": "Mend the CRM", "merge": "Choose one", "replace": "should be replaced"}[course]
    assert kept in advice.verdict.sentence.en


def test_what_mending_takes_stands_beside_a_new_system(advise):
    advice = advise(occasion="present_system", **PRESENT, crm_obstacles=several("nobody_asks", "data_bad"))
    own = sum(task.own_days[1] for task in course_tasks(advice))
    assert any(f"about {own:.0f} days of your own staff" in note.en for note in advice.selection.outcome.notes)


@pytest.mark.parametrize(
    ("who", "task"),
    [
        ("branch_heads", "win_branch_heads"), ("sellers", "win_sellers"), ("department_heads", "win_department_heads"),
        ("partners", "partners_decide"), ("professionals", "win_professionals"), ("owners", "agree_with_owners"),
        ("group", "consult_the_group"), ("dealers", "win_dealers"), ("staff_council", "agree_with_staff_side"),
        ("it_department", "give_it_a_part"),
    ],
)  # fmt: skip
def test_who_could_stop_it_has_a_step_and_others_have_none(knowledge, firms, who, task):
    steps = {"win_branch_heads", "win_sellers", "win_department_heads", "partners_decide", "win_professionals"}
    steps |= {"agree_with_owners", "consult_the_group", "win_dealers", "agree_with_staff_side", "give_it_a_part"}
    answers = firms["machine_tool_maker"].with_answer("can_stop", Answer("known", several(who)))
    assert ids(assess(answers, knowledge, engine="columns").plan) & steps == {task}


@pytest.mark.parametrize(
    ("answers", "hurdle"),
    [
        ({"can_stop": several("staff_council")}, "staff_side_agreed"),
        ({"can_stop": several("partners")}, "partners_decided"),
        ({"upheaval": several("merger")}, "structure_settled"),
        ({"upheaval": several("layoffs"), "staff_openness": 3}, "cuts_over"),
        ({"approval": "outside_pending"}, "approval_given"),
    ],
)
def test_some_situations_are_gates(advise, answers, hurdle):
    assert hurdle in ids(advise(**answers).conditions) - ids(advise().conditions)


def test_no_system_comes_in_the_middle_of_lay_offs_that_staff_resist(advise):
    advice = advise(upheaval=several("layoffs"), staff_openness=2)
    assert advice.verdict.name == "not_yet" and "cuts_under_way" in ids(advice.blockers)
    assert "finish_cuts_openly" in ids(advice.plan[:6])


def test_the_plan_waits_as_long_as_approval_takes(advise):
    usual, long = (advise(approval="outside_pending", **more) for more in ({}, {"approval_weeks": 26.0}))
    submit = next(task for task in long.plan if task.id == "submit_for_approval")
    assert submit.weeks == 26
    assert long.project.go_live[1] > usual.project.go_live[1]


@pytest.mark.parametrize(
    ("answers", "caution"),
    [
        ({"organisation_kind": "state_owned"}, "collective_decision"),
        ({"organisation_kind": "state_owned", "domestic_rule": "binding"}, "domestic_list_binds"),
        ({"organisation_kind": "charity"}, "charity_cost_shown"),
        ({"purchase_rule": "law"}, "tender_fixes_the_scores"),
        ({"respondent": "assistant"}, "answered_at_second_hand"),
        ({"respondent_sure": 1}, "answers_unsure"),
        ({"triggers": several("control_staff")}, "watching_is_the_purpose"),
        ({"triggers": several("supplier_approach")}, "seller_is_the_occasion"),
    ],
)
def test_kind_of_organisation_occasion_and_respondent_are_told(advise, answers, caution):
    assert caution in ids(advise(**answers).cautions) - ids(advise().cautions)


def test_none_of_it_says_anything_while_it_is_not_answered(knowledge, firms, further_firms):
    """No rule on these questions fires, and no finding or task of theirs is told, where none of them is answered."""
    own = [name for name, question in knowledge.questions.items() if question.code.startswith("L")]
    about = {rule.id for rule in knowledge.rules if rule.rule.when.keys() & {*own}}
    assert len(about) > 50
    for answers in (*firms.values(), *list(further_firms.values())[:5]):
        assert not {*own} & answers.given.keys()
        assessment = assess(answers, knowledge, engine="columns")
        assert not about & {support.rule for support in assessment.trace}
        assert course_of(assessment) in (None, "use")
        verdict = assessment.verdict
        assert verdict.sentence == verdict_sentence(verdict.name, verdict.certainty, verdict.leads_to)


DEAR = {"crm_use": 5, "crm_obstacles": several("too_dear"), "earlier_crm": "in_use", "contract_months": 1.0}
"""A system that everyone uses and whose renewal, a month ahead, has become too dear."""
COURSES_TO_STAY = {
    "use": {"crm_use": 5, "crm_obstacles": several(), "earlier_crm": "in_use"},
    "cheaper": DEAR,
    "repair": {"crm_obstacles": several("nobody_asks", "data_bad")},
    "merge": {"crm_obstacles": several(), "present_crm": "several"},
}


@pytest.mark.parametrize("course", COURSES_TO_STAY)
def test_an_advice_to_stay_plans_no_new_system(advise, course):
    advice = advise(occasion="whether_needed", **{**PRESENT, **COURSES_TO_STAY[course]})
    assert staying_course(advice) == course
    brings_in = {
        "write_requirements",
        "try_candidates",
        "contract_exit_terms",
        "choose_and_contract",
        "run_pilot",
        "go_live",
    }
    assert not brings_in & ids(advice.plan)
    assert "no new system" in advice.verdict.sentence.en
    assert advice.selection.recommended_way is None
    report = repr(build_document(advice, "en", "summary"))
    assert "choose no other" in report and "run as recommended" not in report.lower()
    for lang in LANGS:
        told_of_staying(advice, course, lang)


@pytest.mark.parametrize("course", COURSES_TO_STAY)
def test_who_stays_is_told_what_stands_in_the_way_of_another_system_as_something_for_later(advise, course, knowledge):
    """A firm that keeps the system it uses read that "the introduction has no direction" for want of goals."""
    lacking = {"vision_and_goals": 1, "crm_goals": "no", "approval": "outside_pending", "data_safeguards": 1}
    advice = advise(**{**PRESENT, **COURSES_TO_STAY[course], **lacking})
    assert staying_course(advice) == course
    now = {hurdle.id for hurdle in (*advice.blockers, *advice.conditions)}
    later = {hurdle.id for hurdle in advice.waiting}
    assert "approval_given" in later and "protect_customer_data" in now
    used_well = course in ("use", "cheaper")
    assert "clear_goals" in (later if used_well else now)
    told = {"nothing"} if used_well else {"nothing", "project"}
    assert {knowledge.findings[name].presumes for name in now} <= told


def told_of_staying(advice: Assessment, course: str, lang: Lang) -> None:
    """The full report, which the web shows by chapters, and the terminal head what they say as the owner's pages do."""
    full = build_document(advice, lang, "evidence")
    title = say("report", f"owner.stays.{course}", lang)
    verdict = say("report", "owner.stays.verdict", lang, verdict="")
    (first,) = (block for block in full.chapters[0].blocks if isinstance(block, Callout))
    assert title in full.verdict and title in first.title
    assert first.lines[0].text.startswith(verdict)
    headed = {chapter.id: chapter.title for chapter in full.chapters}
    for chapter in ("options", "products", "cost"):
        assert headed[chapter] == say("report", f"{chapter}.title_staying", lang)
    assert not {say("report", f"{name}.title", lang) for name in ("options", "products", "cost", "path")} & set(
        headed.values()
    )
    with click.Context(click.Command("assess")), redirect_stdout(io.StringIO()) as printed:
        show_verdict(advice, Settings(lang, None, None))
    lines = [line for line in printed.getvalue().splitlines() if line]
    assert title in lines[0 if advice.firm.name is None else 1] and any(line.startswith(verdict) for line in lines[:4])


def test_the_end_of_a_contract_with_the_data_still_inside_comes_first(advise):
    advice = advise(**{**PRESENT, **DEAR, "data_export": "impossible", "unused_licences": 80.0})
    first = [task.id for task in advice.plan if not task.lifts]
    assert max(map(first.index, ("extend_contract_briefly", "export_present_data"))) < first.index("decide_on_report")
    assert {"return_idle_licences", "renew_at_less_cost"} <= set(first)
    assert "records_lost_at_contract_end" in ids(advice.risks[:3])


def test_money_that_reaches_the_middle_estimate_alone_is_not_called_enough():
    phrase = phrases("project")
    for kind in ("initial", "running"):
        text = phrase(f"budget.{kind}.tight", budget="2", base="1", high="3")
        assert "middle estimate" in text.en and "基准估算" in text.zh


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"economic_strength": 1, "annual_revenue": 1_000_000.0, "initial_budget": 0.0, "running_budget": 0.0}, "not_yet"),
        ({}, "feasible"),
    ],
)
def test_a_signed_contract_is_bettered_only_where_a_system_may_follow(advise, changes, verdict):
    """Under a no it is read for a way out, and no clause is asked for that presumes that it goes on."""
    advice = advise(occasion="take_the_offer", offer_state="signed", approval="approved", **changes)
    bettered = "have acceptance, export of data" in advice.verdict.sentence.en
    assert bettered == (advice.verdict.name in ("feasible", "conditional") and not staying_course(advice))
    assert bettered or "have the contract read this week" in advice.verdict.sentence.en
    assert (advice.verdict.name == "not_yet") == (verdict == "not_yet")


def test_a_system_that_is_used_is_not_asked_why_it_is_not(advise):
    used = {
        "earlier_crm": "in_use",
        "present_crm": "hosted_general",
        "crm_use": 5,
        "crm_obstacles": several("not_linked", "too_dear"),
    }
    advice = advise(occasion="present_system", offer_state="several", **used)
    if course_of(advice) is None:
        assert "well used" in advice.verdict.sentence.en
    assert "why it falls short" not in advice.verdict.sentence.en
