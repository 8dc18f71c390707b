"""Cases beside rules, claims and their uses, how rules stand to one another, and the view without outside knowledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.assessment import assess
from advisor.errors import InputError
from advisor.knowledge.cases import read_given, run_cases, run_rule, without_cases
from advisor.knowledge.coverage import claim_counts, rule_links, source_uses
from advisor.knowledge.premises import leaves
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.relations import check_expiry, check_monotone, check_relations
from advisor.knowledge.schema import Cases
from advisor.knowledge.worlds import implies, satisfiable


def test_every_rule_does_what_its_cases_say(knowledge):
    assert not without_cases(knowledge)
    assert [outcome for outcome in run_cases(knowledge) if not outcome.holds] == []


def test_every_case_of_a_kind_is_there_and_a_wrong_one_is_noticed(knowledge):
    compiled = knowledge.rules_by_id["blocked_by_no_money"]
    wrong = Cases(fires={"initial_budget": 5}, silent={"initial_budget": 0}, undecided={})
    changed = replace(compiled, rule=compiled.rule.model_copy(update={"cases": wrong}))
    assert [outcome.holds for outcome in run_rule(changed, knowledge)] == [False, False, True]


@pytest.mark.parametrize(
    "given", [{"no_such_fact": 1}, {"firm_size": "vast"}, {"found": "nothing"}, {"initial_budget": "x"}]
)
def test_a_case_that_names_what_is_not_there_is_refused(given, knowledge):
    with pytest.raises(InputError):
        read_given(given, knowledge)


def test_every_claim_acts_or_is_context(knowledge):
    assert [name for count in claim_counts(knowledge) for name in count.unused] == []


def test_context_does_not_act(knowledge):
    uses = source_uses(knowledge)
    for name in knowledge.context:
        assert {kind for kind, _ in uses[name]} <= {"context", "disagreement", "question"}, name


def test_no_two_rules_repeat_or_contradict_one_another(knowledge):
    assert list(check_relations(knowledge)) == []
    assert list(check_monotone(knowledge)) == []


def test_outside_works_are_to_be_looked_at_again(knowledge):
    assert list(check_expiry(knowledge, date(2026, 11, 23))) == []
    of_products = sum(bool(e.expires) for product in knowledge.products.values() for e in product.evidence.values())
    assert len(list(check_expiry(knowledge, date(2099, 1, 1)))) == len(knowledge.external) + of_products


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"process_complexity": {"at_least": 4}}, {"process_complexity": {"above": 2}}, True),
        ({"process_complexity": {"above": 2}}, {"process_complexity": {"at_least": 4}}, False),
        ({"buyers": {"includes": ["consumers", "firms"]}}, {"buyers": {"count": {"at_least": 2}}}, True),
        ({"industry": "bank"}, {"not": {"industry": ["power", "telecom"]}}, True),
        ({"running_budget": "unknown"}, {"running_budget": {"at_least": 0}}, False),
        ({"initial_budget": {"below": 10}}, {"initial_budget": {"at_most": 10}}, True),
    ],
)
def test_implication_is_decided_by_looking_at_every_case(one, other, expected, knowledge):
    read = [sound_premise(raw, knowledge.facts) for raw in (one, other)]
    assert all(list(leaves(premise)) for premise in read)
    assert implies(read[0], read[1], knowledge.facts) is expected
    assert satisfiable(read[0], knowledge.facts)


def test_a_rule_knows_its_neighbours(knowledge):
    links = rule_links(knowledge, "blocked_by_no_money")
    assert links.questions == ("initial_budget", "running_budget")
    assert "advise_funding_where_there_is_none" in links.feeds
    assert "blocked_by_no_money" in rule_links(knowledge, "advise_funding_where_there_is_none").fed_by


def test_without_outside_knowledge_nothing_is_cited_that_was_not_before(knowledge, firms):
    papers = knowledge.papers_only()
    assert papers.is_papers_only and not knowledge.is_papers_only
    for answers in firms.values():
        whole, bare = assess(answers, knowledge), assess(answers, papers)
        assert set(bare.citations) <= set(whole.citations)
        assert not any(citation.external for citation in bare.citations.values())
        added = {support.rule for support in bare.trace} - {support.rule for support in whole.trace}
        assert all("weak" in name for name in added), "a factor weighs otherwise without what the project adds to it"
        assert bare.papers_only
