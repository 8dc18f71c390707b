"""Own weights: named ones, a file's, and those judged pair by pair; every mistake at once, with its line."""

from __future__ import annotations

import pytest

from advisor.assessment.outlook import verdict_outlook
from advisor.errors import AnswersError
from advisor.insight.weights_file import parse_weights


def weights_of(knowledge, score):
    return {item.name: item.weight for item in knowledge.scores[score].inputs}


def test_every_named_weighting_changes_what_it_says_and_nothing_else(knowledge):
    assert len(knowledge.weightings) >= 5
    for name, weighting in knowledge.weightings.items():
        other = knowledge.weighted(name, weighting)
        assert other.version == f"{knowledge.version}-weights-{name}"
        for score in knowledge.scores:
            now = weights_of(knowledge, score) | weighting.weights.get(score, {})
            assert weights_of(other, score) == now


def test_more_weight_on_a_strong_factor_raises_ability(knowledge, firms):
    bank = firms["city_bank"]
    before = verdict_outlook(knowledge, bank).ability
    strongest = max((i for i in before.inputs if i.points is not None), key=lambda i: i.points)
    custom = parse_weights(f"weights: {{ability: {{{strongest.name}: 5}}}}".encode(), "w.yaml", knowledge).weighting
    assert verdict_outlook(knowledge.weighted("own", custom), bank).ability.points > before.points


def test_judgements_share_out_the_weight_the_factors_had(small):
    text = b"judgements:\n  ability:\n    strength: {purse: 3}\n"
    custom = parse_weights(text, "w.yaml", small)
    assert custom.weighting.weights["ability"] == pytest.approx({"strength": 3.0, "purse": 1.0})
    assert custom.judged[0].priorities.ratio == 0
    fraction = parse_weights(b"judgements:\n  ability:\n    purse: {strength: 1/3}\n", "w.yaml", small)
    assert fraction.weighting.weights["ability"] == pytest.approx({"strength": 3.0, "purse": 1.0})


WRONG = """\
title: {zh: "", en: x}
weight: {}
weights:
  abillity: {purse: 1}
  ability: {purse: lots, strenth: 2}
  need: 4
judgements:
  need:
    longing: {decision_axis: 2, longing: 1}
    decision_axis: {longing: 3}
"""


def test_every_mistake_is_named_with_its_line(small):
    with pytest.raises(AnswersError) as caught:
        parse_weights(WRONG.encode(), "w.yaml", small)
    mistakes = {(p.code, p.place.line) for p in caught.value.problems}
    assert mistakes == {
        ("W106", 1), ("W102", 2), ("W104", 4), ("W107", 5), ("W105", 5), ("W103", 6), ("W108", 9), ("W108", 10),
    }  # fmt: skip
    assert all(p.line("zh") and p.line("en") for p in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "W101"),
        ("judgements: {ability: {}}", "W109"),
        ("judgements: {ability: {strength: 3}}", "W103"),
        ("weights: {ability: {purse: 0}}", "W107"),
        ("weights: {ability: {purse: 1/0}}", "W107"),
        ("weights: {ability: {purse: yes}}", "W107"),
        ("weights: {ability: {purse: '1e99999999'}}", "W107"),
        ("weights: {ability: {purse: .inf}}", "W107"),
        ("weights: {ability: {purse: 2}}\njudgements: {ability: {purse: {strength: 2}}}", "W111"),
    ],
)
def test_what_is_no_weighting_is_refused(small, text, code):
    with pytest.raises(AnswersError) as caught:
        parse_weights(text.encode(), "w.yaml", small)
    assert [p.code for p in caught.value.problems] == [code]


def test_weights_are_refused_where_only_the_largest_counts_and_the_scores_to_weigh_are_named(knowledge):
    for text in (b"weights: {need: {need_complexity: 2}}", b"judgements: {need: {need_complexity: {need_aspects: 2}}}"):
        with pytest.raises(AnswersError) as caught:
            parse_weights(text, "w.yaml", knowledge)
        (problem,) = caught.value.problems
        assert problem.code == "W112"
        assert "need_aspects, need_complexity" in problem.line("en")


def test_a_pair_not_judged_is_asked_for(knowledge):
    text = b"judgements: {need_aspects: {need_complexity: {need_closeness: 2, need_competition: 3}}}"
    with pytest.raises(AnswersError) as caught:
        parse_weights(text, "w.yaml", knowledge)
    (problem,) = caught.value.problems
    assert problem.code == "W110"
    assert "'need_closeness' has not been judged against 'need_competition'" in problem.line("en")
