"""Rules of every form, as a program and as they are: the cheapest way is the same as by trying everything."""

from __future__ import annotations

import itertools
import random
import shutil
from dataclasses import replace

import pytest

from advisor.assessment.outlook import verdict_outlooks
from advisor.assessment.plan_items import project_of
from advisor.insight.moves import moves_of
from advisor.insight.path import changed, paths
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import load_knowledge
from advisor.knowledge.schema import ScoreInput
from tests.conftest import SMALL
from tests.insight.test_path import in_order

MORE = """
bands:
  purse_size: {label: {zh: 钱袋大小, en: Purse}, of: budget, basis: inferred, steps: [{id: thin, below: 50000, label: {zh: 瘪, en: thin}}, {id: fat, label: {zh: 鼓, en: fat}}]}
findings:
  - {id: second, kind: condition, title: {zh: 二, en: Second}, text: {zh: 二。, en: Second.}, lifted_by: {zh: 办法, en: a way}}
  - {id: third, kind: blocker, title: {zh: 三, en: Third}, text: {zh: 三。, en: Third.}, lifted_by: {zh: 办法, en: a way}}
rules:
  - {id: r1, when: {any: [{means: {at_most: 1}}, {all: [{budget: {below: 1000}}, {not: {sponsor: yes}}]}]}, then: {condition: second}, sources: [P1-01], basis: stated, text: {zh: 文, en: text}}
  - {id: r2, when: {found: lead, means: {at_most: 3}}, then: {condition: second}, sources: [P1-01], basis: stated, text: {zh: 文, en: text}}
  - {id: r3, when: {purse_size: thin, not: {any: [{means: {at_least: 3}}, {found: files}]}}, then: {blocker: third}, sources: [P1-01], basis: stated, text: {zh: 文, en: text}}
  - {id: r4, when: {not: {all: [{means: {at_least: 2}}, {purse_size: fat}]}, wish: {at_most: 4}}, then: {condition: second}, sources: [P1-01], basis: stated, text: {zh: 文, en: text}}
  - {id: r5, when: {means: {at_most: 2}, budget: {at_most: 60000}}, then: {lighter: sheet}, sources: [P1-01], basis: stated, text: {zh: 文, en: text}}
"""  # noqa: E501
VALUES = {
    "wish": [1, 3, 4, 5], "deciders": [1.0, 3.0, 5.0], "means": [1, 2, 3], "budget": [0.0, 900.0, 60000.0, 1e6],
    "sponsor": ["yes", "no"], "people": [3.0, 500.0],
}  # fmt: skip


def purse(**changes):
    """What makes of the purse of the tiny knowledge a score of another form."""
    return lambda score: score.model_copy(update=changes)


def strongest_of(score):
    """The purse as the mean of the two strongest of what moves and of what stands fast, one of them twice as heavy."""
    budget, sponsor = score.inputs
    more = [ScoreInput(fact="wish", times=0.8), ScoreInput(fact="deciders", always=True, weight=0.5)]
    inputs = [budget, sponsor.model_copy(update={"weight": 2.0}), ScoreInput(fact="means", reversed=True), *more]
    return score.model_copy(update={"combine": "strongest", "strongest": 2, "inputs": inputs})


@pytest.fixture(scope="module", params=[purse(combine="max"), strongest_of], ids=["largest", "strongest"])
def tangled(request, tmp_path_factory):
    """The tiny knowledge with rules that nest, negate, build on one another and look at a band; one score is a largest, or a
    mean of the strongest."""
    folder = tmp_path_factory.mktemp("tangled")
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    (folder / "rules" / "more.yaml").write_text(MORE, "utf-8")
    knowledge = load_knowledge(folder / "rules", folder / "questionnaires")
    return replace(knowledge, scores={**knowledge.scores, "purse": request.param(knowledge.scores["purse"])})


def cheapest(knowledge, firm):
    moves = moves_of(knowledge, firm, project_of(knowledge, firm))
    sets = [list(chosen) for count in range(len(moves) + 1) for chosen in itertools.combinations(moves, count)]
    after = [changed(firm, moves) for moves in sets]
    efforts = []
    for moves, then, outlook in zip(sets, after, verdict_outlooks(knowledge, AnswerTable.of(after)), strict=True):
        if outlook.name == "feasible" and in_order(moves, then, knowledge):
            efforts.append(sum(m.effort for m in moves))
    return min(efforts, default=None)


def test_no_cheaper_way_exists_whatever_the_form_of_the_rules(tangled):
    draw, feasible, infeasible = random.Random(5), 0, 0
    for _ in range(250):
        firm = Answers({n: Answer("known", draw.choice(v)) for n, v in VALUES.items() if draw.random() < 0.9})
        outcome = paths(tangled, firm, ways=1)
        if outcome.outcome == "found":
            feasible += 1
            assert outcome.ways[0].effort == pytest.approx(cheapest(tangled, firm)), firm
        elif outcome.outcome == "none":
            infeasible += 1
            assert cheapest(tangled, firm) is None, firm
    assert feasible > 20 and infeasible > 20
