"""Seven sample firms and twenty more, and what a senior consultant concludes about each."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from advisor import yaml_source
from advisor.assessment import assess
from advisor.interview import Answer, Answers

HERE = Path(__file__).parent
SEVEN = yaml_source.parse_bytes((HERE / "firms.yaml").read_bytes(), "firms.yaml")
TWENTY = yaml_source.parse_bytes((HERE / "more_firms.yaml").read_bytes(), "more_firms.yaml")
EXPECTED = {**SEVEN, **TWENTY}


@pytest.fixture(scope="module")
def all_firms(firms, further_firms) -> dict[str, Answers]:
    return {**firms, **further_firms}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_firm_is_read_as_a_consultant_reads_it(name: str, knowledge, all_firms):
    expected, a = EXPECTED[name], assess(all_firms[name], knowledge)
    models = expected["model"] if isinstance(expected["model"], list) else [expected["model"]]
    assert a.model.first in models
    assert name in TWENTY or list(a.model.other_lines) == expected.get("other_lines", [])
    for score in (a.scores["need"], a.scores["ability"]):
        enough = score.answered >= knowledge.verdict.enough_answers
        assert score.grade in expected[score.name] if enough else score.grade is None
    assert a.verdict.name in expected["verdict"]
    assert set(expected.get("risks", [])) <= {risk.id for risk in a.risks}
    assert set(expected.get("plan", [])) <= {task.id for task in a.plan}


def test_every_firm_has_an_expectation(all_firms):
    assert set(all_firms) == set(EXPECTED)


def test_every_expectation_of_the_twenty_stands_on_claims(knowledge):
    for expected in TWENTY.values():
        claims = [claim for reason in expected["because"] for claim in reason["claims"]]
        assert claims and set(claims) <= set(knowledge.claims)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_blanking_answers_never_gives_a_confident_wrong_verdict(name: str, knowledge, all_firms):
    truth = assess(all_firms[name], knowledge, engine="columns").verdict
    draw = random.Random(name)
    for share in (0.2, 0.4, 0.6, 0.8):
        kept = {k: v for k, v in all_firms[name].given.items() if draw.random() > share}
        seen = assess(Answers(kept), knowledge, engine="columns").verdict
        if seen.certainty == "settled":
            assert seen.name == truth.name
        assert set(truth.possible) <= set(seen.possible)


def test_size_alone_changes_neither_need_nor_verdict(knowledge, firms):
    for answers in firms.values():
        seen = set()
        for people in (5.0, 80.0, 800.0, 20_000.0):
            a = assess(answers.with_answer("employees", Answer("known", people)), knowledge, engine="columns")
            seen.add((a.scores["need"].points, a.verdict.name))
        assert len(seen) == 1


def test_no_rule_fires_on_every_firm(knowledge, firms):
    """The seven all keep patchy files in several places; an eighth keeps them well."""
    well_kept = {
        "customer_files": 5,
        "customer_data_home": "one_system",
        "customer_accounts": 300.0,
        "buyers": frozenset({"firms"}),
    }
    tidy = Answers({name: Answer("known", value) for name, value in well_kept.items()})
    fired = [{s.rule for s in assess(answers, knowledge, engine="columns").trace} for answers in (*firms.values(), tidy)]
    assert not set.intersection(*fired)


def test_what_lifts_a_blocker_opens_the_plan(knowledge, firms):
    a = assess(firms["building_contractor"], knowledge)
    assert a.blockers
    assert set(a.plan[0].lifts) & {blocker.id for blocker in a.blockers}
