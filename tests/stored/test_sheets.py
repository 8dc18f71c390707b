"""Every sheet as it is filled in today still reads after the questionnaire changes, and whoever filled it in is told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AnswersError
from advisor.insight.scenarios import parse_scenarios
from advisor.interview import Answer, Answers, read_answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import Knowledge
from advisor.selection.settings import parse_settings
from advisor.text import normalized
from tests.stored.conftest import SHEETS, STORED, unpacked

TABLES = [sheet for sheet in SHEETS if sheet.name.startswith("table")]
KEPT = json.loads((STORED / "answers.json").read_bytes())
"""How many questions each sheet answered when it was frozen."""


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet not in TABLES], ids=lambda sheet: sheet.name)
def test_a_sheet_of_the_first_questionnaire_reads_and_no_answer_is_lost_unsaid(sheet: Path, knowledge: Knowledge):
    answers = read_answers(sheet, knowledge)
    retired = {note.values["name"] for note in answers.notes}
    assert len(answers.given) + len(retired) >= KEPT[sheet.name] > 0
    assert answers.firm.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_head_of_the_first_table_of_firms_is_still_a_question(table: Path, knowledge: Knowledge):
    firms = read_firms(table, knowledge)
    assert not firms.unreadable
    assert len(firms.readable[0].answers.given) + len(firms.headings.retired) >= KEPT[table.name]
    assert not firms.headings.ignored


def test_whatever_a_step_was_ever_called_is_still_read_as_that_step(knowledge: Knowledge):
    """Whoever renames a step lists its old name under ``renamed_steps``."""
    names: dict[str, dict[str, list[str]]] = json.loads(unpacked(STORED / "step_names.json.xz"))
    spellings = [(question, step, name) for question, steps in names.items() for step in steps for name in steps[step]]
    misread = []
    for question, step, name in spellings:
        answers, fact = (
            parse_answers(json.dumps({question: name}).encode(), "firm.json", knowledge),
            knowledge.reading.facts[question],
        )
        if question in knowledge.questions and answers.given[question].value != fact.type.in_case(fact, step):
            misread.append((question, step, name))
    assert len(spellings) > 1200 and not misread


def test_every_step_of_today_is_among_them(knowledge: Knowledge):
    """A step that is called otherwise tomorrow would else be missed."""
    names: dict[str, dict[str, list[str]]] = json.loads(unpacked(STORED / "step_names.json.xz"))
    for fact in (knowledge.facts[name] for name in knowledge.questions if knowledge.questions[name].answer_type.needs):
        for step, words in fact.values.items():
            assert {normalized(words.zh), normalized(words.en)} <= set(map(normalized, names[fact.name][step])), fact.name


@pytest.mark.parametrize("name", ["c5e88b7.scenarios.yaml", "1247f54.scenarios.yaml"])
def test_scenarios_kept_beside_a_firm_still_read(name: str, knowledge: Knowledge):
    file = STORED / "beside" / name
    assert set(parse_scenarios(file.read_bytes(), name, knowledge)["sponsor_at_the_top"].changes) == {
        "sponsor_level",
        "initial_budget",
    }


def test_settings_of_a_selection_still_read(knowledge: Knowledge):
    file = STORED / "beside" / "1247f54.selection.yaml"
    settings = parse_settings(file.read_bytes(), file.name, knowledge)
    assert (settings.years, settings.currency) == (5, "EUR")


def read(text: str, knowledge: Knowledge) -> Answers:
    return parse_answers(text.encode(), "firm.yaml", knowledge)


def values(answers: Answers) -> dict[str, object]:
    return {name: answer.value if answer.status == "known" else answer.status for name, answer in answers.given.items()}


def told(answers: Answers) -> list[tuple[str, object, object, int]]:
    return [(n.code, n.values["name"], n.values.get("target"), n.place.line) for n in answers.notes]


@pytest.mark.parametrize("key", ["staff", "A13", "a13"])
def test_a_renamed_question_is_read_by_its_old_id_and_code(key: str, renewed: Knowledge):
    answers = read(f"{key}: 30", renewed)
    assert values(answers) == {"people": 30.0}
    assert told(answers) == [("A133", "staff", "A2 (people)", 1)]


def test_a_question_renamed_twice_is_carried_all_the_way_and_told_once(renewed: Knowledge):
    answers = read("headcount: 30", renewed)
    assert values(answers) == {"people": 30.0}
    assert told(answers) == [("A133", "headcount", "A2 (people)", 1)]


def test_a_split_question_answers_each_of_its_parts_or_leaves_it_open(renewed: Knowledge):
    assert values(read("complexity: 3", renewed)) == {"product": 5, "deciders": 5}
    fair = read("complexity: fair", renewed)
    assert values(fair) == {"product": 3}
    assert told(fair) == [("A133", "complexity", "A3 (product)", 1), ("A135", "complexity", "A4 (deciders)", 1)]
    assert values(read("complexity: unknown", renewed)) == {"product": "unknown", "deciders": "unknown"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("has_phone: yes\nhas_mail: yes", {"tools": frozenset({"phone", "mail"})}),
        ("A15: yes / no", {"tools": frozenset({"phone"})}),
        ("has_phone: no\nhas_mail: no", {"tools": frozenset()}),
        ("boss_leads: no\nboard_leads: yes", {"sponsor": "yes"}),
        ("boss_leads: no\nboard_leads: no", {"sponsor": "no"}),
        ("boss_leads: yes", {"sponsor": "yes"}),
        ("boss_leads: yes\nboard_leads: unknown", {"sponsor": "yes"}),
        ("boss_leads: no\nboard_leads: unknown", {"sponsor": "unknown"}),
        ("boss_leads: no", {}),
        ("people_at_hand: 4\nmoney_at_hand: 2", {"means": 2}),
        ("people_at_hand: 4", {}),
        ("people_at_hand: 4\nmoney_at_hand: unknown", {"means": "unknown"}),
        ("people_at_hand: n/a\nmoney_at_hand: n/a", {"means": "not_applicable"}),
    ],
)
def test_merged_questions_make_one_answer_where_it_is_known(text: str, expected: dict[str, object], renewed: Knowledge):
    answers = read(text, renewed)
    assert values(answers) == expected
    assert len(answers.notes) == len(text.replace("A15: yes / no", "2\n2").splitlines())


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("[shopfront, by_mail]", {"trade": "shop", "other_line_models": frozenset({"consumer"})}),
        ("Web shop; Mail order", {"trade": "builder", "other_line_models": frozenset({"consumer"})}),
        ("by_mail", {"trade": "builder"}),
        ("none", {"trade": "builder"}),
    ],
)
def test_a_question_with_several_options_is_carried_over_option_by_option(
    chosen: str, expected: dict[str, object], renewed: Knowledge
):
    assert values(read(f"outlets: {chosen}", renewed)) == expected


def test_where_old_and_new_are_answered_the_new_counts_and_the_old_is_told(renewed: Knowledge):
    answers = read("people: 12\nA13: 30\nhas_phone: yes\ntools: web", renewed)
    assert values(answers) == {"people": 12.0, "tools": frozenset({"web"})}
    assert told(answers) == [("A134", "staff", "A2 (people)", 2), ("A134", "has_phone", "A8 (tools)", 3)]
    assert "answered itself (12), and that answer counts" in answers.notes[0].line("en")
    assert "以它为准" in answers.notes[0].line("zh")


def test_what_is_asked_no_more_is_left_aside_and_told(renewed: Knowledge):
    answers = read("motto: [grow, thrive]", renewed)
    assert (values(answers), told(answers)) == ({}, [("A136", "motto", None, 1)])


@pytest.mark.parametrize("word", ["store", "Store", "铺子", "shop", "Shop"])
def test_a_renamed_step_is_read_by_its_old_name(word: str, renewed: Knowledge):
    answers = read(f"trade: {word}", renewed)
    assert values(answers) == {"trade": "shop"}
    assert bool(answers.notes) == (word.lower() != "shop")


@pytest.mark.parametrize("chosen", ["[telephone, mail]", "电话机、mail", "telephone; Mail"])
def test_renamed_options_among_several_are_read_too(chosen: str, renewed: Knowledge):
    answers = read(f"tools: {chosen}", renewed)
    assert values(answers) == {"tools": frozenset({"phone", "mail"})}
    assert [note.code for note in answers.notes] == ["A137"]


def test_an_error_quotes_what_was_typed_and_not_todays_name_of_it(renewed: Knowledge):
    with pytest.raises(AnswersError, match="'store; kiosk' is not one of the answers"):
        read("trade: store; kiosk", renewed)


def test_an_answer_that_was_none_is_still_refused_at_its_line(renewed: Knowledge):
    with pytest.raises(AnswersError) as caught:
        read("people: 3\ncomplexity: 7\nstaff: many", renewed)
    assert [(p.code, p.place.line, p.values["name"]) for p in caught.value.problems] == [
        ("A102", 2, "complexity"),
        ("A103", 3, "staff"),
    ]


OLD = [("A13", "30"), ("A14", "tangled"), ("A16", "no"), ("A17", "是"), ("A1", "store")]
TODAY = {"trade": "shop", "people": 30.0, "product": 5, "deciders": 5, "sponsor": "yes"}


def test_old_answers_read_the_same_from_every_kind_of_file(renewed: Knowledge, tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    for row in [("code", "question", "answer"), *((code, "", answer) for code, answer in OLD)]:
        book.active.append(list(row))
    book.save(tmp_path / "firm.xlsx")
    (tmp_path / "firm.csv").write_text("\n".join(["code,answer", *(f"{c},{a}" for c, a in OLD)]), encoding="utf-8")
    (tmp_path / "firm.json").write_text(json.dumps(dict(OLD)), encoding="utf-8")
    (tmp_path / "firm.jsonl").write_text(json.dumps(dict(OLD)), encoding="utf-8")
    (tmp_path / "firm.yaml").write_text("".join(f"{c}: {a}\n" for c, a in OLD), encoding="utf-8")
    notes = set()
    for name in ("firm.xlsx", "firm.csv", "firm.json", "firm.jsonl", "firm.yaml"):
        answers = read_answers(tmp_path / name, renewed)
        assert values(answers) == TODAY, name
        notes.add(tuple(sorted((note.code, str(note.values["name"])) for note in answers.notes)))
    assert len(notes) == 1


def test_options_ticked_one_by_one_under_a_retired_question_are_read(renewed: Knowledge):
    rows = "code,question,answer\nA20,How do you sell?,\nA20,Shop front,yes\nA20,Web shop,yes\nA20,Mail order,no\n"
    answers = parse_answers(rows.encode(), "firm.csv", renewed)
    assert values(answers) == {"trade": "shop", "other_line_models": frozenset({"consumer"})}


def table_of(path: Path, rows: list[list[str]]) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


HEADS = ["Firm", "A13 How many staff?", "complexity", "Does the boss lead?", "A17", "trade", "A20", "people", "A21"]
FIRMS = [
    ["One", "30", "tangled", "no", "yes", "store", "", "", "grow"],
    ["Two", "30", "fair", "no", "unknown", "", "by_web", "12", ""],
    ["Three", "", "", "no", "", "builder", "shopfront", "", "grow"],
    ["Four", "many", "", "", "", "", "", "", ""],
]


def test_a_table_of_firms_with_old_heads_is_read_row_by_row_as_a_sheet_is(renewed: Knowledge, tmp_path: Path):
    firms = read_firms(table_of(tmp_path / "firms.csv", [HEADS, *FIRMS]), renewed)
    for row, cells in zip(firms.readable, FIRMS, strict=False):
        keys = ("A13", "complexity", "boss_leads", "A17", "trade", "A20", "people", "A21")
        sheet = "".join(f"{key}: {cell}\n" for key, cell in zip(keys, cells[1:], strict=True) if cell)
        assert row.answers.given == read(sheet, renewed).given
    assert [row.number for row in firms.unreadable] == [5]
    notes = {note.key: note.values["names"] for note in firms.notes}
    assert notes["note.retired"] == (
        "A13 How many staff? → A2; complexity → A3, A4; Does the boss lead? → A7; A17 → A7; A20 → A1, A11"
    )
    assert notes["note.dropped"] == ("A21",)
    assert [(note.code, note.place.line) for note in firms.upgrade_notes] == [
        ("A137", 2), ("A134", 3), ("A135", 3), ("A134", 4), ("A135", 4),
    ]  # fmt: skip


def test_scores_of_a_table_with_old_heads_are_those_of_today(renewed: Knowledge, tmp_path: Path):
    heads = ["A13", "A14", "A16", "A17", "A18", "A19", "people", "A1", "wish", "budget"]
    rows = [
        ["30", "3", "no", "yes", "4", "2", "", "store", "5", "30万"],
        ["30", "2", "no", "no", "4", "4", "12", "builder", "4", "2M"],
        ["", "", "", "", "", "", "", "", "", ""],
        ["8", "unknown", "yes", "", "1", "", "", "", "2", ""],
    ]
    firms = read_firms(table_of(tmp_path / "old.csv", [heads, *rows]), renewed)
    answers = [row.answers for row in firms.readable]
    today = ["people", "product", "deciders", "sponsor", "means", "trade", "wish", "budget"]
    table = [[shown(one.given.get(name)) for name in today] for one in answers]
    table_of(tmp_path / "new.csv", [today, *table[:2], [""] * len(today), *table[2:]])
    one, other = (score_table(tmp_path / f"{n}.csv", tmp_path / n, renewed, "en") for n in ("old", "new"))
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.scored == 3
    assert [note.key for note in one.notes] == ["note.retired"] and not other.notes


def shown(answer: Answer | None) -> str:
    return "" if answer is None else str(answer.value) if answer.status == "known" else answer.status


def test_a_scenario_of_an_earlier_version_is_carried_over(renewed: Knowledge):
    text = "scenarios:\n  grown:\n    answers: {staff: 90, complexity: 2}\n"
    scenario = parse_scenarios(text.encode(), "firm.scenarios.yaml", renewed)["grown"]
    assert values(Answers(scenario.changes)) == {"people": 90.0, "product": 3}
    assert [note.code for note in scenario.notes] == ["A133", "A133", "A135"]
