"""The workbook, read back: what stands where, that nothing is a formula, and that links lead to the reports."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from advisor.knowledge import Knowledge
from advisor.portfolio import index_sheets
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import compute_figures
from advisor.portfolio.index_workbook import render_index_workbook
from advisor.text import Text
from tests.portfolio.conftest import make_entry


def opened(entries: list[PortfolioEntry], knowledge: Knowledge, lang: Any = "en") -> Any:
    return load_workbook(io.BytesIO(render_index_workbook(entries, compute_figures(entries, 2), knowledge, lang)))


@pytest.fixture(scope="module")
def book(crowd: list[PortfolioEntry], knowledge: Knowledge) -> Any:
    return opened(crowd, knowledge)


def table(sheet: Any, head: int = 4) -> list[dict[str, Any]]:
    names = [cell.value for cell in sheet[head]]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


def test_a_row_a_firm_with_its_findings_in_words(book: Any, crowd: list[PortfolioEntry], knowledge: Knowledge):
    sheet = book["Firms"]
    rows = table(sheet)
    assert [row["Firm"] for row in rows] == [entry.name.en for entry in crowd]
    first, entry = rows[0], crowd[0]
    assert first["Row"] == 2
    assert first["Need"] == pytest.approx(entry.need.points, abs=0.01)
    assert first["Conditions"] == "; ".join(knowledge.findings[name].title.en for name in entry.conditions)
    assert first["Industry"] == knowledge.facts["industry"].values[entry.industry].en
    assert rows[19 - 1]["Readiness"] is None
    assert first["To clarify"] == entry.remarks
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == f"A4:{sheet.cell(4, sheet.max_column).column_letter}{4 + len(crowd)}"


def test_reports_are_linked_relative_to_the_workbook(book: Any):
    sheet = book["Firms"]
    cell = sheet.cell(5, sheet.max_column)
    assert cell.value == "firm_1.zh.pdf"
    assert cell.hyperlink.target == "reports/firm_1.zh.pdf"


def test_a_verdict_is_told_in_words_and_colour(book: Any, crowd: list[PortfolioEntry]):
    column = [cell.value for cell in book["Firms"][4]].index("Verdict") + 1
    cells = [book["Firms"].cell(row, column) for row in range(5, 5 + len(crowd))]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in cells}
    assert colours["Feasible"] == "00E2EFE8"
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 4  # two verdicts are neither good nor bad


def test_the_group_in_figures(book: Any, crowd: list[PortfolioEntry]):
    rows = table(book["Group"])
    feasible = next(row for row in rows if row["Figure"] == "Feasible")
    assert feasible["Firms"] == sum(entry.verdict == "feasible" for entry in crowd)
    assert feasible["Share"] == pytest.approx(feasible["Firms"] / len(crowd))
    assert next(row for row in rows if row["Part"] == "Rows that could not be read")["Firms"] == 2
    assert all(row["n"] >= 5 for row in rows if isinstance(row["n"], int))


def test_steps_counted_and_together(book: Any):
    rows = table(book["What would lift most"])
    assert {row["Part"] for row in rows} == {"Commonest steps", "Steps together"}
    reached = [row["Firms brought to feasible so far"] for row in rows if row["Part"] == "Steps together"]
    assert reached == sorted(reached)


def test_each_firm_beside_the_group(book: Any, crowd: list[PortfolioEntry]):
    sheet = book["Benchmark"]
    assert [sheet.cell(row, 1).value for row in range(4, 8)] == ["n", "Lower quartile", "Median", "Upper quartile"]
    rows = table(sheet, head=8)
    low = sheet.cell(5, 4).value
    for row in rows:
        if row["Readiness"] is not None and row["Readiness"] < low - 0.01:
            assert row["Readiness: place"] == "lowest quarter"
    assert sum(row["Readiness: place"] == "top quarter" for row in rows) == pytest.approx(57 / 4, abs=1)


def test_nothing_from_outside_becomes_a_formula(knowledge: Knowledge):
    nasty = '=HYPERLINK("http://x","y")'
    files = {"=1+1": "a/=cmd|' /C calc'!A0", "zh.pdf": "javascript:alert(1)", "en.pdf": "../up.pdf"}
    entry = make_entry(1, name=Text(zh=nasty, en=nasty), industry="+1", size="@x", blockers=("-2+3",), files=files)
    book = opened([entry], knowledge)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in cells].count(nasty) == 2
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert links == ["a/%3Dcmd%7C%27%20/C%20calc%27%21A0", "javascript%3Aalert%281%29"]


def test_more_links_than_a_sheet_may_hold_become_text(crowd: list[PortfolioEntry], knowledge: Knowledge, monkeypatch):
    monkeypatch.setattr(index_sheets, "MAX_LINKS", 59)
    monkeypatch.setattr(index_sheets, "MAX_BENCHMARKED", 59)
    book = opened(crowd, knowledge)
    cell = book["Firms"].cell(5, book["Firms"].max_column)
    assert (cell.value, cell.hyperlink) == ("reports/firm_1.zh.pdf", None)
    assert book["Benchmark"].max_row == 8


def test_both_languages_and_the_same_bytes(crowd: list[PortfolioEntry], knowledge: Knowledge):
    figures = compute_figures(crowd)
    assert render_index_workbook(crowd, figures, knowledge, "zh") == render_index_workbook(crowd, figures, knowledge, "zh")
    assert opened(crowd[:6], knowledge, "zh").sheetnames == ["企业", "总体", "提升途径", "对标"]


def test_no_firms_at_all_make_a_workbook(knowledge: Knowledge):
    assert opened([], knowledge)["Firms"].max_row == 4
