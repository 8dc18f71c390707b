"""Two points in time: what changed, what part of it other knowledge has, and which changed answers carry the rest."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.comparison import Change
from advisor.inference import infer
from advisor.insight.planned import planned
from advisor.insight.replay import replay
from advisor.insight.since import Carriers, TimePoint, changed_answers, saved_point, since
from advisor.interview import Answer, Answers
from advisor.interview.answers import UNKNOWN
from advisor.reporting.report import build_document
from tests.random_firms import random_firm, random_value

THEN, NOW = datetime.date(2026, 1, 15), datetime.date(2026, 11, 30)


@pytest.fixture(scope="module")
def points(knowledge, firms) -> tuple[TimePoint, TimePoint]:
    """A firm that has put its chief in charge since, no longer knows how open its staff are, and has simpler processes."""
    then = firms["machine_tool_maker"]
    now = then.with_answer("sponsor_level", Answer("known", "chief")).with_answer("staff_openness", UNKNOWN)
    now = now.with_answer("process_complexity", Answer("known", 2))
    return tuple(TimePoint(planned(knowledge, a, day)[0], a) for a, day in ((then, THEN), (now, NOW)))


@pytest.fixture(scope="module")
def item(knowledge, points):
    return since(knowledge, *points)


def test_what_changed_is_told_with_the_answers_that_carry_it(item):
    assert [change.code for change in item.answers] == ["F2", "F7", "G1"]
    assert {found.id: found.because for found in item.whole.lost if found.kind == "conditions"} == {
        "sponsor_at_the_top": ("F2",),
        "staff_won_over": ("F7",),
    }
    scores = {change.score: change.because for change in item.whole.scores}
    assert scores["need"] == ("G1",) and scores["leadership_factor"] == ("F2",)
    assert item.parts == (), "the same knowledge: nothing to split"
    assert (item.then.on, item.now.on) == (THEN, NOW)


def test_what_is_gone_for_want_of_an_answer_is_not_told_as_settled(knowledge, points, item):
    (note,) = item.notes  # the condition staff_won_over is gone since F7 is no longer known
    assert "not this time: F7." in note.en and "这次没有答的题：F7。" in note.zh
    (blank,) = since(knowledge, points[0], TimePoint(points[1].assessment, Answers({}))).notes
    assert "F7" in blank.en and "F2" in blank.en
    assert since(knowledge, *reversed(points)).notes == (), "an answer that was missing and is there now"


def test_nothing_changed_is_told_as_such(knowledge, points):
    whole = since(knowledge, points[0], points[0]).whole
    assert not (whole.scores or whole.figures or whole.gained or whole.lost or whole.verdict_because)


def test_other_knowledge_splits_the_change_in_two(knowledge, points):
    then, now = points
    older = then.assessment.model_copy(
        update={"knowledge_version": "1.0+older", "conditions": (), "plan": then.assessment.plan[1:]}
    )
    split = since(knowledge, TimePoint(older, then.answers), now)
    assert [part.cause for part in split.parts] == ["basis_then", "answers"]
    by_knowledge, by_answers = split.parts
    assert "sponsor_at_the_top" in {found.id for found in by_knowledge.gained}
    assert "sponsor_at_the_top" in {found.id for found in by_answers.lost}
    assert "sponsor_at_the_top" not in {found.id for found in (*split.whole.gained, *split.whole.lost)}
    assert any("1.0+older" in note.en for note in split.notes)


def test_the_chapter_is_in_the_report_and_is_kept_with_the_assessment(knowledge, points, item):
    assessment = points[1].assessment.model_copy(update={"since": item})
    read = Assessment.from_json(assessment.to_json())
    assert read.since == item
    for lang, word in (("en", "Since last time"), ("zh", "与上次相比")):
        (chapter,) = [c for c in build_document(read, lang, "evidence").chapters if c.id == "since"]
        assert chapter.title == word
    assert not [c for c in build_document(points[1].assessment, "en", "evidence").chapters if c.id == "since"]
    assert saved_point(read, knowledge).answers.given == points[1].answers.given
    assert "since" not in replay(assess(points[1].answers, knowledge).model_copy(update={"since": item}), knowledge).places


@pytest.mark.parametrize("seed", range(3))
def test_what_carries_a_change_is_what_one_answer_tried_by_itself_shows(knowledge, seed):
    draw = random.Random(seed)
    then = random_firm(knowledge, draw)
    names = draw.sample([name for name in knowledge.questions if not knowledge.facts[name].type.free], 4)
    given = {name: Answer("known", random_value(knowledge.facts[name], draw)) for name in names[:3]}
    now = replace(then, given={**then.given, **given}).with_answer(names[3], None)
    changed = changed_answers(then, now)
    carriers = Carriers(knowledge, then, now, changed)
    alone = [then.with_answer(name, now.given.get(name)) for name in changed]
    undone = [now.with_answer(name, then.given.get(name)) for name in changed]
    found = [inference.findings for inference in infer(knowledge, [then, now, *alone, *undone], "columns")]
    for finding in knowledge.makers:
        before, after, *rest = (findings[finding] is True for findings in found)
        tried = {
            name
            for place, name in enumerate(changed)
            if before != after and (rest[place] == after or rest[len(changed) + place] != after)
        }
        if before != after and tried:
            assert set(carriers.of_finding(Change("risks", finding, knowledge.titles[finding], ()))[0]) == tried


def test_an_answer_given_up_is_no_answer(knowledge, firms):
    then = firms["machine_tool_maker"]
    now = then.with_answer("process_complexity", None)
    assert changed_answers(then, now) == {"process_complexity": None}
    assert changed_answers(Answers(), Answers()) == {}
