"""Seven firms, and what a senior consultant concludes about each."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from advisor import yaml_source
from advisor.assessment import assess
from advisor.interview import Answer, Answers

FILE = Path(__file__).parent / "firms.yaml"
EXPECTED = yaml_source.parse_bytes(FILE.read_bytes(), FILE.name)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_firm_is_read_as_a_consultant_reads_it(name: str, knowledge, firms):
    expected, a = EXPECTED[name], assess(firms[name], knowledge)
    assert a.model.first == expected["model"]
    assert list(a.model.other_lines) == expected.get("other_lines", [])
    assert a.scores["need"].grade in expected["need"]
    assert a.scores["ability"].grade in expected["ability"]
    assert a.verdict.name in expected["verdict"]
    assert set(expected["risks"]) <= {risk.id for risk in a.risks}
    assert set(expected["plan"]) <= {task.id for task in a.plan}


def test_every_sample_has_an_expectation(firms):
    assert set(firms) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_blanking_answers_never_gives_a_confident_wrong_verdict(name: str, knowledge, firms):
    truth = assess(firms[name], knowledge).verdict
    draw = random.Random(name)
    for share in (0.2, 0.4, 0.6, 0.8):
        kept = {k: v for k, v in firms[name].given.items() if draw.random() > share}
        seen = assess(Answers(kept), knowledge).verdict
        if seen.certainty == "settled":
            assert seen.name == truth.name
        assert truth.name in seen.possible


def test_size_alone_changes_neither_need_nor_verdict(knowledge, firms):
    for answers in firms.values():
        seen = set()
        for people in (5.0, 80.0, 800.0, 20_000.0):
            a = assess(answers.with_answer("employees", Answer("known", people)), knowledge)
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
    fired = [{s.rule for s in assess(answers, knowledge).trace} for answers in (*firms.values(), tidy)]
    assert not set.intersection(*fired)
