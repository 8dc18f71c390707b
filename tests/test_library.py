"""``import advisor``: answers in any form, every question in one call, and what notebooks show."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy
import pandas
import pytest

import advisor
from advisor.insight.full_assessment import assess_fully
from advisor.text import Text
from tests.conftest import ROOT, SAMPLES

SAMPLE = SAMPLES / "machine_tool_maker.yaml"
AS_YAML = "firm: {name: Works}\nanswers:\n  G1: 4\n  F2: chief\n  initial_budget: 900k\n"
AS_MAPPING = {"firm": {"name": "Works"}, "answers": {"G1": 4, "F2": "chief", "initial_budget": "900k"}}


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = __str__


@pytest.fixture(scope="module")
def assessment() -> advisor.Assessment:
    return advisor.assess(SAMPLE)


def test_every_public_name_can_be_had_and_is_offered_for_completion():
    assert sorted(advisor.__all__) == sorted({*advisor._HOMES, "__version__"})
    assert all(getattr(advisor, name) is not None for name in advisor.__all__)
    assert set(dir(advisor)) == set(advisor.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        advisor.nothing  # noqa: B018


def test_importing_it_loads_neither_numpy_nor_pydantic():
    code = "import sys, advisor; print(sorted({'numpy', 'pydantic', 'pandas', 'yaml', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_mapping_a_path_and_text_give_the_same_answers(tmp_path: Path):
    file = tmp_path / "firm.yaml"
    file.write_text(AS_YAML, "utf-8")
    sources = (AS_MAPPING, file, str(file), AS_YAML, json.dumps(AS_MAPPING), json.dumps(AS_MAPPING, indent=1))
    read = [advisor.read_answers(source) for source in sources]
    assert len(read[0].given) == 3 and read[0].firm.name == Text(zh="Works", en="Works")
    assert all(answers == read[0] for answers in read)
    assert advisor.read_answers(read[0]) is read[0]


def test_values_may_be_what_programs_hold():
    plain = advisor.read_answers({"G1": 4, "employees": 180, "buyers": ["firms", "consumers"]})
    held = {"G1": numpy.int64(4), "employees": numpy.float64(180.0), "buyers": {"firms", "consumers"}}
    assert advisor.read_answers(held) == plain
    assert advisor.read_answers({**held, "buyers": ("firms", "consumers"), "F2": None}) == plain


def test_missing_values_of_other_libraries_are_blanks_and_decimals_are_numbers():
    missing = {"G1": pandas.NA, "F2": pandas.NaT, "E5b": float("nan"), "H1": Decimal("nan")}
    answers = advisor.read_answers({**missing, "employees": Decimal(180), "buyers": numpy.array(["firms", "consumers"])})
    assert answers == advisor.read_answers({"employees": 180, "buyers": ["firms", "consumers"]})


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        (10**5000, r"1e\+5000"),
        (Unprintable(), "<Unprintable>"),
        (b"4", "b'4'"),
        ([[[Unprintable()]]], "<Unprintable>"),
    ],
    ids=["a number of 5,001 digits", "an object", "bytes", "an object in lists"],
)
@pytest.mark.parametrize("name", ["process_complexity", "employees", "buyers", "sponsor_level", "distinctive_processes"])
def test_what_no_file_can_hold_is_refused_by_how_it_prints(name: str, value: object, quoted: str):
    with pytest.raises(advisor.AnswersError, match=quoted):
        advisor.read_answers({name: value})


def test_what_is_no_word_is_no_name_of_a_question_or_a_firm():
    with pytest.raises(advisor.AnswersError) as caught:
        advisor.read_answers({"firm": {"name": 10**5000}, "answers": {10**5000: 1, Unprintable(): 1}})
    assert [problem.code for problem in caught.value.problems] == ["A101", "A101", "A112"]


WRONG_ARGUMENTS: dict[str, Callable[[], object]] = {
    "knowledge must be of type Knowledge, not str": lambda: advisor.assess(AS_MAPPING, knowledge="rules"),
    "experta, columns": lambda: advisor.assess(AS_MAPPING, engine="zen"),
    "assessed_on must be of type date, not str": lambda: advisor.assess(AS_MAPPING, assessed_on="2026-01-01"),
    "target must be of type str, not NoneType": lambda: advisor.why_not(AS_MAPPING, None),
    "target must be of type str, not int": lambda: advisor.why(AS_MAPPING, 5),
    "changes must be of type Mapping, Scenario, not str": lambda: advisor.what_if(AS_MAPPING, "G1=4"),
    "a whole number from 1, not 2.5": lambda: advisor.paths(AS_MAPPING, ways=2.5),
    "not an assessment": lambda: advisor.replay(Unprintable()),
    "assessment must be of type Assessment, not dict": lambda: advisor.render(AS_MAPPING, "html", "en"),
    "use one of: zh, en": lambda: advisor.render(advisor.assess({}), "html", "fr"),
    "use one of: pdf, docx, pptx, html, json": lambda: advisor.render(advisor.assess({}), ["html"], "en"),
    "look must be of type Look, not str": lambda: advisor.render(advisor.assess({}), "html", "en", "owner"),
    "use one of: summary, client, slides, it, evidence, study": lambda: advisor.render(
        advisor.assess({}), "html", "en", advisor.Look("short")
    ),
    "assessments must be of type Assessment, not int": lambda: advisor.frame([1]),
    "assessments must be of type Iterable, not NoneType": lambda: advisor.frame(None),
    "'fr' is not one of the choices": lambda: advisor.frame([], lang="fr"),
    "no folder nowhere": lambda: advisor.load_knowledge("nowhere"),
    "rules must be of type str, PathLike, not int": lambda: advisor.load_knowledge(5),
    "answers must be of type Answers, not dict": lambda: advisor.examine(advisor.assess({}), {}, None),
    "knowledge must be of type Knowledge, not NoneType": lambda: advisor.select(
        advisor.assess({}), advisor.read_answers({}), None
    ),
    "text must be of type str, bytes, not NoneType": lambda: advisor.Assessment.from_json(None),
}


@pytest.mark.parametrize(("message", "call"), WRONG_ARGUMENTS.items(), ids=WRONG_ARGUMENTS)
def test_an_argument_of_another_type_is_refused_in_words(message: str, call: Callable[[], object]):
    with pytest.raises(advisor.InputError, match=message):
        call()


def test_folders_of_knowledge_may_be_named_and_a_moment_is_a_day(knowledge):
    assert advisor.load_knowledge("rules", "questionnaires").version == knowledge.version
    moment = datetime(2026, 11, 29, 10, 30)
    assert advisor.assess(AS_MAPPING, assessed_on=moment) == advisor.assess(AS_MAPPING, assessed_on=moment.date())


def test_every_mistake_in_a_mapping_is_told_and_text_has_its_lines():
    with pytest.raises(advisor.AnswersError) as caught:
        advisor.assess({"G1": 9, "customer_filez": 2, "employees": True})
    assert sorted(problem.code for problem in caught.value.problems) == ["A101", "A102", "A103"]
    with pytest.raises(advisor.AnswersError, match=r"^yaml:2:1: A101"):
        advisor.read_answers("G1: 4\ncustomer_filez: 2\n")
    with pytest.raises(advisor.AnswersError, match=r"^json:2:3: A102"):
        advisor.read_answers('{"G1": 4,\n  "F2": "nobody"}')


@pytest.mark.parametrize("source", [5, None, ["G1", 4], b"G1: 4"])
def test_what_is_neither_mapping_path_nor_text_is_refused(source: object):
    with pytest.raises(advisor.InputError, match="mapping, a path, or YAML or JSON text"):
        advisor.read_answers(source)  # type: ignore[arg-type]


def test_a_mapping_that_holds_itself_is_refused_and_not_followed():
    circle: dict[str, object] = {}
    circle["G1"] = [circle]
    with pytest.raises(advisor.AnswersError, match="A105"):
        advisor.read_answers(circle)


def test_a_question_answered_under_two_keys_names_both():
    with pytest.raises(advisor.AnswersError, match="answered twice: 'G1' and 'process_complexity' ask the same"):
        advisor.read_answers({"G1": 4, "process_complexity": 5})


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(advisor.InputError, match=r"no file nobody\.yaml"):
        advisor.assess("nobody.yaml")


def test_a_firm_may_be_an_assessment_itself_as_text_saved_or_in_its_pdf(assessment: advisor.Assessment, tmp_path: Path):
    then, pdf = tmp_path / "then.json", tmp_path / "report.pdf"
    then.write_text(assessment.to_json(), "utf-8")
    pdf.write_bytes(advisor.render(assessment, "pdf", "en", advisor.Look(edition="summary", engine="typst", attach="full")))
    answers = advisor.read_answers(SAMPLE)
    for firm in (assessment, assessment.to_json(), then, str(then), pdf, str(pdf)):
        assert advisor.assess(firm) == assessment
        assert advisor.read_answers(firm).given == answers.given
        assert advisor.outlook(firm) == advisor.outlook(SAMPLE)
        assert advisor.why(firm) == advisor.why(assessment)
        assert advisor.replay(firm).identical


def test_an_assessment_made_already_is_judged_anew_where_more_is_asked(assessment: advisor.Assessment, knowledge):
    assert advisor.assess(assessment, full=True) == advisor.assess(SAMPLE, full=True)
    papers_only = advisor.assess(assessment, knowledge.papers_only())
    assert papers_only.papers_only and not assessment.papers_only


def test_what_is_no_assessment_is_not_replayed():
    with pytest.raises(advisor.InputError, match="not an assessment"):
        advisor.replay(str(SAMPLE))


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_is_refused_by_what_it_is(text: str):
    with pytest.raises(advisor.InputError, match="empty text holds no answers and names no file"):
        advisor.assess(text)


def test_an_assessment_in_full_is_the_one_reports_are_made_of(knowledge, firms):
    assert advisor.assess(SAMPLE, full=True) == assess_fully(firms["machine_tool_maker"], knowledge, None)
    assert advisor.assess(SAMPLE).insight is None


def test_every_question_takes_a_file_answers_or_an_assessment(assessment):
    for ask in (advisor.outlook, advisor.paths, advisor.sensitivity, advisor.why):
        assert ask(SAMPLE) == ask(advisor.read_answers(SAMPLE)) == ask(assessment)
    assert advisor.why_not(SAMPLE, "feasible") == advisor.why_not(assessment, "feasible")
    assert advisor.what_if(SAMPLE, {"F2": "chief"}).changes == advisor.what_if(assessment, {"F2": "chief"}).changes
    assert advisor.replay(assessment).identical


def test_an_assessment_is_asked_under_the_weights_it_was_made_with(knowledge, firms):
    name, weighting = next(iter(knowledge.weightings.items()))
    weighted = advisor.assess(firms["machine_tool_maker"], knowledge.weighted(name, weighting))
    assert advisor.outlook(weighted).ability.points == weighted.scores["ability"].points
    assert advisor.outlook(weighted).ability.points != advisor.outlook(SAMPLE).ability.points


def test_a_change_that_is_no_answer_is_told_and_a_scenario_is_taken(assessment):
    with pytest.raises(advisor.AnswersError, match="changes: A102"):
        advisor.what_if(assessment, {"F2": "nobody"})
    answers = advisor.read_answers({"F2": "chief"})
    scenario = advisor.Scenario("top", advisor.Text(zh="老总牵头", en="The chief leads"), answers.given)
    comparison = advisor.what_if(assessment, scenario)
    assert comparison.scenario is scenario and comparison.changes
    assert comparison.before.verdict == assessment.verdict


def test_asking_what_a_verdict_rests_on_where_there_is_none_says_so():
    with pytest.raises(advisor.InputError, match="too few answers"):
        advisor.sensitivity({"G1": 4})


def test_repr_is_one_short_line(assessment):
    assert repr(assessment) == (
        "Assessment(firm='A machine-tool maker', verdict='conditional', certainty='leaning', need=74, ability=43)"
    )
    assert len(repr(advisor.assess({}))) < 120


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_a_notebook_shows_verdict_scores_and_hurdles_in_the_language_of_the_locale(assessment, lang: str, monkeypatch):
    monkeypatch.setenv("LANG", lang)
    card = assessment._repr_html_()
    spoken = "zh" if lang.startswith("zh") else "en"
    assert assessment.verdict.sentence[spoken] in card
    assert all(hurdle.title[spoken] in card for hurdle in assessment.conditions)
    assert all(assessment.scores[name].label[spoken] in card for name in ("need", "ability"))
    assert len(card) < 3_000


def test_a_card_runs_nothing_and_escapes_what_a_firm_is_called():
    card = advisor.assess({"firm": {"name": "<script>alert(1)</script>&"}, "answers": {}})._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in card
    assert "<script" not in card and "http" not in card and "<style" not in card


def test_sheets_are_merged_and_two_points_in_time_compared():
    answers = {"A2": 120, "G1": 4, "F2": "chief"}
    merged = advisor.merge({"Chen": answers, "Li": {**answers, "G1": 2}}, rules={"scale": {"take": "Li"}})
    assert merged.answers.value("process_complexity") == 2 and [c.question for c in merged.conflicts] == [
        "process_complexity"
    ]
    again = advisor.merge([merged.answers, {**answers, "A2": 90}], rules={"A2": {"take": "Chen"}})
    assert again.answers.value("employees") == 120 and len(again.sheets.views) == 3
    since = advisor.compare(answers, advisor.assess({**answers, "G1": 2}))
    assert [change.code for change in since.answers] == ["G1"]
    with pytest.raises(advisor.InputError):
        advisor.merge([{}])
