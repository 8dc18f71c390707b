"""Exports of form services, as they come, and words of a respondent's own among the options of a list."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from advisor.batch.problem_files import write_problem_files
from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.interview import read_answers
from advisor.interview.form_services import form_services
from advisor.interview.head_words import match
from advisor.interview.table_options import read_mapping
from tests.batch.conftest import write_csv

EXPORTS = Path(__file__).parent / "form_services"
ASKED = ("industry", "employees", "existing_systems", "crm_goals")
BOTH, ERP, NONE = frozenset({"erp", "office_automation"}), frozenset({"erp"}), frozenset[str]()
CHINESE = {"甲厂": ("electromechanical", 120, BOTH, "yes"), "乙厂": ("pharma", 45, ERP, "no")}
READ = {
    "wjx": {"甲厂": CHINESE["甲厂"], "乙厂": ("other", 45, None, None), "丙厂": (None, None, None, "no")},
    "wjx_options": {"甲厂": (None, 120, BOTH, None), "乙厂": (None, 45, NONE, None), "丙厂": (None, 30, None, None)},
    "tencent": {"甲厂": (None, 120, BOTH, "yes"), "乙厂": (None, 45, NONE, "no")},
    "jinshuju": CHINESE,
    "feishu": CHINESE,
    "microsoft": {"Alpha Ltd": CHINESE["甲厂"], "Beta Ltd": ("pharma", 45, None, "no")},
    "google": {"Alpha Ltd": CHINESE["甲厂"], "Beta Ltd": CHINESE["乙厂"]},
}  # fmt: skip
NUMBERED = {"wjx": "1-甲厂", "tencent": "309-甲厂", "jinshuju": "1-甲厂", "feishu": "甲厂", "microsoft": "1-Alpha-Ltd"}
LEFT_OPEN = {"wjx": ("金蝶云", "ERP┋金蝶云"), "microsoft": ("Home-grown stock list", "ERP;Home-grown stock list;")}


def rows_of(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((EXPORTS / f"{name}.csv").read_text("utf-8"))))


def as_workbook(rows: list[list[str]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.save(out)
    return out.getvalue()


def values(answers) -> tuple[object, ...]:
    return tuple(answers.value(name) for name in ASKED)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", READ)
def test_an_export_is_read_as_it_comes(tmp_path, knowledge, name, kind):
    path = tmp_path / f"f.{kind}"
    path.write_bytes(as_workbook(rows_of(name)) if kind == "xlsx" else (EXPORTS / f"{name}.csv").read_bytes())
    firms = read_firms(path, knowledge)
    assert {row.answers.firm.name.zh: values(row.answers) for row in firms.rows} == READ[name]
    assert firms.rows[0].name == NUMBERED.get(name, firms.rows[0].name)
    told = [note.key for note in firms.notes]
    assert told[0] == "note.service" and not {"note.ignored", "note.nearly", "note.names_same"} & set(told)
    left_open = [(note.values["value"], note.values["words"]) for note in firms.upgrade_notes]
    assert left_open == ([LEFT_OPEN[name]] if name in LEFT_OPEN else [])


@pytest.mark.parametrize("name", ["wjx", "tencent", "microsoft"])
def test_one_firms_own_export_is_read_alike(tmp_path, knowledge, name):
    head, first, second, *_ = rows_of(name)
    alone = read_answers(write_csv(tmp_path / "f.csv", [head, second]), knowledge)
    assert values(alone) == list(READ[name].values())[1]
    told = ["A185"] * (name in LEFT_OPEN) + ["A156"] * (1 + (name == "tencent"))
    assert [note.code for note in alone.notes] == told
    if name in LEFT_OPEN:
        assert alone.annotations["existing_systems"].note == LEFT_OPEN[name][1]
    assert values(read_answers(write_csv(tmp_path / "g.csv", [head, first]), knowledge)) == next(iter(READ[name].values()))


def test_the_heads_of_services_name_no_question(knowledge):
    found = {head: match(head, knowledge) for service in form_services() for head in service.heads}
    assert not [head for head, named in found.items() if named and not named.key.startswith("firm.")]


def test_who_filled_a_form_in_and_a_running_number_are_no_names(tmp_path, knowledge):
    heads = ["ID", "Start time", "Completion time", "Email", "Name", "A2", "G1"]
    rows = [["1", "x", "x", "anonymous", "Jo", "30", "4"], ["1", "y", "y", "anonymous", "Jo", "31", "4"]]
    path = write_csv(tmp_path / "f.csv", [heads, *rows, ["3", "z", "z", "", "", "30", "4"]])
    firms = read_firms(path, knowledge)
    assert [row.answers.firm.name for row in firms.rows] == [None] * 3
    same = [row.message("en") for note in firms.notes if note.key.endswith("_same") for row in note.values["rows"]]
    assert same == ["4 = 2"]  # the same answers under another number; rows of one number, or one person, are no equal firms
    assert [note.key for note in score_table(path, tmp_path, knowledge, "en").notes] == [note.key for note in firms.notes]
    (tmp_path / "map.yaml").write_text("columns: {Name: firm.name}", "utf-8")
    named = read_firms(path, knowledge, mapping=read_mapping(tmp_path / "map.yaml", knowledge))
    assert named.rows[0].answers.firm.name.en == "Jo"


def test_a_question_called_like_a_column_of_a_service_stays_a_question(tmp_path, knowledge):
    heads = ["序号", "提交答卷时间", "来源", "企业名称", "A2", "来源", "G1"]
    firms = read_firms(write_csv(tmp_path / "f.csv", [heads, ["1", "x", "微信", "甲", "30", "展会", "4"]]), knowledge)
    assert {note.key: note.values["names"] for note in firms.notes}["note.ignored"] == ("来源",)


def test_words_that_are_no_option_leave_their_question_open_and_nothing_else(tmp_path, knowledge):
    rows = [
        ["A", "30", "ERP、用友T3", "4"],
        ["B", "31", "ERP、CRM", "4"],
        ["C", "32", "erp", "9"],
    ]
    path = write_csv(tmp_path / "f.csv", [["Firm", "A2", "I4", "G1"], *rows])
    first, second, third = (firms := read_firms(path, knowledge)).rows
    assert first.answers.value("employees") == 30 and "existing_systems" not in first.answers.given
    assert first.answers.annotations["existing_systems"].note == "ERP、用友T3"
    assert second.answers.value("existing_systems") == {"erp", "crm"}
    assert [problem.code for problem in third.problems] == ["A102"]  # one answer alone that is none is asked about
    write_problem_files(firms, knowledge, tmp_path, "en")
    listed = list(csv.DictReader(io.StringIO((tmp_path / "problems.csv").read_text("utf-8-sig"))))
    assert [(line["Row"], line["Code"]) for line in listed][:2] == [("2", "A185"), ("4", "A102")]
    result = score_table(path, tmp_path, knowledge, "en")
    line = next(csv.DictReader(io.StringIO((tmp_path / "scores.csv").read_text("utf-8-sig"))))
    assert (result.scored, result.failed) == (2, 1) and line["Verdict"] and "用友T3" in line["To be corrected"]


def test_an_option_is_known_by_its_words_without_brackets_and_by_an_abbreviation_in_them(tmp_path, knowledge):
    cells = ["OA", "办公自动化", "手机应用;app", "Mini-program, ERP"]
    firms = read_firms(write_csv(tmp_path / "f.csv", [["Firm", "I4"], *(["A", cell] for cell in cells)]), knowledge)
    wanted = [{"office_automation"}, {"office_automation"}, {"mobile_app"}, {"mini_program", "erp"}]
    assert [row.answers.value("existing_systems") for row in firms.rows] == wanted


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_option_with_brackets_of_its_own_in_brackets_behind_its_question_is_known(knowledge, lang):
    for question in knowledge.questions.values():
        if question.answer_type.several and not question.answer_type.free:
            for option, words in knowledge.facts[question.id].values.items():
                found = match(f"3、{question.text[lang]}({words[lang]})", knowledge)
                assert found is not None and (found.key, found.option) == (question.id, option), words[lang]
