"""A whole batch in this process: each report once, what is done kept, what fails told, the user's file marked."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing

import pytest
from openpyxl import load_workbook

from advisor.assessment import Assessment
from advisor.batch.journal import Journal
from advisor.batch.readers import read_firms
from advisor.errors import InputError
from advisor.portfolio.entries_file import read_entries
from advisor.version import __version__
from tests.batch.conftest import GOOD, HEADS, write_csv, write_xlsx

BAD = ["坏", "shopp", "many", "2", "2", "5 / 3", "30万", "no", "none"]


def files(folder) -> dict[str, str]:
    paths = {path.name: path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("batch.sqlite")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(paths.items())}


def test_every_firm_gets_its_report_and_an_entry(batch):
    result = batch()
    assert result.run.done == ("小店", "Bauer", "第三家")
    assert Assessment.from_json((batch.out / "Bauer.assessment.json").read_bytes()).firm.name.en == "Bauer"
    entries = read_entries(batch.out)
    assert [(entry.id, entry.row, entry.files) for entry in entries][1] == (
        "Bauer", 3, {"assessment.json": "Bauer.assessment.json"},
    )  # fmt: skip
    assert [event.kind for event in batch.reporter.events] == ["begun", "done", "done", "done", "ended"]


def test_the_same_input_gives_the_same_bytes(batch, tmp_path):
    batch(formats=("json", "html"), langs=("zh", "en"))
    batch(formats=("json", "html"), langs=("zh", "en"), folder=tmp_path / "again", jobs=0)
    assert files(batch.out) == files(tmp_path / "again")
    assert "Bauer.zh.html" in files(batch.out)


def test_a_folder_that_holds_a_run_is_left_alone_without_resume(batch):
    batch()
    with pytest.raises(InputError, match="--resume"):
        batch()


def test_resume_does_only_what_is_missing_or_changed(batch):
    batch()
    (batch.out / "Bauer.assessment.json").unlink()
    changed = [GOOD[0], GOOD[1], [*GOOD[2][:2], "19", *GOOD[2][3:]]]
    result = batch(changed, resume=True)
    assert (result.run.kept, set(result.run.done)) == (("小店",), {"Bauer", "第三家"})
    assert batch(changed, resume=True).run.done == ()


def test_resume_notices_a_file_cut_short(batch):
    batch()
    path = batch.out / "Bauer.assessment.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    batch(resume=True)
    assert path.read_bytes() == whole


def test_a_further_language_makes_only_its_own_documents(batch):
    batch(formats=("html",), langs=("en",))
    before = (batch.out / "Bauer.en.html").stat().st_mtime_ns
    result = batch(formats=("html",), langs=("en", "zh"), resume=True)
    assert (batch.out / "Bauer.en.html").stat().st_mtime_ns == before
    assert result.entries[1].files == {"en.html": "Bauer.en.html", "zh.html": "Bauer.zh.html"}


def test_a_run_taken_up_on_another_day_keeps_the_day_of_the_first(batch):
    import datetime

    batch()
    assert batch(resume=True, today=datetime.date(2027, 1, 1)).run.done == ()
    assert batch(resume=True, day=datetime.date(2027, 1, 1)).run.kept == ()


def test_bad_rows_are_listed_and_marked_in_a_copy_that_can_be_given_back(batch, small):
    rows = [GOOD[0], BAD, GOOD[1]]
    result = batch(rows)
    assert result.run.failed["坏"][0] == 3
    copy = batch.out / "firms.to-correct.xlsx"
    sheet = load_workbook(copy).active
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"B3", "C3"}
    assert sheet.cell(1, len(HEADS) + 1).value == "To be corrected"
    assert "'many' is not a number" in sheet.cell(3, len(HEADS) + 1).value
    book = load_workbook(copy)
    book.active["B3"], book.active["C3"] = "shop", 7
    book.save(copy)
    corrected = batch(source=copy, resume=True)
    assert (corrected.run.done, set(corrected.run.kept), corrected.run.failed) == (("坏",), {"小店", "Bauer"}, {})
    assert not (batch.out / "problems.csv").exists()


def test_a_copy_of_a_workbook_keeps_what_the_user_had(batch, tmp_path):
    path = write_xlsx(tmp_path / "mine.xlsx", [[*HEADS, "Phone"], [*BAD, "=1+1"], [*GOOD[0], "x"]])
    book = load_workbook(path)
    book.active.title = "我的企业"
    book.create_sheet("notes").append(["keep"])
    book.save(path)
    before = path.read_bytes()
    batch(source=path)
    copy = load_workbook(batch.out / "mine.to-correct.xlsx")
    assert copy.sheetnames == ["我的企业", "notes"]
    assert copy["我的企业"]["J2"].value == "=1+1"
    assert path.read_bytes() == before


def test_nothing_a_firm_writes_becomes_a_formula_in_what_is_handed_back(batch):
    batch([["=1+1", "=cmd|' /C calc'!A0", "3", "2", "2", "5 / 3", "30万", "no", "none"]])
    sheet = load_workbook(batch.out / "firms.to-correct.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    listed = (batch.out / "problems.csv").read_text("utf-8-sig")
    assert not any(cell.startswith(("=", "+", "@")) for line in listed.splitlines() for cell in line.split(","))


def test_only_errors_does_again_what_failed_and_nothing_else(batch):
    batch([GOOD[0], BAD])
    result = batch([GOOD[0], ["坏", *GOOD[1][1:]], ["新", *GOOD[2][1:]]], only_errors=True)
    assert result.run.done == ("坏",)


def test_two_runs_cannot_mix_in_one_folder(batch):
    batch()
    with Journal(batch.out), pytest.raises(InputError, match="Another batch is at work"):
        batch(resume=True)


def test_a_journal_that_is_none_is_told(batch):
    batch.out.mkdir()
    (batch.out / "batch.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 50)
    with pytest.raises(InputError, match="cannot be used"):
        batch(resume=True)


def test_reports_that_belong_to_no_row_are_named_and_left(batch):
    batch()
    result = batch(GOOD[:2], resume=True)
    assert result.orphans == ("第三家.assessment.json",)
    assert (batch.out / "第三家.assessment.json").exists()


def test_a_firm_whose_report_cannot_be_written_fails_alone(batch):
    (batch.out / "Bauer.assessment.json").mkdir(parents=True)
    result = batch()
    assert set(result.run.failed) == {"Bauer"}
    assert "Cannot write" in result.run.failed["Bauer"][1]
    assert "Bauer" in (batch.out / "failures.txt").read_text("utf-8")


def test_other_knowledge_than_the_run_was_begun_with_is_refused(batch, small, monkeypatch, tmp_path):
    from advisor.batch import worker

    class Other:
        version = "9.9+other"

    monkeypatch.setattr(worker, "knowledge_of", lambda choice: Other)
    result = batch()
    assert all("Install the same version" in reason for _, reason in result.run.failed.values())


def test_what_nobody_foresaw_costs_one_firm_and_is_told(batch, monkeypatch):
    from advisor.batch import worker

    judged = worker.assess_fully

    def fails_for_one(answers, *others):
        if answers.firm.name.en == "Bauer":
            raise ZeroDivisionError("by chance")
        return judged(answers, *others)

    monkeypatch.setattr(worker, "assess_fully", fails_for_one)
    result = batch()
    assert "ZeroDivisionError: by chance" in result.run.failed["Bauer"][1]
    assert result.run.done == ("小店", "第三家")


def test_the_journal_survives_as_a_sound_database(batch):
    batch()
    with sqlite3.connect(batch.out / "batch.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_marked_cells_of_a_later_run_are_numbered_not_written_over(batch, tmp_path):
    batch([BAD])
    copy = batch.out / "firms.to-correct.xlsx"
    kept = copy.read_bytes()
    batch(source=copy, resume=True)
    assert copy.read_bytes() == kept
    assert (batch.out / "firms.to-correct-2.xlsx").exists()
    assert read_firms(batch.out / "firms.to-correct-2.xlsx", batch_knowledge()).unreadable


def batch_knowledge():
    from advisor.insight.knowledge_choice import knowledge_of
    from tests.batch.conftest import CHOICE

    return knowledge_of(CHOICE)


def test_events_are_lines_of_json_for_programs(batch, capsys):
    import sys

    from advisor.batch.progress import JsonReporter, LineReporter

    batch()
    for event in batch.reporter.events:
        JsonReporter(sys.stdout).report(event)
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["kind"] for event in events] == ["begun", "done", "done", "done", "ended"]
    assert events[-1]["progress"]["done"] == 3
    LineReporter(sys.stdout, "zh").report(batch.reporter.events[0])
    assert capsys.readouterr().out == "已完成0/3家，失败0家\n"


def test_a_table_of_no_firms_is_no_failure(batch, tmp_path):
    result = batch(source=write_csv(tmp_path / "none.csv", [HEADS]))
    assert result.entries == ()


def test_what_is_kept_beside_a_sheet_in_a_folder_is_taken_up_and_its_mistakes_told(batch, tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "a.yaml").write_text("A1: shop\nA2: 3\nA3: 2\nbudget: 30万\nsponsor: no\n", "utf-8")
    batch(source=folder)
    (folder / "a.scenarios.yaml").write_text("scenarios:\n  led:\n    answers: {sponsor: yes}\n", "utf-8")
    result = batch(source=folder, resume=True)
    assert result.run.done == ("a",)
    assessment = Assessment.from_json((batch.out / "a.assessment.json").read_bytes())
    assert [scenario.name for scenario in assessment.insight.scenarios] == ["led"]
    (folder / "a.scenarios.yaml").write_text("scenarios: {led: {answers: {sponsor: perhaps}}}", "utf-8")
    assert set(batch(source=folder, resume=True).run.failed) == {"a"}


def test_what_a_killed_run_left_unfinished_is_cleared_away_and_nothing_else(batch):
    batch()
    ours = [".index.html.a1b2c3_d", ".entries.jsonl.zzzzzzzz", ".firms.to-correct.xlsx.12345678", ".parts/old/x"]
    others = [".hidden", ".notes.txt.backup01", "index.html.mine"]
    (batch.out / ".parts" / "old").mkdir(parents=True)
    for name in (*ours, *others):
        (batch.out / name).write_text("x")
    batch(resume=True)
    assert [(batch.out / name).exists() for name in (*ours, *others)] == [False] * 4 + [True] * 3


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE firms",
        "UPDATE about SET value = 'yesterday'",
        "UPDATE firms SET entry = '{}'",
        "PRAGMA user_version = -1",
    ],
)
def test_a_journal_that_somebody_spoiled_is_told_in_words(batch, statement):
    batch()
    with closing(sqlite3.connect(batch.out / "batch.sqlite", isolation_level=None)) as base:
        base.execute(statement)
    with pytest.raises(InputError, match="cannot be used"):
        batch(resume=True)


def test_a_journal_of_a_later_version_asks_for_the_later_program(batch):
    batch()
    with closing(sqlite3.connect(batch.out / "batch.sqlite", isolation_level=None)) as base:
        base.execute("PRAGMA user_version = 99")
    with pytest.raises(
        InputError, match=rf"format 99.*\({__version__}\) reads up to format 1\.\s+Upgrade the program"
    ) as caught:
        batch(resume=True)
    assert __version__ in str(caught.value)
    assert "99" in caught.value.message("zh") and "升级程序" in caught.value.message("zh")


def test_a_journal_that_cannot_be_written_is_told_in_words(batch):
    (batch.out / "batch.sqlite").mkdir(parents=True)
    with pytest.raises(InputError, match="Cannot write"):
        batch(resume=True)


def test_a_disk_that_fills_up_while_the_journal_is_written_is_told_in_words(tmp_path):
    def fill(folder) -> None:
        with Journal(folder) as journal:
            journal._connection.execute("PRAGMA max_page_count=9")
            for number in range(200):
                journal.record_failures({f"{number}": (number, "x" * 5000)})

    with pytest.raises(InputError, match=r"Cannot write .*batch\.sqlite: database or disk is full"):
        fill(tmp_path)


def test_mistakes_with_signs_that_no_file_can_hold_are_written_down_all_the_same(batch, tmp_path):
    lines = tmp_path / "f.jsonl"
    lines.write_text('{"\\ud800k": 1, "\\ud800k": 2}\n{"A2": "\\udfff"}\n{"A1": "shop"}\n', "utf-8")
    result = batch(source=lines)
    assert (result.run.done, set(result.run.failed)) == (("firm-0003",), {"firm-0001", "firm-0002"})
    assert "'k' twice" in (batch.out / "problems.csv").read_text("utf-8-sig")


def test_files_that_cannot_be_opened_are_told_in_the_language_of_the_run(batch, tmp_path):
    folder = tmp_path / "sheets"
    (folder / "a.yaml").mkdir(parents=True)
    with open(os.fsencode(folder) + b"/\xff.yaml", "wb") as file:
        file.write(b"x" * 17_000_000)
    result = batch(source=folder, lang="zh")
    assert {
        reason.startswith("无法读取这个文件：") and "larger" not in reason for _, reason in result.run.failed.values()
    } == {True}
    assert "不是" in result.run.failed["a"][1]


def test_remarks_stand_right_beside_the_table_of_a_workbook(batch, tmp_path):
    batch(source=write_xlsx(tmp_path / "mine.xlsx", [HEADS, BAD]))
    assert load_workbook(batch.out / "mine.to-correct.xlsx").active.cell(1, len(HEADS) + 1).value == "To be corrected"


def test_cells_merged_beside_and_under_a_table_do_not_stop_the_marking(batch, tmp_path):
    path = write_xlsx(tmp_path / "mine.xlsx", [HEADS, BAD, GOOD[0]])
    book = load_workbook(path)
    for area in ("A5:M6", "J2:L3"):
        book.active.merge_cells(area)
    book.save(path)
    batch(source=path)
    sheet = load_workbook(batch.out / "mine.to-correct.xlsx").active
    assert sheet["N1"].value == "To be corrected"
    assert "'many'" in sheet["N2"].value


def test_a_workbook_that_is_gone_or_beyond_openpyxl_is_marked_from_what_was_read(batch, tmp_path, monkeypatch):
    import openpyxl

    usual = openpyxl.load_workbook

    def only_reads(content, **options):
        if not options.get("read_only"):
            raise TypeError("some part nobody knows")
        return usual(content, **options)

    monkeypatch.setattr(openpyxl, "load_workbook", only_reads)
    batch(source=write_xlsx(tmp_path / "mine.xlsx", [HEADS, BAD]))
    assert "'many'" in usual(batch.out / "mine.to-correct.xlsx").active.cell(2, len(HEADS) + 1).value


def test_the_marked_copy_is_there_before_the_reports_are_made(batch, monkeypatch):
    from advisor.batch import worker

    judged, copy_existed = worker.assess_fully, []

    def looks(*arguments):
        copy_existed.append((batch.out / "firms.to-correct.xlsx").exists())
        return judged(*arguments)

    monkeypatch.setattr(worker, "assess_fully", looks)
    batch([BAD, GOOD[0]])
    assert copy_existed == [True]


def test_a_copy_somebody_has_begun_to_correct_is_never_written_over(batch):
    batch([BAD, GOOD[0]])
    copy = batch.out / "firms.to-correct.xlsx"
    batch([BAD, GOOD[0]], resume=True)
    assert not (batch.out / "firms.to-correct-2.xlsx").exists()
    book = load_workbook(copy)
    book.active["B2"] = "shop"
    book.save(copy)
    begun = copy.read_bytes()
    batch([BAD, GOOD[0]], resume=True)
    assert copy.read_bytes() == begun
    assert (batch.out / "firms.to-correct-2.xlsx").exists()


def test_a_copy_of_a_copy_shows_only_what_is_wrong_by_now(batch):
    batch([BAD, GOOD[0]])
    copy = batch.out / "firms.to-correct.xlsx"
    book = load_workbook(copy)
    book.active["B2"] = "shop"
    book.save(copy)
    batch(source=copy, resume=True)
    sheet = load_workbook(batch.out / "firms.to-correct-2.xlsx").active
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"C2"}
    assert sheet["B2"].fill.fill_type is None
    assert sheet.max_column == len(HEADS) + 1


def test_reports_made_from_earlier_answers_are_not_handed_on(batch):
    batch(formats=("json", "html"))
    changed = [GOOD[0], [*GOOD[1][:2], "121", *GOOD[1][3:]], GOOD[2]]
    result = batch(changed, formats=("json",), resume=True)
    assert result.entries[1].files == {"assessment.json": "Bauer.assessment.json"}
    assert result.orphans == ("Bauer.en.html",)
    again = batch(formats=("json", "html"), resume=True)
    assert (again.run.done, again.orphans) == (("Bauer",), ())
    assert set(again.entries[1].files) == {"assessment.json", "en.html"}


def test_a_firm_that_fails_now_is_not_listed_with_what_it_was_before(batch, monkeypatch):
    from advisor.batch import worker

    batch()
    changed = [GOOD[0], [*GOOD[1][:2], "121", *GOOD[1][3:]], GOOD[2]]
    monkeypatch.setattr(worker, "assess_fully", lambda *arguments: 1 / 0)
    result = batch(changed, resume=True)
    assert set(result.run.failed) == {"Bauer"}
    assert [entry.id for entry in result.entries] == ["小店", "第三家"]
