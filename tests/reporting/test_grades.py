"""Grades of scores and colours of bars follow the cut-offs of the verdict, wherever somebody moves them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.assessment import assess
from advisor.reporting import build_document
from advisor.reporting.charts import BarChart
from advisor.reporting.document import Chart

MOVED = {"need_too_low": 5, "need_open": 80, "need_high": 70, "ability_too_low": 10, "ability_enough": 90}


@pytest.fixture(scope="module")
def moved(knowledge):
    return replace(knowledge, verdict=knowledge.verdict.model_copy(update=MOVED))


@pytest.mark.parametrize("firm", ["machine_tool_maker", "city_bank", "small_haulier"])
def test_every_score_is_graded_by_the_limits_of_its_side(moved, firms, firm):
    a = assess(firms[firm], moved, date(2026, 1, 5))
    for side, low, high in (("need", 5, 70), ("ability", 10, 90)):
        for score in (a.scores[side], *(a.scores[item.name] for item in a.scores[side].inputs)):
            too_little = score is a.scores[side] and score.answered < moved.verdict.enough_answers
            met = side == "need" and score is a.scores[side] and a.lighter
            if score.points is not None and not too_little and not met:
                assert score.grade == ("low" if score.points < low else "medium" if score.points < high else "high")


def test_bars_of_ability_change_colour_where_the_cut_offs_of_the_assessment_lie(moved, firms):
    a = assess(firms["machine_tool_maker"], moved, date(2026, 1, 5))
    (chapter,) = [chapter for chapter in build_document(a, "en", "evidence").chapters if chapter.id == "ability"]
    (drawing,) = [block.drawing for block in chapter.blocks if isinstance(block, Chart)]
    assert isinstance(drawing, BarChart)
    tones = {bar.points: bar.tone for bar in drawing.bars if bar.points is not None}
    assert tones == {points: "bad" if points < 10 else "caution" if points < 90 else "good" for points in tones}
    assert any(10 <= points < 30 or 60 <= points < 90 for points in tones), (
        "no bar that the usual cut-offs would colour otherwise"
    )
