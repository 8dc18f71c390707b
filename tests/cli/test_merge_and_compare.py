"""Several sheets of one firm, and two points in time, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli.main import advisor
from advisor.interview import read_answers
from tests.conftest import SAMPLES


def run(*words: object, lang: str = "en") -> Result:
    return CliRunner().invoke(advisor, ["--lang", lang, *map(str, words)])


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """The sheets of a chief and of sales, who differ, and a backup of the first."""
    place = tmp_path_factory.mktemp("sheets")
    text = (SAMPLES / "machine_tool_maker.yaml").read_text("utf-8")
    assert "G1: 4" in text
    (place / "ceo.yaml").write_text(text, "utf-8")
    (place / "sales.yaml").write_text(text.replace("G1: 4", "G1: 2"), "utf-8")
    shutil.copy(place / "ceo.yaml", place / "backup.yaml")
    return place


def test_sheets_are_merged_into_one_that_is_read_again(desk, knowledge):
    sheets = [desk / name for name in ("ceo.yaml", "sales.yaml", "backup.yaml")]
    out = desk / "client.yaml"
    done = run("merge", *sheets, "--role", "sales.yaml=operations", "--out", out)
    assert done.exit_code == 0, done.output
    assert "ceo.yaml is read as the sheet of the chief executive" in done.output
    assert "backup.yaml holds the same answers" in done.output
    assert "responsible for the question" in done.output
    merged = read_answers(out, knowledge)
    assert merged.given["process_complexity"].value == 2, "operations own G1"
    assert [view.author.label for view in merged.views.sheets] == ["ceo", "sales"]
    told = json.loads(run("merge", out, "--by", "most_cautious", "--json").stdout)
    assert [(c["code"], c["rule"]) for c in told["conflicts"]] == [("G1", "most_cautious")]
    assert run("merge", *sheets, "--out", out).exit_code == 3, "an existing file is replaced only with --force"
    assert run("merge", *sheets, "--out", desk / "client.xlsx").exit_code == 3


def test_a_file_of_rules_takes_an_answer_with_its_reason(desk):
    rules = desk / "rules.yaml"
    rules.write_text("rules: {G1: {take: Li Na, reason: seen on site}}\nrespondents: {sales.yaml: {name: Li Na}}\n", "utf-8")
    told = json.loads(run("merge", desk / "ceo.yaml", desk / "sales.yaml", "--decide", rules, "--json").stdout)
    assert [(c["rule"], c["reason"], c["taken"]["en"]) for c in told["conflicts"]] == [
        ("chosen", "seen on site", "Fixed steps, passed between two or three posts")
    ]
    rules.write_text("rules: {G1: dice}\n", "utf-8")
    refused = run("merge", desk / "ceo.yaml", "--decide", rules)
    assert refused.exit_code == 3 and "A182" in refused.output


def test_several_sheets_are_assessed_as_one(desk):
    done = run("assess", desk / "ceo.yaml", desk / "sales.yaml", "--engine", "columns", lang="zh")
    assert done.exit_code == 0, done.output
    assert "2份答卷" in done.output and "G1" in done.output and "最主要的理由" in done.output
    assert run("assess", desk / "ceo.yaml", desk / "sales.yaml", "--on", "it.yaml=2026-01-01").exit_code == 3


def test_two_points_in_time_are_compared_and_told_in_a_report(desk):
    then, now = desk / "ceo.yaml", desk / "sales.yaml"
    saved = desk / "then.json"
    assert run("assess", then, "--save", saved, "--engine", "columns").exit_code == 0
    told = json.loads(run("compare", saved, now, "--json").stdout)
    assert [change["code"] for change in told["answers"]] == ["G1"]
    assert told["whole"]["scores"][0]["because"] == ["G1"] and told["parts"] == []
    written = run("report", now, "--since", saved, "--format", "html,json", "--out", desk / "reports")
    assert written.exit_code == 0, written.output
    assert "Since last time" in (desk / "reports" / "sales.en.html").read_text("utf-8")
    shown = run("compare", saved, desk / "reports" / "sales.assessment.json")
    assert shown.exit_code == 0 and "G1" in shown.output
