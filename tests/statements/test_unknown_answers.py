"""What is not known, or known within bounds, excludes nothing, gives no reason and makes no sum narrower."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from advisor.assessment import assess
from advisor.assessment.firm_project import PricedProject, firm_project
from advisor.inference.facts import FactTable
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import UNKNOWN
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin
from advisor.panel.reading import read_panel
from advisor.selection import with_selection
from tests.statements.conftest import PANEL

pytestmark = pytest.mark.slow

ESTIMATED = {"crm_users", "customer_accounts", "own_sites", "service_seats"}
"""Answers that stand for themselves where given; else a ratio of ours to other answers stands in, as the page says."""
BLANKED = 12


def blurred(answers: Answers, knowledge: Knowledge, name: str) -> Iterator[Answer]:
    """An answer made unknown, and one on a scale made a margin around itself."""
    yield UNKNOWN
    value, steps = answers.given[name].value, knowledge.facts[name].steps
    if steps and isinstance(value, int):
        yield Answer("known", Margin(max(value - 1, steps[0]), min(value + 1, steps[-1]), whole=True))


@pytest.fixture(scope="module")
def panel(knowledge: Knowledge) -> dict[str, Answers]:
    return {firm.file.id: firm.answers for firm in read_panel(PANEL, knowledge)}


def project_of(knowledge: Knowledge, answers: Answers) -> PricedProject:
    project = firm_project(FactTable(knowledge, AnswerTable.of([answers])))
    assert isinstance(project, PricedProject)
    return project


def test_an_answer_made_unknown_makes_no_sum_narrower(knowledge: Knowledge, panel: dict[str, Answers]) -> None:
    wider = 0
    for answers in list(panel.values())[::8]:
        before = project_of(knowledge, answers)
        for name in sorted(answers.given.keys() - ESTIMATED):
            for answer in blurred(answers, knowledge, name):
                after = project_of(knowledge, answers.with_answer(name, answer))
                for way, cost in before.money.ways.items():
                    was, now = before.range(cost.first_year), after.range(after.money.ways[way].first_year)
                    if was is not None and now is not None:
                        assert now[0] <= was[0] + 1 and now[2] >= was[2] - 1, (name, way)
                        wider += now[2] > was[2] + 1
                    assert was is not None or now is None, (name, way)
    assert wider > 50


@pytest.mark.parametrize("firm", ["P06", "P33", "Q07"])
def test_an_answer_made_unknown_excludes_no_product_and_gives_no_reason_of_a_rule(
    knowledge: Knowledge, panel: dict[str, Answers], firm: str
) -> None:
    def told(answers: Answers) -> tuple[set[str], dict[str, str], dict[str, tuple[float, float]]]:
        selection = with_selection(assess(answers, knowledge, None, "columns"), answers, knowledge)[0].selection
        assert selection
        out = {item.product for item in selection.candidates if item.status == "excluded"}
        return out, {d.function: d.state for d in selection.dropped}, {o.id: (o.low, o.high) for o in selection.options}

    answers = panel[firm]
    out, dropped, options = told(answers)
    shaping = ["intangible_weight", "channel_breadth", "buyers", "field_staff", "decision_weeks", "order_value"]
    drawn = random.Random(firm).sample(sorted(answers.given), BLANKED)
    for name in [*(name for name in shaping if name in answers.given), *drawn]:
        for answer in blurred(answers, knowledge, name):
            now_out, now_dropped, now_options = told(answers.with_answer(name, answer))
            assert now_out <= out, name
            new = {function for function, state in now_dropped.items() if state == "left_out" != dropped.get(function)}
            assert not new, (name, new)
            for option, (low, high) in now_options.items():
                assert low <= options[option][0] and high >= options[option][1], (name, option)
