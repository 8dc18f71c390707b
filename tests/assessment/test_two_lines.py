"""Two lines of business: each read by the rules by itself, one of them leading, nothing of either lost (decision 28)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from advisor import read_answers
from advisor.assessment import Assessment, assess
from advisor.assessment.lines import leading
from advisor.batch.tasks import answers_as_data
from advisor.errors import AnswersError
from advisor.insight.replay import answers_of, replay
from advisor.interview import Answers, form
from advisor.interview.answer_files import answers_in, parse_answers
from advisor.interview.answers import UNKNOWN, Answer, two_lines
from advisor.interview.serialization import json_line
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Line
from advisor.text import LANGS, Text
from tests.document_parts import walk

GROWERS = Text(zh="种植大户", en="large growers")
QUIET = {
    "B1": 1, "B2": 1, "B5": 1, "B6": 0, "B7": "yes", "B8": 1, "G1": 1, "G2": 1, "G3": 1, "C2": "one_system", "C4": 1,
    "C7": 5, "A4a": 3, "A4b": 1, "A7a": 40, "A9": 1, "A10": 1, "C1": 5, "E22": 1, "I8": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def quiet(knowledge: Knowledge) -> dict[str, Answer]:
    """The answers of a line that has hardly any need."""
    return dict(answers_in(QUIET, "quiet", knowledge).given)


@pytest.fixture(scope="module")
def seeds(knowledge: Knowledge, firms: dict[str, Answers], quiet: dict[str, Answer]) -> Answers:
    """A seed company that needs a system, with a quiet second line."""
    return two_lines(firms["seed_company"], quiet, GROWERS)


@pytest.fixture(scope="module")
def turned(firms: dict[str, Answers], quiet: dict[str, Answer]) -> Answers:
    """The same with the quiet line as the main one."""
    sheet = firms["seed_company"]
    busy = {name: sheet.given[name] for name in quiet if name in sheet.given}
    return two_lines(replace(sheet, given={**sheet.given, **quiet}), busy, GROWERS)


def judged(answers: Answers, knowledge: Knowledge) -> Assessment:
    return assess(answers, knowledge, engine="columns")


def said(answers: Answers, line: str) -> Answers:
    return answers.with_answer("line_in_need", Answer("known", line))


def test_each_line_is_read_as_a_firm_of_its_own_would_be(seeds: Answers, knowledge: Knowledge):
    told = judged(seeds, knowledge).lines
    assert told is not None
    for line in (told.main, told.other):
        alone = judged(replace(seeds.of_line(line.line), lines=None), knowledge)
        assert (line.need, line.model) == (alone.scores["need"].points, alone.model.first)
        assert line.grade == alone.scores["need"].grade
        assert line.reasons
    assert told.main.need > told.other.need
    assert (told.other.name, told.leads) == (GROWERS, "main")


def test_verdict_and_project_are_those_of_the_line_that_the_firm_says_needs_the_system(seeds: Answers, knowledge: Knowledge):
    for line in ("main", "other"):
        assessment = judged(said(seeds, line), knowledge)
        alone = judged(replace(said(seeds, line).of_line(line), lines=None), knowledge)
        assert assessment.lines is not None
        assert assessment.lines.leads == line
        assert assessment.verdict == alone.verdict
        assert assessment.project == alone.project
    assert "make sure" in assessment.lines.why.en, "by the answers the main line has the greater need"


@pytest.mark.parametrize("word", ["both", None])
def test_else_the_line_in_greater_need_leads_and_the_functions_of_both_are_asked_for(
    word: str | None, turned: Answers, knowledge: Knowledge
):
    assessment = judged(said(turned, word) if word else turned, knowledge)
    assert assessment.lines is not None
    assert assessment.lines.leads == "other"
    assert assessment.scores["need"].points == assessment.lines.other.need
    further = {*assessment.model.other_lines, assessment.model.first}
    assert assessment.lines.main.model in further
    users = next(item for item in assessment.project.quantities if item.quantity == "users")
    assert users.range == (4, 4, 4), "seats are counted for the whole firm"


def test_the_main_line_leads_while_need_of_the_other_cannot_be_told(turned: Answers, knowledge: Knowledge):
    assert turned.lines is not None
    blank = dict.fromkeys(knowledge.by_line, UNKNOWN)
    assessment = judged(two_lines(turned.of_line("main"), blank, GROWERS), knowledge)
    assert assessment.lines is not None
    assert assessment.lines.leads == "main"
    assert "cannot be told" in assessment.lines.why.en
    assert assessment.lines.other.need is None
    assert assessment.lines.other.model is None


def test_a_firm_of_one_line_is_told_of_none(firms: dict[str, Answers], knowledge: Knowledge):
    assert judged(firms["seed_company"], knowledge).lines is None
    assert leading(firms["seed_company"], knowledge) is firms["seed_company"]


@pytest.mark.parametrize("word", ["main", "other", "both"])
def test_a_saved_assessment_holds_both_lines_and_is_replayed_from_them(word: str, turned: Answers, knowledge: Knowledge):
    assessment = judged(said(turned, word), knowledge)
    opened = Assessment.from_json(assessment.to_json())
    assert opened == assessment
    assert replay(opened, knowledge).identical
    again = answers_of(opened, knowledge).of_line("main")
    assert again.given == said(turned, word).given
    assert read_answers(opened.to_json(), knowledge).lines is not None


def test_every_way_of_writing_a_sheet_down_keeps_the_second_line(seeds: Answers, knowledge: Knowledge):
    for content, name in (
        (form(knowledge, "full", "zh", seeds), "firm.yaml"),
        (json_line(seeds, knowledge), "firm.jsonl"),
        (json.dumps(answers_as_data(seeds, knowledge), ensure_ascii=False), "firm.json"),
    ):
        assert parse_answers(content.encode(), name, knowledge) == seeds


@pytest.mark.parametrize(
    ("line_b", "code"),
    [
        ("{answers: {H1: 20}}", "A151"),
        ("{answers: {B11b: [project]}}", "A151"),
        ("{B1: 2}", "A150"),
        ("7", "A150"),
        ("{name: [1], answers: {B1: 2}}", "A150"),
        ("{answers: {B1: 9}}", "A102"),
    ],
)
def test_a_second_line_that_cannot_be_read_is_refused_with_its_line(line_b: str, code: str, knowledge: Knowledge):
    with pytest.raises(AnswersError) as refused:
        parse_answers(f"answers: {{B1: 1}}\nline_b: {line_b}\n".encode(), "firm.yaml", knowledge)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line) == (code, 2)


def test_what_if_changes_the_line_that_leads(turned: Answers, knowledge: Knowledge):
    lead = leading(turned, knowledge)
    changed = lead.with_answer("process_complexity", Answer("known", 5))
    assert changed.of_line("other").given["process_complexity"].value == 5
    assert changed.of_line("main").given["process_complexity"].value == 1
    assert changed.with_answer("process_complexity", None).of_line("main").given["process_complexity"].value == 1


def test_owner_and_full_report_show_both_lines(seeds: Answers, knowledge: Knowledge):
    assessment = judged(seeds, knowledge)
    for edition in ("summary", "evidence"):
        for lang in LANGS:
            lines = {part.text for part in walk(build_document(assessment, lang, edition)) if isinstance(part, Line)}
            assert GROWERS[lang] in lines, edition
            assert assessment.lines.why[lang] in lines, edition
