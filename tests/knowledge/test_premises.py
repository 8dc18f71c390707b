"""The condition language: three values, and nothing taken for false because it is missing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge import premises
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.premises import All, Any, Found, Not, deciding, facts_in, findings_in
from advisor.knowledge.read_premises import compile_premise


class Case:
    """Values, what is unknown, and findings, straight from dictionaries."""

    def __init__(self, values=None, asked=None, findings=None, beside=()):
        self.values, self.asked, self.findings, self.beside = values or {}, asked or {}, findings or {}, beside

    def margin(self, fact):
        return None

    def applies(self, fact):
        return fact not in self.beside

    def value(self, fact):
        return self.values.get(fact)

    def unknown(self, fact):
        return self.asked.get(fact)

    def found(self, finding):
        return self.findings.get(finding)


def compiled(raw, small):
    problems = []
    premise = compile_premise(raw, small.facts, lambda code, path, **_: problems.append((code, path)))
    assert not problems
    return premise


@pytest.mark.parametrize(
    ("raw", "values", "expected"),
    [
        ({"wish": {"at_least": 4}}, {"wish": 4}, True),
        ({"wish": {"at_least": 4}}, {"wish": 3}, False),
        ({"wish": {"at_least": 4}}, {}, None),
        ({"wish": {"above": 2, "below": 4}}, {"wish": 3}, True),
        ({"wish": [2, 3]}, {"wish": 3}, True),
        ({"wish": 2}, {"wish": 3}, False),
        ({"people": 100}, {"people": 100.0}, True),
        ({"trade": ["shop", "builder"]}, {"trade": "shop"}, True),
        ({"tools": {"includes": ["phone", "web"]}}, {"tools": frozenset({"phone", "web", "mail"})}, True),
        ({"tools": {"includes": ["phone", "web"]}}, {"tools": frozenset({"phone"})}, False),
        ({"tools": {"includes_any": "web"}}, {"tools": frozenset({"phone"})}, False),
        ({"tools": {"count": {"at_most": 0}}}, {"tools": frozenset()}, True),
        ({"tools": ["web"]}, {"tools": frozenset({"web", "mail"})}, True),
        ({"not": {"wish": {"at_least": 4}}}, {}, None),
        ({"all": [{"wish": 5}, {"means": 5}]}, {"wish": 1}, False),
        ({"any": [{"wish": 5}, {"means": 5}]}, {"wish": 5}, True),
        ({"any": [{"wish": 5}, {"means": 5}]}, {"wish": 1}, None),
        ({"wish": 5, "means": 5}, {"wish": 5}, None),
    ],
)
def test_a_premise_is_true_false_or_undecided(small, raw, values, expected):
    assert compiled(raw, small).holds(Case(values)) is expected


def test_asked_but_not_known_is_a_fact_of_its_own(small):
    premise = compiled({"budget": "unknown"}, small)
    assert premise.holds(Case(asked={"budget": True})) is True
    assert premise.holds(Case(asked={"budget": False})) is False
    assert premise.holds(Case()) is None


def test_what_does_not_apply_holds_neither_way(small):
    case = Case({"means": 5}, beside={"wish", "budget"})
    assert compiled({"wish": {"at_least": 1}}, small).holds(case) is False
    assert compiled({"not": {"wish": {"at_least": 1}}}, small).holds(case) is False
    assert compiled({"not": {"budget": "unknown"}}, small).holds(case) is False
    assert compiled({"any": [{"wish": 5}, {"means": 5}]}, small).holds(case) is True
    assert compiled({"not": {"all": [{"wish": 5}, {"means": 4}]}}, small).holds(case) is True


def test_findings_hold_as_their_layer_left_them(small):
    premise = compiled({"found": "lead"}, small)
    assert [premise.holds(Case(findings=f)) for f in ({"lead": True}, {"lead": False}, {})] == [True, False, None]


truths = st.sampled_from([True, False, None])


@given(a=truths, b=truths)
def test_negation_swaps_all_and_any(a, b):
    case = Case(findings={"a": a, "b": b})
    one, two = Found("a"), Found("b")
    assert Not(All((one, two))).holds(case) is Any((Not(one), Not(two))).holds(case)


@given(a=truths, b=truths, c=truths)
def test_filling_in_an_undecided_part_never_overturns_what_was_decided(a, b, c):
    premise = Any((All((Found("a"), Not(Found("b")))), Found("c")))
    case = Case(findings={"a": a, "b": b, "c": c})
    decided = premise.holds(case)
    options = [[v] if v is not None else [True, False] for v in (a, b, c)]
    filled = {premise.holds(Case(findings=dict(zip("abc", values, strict=True)))) for values in itertools.product(*options)}
    assert decided is None or filled == {decided}


def test_the_leaves_that_decide_are_named(small):
    premise = compiled({"any": [{"wish": 5}, {"means": 5}], "trade": "shop"}, small)
    case = Case({"wish": 5, "means": 1, "trade": "shop"})
    assert [leaf.fact for leaf in deciding(premise, case)] == ["wish", "trade"]
    undecided = Case({"means": 1, "trade": "shop"})
    assert [leaf.fact for leaf in deciding(premise, undecided)] == ["wish"]
    assert [leaf.fact for leaf in deciding(Not(premise), undecided)] == ["wish"]
    assert facts_in(premise) == ("wish", "means", "trade")


def test_findings_under_a_negation_are_told_apart():
    premise = All((Found("a"), Not(Any((Found("b"), Not(Found("c")))))))
    assert findings_in(premise) == ("a", "b", "c")
    assert findings_in(premise, negated=True) == ("b",)
    assert findings_in(premise, negated=False) == ("a", "c")


def test_a_premise_reads_as_a_sentence(small):
    raw = {
        "wish": {"at_least": 4},
        "any": [
            {"trade": ["shop", "builder"]},
            {"tools": {"includes_any": "web"}},
            {"tools": {"count": {"at_most": 1}}},
        ],
        "not": {"found": "lead"},
        "budget": "unknown",
        "size": "small",
        "people": {"below": 20},
    }
    said = premise_in_words(compiled(raw, small), small, "en")
    assert said.startswith("A5a How great is the wish: at least 4 (high) and (A1 Which trade: any of Builder, Shop or ")
    assert "not ('A sponsor' was found)" in said
    assert "A6 What is the budget: answered 'not known'" in said
    assert "不低于4（较高）" in premise_in_words(compiled(raw, small), small, "zh")


def test_a_test_is_frozen():
    with pytest.raises(AttributeError):
        premises.Test("a", "in", frozenset("b")).op = "count"  # type: ignore[misc]
