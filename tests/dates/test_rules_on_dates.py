"""Rules that look at a date: both engines, static checks, what is foreseen, and what is asked of the outcome."""

from __future__ import annotations

import datetime
import json
import random

import jsonschema
import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.next_question import likely_verdicts, question_gains
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.plan_items import project_of
from advisor.assessment.variants import deciding_answers
from advisor.errors import AnswersError
from advisor.inference import infer
from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import FactTable
from advisor.insight.examine import examine
from advisor.insight.moves import moves_of
from advisor.insight.replay import replay
from advisor.insight.scenarios import Scenario
from advisor.insight.sensitivity import sensitivity
from advisor.insight.what_if import parse_changes, what_if
from advisor.insight.why import why
from advisor.insight.why_not import why_not
from advisor.interview import Answers, applies
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import UNKNOWN
from advisor.knowledge.cases import run_cases
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.json_schema import schemas
from advisor.knowledge.premises import Test as OneTest
from advisor.knowledge.relations import check_relations
from advisor.knowledge.worlds import implies, satisfiable
from advisor.text import Text
from tests.random_firms import completed, random_firm

DAY = datetime.date
TODAY = DAY(2026, 11, 28)
SOUND = "trade: builder\npeople: 50\nproduct: 4\ndeciders: 4\nwish: 5\nmeans: 4\nbudget: 1M\nsponsor: yes\n"


def firm(knowledge, end: str) -> Answers:
    return parse_answers(f"{SOUND}contract_end: {end}\n".encode(), "firm.yaml", knowledge)


def dated_firms(knowledge, draw: random.Random, count: int) -> list[Answers]:
    """Random firms, most of them with a date on or beside a limit of a rule."""
    days = list(deciding_answers(knowledge)["contract_end"])
    firms = [random_firm(knowledge, draw) for _ in range(count)]
    return [f.with_answer("contract_end", draw.choice(days)) if draw.random() < 0.7 else f for f in firms]


def test_both_engines_judge_dates_alike(dated):
    firms = dated_firms(dated, random.Random(7), 300)
    fired_rules = set()
    for by_experta, by_columns in zip(infer(dated, firms, "experta"), infer(dated, firms, "columns"), strict=True):
        assert by_experta.to_json() == by_columns.to_json()
        fired_rules |= {fired.rule for fired in by_columns.fired_rules}
    assert {"contract_runs_on", "contract_ends_soon"} <= fired_rules


def test_what_is_foreseen_of_dates_holds_in_every_completion(dated):
    draw, engine = random.Random(3), ColumnEngine(dated)
    firms = dated_firms(dated, draw, 60)
    foreseen = engine.foresee(FactTable(dated, AnswerTable.of(firms)))
    for _ in range(20):
        outcome = engine.today(FactTable(dated, AnswerTable.of([completed(f, dated, draw) for f in firms])))
        for name, (holds, fails) in foreseen.rules.items():
            assert holds & ~outcome.rules[name][0] == 0 and fails & outcome.rules[name][0] == 0, name


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2028-06-30", set()),
        ("2028-07-01", {"bound_for_long"}),
        ("2026-12-31", {"hurry"}),
        ("2027-01-01", set()),
        ("2026-09-30", set()),
    ],
)
def test_a_day_is_on_one_side_of_a_limit(end, expected, dated):
    assert {c.id for c in assess(firm(dated, end), dated).conditions} & {"bound_for_long", "hurry"} == expected


def test_cases_beside_a_rule_may_give_dates(dated):
    outcomes = [outcome for outcome in run_cases(dated) if outcome.rule == "contract_runs_on"]
    assert len(outcomes) == 3 and all(outcome.holds for outcome in outcomes)


def test_static_checks_compare_dates_exactly(dated):
    facts = dated.facts
    after, on_or_after = (OneTest("contract_end", op, DAY(2028, 6, 30)) for op in ("above", "at_least"))
    next_day = OneTest("contract_end", "at_least", DAY(2028, 7, 1))
    assert implies(after, on_or_after, facts) and not implies(on_or_after, after, facts)
    assert implies(after, next_day, facts) and implies(next_day, after, facts), "no day lies between"
    assert not satisfiable(OneTest("contract_end", "below", DAY(2026, 1, 1)), facts)
    assert not [problem for problem in check_relations(dated) if "contract" in str(problem.values)]
    kind = facts["contract_end"].type
    assert not kind.passes(facts["contract_end"], [after, OneTest("contract_end", "below", DAY(2028, 7, 1))])


def test_conditions_on_dates_are_said_in_words(dated):
    rules = {rule.id: rule for rule in dated.rules}
    said = {lang: premise_in_words(rules["contract_runs_on"].premise, dated, lang) for lang in ("zh", "en")}
    assert said == {
        "zh": "A12 现有系统的合同何时到期：在2028年6月30日之后",
        "en": "A12 When does the contract for the present system end: after 30 June 2028",
    }
    soon = premise_in_words(rules["contract_ends_soon"].premise, dated, "en")
    assert "on or before 31 December 2026" in soon and "any of 30 June 2026, 30 September 2026" in soon


def test_the_schema_lets_dates_stand_in_conditions_and_nothing_else(dated):
    schema = schemas(dated)["rules.json"]
    validator = jsonschema.Draft202012Validator(schema["$defs"]["Premises"] | {"$defs": schema["$defs"]})
    tests = ({"above": "2028-06-30"}, ["2028-06-30"], "unknown", {"above": 4}, {"count": {"above": 1}}, 4)
    assert [validator.is_valid({"contract_end": test}) for test in tests] == [True, True, True, False, False, False]


def test_a_date_decides_which_questions_are_asked(dated):
    firms = [firm(dated, end) for end in ("2027-12-31", "2028-01-01", "unknown")]
    assert [applies(dated.questions["notice_given"], answers, dated) for answers in firms] == [True, False, True]


def test_a_missing_date_is_asked_for_and_settles_conditions(dated):
    unknown = firm(dated, "unknown")
    days = [answer.value for answer in deciding_answers(dated)["contract_end"]]
    assert {DAY(2028, 6, 30), DAY(2028, 7, 1), DAY(2026, 12, 31), DAY(2027, 1, 1), DAY(2026, 9, 30)} <= set(days)
    assert days == sorted(days) and all(DAY(2026, 1, 1) <= day <= DAY(2035, 12, 31) for day in days)
    now = verdict_outlook(dated, unknown)
    assert set(now.possible) == {"feasible", "conditional"}
    assert [n.question for n in question_gains(dated, unknown, now)] == ["contract_end"]
    assert {name for name, _ in likely_verdicts(dated, unknown, now)} == {"feasible", "conditional"}


def test_the_nearest_day_that_turns_the_verdict_is_named(dated):
    answers = firm(dated, "2028-06-30")
    found = sensitivity(dated, answers, verdict_outlook(dated, answers))
    assert found is not None
    turn = next(turn for turn in found.answers if turn.question == "contract_end")
    assert (turn.value, turn.verdict) == (DAY(2028, 7, 1), "conditional")


def test_no_lever_moves_a_date_and_the_path_says_so(dated):
    bound = firm(dated, "2030-01-01")
    assert "contract_end" not in {move.question for move in moves_of(dated, bound, project_of(dated, bound))}
    path = examine(assess(bound, dated), bound, dated).insight.path
    assert not path.ways
    assert [obstacle.en for obstacle in path.obstacles] == ["The contract runs on: The contract is signed."]


def test_an_assessment_keeps_a_date_as_iso_and_replays_to_the_same(dated):
    answers = firm(dated, "2030年1月1日")
    whole = examine(assess(answers, dated, TODAY), answers, dated)
    stored = json.loads(whole.to_json())
    item = next(item for item in stored["answers"] if item["question"] == "contract_end")
    assert item["value"] == "2030-01-01" and item["shown"] == {"zh": "2030年1月1日", "en": "1 January 2030"}
    again = Assessment.model_validate_json(whole.to_json())
    assert replay(again, dated).identical
    edited = tuple(i.model_copy(update={"value": "soon"}) if i.question == "contract_end" else i for i in again.answers)
    with pytest.raises(AnswersError, match="'soon' is not a date"):
        replay(again.model_copy(update={"answers": edited}), dated)


def test_why_and_why_not_show_the_day(dated):
    late, early = firm(dated, "2030-01-01"), firm(dated, "2027-05-04")
    proof = str(why(assess(late, dated), "bound_for_long"))
    assert "A12 When does the contract for the present system end: 1 January 2030" in proof
    assert "4 May 2027" in str(why_not(dated, early, infer(dated, [early])[0].facts, "bound_for_long"))


def test_what_if_compares_both_sides_of_a_day(dated):
    changes = parse_changes(["contract_end=2027-03-31"], dated)
    found = what_if(dated, firm(dated, "2030-01-01"), Scenario("sooner", Text(zh="早", en="sooner"), changes))
    assert "bound_for_long" in {change.id for change in found.changes.lost}


def test_a_firm_that_does_not_know_leaves_the_rules_open(dated):
    undecided = {entry.rule for entry in infer(dated, [Answers({"contract_end": UNKNOWN})])[0].undecided_rules}
    assert {"contract_runs_on", "contract_ends_soon"} <= undecided
