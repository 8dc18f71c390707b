"""A table of verdicts and scores: the same as firm by firm, errors beside their rows, nothing cut short."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from openpyxl import load_workbook

from advisor.assessment import assess
from advisor.batch import row_scorer
from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import InputError, ProblemsError
from tests.batch.conftest import GOOD, HEADS, write_csv, write_xlsx

BAD = ["=坏", "shopp", "many", "2", "2", "5 / 3", "30万", "no", "none"]


def lines(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_every_line_is_what_the_firm_gets_by_itself(tmp_path, small):
    source = write_csv(tmp_path / "f.csv", [["title"], HEADS, *GOOD])
    result = score_table(source, tmp_path, small, "en")
    assert (result.scored, result.failed) == (3, 0)
    for row, line in zip(read_firms(source, small).rows, lines(result.path), strict=True):
        assessment = assess(row.answers, small)
        assert line["Row"] == str(row.number)
        assert line["Firm"] == row.answers.firm.name.en
        need, ability = assessment.scores[assessment.need], assessment.scores[assessment.ability]
        expected = [
            f"{value:.1f}" for value in (need.points, need.low, need.high, ability.points, ability.low, ability.high)
        ]
        heads = ["Need", "Need at least", "Need at most", "Readiness", "Readiness at least", "Readiness at most"]
        assert [line[head] for head in heads] == expected
        assert line["How sure"] == {"leaning": "provisional"}.get(assessment.verdict.certainty, assessment.verdict.certainty)
        assert (line["Any blocker"], line["Any condition"]) == tuple(
            "yes" if hurdles else "no"
            for hurdles in (assessment.blockers, any(not c.derived for c in assessment.conditions))
        )


def test_rows_that_cannot_be_read_stand_in_the_table_with_what_is_wrong(tmp_path, small):
    result = score_table(write_csv(tmp_path / "f.csv", [HEADS, GOOD[0], BAD, [], GOOD[1]]), tmp_path, small, "en")
    assert (result.scored, result.failed) == (2, 1)
    rows = lines(result.path)
    assert [line["Row"] for line in rows] == ["2", "3", "5"]
    assert rows[1]["Verdict"] == ""
    assert "'many' is not a number" in rows[1]["To be corrected"]
    assert rows[1]["Firm"] == "'=坏"


def test_pieces_workbooks_and_gb18030_give_the_same_table(tmp_path, small, monkeypatch):
    rows = [HEADS, *(GOOD * 5)]
    usual = score_table(write_csv(tmp_path / "f.csv", rows), tmp_path / "a", small, "zh").path.read_bytes()
    monkeypatch.setattr(row_scorer, "CHUNK_ROWS", 2)
    for source in (
        write_csv(tmp_path / "f.csv", rows),
        write_csv(tmp_path / "g.csv", rows, encoding="gb18030"),
        write_xlsx(tmp_path / "f.xlsx", rows),
    ):
        assert score_table(source, tmp_path / "b", small, "zh").path.read_bytes() == usual


def test_memory_does_not_grow_with_the_table(tmp_path, small):
    def peak(count: int) -> int:
        source = write_csv(tmp_path / f"{count}.csv", [HEADS, *(GOOD * count)])
        tracemalloc.start()
        score_table(source, tmp_path, small, "en")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(800)
    assert peak(2500) < 1.5 * peak(800)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"x,y\n1,2\n", b"PK\x03\x04zip", b"A2\n\xff\xff\xff\xff\n", b"A2," * 500])
def test_what_is_no_table_of_firms_is_refused_and_leaves_nothing(tmp_path, small, content):
    source = tmp_path / "f.csv"
    source.write_bytes(content)
    with pytest.raises((InputError, ProblemsError)):
        score_table(source, tmp_path / "out", small, "en")
    assert not list((tmp_path / "out").iterdir())


def test_failed_formulas_are_no_answers_left_open(tmp_path, small):
    row = [*GOOD[0][:2], "#REF!", *GOOD[0][3:]]
    assert score_table(write_csv(tmp_path / "f.csv", [HEADS, row]), tmp_path, small, "en").failed == 1
    result = score_table(
        write_xlsx(tmp_path / "f.xlsx", [HEADS, [*GOOD[0][:2], "=1+2", *GOOD[0][3:]]]), tmp_path, small, "en"
    )
    assert result.failed == 1
    assert "is a formula and the file holds no value" in lines(result.path)[0]["To be corrected"]


def test_merged_answers_are_told_by_scores_as_by_reports(tmp_path, small):
    path = write_xlsx(tmp_path / "f.xlsx", [["Survey"], HEADS, *GOOD])
    book = load_workbook(path)
    book.active.merge_cells("B3:B4")
    book.save(path)
    result = score_table(path, tmp_path, small, "en")
    assert (result.scored, result.failed) == (2, 1)
    assert [line["Row"] for line in lines(result.path) if "is merged" in line["To be corrected"]] == ["4"]


def test_rows_that_are_no_firms_for_reports_are_none_for_scores(tmp_path, small):
    rows = [[*HEADS, "Phone", "To be corrected"], GOOD[0], ["", " "], [*([""] * len(HEADS)), "123", "old remark"]]
    source = write_csv(tmp_path / "f.csv", rows)
    assert score_table(source, tmp_path, small, "en").scored == len(read_firms(source, small).rows) == 1
