"""Answer files: every way of writing an answer, and every mistake at once with its line."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import AnswersError, InputError, Place
from advisor.interview import Answer, Answers, Firm, form, read_answers
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_parsing import parse_answer
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.shared.numerals import MONEY, PERCENT, parse_number, unit_words
from advisor.text import LANGS, Lang, Text
from tests.random_firms import random_value


def problems(text: str, small, name: str = "firm.yaml"):
    with pytest.raises(AnswersError) as caught:
        parse_answers(text.encode(), name, small)
    return [(p.code, p.place.line) for p in caught.value.problems], caught.value


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("18M", 18e6), ("300k", 300e3), ("80万", 800e3), ("1.2亿", 120e6), ("35 %", 35), ("1,200,000", 1.2e6),
        ("¥30万元", 300e3), ("３００", 300), ("-2", -2), ("2.5 million", 2.5e6), ("3千万", 3e7), (12, 12), ("1.5bn", 1.5e9),
        ("2-3", None), ("many", None), ("", None), ("1,20", None), ("12abc", None), (True, None), ("9" * 50, None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written, number):
    assert parse_number(written, (*MONEY, *PERCENT)) == number


def test_answers_may_be_keyed_by_id_code_or_a_code_of_several_parts(small):
    one = parse_answers(b"answers: {wish: 4, means: 3, trade: shop}", "a.yaml", small)
    two = parse_answers(b"A1: shop\nA5: 4 / 3\n", "a.yaml", small)
    three = parse_answers(b"a1: Shop\nA5: [4, 3]\n", "a.yaml", small)
    four = parse_answers(b'{"A1": "shop", "A5a": 4, "A5b": "3"}', "a.json", small)
    assert one.given == two.given == three.given == four.given


def test_steps_and_options_may_be_given_in_words_of_either_language(answers):
    given = answers("wish: 较高\nmeans: Very high\ntrade: 商店\ntools: 电话、Web\nsponsor: 否").given
    assert [given[name].value for name in ("wish", "means", "trade", "sponsor")] == [4, 5, "shop", "no"]
    assert given["tools"].value == frozenset({"phone", "web"})


def test_unknown_not_applicable_and_unanswered_stay_three_different_things(answers):
    read = answers("wish: unknown\nmeans: 不适用\nbudget:\npeople: 不知道")
    assert read.given == {"wish": Answer("unknown"), "means": Answer("not_applicable"), "people": Answer("unknown")}
    assert (read.unknown("wish"), read.unknown("means"), read.unknown("budget")) == (True, False, None)
    assert read.value("wish") is read.value("budget") is None


def test_none_of_these_is_an_answer_and_stands_alone(answers, small):
    assert answers("tools: none").given["tools"] == Answer("known", frozenset())
    assert answers("tools: 无").given["tools"] == Answer("known", frozenset())
    assert problems("tools: [none, web]", small)[0] == [("A110", 1)]


def test_free_lines_are_kept_in_order_and_cleaned(answers):
    read = answers('notes: ["b\\u0007ell", "second  line"]\nfirm: {name: "  A\\tB ", about: x}')
    assert read.given["notes"].value == ("b ell", "second line")
    assert read.firm == Firm(Text(zh="A B", en="A B"), Text(zh="x", en="x"))
    assert answers("firm: Just a name").firm.name == Text(zh="Just a name", en="Just a name")
    assert answers("firm: {name: {zh: 某厂, en: A maker}}").firm == Firm(Text(zh="某厂", en="A maker"))
    assert answers("firm: {name: '', about: ~}").firm == Firm()


def test_every_mistake_is_reported_at_once_with_its_line(small):
    text = (
        "firm: {nme: x}\nanswers:\n  wihs: 4\n  wish: 9\n  people: 2.5\n  budget: lots\n  online: 140\n"
        "  trade: baker\n  tools: [fone]\n  A5: 1 / 2 / 3\n  sponsor: [yes]\n  means: 3\n  A5b: 4\n  tools2: 1\nextra: 1\n"
    )
    found, error = problems(text, small)
    assert found == [
        ("A112", 1), ("A101", 3), ("A102", 4), ("A109", 5), ("A152", 6), ("A104", 7), ("A102", 8), ("A102", 9),
        ("A113", 10), ("A105", 11), ("A106", 13), ("A101", 14), ("A101", 15),
    ]  # fmt: skip
    said = str(error)
    assert "The nearest is: wish" in said
    assert "1 = very low;" in said and "1 = 很低" in error.problems[2].hint("zh")
    assert "Allowed: phone: " in said and "The nearest is: phone" in said
    assert all(p.line("zh") for p in error.problems)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("[1, 2]", "a.yaml", "A107"),
        ("answers: 5", "a.yaml", "A107"), ("{", "a.json", "A108"), ("a: [", "a.yaml", "K001"),
        ("wish: 1\nwish: 2", "a.yaml", "K002"),
        ('{"wish": 1, "wish": 2}', "a.json", "K002"), ("[" * 60_000, "a.yaml", "K004"), ("[" * 60_000, "a.json", "K004"),
        ("wish: {a: 1}", "a.yaml", "A160"), ("tools: {a: 1}", "a.yaml", "A160"),
        ("notes: [" + "x" * 600 + "]", "a.yaml", "A111"),
        ("firm: [1]", "a.yaml", "A112"),
    ],
)  # fmt: skip
def test_rubbish_is_refused_with_a_code(small, text, name, code):
    assert code in [c for c, _ in problems(text, small, name)[0]]


def test_json_that_yaml_would_not_read_is_read_all_the_same(small):
    text = '{\n\t"wish":\t4,\n\t"notes": ["\\ud83d\\ude00 a\\/b"]\n}'
    assert parse_answers(text.encode(), "a.json", small).value("wish") == 4
    assert problems("caf\xe9".encode("latin-1").decode("latin-1"), small)[0]
    with pytest.raises(AnswersError, match="UTF-8"):
        parse_answers("é".encode("latin-1"), "a.json", small)


def test_an_empty_file_is_a_firm_that_answered_nothing(small):
    assert parse_answers(b"", "a.yaml", small) == Answers()


def test_a_file_that_is_not_there_is_named(small, tmp_path: Path):
    with pytest.raises(InputError, match="nowhere"):
        read_answers(tmp_path / "nowhere.yaml", small)
    with pytest.raises(InputError, match="not a regular file"):
        read_answers(tmp_path, small)


VALUES = {
    "trade": st.sampled_from(["shop", "builder"]),
    "people": st.integers(0, 10_000),
    "wish": st.integers(1, 5),
    "means": st.integers(1, 5),
    "budget": st.integers(0, 10**9),
    "sponsor": st.sampled_from(["yes", "no"]),
    "tools": st.lists(st.sampled_from(["phone", "mail", "web"]), unique=True).map(lambda x: x or "none"),
    "notes": st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20),
        min_size=1,
        max_size=3,
    ),
}
ANY = st.fixed_dictionaries(
    {}, optional={k: st.one_of(v, st.sampled_from(["unknown", "not_applicable"])) for k, v in VALUES.items()}
)


@given(raw=ANY, lang=st.sampled_from(["zh", "en"]), edition=st.sampled_from(["quick", "full"]))
def test_a_form_comes_back_as_the_answers_it_was_filled_with(small, raw, lang, edition):
    given_answers = parse_answers(json.dumps(raw).encode(), "a.json", small)
    text = form(small, edition, lang, given_answers)
    assert parse_answers(text.encode(), "form.yaml", small) == given_answers


def test_an_empty_form_holds_every_question_and_no_answer(small):
    text = form(small, "full", "en")
    assert parse_answers(text.encode(), "form.yaml", small) == Answers()
    assert all(f"  {name}:" in text for name in small.questions)
    assert "Only if: A8 Which tools: includes Web" in text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("people: " + "9" * 5000, "K006"),
        ("wish: " + "9" * 400, "K006"),
        ("people: !!int foo", "K006"),
        ("people: !!timestamp foo", "K006"),
        ("tools: !!map [a]", "K006"),
        ("people: 30%", "A103"),
        ("people: 12个月", "A103"),
        ("online: 0.55", "A115"),
        ("firm: 1e999", "A112"),
        ("firm: {name: " + "n" * 5000 + "}", "A149"),
        ("firm: true", "A112"),
        ("\n".join(f"k{n}: 1" for n in range(5000)), "A114"),
    ],
)
def test_what_used_to_slip_through_is_refused(text, code, small):
    with pytest.raises(AnswersError) as caught:
        parse_answers(text.encode(), "firm.yaml", small)
    assert code in {problem.code for problem in caught.value.problems}
    assert len(caught.value.problems) <= 101


@pytest.mark.parametrize("text", ['{"people": ' + "9" * 5000 + "}", '{"wish": ' + "9" * 400 + "}"])
def test_endless_numbers_in_json_are_refused(text, small):
    with pytest.raises(AnswersError):
        parse_answers(text.encode(), "firm.json", small)


def test_a_share_with_its_sign_may_be_less_than_one(answers):
    assert answers('online: "0.55 %"').value("online") == 0.55


def test_pipes_folders_and_giants_are_refused_before_they_are_read(tmp_path, small):
    os.mkfifo(tmp_path / "pipe.yaml")
    giant = tmp_path / "giant.yaml"
    with giant.open("wb") as file:
        file.truncate(3_000_000_000)
    for path in (tmp_path / "pipe.yaml", tmp_path, giant, Path("/dev/zero")):
        with pytest.raises(InputError):
            read_answers(path, small)


@pytest.mark.parametrize("blank", ['notes: [" "]', 'notes: ["\\u3000"]', 'notes: "\\u200b"', "notes: [none]"])
def test_blank_entries_of_a_list_are_left_out(blank, answers):
    assert answers(blank).given["notes"].value == ()


def test_a_percentage_below_one_survives_being_written_down(knowledge):
    from advisor.interview import form

    given = parse_answers(b"answers: {E5b: 0.5 %}", "firm.yaml", knowledge)
    assert parse_answers(form(knowledge, "quick", "en", given).encode(), "firm.yaml", knowledge) == given


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_the_program_writes_in_words_is_read_back(lang: Lang, knowledge: Knowledge):
    """All questions, from one language alone, as reports, saved assessments and tables of answers write them."""
    draw = random.Random(7)
    for question in [question for question in knowledge.questions.values() if not question.answer_type.free] * 30:
        fact = knowledge.facts[question.id]
        value = random_value(fact, draw)
        shown = fact.type.in_words(fact, value)
        read_back = fact.type.from_words(fact, Text(zh=shown.zh if lang == "zh" else "~", en=shown.en))
        assert fact.type.in_words(fact, read_back)[lang] == shown[lang], (question.id, shown)
        assert read_back == value or fact.type.name == "money", (question.id, shown)
        written = fact.type.in_table(fact, value, lang)
        assert parse_answer(question, written, knowledge, Place(question.code)) == Answer("known", value)


@pytest.mark.parametrize("lines", [(), ("one",), ("钢板、型材", "Bolts, nuts"), ("a", "b", "c"), ("unknown",)])
def test_free_lines_are_told_apart_in_words_by_what_the_languages_write_between_them(
    lines: tuple[str, ...], knowledge: Knowledge
):
    fact = next(fact for fact in knowledge.facts.values() if fact.type.free)
    assert fact.type.from_words(fact, fact.type.in_words(fact, lines)) == lines


def test_a_number_is_read_with_its_unit_as_the_program_writes_it(knowledge: Knowledge):
    assert parse_answers("A7a: 40家（人）".encode(), "a.yaml", knowledge).given["customer_accounts"].value == 40


@pytest.mark.parametrize("number", [0.5, 12.25, 1234.5, 1_234_567.5, 1e12])
def test_a_number_in_words_keeps_all_its_digits(number: float, knowledge: Knowledge):
    fact = knowledge.facts["customer_accounts"]
    shown = fact.type.in_words(fact, number)
    assert parse_number(shown.en, unit_words(fact.question.unit)) == number
    assert parse_number(shown.zh, unit_words(fact.question.unit)) == number


@pytest.mark.parametrize(
    ("code", "said", "near"),
    [
        ("F2", "副总", "副总等高层管理者"),
        ("C2", "分散", "分散在几个系统或表格里"),
        ("C2", "notebooks", "individuals' notebooks"),
    ],
)
def test_the_option_that_alone_has_a_word_in_it_is_named_as_the_nearest(knowledge, code, said, near):
    with pytest.raises(AnswersError) as refused:
        parse_answers(f"{code}: {said}".encode(), "firm.yaml", knowledge)
    assert near in str(refused.value.problems[0].values["nearest"])


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("B6: 3个月", "“3个月”读作13周。"),
        ("B6: 约三个月", "周"),
        ("H2: USD 20,000", "14.2万元"),
        ("H2: 2万至3万美元", "万元"),
        ("B6: 13周", None),
        ("B6: 约13", None),
        ("H2: 14万元", None),
        ("A2: 600人", None),
        ("H2: 不知道", None),
    ],
)
def test_an_answer_in_another_unit_or_currency_is_told_as_it_was_read(knowledge, entry, read):
    notes = parse_answers(entry.encode(), "firm.yaml", knowledge).notes
    assert [note.code for note in notes] == ([] if read is None else ["A189"])
    assert read is None or read in notes[0].message("zh")
