"""The commands that ask an assessment: why, why not, what if, path, sensitivity, replay, weights."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.assessment import assess
from advisor.cli.main import advisor

ROOT = Path(__file__).parents[2]
FIRM = str(ROOT / "questionnaires/samples/machine_tool_maker.yaml")


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm.yaml").write_text(Path(FIRM).read_text("utf-8"), "utf-8")

    def invoke(*words: str, lang: str = "en", code: int = 0) -> str:
        result = CliRunner().invoke(advisor, ["--lang", lang, *words])
        assert result.exit_code == code, result.output
        return result.output

    return invoke


def test_why_unfolds_the_verdict_and_any_finding(run):
    output = run("why", "firm.yaml")
    assert "Verdict – feasible on conditions" in output
    assert "A leader from the top is needed (sponsor_at_the_top)" in output
    assert "--depth 6" in output
    explanation = run("why", "firm.yaml", "sponsor_at_the_top")
    assert "F2" in explanation and "P4-73" in explanation and "third-party logistics" in explanation
    assert "由一位部门负责人牵头" in run("why", "firm.yaml", "sponsor_at_the_top", lang="zh")
    assert json.loads(run("why", "firm.yaml", "--json"))["kind"] == "verdict"
    assert "the nearest is: sponsor_at_the_top" in run("why", "firm.yaml", "sponsor_at_top", code=3)


def test_why_needs_no_knowledge_of_a_saved_assessment(run):
    run("assess", "firm.yaml", "--save", "out.json")
    assert run("why", "out.json") == run("why", "firm.yaml").replace("firm.yaml", "out.json")


def test_why_not_names_the_premise_that_failed(run):
    output = run("why-not", "firm.yaml", "no_money")
    assert "✗ fails" in output and "How far money for later years goes" in output
    output = run("why-not", "firm.yaml", "feasible")
    assert "Readiness stands at 43, under 60." in output
    assert "准备度43分，低于60分" in run("why-not", "firm.yaml", "feasible", lang="zh")
    assert json.loads(run("why-not", "firm.yaml", "no_money", "--json"))["rules"]


def test_what_if_shows_both_sides_and_keeps_scenarios(run):
    output = run("what-if", "firm.yaml", "F2=chief", "J15=yes", "--save", "chief_leads", "--title", "The chief leads")
    assert "The chief leads" in output and "– condition: A leader from the top is needed" in output
    assert "Scenario 'chief_leads' is kept" in output
    assert "chief_leads" in Path("firm.scenarios.yaml").read_text("utf-8")
    assert "The chief leads" in run("what-if", "firm.yaml")
    more = run("what-if", "firm.yaml", "F7=4", "--scenario", "chief_leads", "--json")
    assert [c["code"] for c in json.loads(more)[0]["changes"]] == ["F2", "J15", "F7"]
    assert "There is no scenario called 'x'" in run("what-if", "firm.yaml", "--scenario", "x", code=3)
    assert "no change of the form code=answer" in run("what-if", "firm.yaml", "F2", code=3)
    assert "cannot name a scenario" in run("what-if", "firm.yaml", "F2=chief", "--save", "Bad Name", code=3)


@pytest.mark.parametrize("title", ["two\nlines", "\x1b[31mred", "x" * 300, " "])
def test_a_title_is_one_plain_line(run, title):
    assert "one line" in run("what-if", "firm.yaml", "F2=chief", "--save", "a", "--title", title, code=3)
    assert not Path("firm.scenarios.yaml").exists()


def test_a_scenario_is_saved_only_where_something_was_named(run):
    run("what-if", "firm.yaml", "F2=chief", "--save", "a")
    run("what-if", "firm.yaml", "F2=chief", "--save", "b")
    assert "Nothing to change" in run("what-if", "firm.yaml", "--save", "c", code=3)
    assert "already" in run("what-if", "firm.yaml", "J15=yes", "--scenario", "a", "--save", "a", code=3)
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("x.yaml").write_text("F2: chief", "utf-8")
    Path("x.scenarios.yaml").symlink_to("x.scenarios.yaml")
    assert "not a regular file" in run("what-if", "x.yaml", "J15=yes", "--save", "a", code=3)


def test_what_if_without_anything_to_change_says_so(run):
    assert "Nothing to change" in run("what-if", "firm.yaml", code=3)


def test_scenarios_stand_in_the_report(run):
    run("what-if", "firm.yaml", "F2=chief", "--save", "chief_leads", "--title", "The chief leads")
    run("report", "firm.yaml", "--format", "html", "--out", "r")
    assert "The chief leads" in Path("r/firm.en.html").read_text("utf-8")


def test_path_lists_the_steps_in_order(run):
    output = run("path", "firm.yaml")
    assert "The way of least effort takes 6 tasks" in output
    assert (
        "some 46 person-days of your own people and no money, done by week 9" in " ".join(output.split())
        and "Way 3" in output
    )
    assert "(find out F17a first)" in " ".join(output.split())
    assert "约投入46人日" in run("path", "firm.yaml", lang="zh")
    assert len(json.loads(run("path", "firm.yaml", "--ways", "1", "--json"))["ways"]) == 1


def test_sensitivity_says_in_words_what_the_verdict_rests_on(run):
    output = " ".join(run("sensitivity", "firm.yaml").split())
    assert "No smallest change to one answer given" in output
    assert json.loads(run("sensitivity", "firm.yaml", "--json"))["share"] > 0.5
    Path("blank.yaml").write_text("F2: chief", "utf-8")
    assert "too few answers" in run("sensitivity", "blank.yaml", code=3)


def test_replay_says_identical_or_what_differs(run):
    run("assess", "firm.yaml", "--save", "out.json")
    assert "Identical." in run("replay", "out.json")
    changed = Path("out.json").read_text("utf-8").replace('"ability": "ability"', '"ability": "ability"', 1)
    Path("forged.json").write_text(re.sub(r'"answered": \d+', '"answered": 15', changed, count=1), "utf-8")
    assert "coverage.answered" in run("replay", "forged.json", code=1)
    assert "differs" in run("--papers-only", "replay", "out.json", code=1)
    assert "not an assessment" in run("replay", "firm.yaml", code=3)


def test_other_weights_change_scores_and_are_named_in_the_result(run):
    plain = json.loads(run("assess", "firm.yaml", "--json"))
    reweighted = json.loads(run("--weights", "leadership_first", "assess", "firm.yaml", "--json"))
    assert reweighted["weighting"]["title"]["en"] == "Leadership first"
    assert reweighted["scores"]["ability"]["points"] != plain["scores"]["ability"]["points"]
    assert "there are: leadership_first" in run("--weights", "nonsense", "assess", "firm.yaml", code=3)
    assert "leadership_first" in run("weights", "list")


def test_own_judgements_are_checked_and_used(run):
    pairs = "need_complexity: {need_closeness: 5, need_competition: 1/5}", "need_closeness: {need_competition: 5}"
    text = "judgements:\n  need_aspects:\n" + "".join(f"    {pair}\n" for pair in pairs)
    Path("mine.yaml").write_text(text, "utf-8")
    output = run("weights", "check", "mine.yaml")
    assert "Inconsistent: ratio" in output and "random index: saaty" in output
    assert output.count("the others imply") == 3
    run("--weights", "mine.yaml", "assess", "firm.yaml", "--save", "own.json")
    assert "Identical." in run("replay", "own.json")
    Path("wrong.yaml").write_text("weights: {ability: {luck: 2}}", "utf-8")
    assert "W105" in run("--weights", "wrong.yaml", "assess", "firm.yaml", code=3)


def test_a_saved_assessment_is_asked_under_its_own_weights(run):
    Path("mine.yaml").write_text("weights: {ability: {leadership_factor: 50}}", "utf-8")
    run("--weights", "mine.yaml", "assess", "firm.yaml", "--save", "own.json")
    assert run("why-not", "own.json", "feasible") == run("--weights", "mine.yaml", "why-not", "firm.yaml", "feasible")
    assert run("sensitivity", "own.json") != run("sensitivity", "firm.yaml")
    assert "already made" in run("--weights", "mine.yaml", "report", "own.json", code=3)


def test_why_not_may_be_asked_of_a_rule(run):
    assert "How far money for later years goes" in run("why-not", "firm.yaml", "blocked_by_no_money")
    assert "was concluded" in run("why-not", "firm.yaml", "condition_weak_culture", code=3)


def test_a_missing_file_is_called_so(run):
    assert "There is no file nosuch.json" in run("replay", "nosuch.json", code=3)


def test_no_empty_brackets_stand_after_what_has_no_sources(knowledge, firms, tmp_path: Path):
    raw = json.loads(assess(firms["city_bank"], knowledge).to_json())
    for item in (*raw["verdict"]["reasons"], *raw["risks"]):
        item["sources"] = []
    saved = tmp_path / "then.json"
    saved.write_text(json.dumps(raw), "utf-8")
    done = CliRunner().invoke(advisor, ["--lang", "en", "assess", str(saved)])
    assert done.exit_code == 0 and " 1. " in done.output and "[]" not in done.output
