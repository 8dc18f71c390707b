"""A word for none is what its question makes of it: no lines, no option, the option for none, no, 0 where it says so; where
it may mean several things it is asked about."""

from __future__ import annotations

import pytest

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AnswersError
from advisor.interview.answer_files import answers_in, parse_answers
from advisor.interview.answers import Answer
from tests.batch.conftest import write_csv

WORDS = ["无", "没有", "暂无", "暂时没有", "无。", "none", "None", "None yet"]
READ = {
    "G6": ("distinctive_processes", ()),
    "I4": ("existing_systems", frozenset()),
    "F2": ("sponsor_level", "none"),
    "J10": ("earlier_crm", "none"),
    "F3": ("crm_goals", "no"),
    "I2": ("it_staff", 0),
    "A13": ("own_sites", 0),
}
ASKED = {"H1": "A188", "H2": "A188", "A2": "A188", "A14": "A188", "A7a": "A188", "H9": "A102", "B7": "A102", "G1": "A102"}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("code", READ)
def test_a_word_for_none_is_read_by_its_question(knowledge, word, code):
    name, value = READ[code]
    for read in (
        answers_in({code: word}, "f", knowledge),
        parse_answers(f"code,answer\n{code},{word}\n".encode(), "f.csv", knowledge),
        parse_answers(f"企业名称,{code},A9\n甲,{word},4\n".encode(), "f.csv", knowledge),
    ):
        assert read.given[name] == Answer("known", value)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("code", ASKED)
def test_a_word_for_none_is_asked_about_where_it_may_mean_several_things(knowledge, word, code):
    with pytest.raises(AnswersError) as caught:
        answers_in({code: word}, "f", knowledge)
    assert [problem.code for problem in caught.value.problems] == [ASKED[code]]


def test_batches_and_scores_read_it_alike(tmp_path, knowledge):
    path = write_csv(
        tmp_path / "f.csv", [["企业名称", "I2", "I4", "H1"], ["甲", "暂无", "暂无", "1万"], ["乙", "3", "CRM", "暂无"]]
    )
    first, second = read_firms(path, knowledge).rows
    assert (first.answers.value("it_staff"), first.answers.value("existing_systems")) == (0, frozenset())
    assert [problem.code for problem in second.problems] == ["A188"]
    result = score_table(path, tmp_path / "out", knowledge, "en")
    assert (result.scored, result.failed) == (1, 1)


def test_where_none_is_0_the_question_says_so(knowledge):
    said = {
        question.code
        for question in knowledge.questions.values()
        if question.help and ("没有填0" in question.help.zh or "Enter 0 if none" in question.help.en)
    }
    assert said == {question.code for question in knowledge.questions.values() if question.none_is_zero}
