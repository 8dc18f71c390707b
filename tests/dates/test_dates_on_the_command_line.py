"""The whole way on the command line with the product's own rules and one date: form, check, assessment, questions to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor
from tests.conftest import SAMPLES

Run = Callable[..., str]


def runner(folder: Path, monkeypatch: pytest.MonkeyPatch, place: Path) -> Run:
    monkeypatch.chdir(place)
    options = ["--lang", "en", "--rules", str(folder / "rules"), "--questionnaires", str(folder / "questionnaires")]

    def invoke(*words: str, code: int = 0, typed: str = "") -> str:
        result = CliRunner().invoke(advisor, [*options, *words], input=typed)
        assert result.exit_code == code, result.output
        return result.output

    return invoke


@pytest.fixture
def run(product_with_date: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    text = (SAMPLES / "machine_tool_maker.yaml").read_text("utf-8")
    (tmp_path / "firm.yaml").write_text(text.rstrip() + "\n  contract_end: 2030年1月1日\n", "utf-8")
    return runner(product_with_date, monkeypatch, tmp_path)


@pytest.fixture
def run_small(dated_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    return runner(dated_folder, monkeypatch, tmp_path)


@pytest.mark.slow
def test_knowledge_with_a_date_is_sound_and_its_cases_hold(run: Run):
    assert "sound" in run("rules", "check")
    assert "after 30 June 2028" in run("rules", "show", "contract_runs_on")


@pytest.mark.slow
def test_a_firm_with_a_date_is_exported_checked_assessed_and_asked_why(run: Run):
    run("questionnaire", "export", "--edition", "full", "--answers", "firm.yaml", "--out", "form.xlsx")
    run("questionnaire", "check", "form.xlsx")
    wanted = run("assess", "firm.yaml")
    assert "The contract runs on" in wanted
    assert run("assess", "form.xlsx") == wanted.replace("firm.yaml", "form.xlsx")
    assert "1 January 2030" in run("why", "firm.yaml", "bound_for_long")
    stored = json.loads(run("assess", "firm.yaml", "--json"))
    assert next(item["value"] for item in stored["answers"] if item["question"] == "contract_end") == "2030-01-01"
    changed = run("what-if", "firm.yaml", "contract_end=2027-03-31", "--save", "sooner")
    assert "31 March 2027" in changed and "The contract runs on" in changed
    assert "contract_end: 2027-03-31" in Path("firm.scenarios.yaml").read_text("utf-8").replace("'", "")
    assert "J18" in run("why-not", "firm.yaml", "hurry")
    run("sensitivity", "firm.yaml")
    assert "The contract is signed" in run("path", "firm.yaml")
    run("assess", "firm.yaml", "--save", "then.json")
    assert "identical" in run("replay", "then.json").lower()


def test_a_mistake_is_named_with_its_line_and_what_to_write(run: Run):
    text = Path("firm.yaml").read_text("utf-8").replace("2030年1月1日", "03/04/2027")
    Path("firm.yaml").write_text(text, "utf-8")
    line = text.count("\n")
    said = run("questionnaire", "check", "firm.yaml", code=3)
    assert f"firm.yaml:{line}:3: A144" in said and "Write 2027-04-03 or 2027-03-04" in said


def test_a_report_with_a_date_is_written(run: Run):
    run("report", "firm.yaml", "--edition", "evidence", "--format", "html", "--out", "reports")
    assert "1 January 2030" in next(Path("reports").glob("*.html")).read_text("utf-8")


def test_an_interview_asks_for_a_date_and_says_what_is_wrong_with_one(run_small: Run):
    typed = "Shop\n" + "\n" * 12 + "2027-02-30\n31 March 2027\n\n"
    said = run_small("interview", "mine.yaml", "--edition", "full", typed=typed)
    assert "(year-month-day)" in said and "There is no day '2027-02-30'" in said
    assert "contract_end: 2027-03-31" in Path("mine.yaml").read_text("utf-8")
