"""Answers as a table: written, filled in by hand, read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import AnswersError
from advisor.interview import Answer, Answers, Firm
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_table_writer import answer_rows
from advisor.reporting.forms import answer_file
from advisor.text import LANGS, Text


@pytest.mark.parametrize("kind", ["csv", "jsonl", "yaml"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_firm_comes_back_as_it_was(kind: str, lang, knowledge, firms):
    for name, answers in firms.items():
        content, _ = answer_file(knowledge, answers, kind, lang)
        assert parse_answers(content, f"t.{kind}", knowledge).given == answers.given, name


def test_every_option_of_every_question_is_read_in_the_words_of_either_language(knowledge):
    for name, question in knowledge.questions.items():
        for value, words in knowledge.facts[name].values.items():
            rows = [f'code,answer\n{question.code},"{words[lang]}"\n'.encode() for lang in LANGS]
            answers = [parse_answers(row, "t.csv", knowledge) for row in rows]
            assert answers[0] == answers[1], (name, value)
            told = answers[0].given[name].value
            assert told == (
                frozenset({value}) if question.type == "multi" else int(value) if isinstance(told, int) else value
            )


@settings(max_examples=60, deadline=None)
@given(data=st.data(), lang=st.sampled_from(LANGS))
def test_any_choice_of_several_comes_back(data, lang, knowledge):
    name = data.draw(st.sampled_from(sorted(n for n, q in knowledge.questions.items() if q.type == "multi")))
    options = data.draw(st.frozensets(st.sampled_from(sorted(knowledge.facts[name].values))))
    answers = Answers({name: Answer("known", options)})
    for mark in ("\n", "、", ", ", "；"):
        rows = [[cell.replace("\n", mark) for cell in row] for row in answer_rows(knowledge, answers, lang)]
        line = next(row[2] for row in rows[1:] if row[2])
        read = parse_answers(f'code,answer\n{knowledge.questions[name].code},"{line}"\n'.encode(), "t.csv", knowledge)
        assert read.given == answers.given, (mark, line)


def test_the_name_of_the_firm_comes_along(knowledge):
    answers = Answers({}, Firm(Text(zh="=甲", en="=甲")))
    content, _ = answer_file(knowledge, answers, "csv", "zh")
    assert parse_answers(content, "t.csv", knowledge).firm.name == answers.firm.name


def problems(text: str, small) -> list[tuple[str, int, int]]:
    with pytest.raises(AnswersError) as caught:
        parse_answers(text.encode(), "t.csv", small)
    return [(p.code, p.place.line, p.place.column) for p in caught.value.problems]


def test_mistakes_are_named_by_row_and_column(small):
    assert problems("编号,说明,答案\nA1,,shop\nZZ9,,3\nA5a,,nine\n", small) == [("A101", 3, 3), ("A102", 4, 3)]
    assert problems("question,answer\nA1,shop\n", small) == [("A121", 1, 0)]
    assert problems("", small) == [("A121", 1, 0)]
    assert problems("code,answer\nA1,shop\nA1,factory\n", small) == [("K002", 3, 0)]


def test_columns_may_stand_in_any_order_and_rows_be_empty_or_short(small):
    read = parse_answers("答案,备注,编号\nshop,x,A1\n,,A5a\n,,\n".encode(), "t.csv", small)
    assert list(read.given) == ["trade"]


def test_no_option_is_called_what_stands_for_none_or_unknown(knowledge):
    """Such an option could never be chosen: every question has these answers already."""
    kept = {"none", "unknown", "not_applicable"}
    assert not [n for n, q in knowledge.questions.items() if q.type == "multi" and kept & set(knowledge.facts[n].values)]


def test_a_sheet_kept_as_a_backup_counts_once_and_is_told(knowledge):
    import io

    from openpyxl import Workbook

    def read(*changes: tuple[str, object]):
        book = Workbook()
        book.active.append(["编号", "问题", "答案"])
        for row in (["A2", "", 120], ["I4", "", ""], ["I4", "ERP", "是"], ["G1", "", 4]):
            book.active.append(row)
        copy = book.copy_worksheet(book.active)
        for place, value in changes:
            copy[place] = value
        out = io.BytesIO()
        book.save(out)
        return parse_answers(out.getvalue(), "f.xlsx", knowledge)

    answers = read()
    assert [answers.value(name) for name in ("employees", "process_complexity", "existing_systems")] == [120, 4, {"erp"}]
    assert [(note.code, note.values["count"]) for note in answers.notes] == [("A186", 3)]
    with pytest.raises(AnswersError, match="A131") as caught:
        read(("C5", 3))
    assert len(caught.value.problems) == 1
