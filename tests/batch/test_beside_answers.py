"""A table of firms may hold columns with what stands beside answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.batch.readers import read_firms
from advisor.interview.answers import Annotation
from advisor.knowledge import Knowledge


@pytest.fixture
def read(tmp_path: Path, knowledge: Knowledge):
    def rows(text: str):
        path = tmp_path / "firms.csv"
        path.write_text(text, "utf-8")
        return read_firms(path, knowledge).rows

    return rows


def test_notes_stand_beside_their_answers_and_words_beside_bounds(read):
    acme, other = read("firm,A2,A2_note,F2,F2.by,F2_visible\nAcme,约120,per HR,chief,Wang,client\nOther,5,,chief,,\n")
    assert acme.answers.annotations == {
        "employees": Annotation(note="per HR", words="约120"),
        "sponsor_level": Annotation(by="Wang", visible="client"),
    }
    assert other.answers.annotations == {}


def test_what_cannot_be_read_beside_an_answer_is_told_with_its_cell(read):
    (row,) = read("firm,A2,A2_visible\nAcme,5,everybody\n")
    assert [(problem.code, problem.place.line, problem.place.column) for problem in row.problems] == [("A163", 2, 3)]
