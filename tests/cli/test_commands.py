"""The command line through its runner: what it prints, writes, refuses and returns."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor import __version__
from advisor.assessment import Assessment
from advisor.cli.main import advisor
from tests.filling_in import Filled

ROOT = Path(__file__).parents[2]
SMALL = ["--rules", str(ROOT / "tests/small/rules"), "--questionnaires", str(ROOT / "tests/small/questionnaires")]
FIRM = "firm: {name: 小店}\nA1: shop\npeople: 3\nA3: 2\nA4: 2\nA5: 5 / 3\nbudget: 30万\nsponsor: no\ntools: none\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")

    def invoke(*words: str, lang: str = "en", typed: str = ""):
        return CliRunner().invoke(advisor, [*SMALL, "--lang", lang, *words], input=typed)

    return invoke


def test_assess_prints_verdict_reasons_and_the_next_command(run):
    result = run("assess", "firm.yaml")
    assert result.exit_code == 0, result.output
    assert "feasible on conditions" in result.output
    assert "1. A sponsor. Nobody leads. [P1-01]" in result.output
    assert "advisor report firm.yaml" in result.output
    assert "有条件可行" in run("assess", "firm.yaml", lang="zh").output


def test_assess_prints_and_saves_json_that_report_takes_up_again(run):
    result = run("assess", "firm.yaml", "--json", "--save", "out.json", "--date", "2026-11-23")
    assert Assessment.from_json(result.output).firm.name.zh == "小店"
    assert Path("out.json").read_text("utf-8") == result.output.rstrip("\n")
    assert run("report", "out.json", "--format", "json,html", "--out", "r").exit_code == 0
    assert Path("r/out.assessment.json").read_text("utf-8") == Path("out.json").read_text("utf-8")
    assert "A sponsor" in Path("r/out.en.html").read_text("utf-8")


def test_report_writes_each_language_and_format_once(run):
    result = run("report", "firm.yaml", "--lang", "zh,en,zh", "--format", "html", "--out", "r")
    assert result.output.splitlines()[-2:] == ["r/firm.zh.html", "r/firm.en.html"]
    assert sorted(p.name for p in Path("r").iterdir()) == ["firm.en.html", "firm.zh.html"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["assess", "nowhere.yaml"], 3, "There is no file nowhere.yaml"),
        (["report", "firm.yaml", "--format", "odt"], 3, "use one of: pdf, docx, pptx, html, json"),
        (["report", "firm.yaml", "--lang", "fr"], 3, "use one of: zh, en"),
        (["assess", "firm.yaml", "--date", "tomorrow"], 3, "is not a date"),
        (["rules", "show", "lederless"], 3, "the nearest is: leaderless"),
        (["questionnaire", "export", "--edition", "quik"], 3, "the nearest is: quick"),
        (["assess"], 2, "Missing argument"),
        (["asess"], 2, "No such command"),
        (["report", "firm.yaml", "--format", "html", "--out", "/proc/none"], 3, "Cannot write"),
    ],
)
def test_what_cannot_be_done_is_said_with_an_exit_code(run, words, code, message):
    result = run(*words)
    assert result.exit_code == code, result.output
    assert message in result.output


def test_a_bad_answer_file_lists_every_mistake_and_does_nothing(run):
    Path("bad.yaml").write_text("wihs: 4\nwish: 9\n", "utf-8")
    result = run("report", "bad.yaml")
    assert result.exit_code == 3
    assert "bad.yaml:1:1: A101" in result.output
    assert "bad.yaml:2:1: A102" in result.output
    assert "2 problem(s) found" in result.output
    assert not Path("reports").exists()
    assert "共2处问题" in run("assess", "bad.yaml", lang="zh").output


def test_a_form_can_be_exported_checked_and_assessed(run):
    assert run("questionnaire", "export", "--out", "form.yaml").exit_code == 0
    assert "Quick: 0 of 5 answered" in run("questionnaire", "check", "form.yaml").output
    assert "A1 哪个行业？" in run("questionnaire", "export", lang="zh").output
    assert "not enough answers" in run("assess", "form.yaml").output


def test_answers_that_do_not_go_together_are_told_by_check_and_assess_and_stop_neither(run):
    Path("odd.yaml").write_text("people: 600\nbudget: 90\nA4: 2\n", "utf-8")
    for words in (["questionnaire", "check", "odd.yaml"], ["assess", "odd.yaml"]):
        result = run(*words)
        assert result.exit_code == 0
        assert "Answers to clarify" in result.output
        assert "A6 A2 A budget of RMB 90 for 600 people: check both." in result.output
    assert "No answers contradict one another." in run("questionnaire", "check", "firm.yaml").output


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "yaml"])
def test_a_form_of_any_kind_can_hold_answers_and_is_assessed_alike(run, kind):
    expected = run("assess", "firm.yaml").output
    filled = run("questionnaire", "export", "--answers", "firm.yaml", "--lang", "zh", "--out", f"form.{kind}")
    assert filled.exit_code == 0, filled.output
    assert run("assess", f"form.{kind}").output == expected.replace("firm.yaml", f"form.{kind}")


def test_a_form_no_terminal_can_show_goes_to_a_file_named_for_it(run):
    assert run("questionnaire", "export", "--format", "xlsx", "--by", "role").exit_code == 0
    assert Path("crm-advisor.questions.en.xlsx").read_bytes().startswith(b"PK")
    again = run("questionnaire", "export", "--format", "xlsx")
    assert again.exit_code == 3 and "exists" in again.output
    assert run("questionnaire", "export", "--format", "jsonl").output.startswith('{"firm": {"name": null')
    same = run("questionnaire", "export", "--answers", "firm.yaml", "--out", "firm.yaml", "--force")
    assert same.exit_code == 3 and "file of answers itself" in same.output


def test_mistakes_in_a_workbook_are_named_by_sheet_and_cell(run):
    run("questionnaire", "export", "--out", "form.xlsx")
    form = Filled(Path("form.xlsx").read_bytes())
    place = form.put("A1", "shopp")
    Path("form.xlsx").write_bytes(form.saved())
    result = run("questionnaire", "check", "form.xlsx")
    assert result.exit_code == 3 and f"form.xlsx: {place}: A102" in result.output


def test_an_interview_is_saved_after_every_answer_and_resumed(run):
    typed = "My shop\n1\nw\n9\n4\nb\n5\nq\n"
    result = run("interview", "mine.yaml", typed=typed)
    assert result.exit_code == 0, result.output
    assert "Need. [P1-01]" in result.output
    assert "'9' is not one of the answers" in result.output
    assert "2 of 5 answered" in result.output
    result = run("interview", "mine.yaml", typed="d\n1、3\nn\n")
    assert "[2/5] A5b" in result.output
    assert "5 of 5 answered" in result.output
    saved = Path("mine.yaml").read_text("utf-8")
    assert "wish: 5" in saved
    assert "means: unknown" in saved
    assert "tools: [mail, phone]" not in saved
    assert "tools: [phone, web]" in saved
    assert "online: not_applicable" in saved
    assert 'name: "My shop"' in saved


def test_an_interrupted_interview_keeps_what_was_answered(run):
    result = run("interview", "mine.yaml", typed="\n1\n")
    assert result.exit_code == 0
    assert "trade: shop" in Path("mine.yaml").read_text("utf-8")
    assert "This is the first question" in run("interview", "new.yaml", typed="\nb\nq\n").output


def test_an_adaptive_interview_stops_when_the_verdict_is_settled_and_offers_the_rest(run):
    result = run("interview", "mine.yaml", "--adaptive", "--edition", "full", typed="Shop\n" + "1\n" * 12)
    assert result.exit_code == 0, result.output
    assert "The verdict is settled: not needed now" in result.output
    assert "Answer them too?" in result.output
    saved = Path("mine.yaml").read_text("utf-8")
    again = run("interview", "mine.yaml", "--adaptive", "--edition", "full", typed="y\nn\n")
    assert "The verdict is settled" in again.output
    assert Path("mine.yaml").read_text("utf-8") != saved


def test_rules_are_checked_listed_and_shown(run):
    assert "The knowledge is sound: 10 rules" in run("rules", "check").output
    assert "leaderless" in run("rules", "list", "--kind", "condition").output
    assert json.loads(run("rules", "list", "--json").output)[0]["id"] == "shop_is_consumer"
    shown = run("rules", "show", "stall_leaderless").output
    assert "IF A7 Is there a sponsor: No or 'No money' was found" in shown
    assert "THEN risk stall: Stall (likelihood high)" in shown
    assert "stated in the papers (dated)" in shown
    assert "P1-02  Section one" in shown
    assert "rules/all.yaml" in shown


def test_engines_are_compared_on_the_firms_that_can_be_read_and_the_others_are_told_and_counted(run):
    Path("firms.csv").write_text("firm,people,budget\nNorth,3,300k\nSouth,many,300k\n", "utf-8")
    result = run("rules", "check", "--engines", "firms.csv")
    assert "firms.csv:3:2: A103" in result.output and "exactly the same. Firms compared: 1." in result.output
    assert result.exit_code == 3
    Path("firms.csv").write_text("firm,people,budget\nNorth,3,300k\n", "utf-8")
    assert run("rules", "check", "--engines", "firms.csv").exit_code == 0


def test_bad_knowledge_is_refused_with_every_problem(run, tmp_path: Path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.yaml").write_text("rules:\n  - {id: a, when: {b: 1}, then: {need: c}}\n", "utf-8")
    result = CliRunner().invoke(advisor, ["--rules", str(tmp_path / "rules"), *SMALL[2:], "rules", "check"])
    assert result.exit_code == 3
    assert "rules/x.yaml:2:5: K101" in result.output
    result = CliRunner().invoke(advisor, ["--rules", str(tmp_path / "none"), "rules", "check"])
    assert result.exit_code == 3
    assert "holds no YAML files" in result.output


def test_the_schema_is_exported(run):
    assert run("rules", "schema", "--out", "schema").exit_code == 0
    schema = json.loads(Path("schema/rules.json").read_text("utf-8"))
    assert schema["$defs"]["Premises"]["properties"]["wish"]["anyOf"][0] == {"enum": [1, 2, 3, 4, 5]}


def test_version_and_help_name_every_command(run):
    assert __version__ in run("--version").output
    listed = run("--help").output
    assert all(name in listed for name in ("demo", "assess", "report", "interview", "questionnaire", "rules", "doctor"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("assess", "firm.yaml", "--save", "firm.yaml"), "is not replaced"),
        (("questionnaire", "export", "--edition", "quick", "--out", "firm.yaml"), "--force"),
        (("interview", "--edition", "quick", "firm.json"), "saved as YAML"),
        (("report", "firm.yaml", "--format", ","), "Nothing was named"),
    ],
)
def test_a_users_own_file_is_never_written_over(run, words, message):
    result = run(*words)
    assert result.exit_code == 3
    assert message in result.output
    assert Path("firm.yaml").read_text("utf-8") == FIRM


def test_an_interview_keeps_the_sheet_a_person_wrote(run):
    result = run("interview", "--edition", "quick", "firm.yaml", typed="q\n")
    assert result.exit_code == 0 and Path("firm.yaml").read_text("utf-8") == FIRM
    run("interview", "--edition", "full", "firm.yaml", typed="3\nq\n")
    assert Path("firm.yaml.before").read_text("utf-8") == FIRM


def test_an_interview_takes_no_name_it_could_not_read_again(run):
    result = run("interview", "--edition", "quick", "new.yaml", typed="x" * 600 + "\nGood Ltd\n²\n1\nq\n")
    assert "at most 500" in result.output
    assert run("questionnaire", "check", "new.yaml").exit_code == 0


def test_a_date_of_the_environment_that_is_none_is_named(run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "garbage")
    result = run("assess", "firm.yaml")
    assert result.exit_code == 3 and "SOURCE_DATE_EPOCH" in result.output


def test_rules_without_cases_are_named(run):
    assert run("rules", "test").exit_code == 0
    result = run("rules", "coverage")
    assert result.exit_code == 3 and "0 of 10 rules" in result.output
    result = run("rules", "coverage", "--claims")
    assert "of 2 claims" in result.output


def test_a_change_of_rules_shows_which_firm_comes_out_differently_and_why(run, tmp_path: Path):
    shutil.copytree(ROOT / "tests/small/rules", tmp_path / "new")
    text = (tmp_path / "new/all.yaml").read_text("utf-8")
    turned = text.replace("{id: leaderless, when: {sponsor: no}", "{id: leaderless, when: {sponsor: yes}")
    turned = turned.replace("{id: broke, when: {budget: {at_most: 0}}", "{id: broke, when: {budget: {at_most: 400000}}")
    (tmp_path / "new/all.yaml").write_text(turned, "utf-8")
    (tmp_path / "firms").mkdir()
    (tmp_path / "firms/shop.yaml").write_text(FIRM, "utf-8")
    old = str(ROOT / "tests/small/rules")
    result = run("rules", "diff", old, "new", "--firms", "firms")
    assert result.exit_code == 0, result.output
    assert "– condition: A sponsor  [leaderless (changed)]" in result.output
    assert "verdict: feasible on conditions → not yet" in result.output
    assert "1 of 1 firms come out differently" in result.output
    assert "0 of 1 firms" in run("rules", "diff", old, old, "--firms", "firms").output


def test_rules_are_compared_on_firms_in_every_form_and_what_is_skipped_is_said(run, tmp_path: Path):
    rules, folder = str(ROOT / "tests/small/rules"), tmp_path / "firms"
    folder.mkdir()
    (folder / "shop.yaml").write_text(FIRM, "utf-8")
    assert run("questionnaire", "export", "--format", "xlsx", "--out", "firms/form.xlsx").exit_code == 0
    assert run("assess", "firm.yaml", "--save", "firms/shop.json").exit_code == 0
    (folder / "table.csv").write_text("Firm,A1,A2\nOne,shop,3\nTwo,builder,4\n", "utf-8")
    (folder / "notes.txt").write_text("to do", "utf-8")
    (folder / "bad.yaml").write_text("wish: [", "utf-8")
    result = run("rules", "diff", rules, rules, "--firms", "firms")
    assert "bad.yaml" in result.output and "Skipped" in result.output and "notes.txt" in result.output
    assert "0 of 5 firms come out differently" in result.output, result.output
    assert result.exit_code == 3
    assert "0 of 2 firms" in run("rules", "diff", rules, rules, "--firms", "firms/table.csv").output
    shutil.copytree(rules, tmp_path / "turned")
    text = (tmp_path / "turned/all.yaml").read_text("utf-8")
    turned = text.replace("{id: leaderless, when: {sponsor: no}", "{id: leaderless, when: {sponsor: yes}")
    (tmp_path / "turned/all.yaml").write_text(turned, "utf-8")
    output = run("rules", "diff", rules, "turned", "--firms", "firms").output
    assert "shop.yaml" in output and "shop.json" in output, "two files of one name are two firms"


def test_a_firm_with_nothing_to_show_for_a_change_of_rules_is_neither_listed_nor_counted(run, tmp_path: Path):
    shutil.copytree(ROOT / "tests/small/rules", tmp_path / "new")
    text = (tmp_path / "new/all.yaml").read_text("utf-8")
    assert "{id: leaderless," in text
    (tmp_path / "new/all.yaml").write_text(text.replace("{id: leaderless,", "{id: without_leader,"), "utf-8")
    (tmp_path / "firms").mkdir()
    (tmp_path / "firms/shop.yaml").write_text(FIRM, "utf-8")
    result = run("rules", "diff", str(ROOT / "tests/small/rules"), "new", "--firms", "firms")
    assert result.output == "0 of 1 firms come out differently.\n"


def test_words_in_brackets_are_printed_and_not_taken_for_markup(run):
    saved = run("assess", "firm.yaml", "--json").output
    data = json.loads(saved)
    data["verdict"]["sentence"]["en"] = "[/bold] [CRM] pilot"
    Path("saved.json").write_text(json.dumps(data), "utf-8")
    result = run("assess", "saved.json")
    assert result.exit_code == 0 and "[/bold] [CRM] pilot" in result.output


@pytest.mark.parametrize(
    ("part", "value"),
    [("weeks", 10**30), ("start", -1), ("title", {"zh": "\x1b[2J", "en": "x"})],
)
def test_a_saved_assessment_changed_by_hand_is_refused(run, part, value):
    data = json.loads(run("assess", "firm.yaml", "--json").output)
    data["plan"][0][part] = value
    Path("saved.json").write_text(json.dumps(data), "utf-8")
    assert run("report", "saved.json", "--format", "html").exit_code == 3


def test_the_command_that_goes_on_with_a_batch_has_every_option_that_was_given(run, tmp_path: Path):
    (tmp_path / "firms.csv").write_text("Firm,wish,trade\nNorth,4,shop\nSouth,9,shop\n", "utf-8")
    options = ["--engine", "typst", "--edition", "owner", "--lang", "zh", "--format", "json,html", "--no-portfolio"]
    first = run("batch", "firms.csv", "--out", "my reports", *options, "--jobs", "1")
    (line,) = [line for line in first.output.splitlines() if line.startswith("Correct the marked cells, then: ")]
    name, *words = shlex.split(line.partition(": ")[2])
    before, command, after = words[:6], words[6:8], words[8:]
    assert name == "advisor" and sorted(before) == sorted([*SMALL, "--lang", "en"])
    assert command == ["batch", "my reports/firms.to-correct.xlsx"]
    assert sorted(after) == sorted([*options, "--out", "my reports", "--jobs", "1", "--resume"])
    shutil.copy(tmp_path / "my reports" / "firms.to-correct.xlsx", tmp_path / "firms.to-correct.xlsx")
    again = CliRunner().invoke(advisor, words)
    assert "North" not in again.output and again.exit_code == first.exit_code == 1, again.output


@pytest.mark.parametrize("called_as", [None, "./run"])
def test_the_next_command_is_named_as_the_user_called_this_one(called_as: str | None, tmp_path: Path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} | ({"ADVISOR_COMMAND": called_as} if called_as else {})
    words = ["--lang", "en", *SMALL, "questionnaire", "export", "--out", "my firm.yaml"]
    done = subprocess.run(
        [sys.executable, "-m", "advisor", *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1].endswith(f": {called_as or 'advisor'} questionnaire check 'my firm.yaml'")
