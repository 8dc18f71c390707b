"""The table to fill in: what it offers is what a batch reads, in either language, and it is the same every time."""

from __future__ import annotations

import io

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from advisor.batch.readers import read_firms
from advisor.cli.main import advisor
from advisor.reporting.forms.batch_template import batch_template


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_offered_is_read_and_every_column_found(knowledge, tmp_path, lang):
    content = batch_template(knowledge, "xlsx", lang, "full")
    assert content == batch_template(knowledge, "xlsx", lang, "full")
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    lists = next(page for page in book if page.sheet_state == "hidden")
    offers = list(sheet.data_validations.dataValidation)
    for rule in offers:
        if rule.type != "list":
            continue
        words = [cell.value for (cell,) in lists[rule.formula1.split("!")[1].replace("$", "")]]
        for area in rule.sqref.ranges:
            for number, word in enumerate(words, 2):
                sheet.cell(number, area.min_col).value = word
    assert len(offers) > 20
    path = tmp_path / "filled.xlsx"
    book.save(path)
    firms = read_firms(path, knowledge)
    assert not firms.unreadable
    assert not firms.notes  # our own guide and lists are no sheets of the user's
    assert len(firms.headings.keys) == 3 + len(knowledge.questions)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_an_empty_table_holds_no_firms(small, tmp_path, kind):
    path = tmp_path / f"t.{kind}"
    path.write_bytes(batch_template(small, kind, "zh", "quick"))
    assert read_firms(path, small).rows == ()


def test_a_table_filled_in_by_hand_is_read(small, tmp_path):
    path = tmp_path / "t.csv"
    head = batch_template(small, "csv", "en", "quick").decode("utf-8-sig").strip()
    path.write_text(f"{head}\n7,小店,,shop,2\n", "utf-8")
    (row,) = read_firms(path, small).rows
    assert (row.name, row.answers.given["trade"].value) == ("7-小店", "shop")


def test_the_command_writes_the_kind_its_file_says_and_replaces_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(advisor, ["--lang", "zh", "batch", "template", "--out", "t.csv"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "t.csv").read_text("utf-8-sig").startswith("编号,企业名称,企业简介,A1 ")
    again = CliRunner().invoke(advisor, ["--lang", "en", "batch", "template", "--out", "t.csv"])
    assert again.exit_code == 3
    assert "--force" in again.output
