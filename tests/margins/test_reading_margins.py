"""Numbers that are known only roughly are read as people write them, and written back so that they read the same."""

from __future__ import annotations

import math

import pytest

from advisor.assessment import Assessment, assess
from advisor.insight.replay import replay
from advisor.interview import Answers
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_parsing import answer_to
from advisor.interview.answers import UNKNOWN
from advisor.interview.serialization import json_line, plain
from advisor.interview.yaml_form import form
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.margins import Margin

WRITTEN = [
    ("employees", "100-150", (100, 150)), ("employees", "100～150人", (100, 150)), ("employees", "100到150", (100, 150)),
    ("employees", "100 to 150", (100, 150)), ("employees", "约120", (96, 144)), ("employees", "about 120", (96, 144)),
    ("employees", "120人左右", (96, 144)), ("employees", "≥50", (50, math.inf)), ("employees", ">=50", (50, math.inf)),
    ("employees", "at least 50", (50, math.inf)), ("employees", "50人以上", (50, math.inf)),
    ("employees", "50+", (50, math.inf)), ("employees", "不到30", (1, 29)), ("employees", "fewer than 30", (1, 29)),
    ("employees", "超过30人", (31, math.inf)), ("employees", "120±10", (110, 130)), ("employees", "100±10%", (90, 110)),
    ("employees", "100多人", (100, 200)), ("employees", "几十人", (20, 100)), ("employees", "近200", (160, 200)),
    ("employees", "between 30 and 40", (30, 40)), ("initial_budget", "30多万", (3e5, 4e5)),
    ("initial_budget", "不到30万", (0, 3e5)),
    ("employees", "up to 30", (1, 30)), ("employees", "不超过30人", (1, 30)), ("initial_budget", "80-90万", (8e5, 9e5)),
    ("initial_budget", "80万到90万元", (8e5, 9e5)), ("initial_budget", "500k-1M", (5e5, 1e6)),
    ("initial_budget", "约50万", (4e5, 6e5)), ("top_fifth_share", "六成左右", (48, 72)),
    ("top_fifth_share", "60-70%", (60, 70)), ("top_fifth_share", "约90%", (72, 100)),
    ("top_fifth_share", "六七成", (60, 70)), ("top_fifth_share", "六到七成", (60, 70)),
    ("top_fifth_share", "不到三成", (0, 30)),
    ("employees", "三四十人", (30, 40)), ("employees", "十几个人", (11, 19)), ("employees", "两三百人", (200, 300)),
    ("employees", "一百五六", (150, 160)), ("employees", "上百人", (100, math.inf)),
    ("initial_budget", "三四十万", (3e5, 4e5)),
    ("process_complexity", "3或4", (3, 4)), ("employees", "约100-200", (100, 200)),
    ("process_complexity", "3-4", (3, 4)), ("process_complexity", "3至4", (3, 4)), ("net_value_vs_rival", "-1-1", (-1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "bounds"), WRITTEN)
def test_it_is_known_within_bounds(question: str, text: str, bounds: tuple[float, float], knowledge: Knowledge):
    answer = answer_to(knowledge.questions[question], text, knowledge)
    assert answer is not None and answer.status == "within" and isinstance(answer.value, Margin)
    assert (answer.value.low, answer.value.high) == pytest.approx(bounds)
    again = answer_to(knowledge.questions[question], plain(knowledge.questions[question], answer), knowledge)
    assert again == answer


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("process_complexity", "4（较高）", 4),
        ("process_complexity", "4 - 多", 4),
        ("process_complexity", "第4级", 4),
        ("employees", "共120人", 120),
        ("annual_revenue", "1亿5千万", 1.5e8),
        ("annual_revenue", "一个亿", 1e8),
    ],
)
def test_an_answer_with_words_beside_it_is_known(question: str, text: str, value: float, knowledge: Knowledge):
    answer = answer_to(knowledge.questions[question], text, knowledge)
    assert answer is not None and answer.status == "known" and answer.value == value


@pytest.mark.parametrize("text", ["待定", "TBD", "说不清"])
def test_what_is_not_decided_is_not_known(text: str, knowledge: Knowledge):
    assert answer_to(knowledge.questions["initial_budget"], text, knowledge) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "share"),
    [("六成", 60), ("六成半", 65), ("百分之六十", 60), ("三分之一", 33.3), ("half", 50), ("a third", 33.3)],
)
def test_a_share_in_words_is_a_number(text: str, share: float, knowledge: Knowledge):
    answer = answer_to(knowledge.questions["top_fifth_share"], text, knowledge)
    assert answer is not None and answer.status == "known" and answer.value == pytest.approx(share)


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("employees", "150-100", "A153"),
        ("employees", "0-20", "A104"),
        ("employees", "约很多", "A103"),
        ("employees", "10-20-30", "A103"),
        ("employees", "30 and 40", "A103"),
        ("employees", "六成", "A103"),
        ("employees", "一五十人", "A103"),
        ("top_fifth_share", "90-120%", "A104"),
        ("top_fifth_share", "0.2-0.4", "A115"),
        ("process_complexity", "4-9", "A102"),
        ("process_complexity", "4（领导去年刚换）", "A102"),
        ("top_fifth_share", "15成", "A103"),
        ("process_complexity", "1（很高）", "A102"),
        ("process_complexity", "4（不确定）", "A102"),
        ("process_complexity", "4：步骤固定，两三个岗位交接", "A102"),
        ("employees", "120，130", "A103"),
        ("process_complexity", "4-3", "A102"),
    ],
)
def test_what_is_no_margin_is_refused(question: str, text: str, code: str, knowledge: Knowledge):
    with pytest.raises(RefusedError) as refused:
        answer_to(knowledge.questions[question], text, knowledge)
    assert refused.value.code == code


@pytest.fixture
def rough(knowledge: Knowledge) -> Answers:
    text = 'A1: retail\nA2: 约600\nG1: 3-4\nH1: 80-90万\nI8: "≥50"\nA14: 六成左右\n'
    return parse_answers(text.encode(), "firm.yaml", knowledge)


def test_sheets_of_every_kind_hold_it(rough: Answers, knowledge: Knowledge):
    assert parse_answers(json_line(rough, knowledge).encode(), "firm.json", knowledge).given == rough.given
    written = form(knowledge, "full", "en", rough)
    assert parse_answers(written.encode(), "firm.yaml", knowledge).given == rough.given


def test_an_assessment_shows_and_keeps_it(rough: Answers, knowledge: Knowledge):
    assessment = assess(rough, knowledge, engine="columns")
    shown = {item.code: (item.status, item.shown.zh, item.shown.en) for item in assessment.answers}
    assert shown["A2"] == ("within", "480至720人", "480 to 720 people")
    assert shown["I8"] == ("within", "至少50人", "at least 50 people")
    assert shown["G1"][2].startswith("between “Several kinds of business")
    kept = Assessment.from_json(assessment.to_json())
    assert replay(kept, knowledge).identical
