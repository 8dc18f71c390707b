"""The assessment as a whole: complete, frozen, and the same bytes every time."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from advisor.assessment import Assessment, assess
from advisor.assessment.model import SCHEMA_VERSION
from advisor.assessment.risks import risk_level
from advisor.errors import InputError
from advisor.interview import Answer, Answers

FULL = "firm: {name: 小店}\nA1: shop\npeople: 3\nA3: 2\nA4: 2\nA5: 5 / 3\nbudget: 30万\nsponsor: no\ntools: none\n"


def test_every_part_is_there_with_the_rules_and_sources_behind_it(small, answers):
    a = assess(answers(FULL), small, date(2026, 11, 23))
    assert a.verdict.name == "conditional"
    assert [(c.id, c.supports, c.sources) for c in a.conditions] == [("lead", ("leaderless",), ("P1-01",))]
    assert [(f.id, f.priority) for f in a.functions] == [("master", "must")]
    assert [(r.id, r.likelihood, r.level) for r in a.risks] == [("stall", "high", "high")]
    assert a.verdict.reasons[0].text.en == "A sponsor. Nobody leads."
    assert a.model.first == "consumer"
    assert {s.rule for s in a.trace} >= {"leaderless", "stall_leaderless"}
    assert set(a.citations) == {"P1-01", "P1-02"}
    assert a.citations["P1-02"].dated
    assert (a.coverage.answered, a.coverage.applicable) == (9, 11)
    assert a.assessed_on == date(2026, 11, 23)


def test_the_plan_puts_prerequisites_first(small, answers):
    plan = assess(answers(FULL), small).plan
    assert [(t.id, t.start, t.weeks, t.after, t.lifts) for t in plan] == [
        ("name_sponsor", 0, 1.5, (), ("lead",)),
        ("build_files", 1.5, 4, ("name_sponsor",), ()),
    ]


def test_a_lighter_way_keeps_only_what_suits_it(small, answers):
    a = assess(answers("people: 3\nA5: 2 / 3\nA4: 5\nsponsor: no\nbudget: 1M\n"), small)
    assert a.verdict.name == "not_needed_now"
    assert [t.id for t in a.plan] == ["build_files"]
    assert a.lighter[0].revisit.en == "later"


def test_a_conditional_verdict_without_a_condition_names_the_weak_factor(small, answers):
    a = assess(answers("A5: 5 / 3\nbudget: 30万\nsponsor: yes\nA4: 5\npeople: 50"), small)
    assert a.verdict.name == "conditional"
    assert [(c.id, c.derived, c.lifted_by.en) for c in a.conditions] == [("raise_strength", True, "grown")]


def test_missing_answers_are_listed_by_what_they_would_settle(small, answers):
    a = assess(answers("wish: 5"), small)
    assert a.verdict.name == "not_enough_answers"
    assert a.verdict.certainty == "open"
    assert [(q.question, q.decides) for q in a.verdict.deciding[:3]] == [
        ("means", ()),
        ("budget", ("broke",)),
        ("sponsor", ("leaderless",)),
    ]
    shares = [q.settles for q in a.verdict.deciding]
    assert shares == sorted(shares, reverse=True) and 0 < shares[-1] <= shares[0] < 1


def test_unknown_answers_are_shown_as_such_and_not_counted_as_zero(small, answers):
    a = assess(answers("means: unknown\nbudget: 1M\nsponsor: yes\nwish: 3"), small)
    strength = a.scores["strength"]
    assert (strength.points, strength.inputs[0].shown.en) == (None, "not known")
    assert a.scores["ability"].points == 100
    assert a.scores["ability"].low == 25


def test_an_assessment_cannot_be_changed(small, answers):
    a = assess(answers(FULL), small)
    with pytest.raises(ValidationError):
        a.need = "other"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema_version": "1"}', '{"schema_version": -1}'])
def test_what_is_no_assessment_is_refused(text):
    with pytest.raises(InputError, match="not an assessment"):
        Assessment.from_json(text)


VALUES = {
    "trade": ["shop", "builder"], "people": [2.0, 500.0], "product": [1, 5], "deciders": [1, 3], "wish": [1, 2, 5],
    "means": [1, 5], "budget": [0.0, 1e5], "sponsor": ["yes", "no"], "tools": [frozenset(), frozenset({"web", "mail"})],
    "online": [30.0], "notes": [("a", "b")], "other_line_models": [frozenset({"project"})],
}  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            k: st.one_of(
                st.sampled_from(v).map(lambda x: Answer("known", x)),
                st.sampled_from([Answer("unknown"), Answer("not_applicable")]),
            )
            for k, v in VALUES.items()
        },
    )
)
def test_json_comes_back_unchanged_and_no_set_of_answers_fails(small, given_answers):
    text = assess(Answers(given_answers), small).to_json()
    assert Assessment.from_json(text).to_json() == text
    assert assess(Answers(given_answers), small).to_json() == text
    assert json.loads(text)["schema_version"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [
        ("low", "low", "low"),
        ("low", "medium", "low"),
        ("medium", "medium", "medium"),
        ("low", "high", "medium"),
        ("medium", "high", "high"),
        ("high", "high", "high"),
    ],
)
def test_the_risk_matrix(likelihood, impact, level):
    assert risk_level(likelihood, impact) == risk_level(impact, likelihood) == level


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["need"], "nothing"),
        (["trace"], []),
        (["citations"], {}),
        (["assessed_on"], "yesterday"),
        (["risks", 0, "level"], "awful"),
        (["extra"], 1),
    ],
)
def test_a_file_changed_by_hand_is_refused(small, answers, path, value):
    raw = json.loads(assess(answers(FULL), small).to_json())
    node = raw
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(InputError, match="not an assessment"):
        Assessment.from_json(json.dumps(raw))


def test_the_public_api_is_what_the_package_says(knowledge, firms):
    import advisor

    assert advisor.assess(firms["city_bank"]) == advisor.assess(firms["city_bank"], knowledge)
    assert set(advisor.__all__) <= {name for name in advisor.__all__ if getattr(advisor, name)}
    with pytest.raises(AttributeError):
        _ = advisor.no_such_name
