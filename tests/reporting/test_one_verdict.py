"""What an assessment lists and draws agrees with its verdict, whatever the firm."""

from __future__ import annotations

import random

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.risks import own_risks
from advisor.assessment.verdict import verdict_name
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.chapters.need_ability_map import firm_regions
from advisor.reporting.document import Bullets, Callout
from tests.random_firms import random_firm


@pytest.fixture(scope="module")
def assessments(knowledge: Knowledge, firms: dict[str, Answers]) -> list[Assessment]:
    drawn = (random_firm(knowledge, random.Random(seed)) for seed in range(25))
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


def test_the_owner_of_a_refused_firm_reads_of_no_risk_of_a_project_and_how_open_the_verdict_is(knowledge, firms):
    made = assess_fully(firms["small_haulier"], knowledge, None)
    assert {risk.strikes for risk in made.risks} - {"now", "beside"}, "the register has them"
    assert {risk.strikes for risk in own_risks(made)} <= {"now", "beside"}
    pages = build_document(made, "en", "summary").chapters
    told = [line.text for page in pages for block in page.blocks if isinstance(block, Bullets) for line in block.lines]
    assert made.insight and made.insight.likely
    assert not any("300 random completions" in text for text in told), "a count over random answers reads as a probability"
    (callout,) = (block for block in pages[0].blocks if isinstance(block, Callout))
    assert all(verdict_name(name).en in callout.lines[1].text for name in made.verdict.possible if name != made.verdict.name)
    texts = [
        line.text
        for page in build_document(made, "en", "evidence").chapters
        for block in page.blocks
        if isinstance(block, Callout)
        for line in block.lines
    ]
    assert any("300 random completions" in text and "no probability" in text for text in texts)
