"""A replay of an assessment from an earlier version says what can be compared and what cannot, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.assessment import Assessment, assess
from advisor.cli.main import advisor
from advisor.insight.replay import answers_of, replay
from advisor.interview import Answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import Knowledge
from advisor.text import LANGS, Lang
from tests.conftest import SMALL
from tests.stored.conftest import ASSESSMENTS, STORED, unpacked

OF_THE_PRODUCT = [path for path in ASSESSMENTS if ".2b6ec6f." not in path.name]
"""The saved assessments of the product's own knowledge; the others are of the tiny one."""
JUDGED_OTHERWISE = {"online_retailer": "conditional"}
"""Firms of which knowledge 5.0 says something else: customers in great number who are not told of the use of their data."""


def saved(name: str) -> bytes:
    return unpacked(STORED / "assessments" / f"{name}.json.xz")


def replayed(tmp_path: Path, name: str, lang: str, *options: str) -> Result:
    file = tmp_path / "then.json"
    file.write_bytes(saved(name))
    return replay_file(file, lang, *options)


def replay_file(file: Path, lang: str, *options: str) -> Result:
    return CliRunner().invoke(advisor, ["--lang", lang, *options, "replay", str(file)])


def in_words_of_today(question: str, shown: str, knowledge: Knowledge) -> str:
    """Knowledge 6.0 writes "1 role" where earlier ones wrote "1 roles"."""
    asked = knowledge.questions.get(question)
    one = asked and asked.unit and asked.unit_of_one
    return f"1 {one}" if one and shown == f"1 {asked.unit.en}" else shown


def test_what_was_not_worked_out_then_is_not_counted_as_a_difference(small: Knowledge):
    """The first version's assessment of the tiny knowledge: its own file, worked out by today's program."""
    found = replay(Assessment.from_json(saved("1.2b6ec6f.small_full")), small)
    assert not found.same_knowledge
    assert found.not_compared == found.then.upgraded.lacks
    top = {place.partition(".")[0].partition("[")[0] for place in found.places}
    assert not top & {"practices", "legal_checks", "papers", "disagreements", "insight", "selection", "upgraded"}
    assert not [
        place for place in found.places if place.endswith((".value", ".side", ".settles", ".product_axis", ".lifts"))
    ]
    assert found.changes.verdict is None


def test_what_is_the_same_is_identical_as_far_as_it_can_be_compared(small: Knowledge):
    """A file of format 3 is today's but for the number: all of it can be compared."""
    answers = parse_answers((STORED / "small_full.yaml").read_bytes(), "small_full.yaml", small)
    raw = json.loads(assess(answers, small).to_json())
    del raw["upgraded"]
    found = replay(Assessment.from_json(json.dumps(raw | {"schema_version": "3"})), small)
    assert found.identical and found.same_knowledge and not found.not_compared
    del raw["practices"], raw["papers"], raw["insight"], raw["selection"]
    for item in raw["answers"]:
        del item["value"]
    found = replay(Assessment.from_json(json.dumps(raw | {"schema_version": "1"})), small)
    assert found.identical and set(found.not_compared) >= {"practices", "papers", "answer_values"}
    raw["coverage"]["answered"] = 3
    changed = replay(Assessment.from_json(json.dumps(raw | {"schema_version": "1"})), small)
    assert changed.places == ("coverage.answered",)


def test_answers_of_the_first_version_are_read_back_from_their_words(small: Knowledge):
    answers = parse_answers((STORED / "small_full.yaml").read_bytes(), "small_full.yaml", small)
    found = answers_of(Assessment.from_json(saved("1.2b6ec6f.small_full")), small)
    assert found.given == answers.given and not found.notes


@pytest.mark.slow
@pytest.mark.parametrize("path", OF_THE_PRODUCT, ids=lambda path: path.name.removesuffix(".json.xz"))
def test_every_answer_of_an_earlier_version_is_read_back_and_the_verdict_is_the_same(path: Path, knowledge: Knowledge):
    then = Assessment.from_json(unpacked(path))
    replayed = replay(then, knowledge)
    shown = {item.question: item.shown.en for item in replayed.now.answers}
    answered = {
        item.question: in_words_of_today(item.question, item.shown.en, knowledge)
        for item in then.answers
        if item.status != "unanswered"
    }
    assert {note.values["name"] for note in replayed.notes} == answered.keys() & knowledge.retired.keys()
    assert not replayed.unasked
    changed = {name for name in answered.keys() - knowledge.retired.keys() if shown[name] != answered[name]}
    assert changed <= knowledge.renamed_steps.keys()
    firm = path.name.removesuffix(".json.xz").rpartition(".")[2]
    assert replayed.now.verdict.name == JUDGED_OTHERWISE.get(firm, then.verdict.name)


@pytest.mark.parametrize("lang", LANGS)
def test_either_language_is_enough_to_read_an_answer_back(lang: Lang, knowledge: Knowledge):
    """Words of an earlier version may have changed in one of them."""
    raw = json.loads(saved("1.c403bae.small_haulier"))
    for item in raw["answers"]:
        item["shown"]["en" if lang == "zh" else "zh"] = "~"
    read_back = answers_of(Assessment.from_json(json.dumps(raw)), knowledge)
    assert read_back.given == answers_of(Assessment.from_json(saved("1.c403bae.small_haulier")), knowledge).given
    assert {note.values["name"] for note in read_back.notes} <= knowledge.retired.keys()


def test_an_answer_that_a_later_knowledge_no_longer_takes_is_left_out_and_told(small: Knowledge):
    raw = json.loads(assess(parse_answers(b"wish: 4\ntrade: shop", "f.yaml", small), small).to_json())
    item = next(item for item in raw["answers"] if item["question"] == "trade")
    item["value"], item["shown"] = "farm", {"zh": "农场", "en": "Farm"}
    raw["knowledge_version"] = "0.9"
    found = answers_of(Assessment.from_json(json.dumps(raw)), small)
    assert set(found.given) == {"wish"}
    assert [(note.code, note.severity) for note in found.notes] == [("A138", "note")]
    assert "Farm" in found.notes[0].line("en") and "农场" in found.notes[0].line("zh")


def test_retired_questions_inside_a_saved_assessment_are_carried_over(renewed: Knowledge, small: Knowledge):
    raw = json.loads(assess(parse_answers(b"people: 30\nwish: 4", "f.yaml", small), small).to_json())
    item = next(item for item in raw["answers"] if item["question"] == "people")
    item |= {"question": "staff", "code": "A13"}
    found = replay(Assessment.from_json(json.dumps(raw)), renewed)
    assert [(note.code, note.values["name"]) for note in found.notes] == [("A133", "staff")]
    assert not found.unasked
    assert next(a for a in found.now.answers if a.question == "people").value == 30


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Not compared", "practices worth having", "read back from the words", "Program or knowledge have changed"]),
        ("zh", ["不作比较", "值得采用的做法", "由当时保存的文字读回", "程序或知识库已不同"]),
    ],
)
def test_the_command_says_what_cannot_be_compared(lang: str, words: list[str], tmp_path: Path):
    done = replayed(tmp_path, "1.1e837db.small_haulier", lang)
    assert done.exit_code == 1, done.output
    assert all(word in done.output for word in words), done.output


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({}, {"en": "The same result; only the versions differ.", "zh": "结果相同，只有版本不同。"}),
        ({"remarks": "4"}, {"en": "The same result as far as it can be compared", "zh": "能比较的部分结果相同"}),
    ],
)
def test_a_file_of_an_earlier_version_with_the_same_result_is_identical_but_for_the_versions(
    lacks: dict[str, str], words: dict[Lang, str], knowledge: Knowledge, firms: dict[str, Answers], tmp_path: Path
):
    """What today's rules conclude, as versions that are past would have saved it; format 4 had no remarks."""
    raw = json.loads(assess(firms["machine_tool_maker"], knowledge, engine="columns").to_json())
    raw |= {"program_version": "0.1.0", "knowledge_version": "4.0+9c2ca190cedb823d"}
    for part, last_format in lacks.items():
        del raw["upgraded"], raw[part]
        raw["schema_version"] = last_format
    (tmp_path / "then.json").write_text(json.dumps(raw), "utf-8")
    for lang in LANGS:
        done = replay_file(tmp_path / "then.json", lang)
        assert done.exit_code == 0 and words[lang] in done.output, done.output


def test_neither_the_order_of_undecided_rules_nor_the_last_digits_of_a_number_are_differences(small: Knowledge):
    raw = json.loads(assess(parse_answers(b"wish: 4", "f.yaml", small), small).to_json())
    raw["undecided"].reverse()
    raw["scores"]["need"]["high"] += 0.000001
    assert len(raw["undecided"]) > 1 and replay(Assessment.from_json(json.dumps(raw)), small).identical
    raw["scores"]["need"]["high"] -= 0.1
    del raw["undecided"][0]["titles"][0]
    rule = raw["undecided"][0]["rule"]
    assert set(replay(Assessment.from_json(json.dumps(raw)), small).places) == {
        "scores.need.high",
        f"undecided.{rule}.titles",
    }


def test_the_count_is_of_all_differences_and_says_how_many_are_not_listed(tmp_path: Path):
    output = replayed(tmp_path, "1.1e837db.small_haulier", "en").output
    (count,) = re.findall(r"Places that differ, (\d+) in all:", output)
    listed = output.partition("in all:\n")[2].splitlines()
    assert len(listed) == 11 and listed[-1] == f"  … and {int(count) - 10} more" and int(count) > 50


def test_a_file_with_nothing_missing_says_nothing_of_it(tmp_path: Path):
    knowledge = ("--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires"))
    file = tmp_path / "then.json"
    done = CliRunner().invoke(advisor, [*knowledge, "assess", str(STORED / "small_full.yaml"), "--save", str(file)])
    assert done.exit_code == 0, done.output
    said = CliRunner().invoke(advisor, ["--lang", "en", *knowledge, "replay", str(file)])
    assert said.exit_code == 0 and "Identical." in said.output and "compared" not in said.output
