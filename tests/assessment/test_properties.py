"""What must hold for any firm: better answers never hurt, size decides nothing, benefits raise nothing."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.assessment import Assessment
from advisor.assessment import assess as assess_by
from advisor.assessment.comparison import compare
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import facts_in
from advisor.knowledge.relations import better_answers

KNOWLEDGE = load_knowledge()
assess = functools.partial(assess_by, engine="columns")
BETTER = better_answers(KNOWLEDGE)
RANK = {"not_yet": 0, "conditional": 1, "feasible": 2}
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values(fact: Fact) -> st.SearchStrategy[object]:
    """Any value a fact can take, and now and then none."""
    if fact.type.several:
        return st.frozensets(st.sampled_from(sorted(fact.values)))
    return st.sampled_from(fact.steps or sorted(fact.values) or [0.0, 1.0, 4.0, 15.0, 60.0, 100.0])


ASKED = {name: fact for name, fact in KNOWLEDGE.facts.items() if fact.question and not fact.type.free}
FIRMS = st.fixed_dictionaries({}, optional={name: values(fact) for name, fact in ASKED.items()}).map(
    lambda given: Answers({name: Answer("known", value) for name, value in given.items()})
)


def step_up(answers: Answers, name: str) -> Answers | None:
    """The firm with one favourable answer a step better; None where it is the best already."""
    fact, value = KNOWLEDGE.facts[name], answers.value(name)
    assert isinstance(value, int | float)
    if fact.steps:
        steps = fact.steps if BETTER[name] else tuple(reversed(fact.steps))
        place = steps.index(int(value))
        return None if place + 1 == len(steps) else answers.with_answer(name, Answer("known", steps[place + 1]))
    better = value * 2 + 1 if BETTER[name] else value / 2
    return answers.with_answer(name, Answer("known", min(better, fact.high or better)))


def test_what_is_better_is_read_off_the_scores():
    assert BETTER["data_safeguards"] and not BETTER["interest_groups"] and not BETTER["staff_turnover"]


def rule_made(assessment: Assessment) -> set[str]:
    """Conditions of their own: that a factor is weak is one only as long as no other condition tells its cause."""
    rules = {rule.id: rule for rule in KNOWLEDGE.rules}
    own = (h for h in assessment.conditions if not h.derived)
    return {h.id for h in own if not any("weak_factors" in facts_in(rules[name].premise) for name in h.supports)}


@pytest.mark.slow
@QUICK
@given(answers=FIRMS, data=st.data())
def test_a_better_answer_never_lowers_ability_nor_worsens_the_verdict(answers: Answers, data):
    names = sorted(name for name in answers.given if name in BETTER)
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    better = step_up(answers, name)
    if better is None:
        return
    before, after = assess(answers, KNOWLEDGE), assess(better, KNOWLEDGE)
    was, now = before.scores["ability"], after.scores["ability"]
    assert now.low >= was.low - 1e-9 and now.high >= was.high - 1e-9
    if was.points is not None and now.points is not None:
        assert now.points >= was.points - 1e-9, name
    assert {h.id for h in after.blockers} <= {h.id for h in before.blockers}, name
    told_within = {other for hurdle in (*before.blockers, *before.conditions) for other in hurdle.covers}
    assert rule_made(after) <= rule_made(before) | told_within, name
    if before.verdict.name in RANK and after.verdict.name in RANK:
        assert RANK[after.verdict.name] >= RANK[before.verdict.name], name


@pytest.mark.slow
@QUICK
@given(answers=FIRMS, people=st.lists(st.sampled_from([3.0, 60.0, 700.0, 30_000.0]), min_size=2, max_size=2, unique=True))
def test_size_alone_changes_neither_need_nor_model(answers: Answers, people: list[float]):
    small, large = (assess(answers.with_answer("employees", Answer("known", n)), KNOWLEDGE) for n in people)
    assert small.scores["need"] == large.scores["need"]
    assert small.model == large.model
    assert small.verdict.name == large.verdict.name


def without(kind: str) -> Knowledge:
    """The knowledge less every rule that concludes one kind of finding."""
    return replace(KNOWLEDGE, rules=tuple(rule for rule in KNOWLEDGE.rules if rule.rule.kind != kind))


@pytest.mark.slow
@QUICK
@given(answers=FIRMS)
def test_benefits_change_no_score_and_no_verdict(answers: Answers):
    changes = compare(assess(answers, KNOWLEDGE), assess(answers, NO_BENEFITS))
    assert changes.verdict is None and not changes.scores
    assert {change.kind for change in changes.lost} <= {"benefits"} and not changes.gained


NO_BENEFITS = without("benefit")


@pytest.mark.slow
@QUICK
@given(answers=FIRMS)
def test_dropping_outside_knowledge_never_adds_a_citation(answers: Answers):
    whole, bare = assess(answers, KNOWLEDGE), assess(answers, PAPERS)
    planned = {task.id for task in whole.plan}
    of_further_tasks = {name for task in bare.plan if task.id not in planned for name in task.sources}
    assert set(bare.citations) <= set(whole.citations) | OF_WEAK_FACTORS | of_further_tasks
    assert not any(citation.external for citation in bare.citations.values())


PAPERS = KNOWLEDGE.papers_only()
WEAK = [rule for rule in KNOWLEDGE.rules if "weak_factors" in facts_in(rule.premise)]
OF_WEAK_FACTORS = {name for rule in WEAK for name in rule.rule.sources}
"""A factor weighs otherwise without what the project adds to it, and may only then be weak: its tasks come with it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name in BETTER if name in ASKED))
def test_every_favourable_answer_counts(name):
    """Each fact ability rests on moves it, all else known and in the middle."""
    steps = {n: KNOWLEDGE.facts[n].steps for n in BETTER if KNOWLEDGE.facts[n].steps}
    middle = Answers({n: Answer("known", s[len(s) // 2 - 1]) for n, s in steps.items()})
    base = middle if name in middle.given else middle.with_answer(name, Answer("known", 1.0))
    before, better, moved = assess(base, KNOWLEDGE).scores["ability"], step_up(base, name), False
    for _ in range(4):  # points may stay the same for a step or two
        if better is not None and not moved:
            after = assess(better, KNOWLEDGE).scores["ability"]
            moved, better = after.low > before.low or after.high > before.high, step_up(better, name)
    assert moved
