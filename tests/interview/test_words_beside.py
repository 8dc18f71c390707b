"""Harmless words beside an answer are kept as its note and told; words that may change it are asked about."""

from __future__ import annotations

import pytest

from advisor.batch.readers import read_firms
from advisor.errors import AnswersError
from advisor.interview.answer_files import answers_in, parse_answers
from advisor.interview.answers import Annotation
from advisor.interview.words_beside import BESIDE
from tests.batch.conftest import write_csv

READ = [
    ("F3", "是的，谢谢", "yes"),
    ("F3", "是（2023年起）", "yes"),
    ("F3", "yes - see the annex", "yes"),
    ("F3", "基本上是", "yes"),
    ("F3", "否，没有做过", "no"),
    ("F2", "一把手（张总）", "chief"),
    ("F2", "chief (Mr Wang)", "chief"),
    ("F2", "目前是一把手，谢谢", "chief"),
    ("H3", "无（还没有做过）", "none"),
    ("G1", "4（领导去年刚换）", 4),
    ("G1", "4 分，谢谢", 4),
    ("I4", "ERP（用友）、CRM", frozenset({"erp", "crm"})),
    ("I4", "目前有ERP、CRM（试用中），谢谢", frozenset({"erp", "crm"})),
    ("A2", "120（含外包）", 120),
    ("A2", "目前120人", 120),
    ("H1", "90万（含税）", 900_000),
]
ASKED = [
    ("F3", "是，但只有一部分"), ("F3", "否（其实是的）"), ("F3", "可能是"), ("F3", "是/否"), ("F3", "yes, but not all"),
    ("F2", "chief or senior executive"), ("F2", "department head, not chief"), ("F2", "chief？"), ("F2", "高层（拟定）"),
    ("G1", "1（很高）"), ("G1", "4（去年3）"), ("G1", "4 - but falling"), ("B7", "是，部分"), ("B7", "yes, partly"),
    ("I4", "ERP（计划明年上线）"), ("I4", "ERP（和财务系统）"), ("A2", "120（含外包20人）"), ("A2", "90（万元）"),
    ("H1", "90（万元）"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words", "value"), READ)
def test_words_that_change_nothing_are_kept_as_a_note_and_told(knowledge, code, words, value):
    (name,) = knowledge.codes[code]
    for read in (
        answers_in({code: words}, "f", knowledge),
        parse_answers(f"code,answer\n{code},{words}\n".encode(), "f.csv", knowledge),
        parse_answers(f"企业名称,{code},A9\n甲,{words},4\n".encode(), "f.csv", knowledge),
    ):
        assert read.given[name].value == value
        assert read.annotations == {name: Annotation(note=words)}
        assert [note.code for note in read.notes] == [BESIDE]


@pytest.mark.parametrize(("code", "words"), ASKED)
def test_words_that_may_change_it_are_asked_about(knowledge, code, words):
    with pytest.raises(AnswersError) as caught:
        answers_in({code: words}, "f", knowledge)
    assert {problem.code for problem in caught.value.problems} <= {"A102", "A103", "A152"}


def test_a_batch_keeps_them_with_the_firm(tmp_path, knowledge):
    rows = [["企业名称", "F2", "I4"], ["甲", "一把手（张总）", "ERP（用友）"], ["乙", "一把手", "ERP（计划明年上线）"]]
    first, second = read_firms(write_csv(tmp_path / "f.csv", rows), knowledge).rows
    assert first.answers.annotations == {
        "sponsor_level": Annotation(note="一把手（张总）"),
        "existing_systems": Annotation(note="ERP（用友）"),
    }
    assert [(note.code, note.place.column) for note in first.answers.notes] == [(BESIDE, 2), (BESIDE, 3)]
    assert "existing_systems" not in second.answers.given
