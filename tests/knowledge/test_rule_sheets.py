"""A file of the knowledge as a workbook and back: nothing is lost, and every mistake is told with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from advisor import yaml_source
from advisor.cli.main import advisor
from advisor.knowledge.rule_sheets import ABOUT, MAX_CELL, from_sheets, to_sheets
from advisor.knowledge.rule_workbook import to_xlsx
from advisor.knowledge.yaml_writer import file_text, line_text
from advisor.workbooks import WorkbookSheet, read_workbook
from tests.conftest import ROOT, SMALL

FOLDERS = [ROOT / "rules", ROOT / "questionnaires"]
FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml")) if "samples" not in path.parts]
THROUGH_A_WORKBOOK = ["rules/diagnosis/lighter.yaml", "questionnaires/j_project.yaml", "rules/sources/external.yaml"]
LIGHTER = ROOT / "rules" / "diagnosis" / "lighter.yaml"


def read(path: Path) -> dict[str, Any]:
    return yaml_source.parse_bytes(path.read_bytes(), path.name)


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda folder: folder.name)
def test_every_file_comes_back_from_its_sheets_as_it_was(folder: Path):
    for path in (path for path in FILES if path.parent == folder):
        raw, sheets = read(path), to_sheets(read(path), "a.yaml")
        back = from_sheets([WorkbookSheet(name, [list(row) for row in rows], {}) for name, rows in sheets.items()], "b")
        assert not back.problems, path
        assert back.raw == raw and list(back.raw) == list(raw), path
        assert all(len(cell) <= MAX_CELL for rows in sheets.values() for row in rows for cell in row), path


@pytest.mark.parametrize("name", THROUGH_A_WORKBOOK)
def test_a_file_comes_back_from_a_workbook_and_as_yaml(name: str):
    raw = read(ROOT / name)
    content = to_xlsx(to_sheets(raw, "a.yaml"))
    assert content == to_xlsx(to_sheets(raw, "a.yaml"))
    back = from_sheets(read_workbook(content, "b.xlsx"), "b.xlsx")
    assert (back.problems, back.raw) == ([], raw)
    assert yaml_source.parse(file_text(back.raw), name) == raw


@pytest.mark.parametrize(
    "value", ["yes", "1e3", "012", "~", "2027-03-31", "a: b", "#", "- x", "", " x", "=A1", "*a", "null", "<<"]
)
def test_a_word_stays_a_word(value: str):
    for written in (line_text(value), line_text([value]), file_text({"a": {value: value}})):
        read_back = yaml_source.parse(written, "x")
        assert read_back in (value, [value], {"a": {value: value}})


TINY = ("--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires"))


def run(*words: object, knowledge: tuple[str, ...] = TINY):
    return CliRunner().invoke(advisor, ["--lang", "en", *knowledge, "rules", *map(str, words)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    result = run("sheet", SMALL / "rules" / "all.yaml", tmp_path / "all.xlsx")
    assert result.exit_code == 0 and "comments" in result.output
    return tmp_path / "all.xlsx"


def edit(book: Path, change: Callable[[Any], None]) -> None:
    opened = load_workbook(book)
    change(opened)
    opened.save(book)


def column(sheet: Any, head: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == head)


def test_a_condition_can_be_read_in_its_cell(book: Path):
    sheet = load_workbook(book)["rules"]
    assert sheet.cell(3, column(sheet, "when (yaml)")).value == "{wish: {at_least: 2}}"


def test_a_workbook_goes_back_where_it_came_from_and_nothing_is_written_over(book: Path, tmp_path: Path):
    assert run("from-sheet", book, "--out", tmp_path).exit_code == 0
    assert read(tmp_path / "all.yaml") == read(SMALL / "rules" / "all.yaml")
    assert run("from-sheet", book, "--out", tmp_path).exit_code == 3
    assert run("from-sheet", book, "--out", tmp_path, "--force").exit_code == 0


def test_a_file_of_our_own_knowledge_keeps_its_place_and_its_schema(tmp_path: Path):
    book, ours = tmp_path / "lighter.xlsx", ()
    assert run("sheet", LIGHTER, book, knowledge=ours).exit_code == 0
    result = run("from-sheet", book, "--out", tmp_path, knowledge=ours)
    assert result.exit_code == 0, result.output
    written = tmp_path / "diagnosis" / "lighter.yaml"
    assert read(written) == read(LIGHTER)
    assert written.read_text("utf-8").startswith(LIGHTER.read_text("utf-8").splitlines()[0])


MISTAKES = {
    "no YAML": ("when (yaml)", 2, "{trade: shop", "K001"),
    "no such fact": ("when (yaml)", 3, "{wishes: {at_least: 2}}", "K202"),
    "no such claim": ("sources (yaml)", 4, "[P1-99]", "K20"),
    "no English": ("text (en)", 3, None, "K104"),
    "no such word": ("basis", 4, "guess", "K103"),
    "no id": ("id", 5, None, "K101"),
}


@pytest.mark.parametrize(("head", "row", "text", "code"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_cell_and_nothing_is_written(
    book: Path, tmp_path: Path, head: str, row: int, text: str | None, code: str
):
    places = []

    def change(opened: Any) -> None:
        cell = opened["rules"].cell(row, column(opened["rules"], head))
        cell.value = text
        places.append(cell.coordinate)

    edit(book, change)
    result = run("from-sheet", book, "--out", tmp_path / "out")
    assert result.exit_code == 3 and not (tmp_path / "out").exists()
    assert re.search(rf"all\.xlsx: rules!{places[0]}: {code}", result.output), result.output


def test_a_heading_twice_an_unknown_sheet_and_no_file_are_mistakes(book: Path, tmp_path: Path):
    def change(opened: Any) -> None:
        opened["rules"].cell(1, 3).value = opened["rules"].cell(1, 2).value
        opened["findings"].title = "discoveries"
        opened[ABOUT].cell(1, 2).value = "../elsewhere.yaml"

    edit(book, change)
    output = run("from-sheet", book, "--out", tmp_path / "out").output
    for place, code in (("rules!C1", "C123"), ("discoveries", "C121"), ("about!B1", "C120")):
        assert f"{place}: {code}" in output, output


def test_a_rule_that_is_there_already_is_told_with_its_cell(book: Path, tmp_path: Path):
    def change(opened: Any) -> None:
        opened[ABOUT].cell(1, 2).value = "mine.yaml"

    edit(book, change)
    assert "rules!A2: K201" in run("from-sheet", book, "--out", tmp_path / "out").output


def test_what_is_no_knowledge_is_not_made_a_workbook(tmp_path: Path):
    file = tmp_path / "x.yaml"
    file.write_text("rules: [{id: X}]\n", "utf-8")
    assert run("sheet", file, tmp_path / "x.xlsx").exit_code == 3
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("file", "out", "told"),
    [
        (LIGHTER, "x.csv", ".xlsx"),
        (FOLDERS[0] / "release.yaml", "x.xlsx", "no rules"),
        (FOLDERS[1] / "upgrades.yaml", "x.xlsx", "no rules"),
    ],
)
def test_what_is_no_workbook_of_rules_is_refused_in_words(tmp_path, file, out, told):
    result = run("sheet", file, tmp_path / out)
    assert result.exit_code == 3 and told in result.output and not (tmp_path / out).exists()
