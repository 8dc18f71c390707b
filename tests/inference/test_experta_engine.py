"""Forward chaining: what fires, in which order, on what grounds, and what stays undecided."""

from __future__ import annotations

import gc
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.inference import infer
from advisor.inference.facts import FactTable
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable

FULL = "trade: shop\npeople: 3\nproduct: 2\ndeciders: 2\nwish: 4\nmeans: 3\nbudget: 0\nsponsor: no\ntools: none\n"


def test_rules_fire_layer_by_layer_and_build_on_one_another(small, answers):
    result = infer(small, [answers(FULL)])[0]
    assert [f.rule for f in result.fired_rules] == [
        "shop_is_consumer", "files_needed", "master_for_consumer", "broke", "leaderless", "stall_leaderless", "do_sponsor",
        "do_files",
    ]  # fmt: skip
    assert [f.order for f in result.fired_rules] == list(range(1, 9))
    assert not result.undecided_rules
    master = result.fired_rules[2]
    assert master.bindings == (("model", frozenset({"consumer"})),)
    assert master.findings == ("files",)


def test_alternatives_that_both_hold_fire_a_rule_once_with_both_grounds(small, answers):
    firing = next(f for f in infer(small, [answers(FULL)])[0].fired_rules if f.rule == "stall_leaderless")
    assert firing.bindings == (("sponsor", "no"),)
    assert firing.findings == ("no_money",)


def test_what_is_missing_is_undecided_and_never_false(small, answers):
    result = infer(small, [answers("people: 3\nwish: 4\n")])[0]
    undecided = {u.rule: (u.missing, u.findings) for u in result.undecided_rules}
    assert undecided["leaderless"] == (("sponsor",), ())
    assert undecided["stall_small"] == ((), ("lead",))
    assert undecided["master_for_consumer"] == (("model",), ())
    assert result.findings["files"] is True
    assert result.findings["lead"] is None
    assert result.findings["sheet"] is False


def test_a_finding_counts_as_absent_only_once_every_rule_for_it_is_false(small, answers):
    result = infer(small, [answers("people: 50\nsponsor: yes\n")])[0]
    assert result.findings["lead"] is False
    assert "stall_small" in [f.rule for f in result.fired_rules]


def test_the_same_answers_give_the_same_trace_whatever_ran_before(small, answers):
    first = infer(small, [answers(FULL)])[0]
    infer(small, [answers("wish: 1")])
    assert infer(small, [answers(FULL)])[0] == first


def test_threads_do_not_get_into_one_anothers_way(small, answers):
    expected, found = infer(small, [answers(FULL)])[0], []
    threads = [
        threading.Thread(target=lambda: found.extend(infer(small, [answers(FULL)])[0] for _ in range(20))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 80
    assert all(result == expected for result in found)


VALUES = {
    "trade": ["shop", "builder"], "people": [0.0, 3.0, 50.0, 500.0], "product": [1, 3, 5], "deciders": [1, 3, 5],
    "wish": [1, 2, 5], "means": [1, 5], "budget": [0.0, 1e5], "sponsor": ["yes", "no"],
    "tools": [frozenset(), frozenset({"web"})],
}  # fmt: skip
CASES = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(
            st.sampled_from(v).map(lambda x: Answer("known", x)),
            st.sampled_from([Answer("unknown"), Answer("not_applicable")]),
        )
        for name, v in VALUES.items()
    },
)


@settings(max_examples=200, deadline=None)
@given(given=CASES)
def test_experta_fires_exactly_the_rules_whose_premises_are_true(small, given):
    result = infer(small, [Answers(given)])[0]
    fired = {f.rule for f in result.fired_rules}
    undecided = {u.rule for u in result.undecided_rules}
    for rule in small.rules:
        truth = rule.premise.holds(result.facts)
        assert (truth is True) == (rule.id in fired)
        assert (truth is None) == (rule.id in undecided)


@settings(max_examples=100, deadline=None)
@given(given=CASES, seed=st.randoms())
def test_the_order_of_answers_does_not_matter(small, given, seed):
    names = list(given)
    seed.shuffle(names)
    assert infer(small, [Answers({n: given[n] for n in names})])[0] == infer(small, [Answers(given)])[0]


@pytest.mark.slow
def test_memory_stays_flat_over_many_runs(small, answers):
    sheets = [answers(FULL), answers("wish: 4\npeople: 3"), answers("")]
    for sheet in sheets * 20:
        infer(small, [sheet])
    gc.collect()
    before = len(gc.get_objects())
    for sheet in sheets * 300:
        infer(small, [sheet])
    gc.collect()
    assert len(gc.get_objects()) - before < 500


def test_importing_experta_leaves_the_standard_library_as_it_was():
    import collections

    import advisor.inference._experta

    assert "experta" in sys.modules
    assert not hasattr(collections, "Mapping")
    assert advisor.inference._experta.KnowledgeEngine


def test_the_cheaper_network_finds_what_expertas_own_does(knowledge, firms, monkeypatch):
    from advisor.inference import experta_engine
    from advisor.inference._experta import ReteMatcher

    ours = experta_engine._Engine(knowledge)
    monkeypatch.setattr(experta_engine._Engine, "__matcher__", ReteMatcher)
    theirs = experta_engine._Engine(knowledge)
    assert type(ours.matcher) is not type(theirs.matcher)
    for name, answers in firms.items():
        facts = FactTable(knowledge, AnswerTable.of([answers]))
        assert ours.judge(facts) == theirs.judge(facts), name
