"""A table of verdicts and scores: the same as firm by firm, errors beside their rows, nothing cut short."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest

from advisor.assessment import assess
from advisor.batch import scoring
from advisor.batch.rows import read_firms
from advisor.batch.scoring import score_table
from advisor.errors import InputError, ProblemsError
from tests.batch.conftest import GOOD, HEADS, write_csv, write_xlsx

BAD = ["=坏", "shopp", "many", "2", "2", "5 / 3", "30万", "no", "none"]


def lines(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_every_line_is_what_the_firm_gets_by_itself(tmp_path, small):
    source = write_csv(tmp_path / "f.csv", [["title"], HEADS, *GOOD])
    done = score_table(source, tmp_path, small, "en")
    assert (done.scored, done.failed) == (3, 0)
    for row, line in zip(read_firms(source, small).rows, lines(done.path), strict=True):
        made = assess(row.answers, small)
        assert line["Row"] == str(row.number)
        assert line["Firm"] == row.answers.firm.name.en
        need, ability = made.scores[made.need], made.scores[made.ability]
        expected = [
            f"{value:.1f}" for value in (need.points, need.low, need.high, ability.points, ability.low, ability.high)
        ]
        heads = ["Need", "Need at least", "Need at most", "Ability", "Ability at least", "Ability at most"]
        assert [line[head] for head in heads] == expected
        assert line["How sure"] == made.verdict.certainty
        assert (line["Any blocker"], line["Any condition"]) == tuple(
            "yes" if found else "no" for found in (made.blockers, any(not c.derived for c in made.conditions))
        )


def test_rows_that_cannot_be_read_stand_in_the_table_with_what_is_wrong(tmp_path, small):
    done = score_table(write_csv(tmp_path / "f.csv", [HEADS, GOOD[0], BAD, [], GOOD[1]]), tmp_path, small, "en")
    assert (done.scored, done.failed) == (2, 1)
    told = lines(done.path)
    assert [line["Row"] for line in told] == ["2", "3", "5"]
    assert told[1]["Verdict"] == ""
    assert "'many' is not a number" in told[1]["To be corrected"]
    assert told[1]["Firm"] == "'=坏"


def test_pieces_workbooks_and_gb18030_give_the_same_table(tmp_path, small, monkeypatch):
    rows = [HEADS, *(GOOD * 5)]
    usual = score_table(write_csv(tmp_path / "f.csv", rows), tmp_path / "a", small, "zh").path.read_bytes()
    monkeypatch.setattr(scoring, "PIECE", 2)
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
