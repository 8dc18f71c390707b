"""What an assessment lists and draws agrees with its verdict, whatever the firm."""

from __future__ import annotations

import random

import pytest

from advisor.assessment import Assessment, assess
from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.need_ability_map import firm_regions
from tests.random_firms import random_firm


@pytest.fixture(scope="module")
def assessments(knowledge: Knowledge, firms: dict[str, Answers]) -> list[Assessment]:
    drawn = (random_firm(knowledge, random.Random(seed)) for seed in range(60))
    return [assess(answers, knowledge, engine="columns") for answers in (*firms.values(), *drawn)]


def test_the_firm_lies_in_the_region_of_its_verdict(assessments: list[Assessment]):
    """A haulier that needs no system now stood in "feasible on conditions": the map knew nothing but scores."""
    met = set()
    for made in assessments:
        need, ability = made.scores[made.need].points, made.scores[made.ability].points
        if made.verdict.name == "not_enough_answers" or need is None or ability is None:
            continue
        (lies_in,) = {
            region.verdict
            for region in firm_regions(made)
            if region.need[0] <= need < region.need[1] + (region.need[1] == 100)
            and region.ability[0] <= ability < region.ability[1] + (region.ability[1] == 100)
        }
        assert lies_in == made.verdict.name
        met.add(lies_in)
    assert len(met) == 4


def test_conditions_and_first_risks_are_those_of_a_project_only_where_one_may_follow(assessments: list[Assessment]):
    waiting = 0
    for made in assessments:
        if made.verdict.name != "not_needed_now":
            assert not made.waiting
            continue
        waiting += len(made.waiting)
        assert not made.conditions and not made.blockers
        strikes = [risk.strikes for risk in made.risks]
        at_once = sum(strike in ("now", "beside") for strike in strikes)
        grave = [strike for strike in strikes[: min(3, at_once)] if strike not in ("now", "beside")]
        assert not grave
    assert waiting
