"""Several sheets of one firm: who said what, which rule decides, and what each difference does to the verdict."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from advisor.assessment.outlook import verdict_outlooks
from advisor.errors import AnswersError, InputError
from advisor.insight import views as views_module
from advisor.insight.view_items import merge_item
from advisor.insight.views import CAUTION, merge
from advisor.interview import Answer, Answers, form
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import UNKNOWN, Annotation, Author, Ruling
from advisor.interview.serialization import json_line
from advisor.knowledge.margins import Margin
from tests.random_firms import random_firm, random_value

CEO = Author("Chen Wei", ("chief_executive",), date(2026, 3, 1), "ceo.xlsx")
SALES = Author("", ("sales",), date(2026, 3, 5), "sales.xlsx")
IT = Author("", ("it",), None, "it.yaml")


def known(**answers: object) -> dict[str, Answer]:
    return {name: Answer("known", value) for name, value in answers.items()}


def sheets_of(base: Answers, *changes: tuple[Author, dict[str, Answer]]) -> list[Answers]:
    """The same sheet as each respondent would have it."""
    return [replace(base, given={**base.given, **changed}, author=author) for author, changed in changes]


@pytest.fixture(scope="module")
def firm(firms) -> Answers:
    return firms["machine_tool_maker"]


@pytest.fixture(scope="module")
def three(knowledge, firm):
    """Three respondents of one firm who differ on two questions, with a backup of the first."""
    sheets = sheets_of(
        firm,
        (CEO, {}),
        (SALES, {**known(process_complexity=2, sponsor_level="chief"), "staff_openness": UNKNOWN}),
        (IT, {"employees": Answer("within", Margin(500.0, 650.0, True))}),
        (Author(file="backup.xlsx"), {}),
    )
    return merge(knowledge, sheets)


def test_each_rule_decides_and_is_named(knowledge, three):
    decided = {name: (made.answer.value, made.ruling.rule) for name, made in three.answers.views.decided.items()}
    assert decided == {"sponsor_level": ("department_head", "owner"), "process_complexity": (4, "median")}
    assert three.sheets.repeated == (("backup.xlsx", "Chen Wei"),)
    assert [view.author.label for view in three.sheets.views] == ["Chen Wei", "sales", "it"]


def test_not_knowing_contradicts_nobody_and_ranges_narrow_where_all_stand(three):
    assert (three.said["staff_openness"].how, three.answers.given["staff_openness"].value) == ("known", 2)
    assert (three.said["employees"].how, three.answers.given["employees"].value) == ("narrowed", 600.0)


def test_ranges_overlap_or_contradict_one_another(knowledge):
    def said(*bounds: tuple[float, float]):
        spans = [Answer("within", Margin(low, high, True)) for low, high in bounds]
        sheets = [Answers({"employees": a}, author=Author(f"{n}")) for n, a in enumerate(spans)]
        return merge(knowledge, sheets).said["employees"]

    assert said((10, 50), (30, 90)).agreed == Answer("within", Margin(30, 50, True))
    assert said((10, 50), (50, 90)).agreed == Answer("known", 50.0)
    assert said((10, 20), (30, 90)).conflict
    assert said((1, 5), (4, 8), (7, 9)).conflict, "two overlap each way, and nothing fits all three"


@pytest.mark.parametrize(
    ("rules", "value", "rule"),
    [
        ({"all": Ruling("most_recent")}, 4, "median"),  # the third sheet has no day
        ({"process_complexity": Ruling("chosen", "sales", "agreed")}, 2, "chosen"),
        ({"scale": Ruling("most_cautious")}, 2, "most_cautious"),
    ],
)
def test_a_rule_set_by_hand_comes_before_the_usual_one_where_it_can_decide(knowledge, three, rules, value, rule):
    again = merge(knowledge, [three.answers], rules)
    made = again.answers.views.decided["process_complexity"]
    assert (made.answer.value, made.ruling.rule) == (value, rule)


def test_the_latest_answer_is_taken_where_every_sheet_has_its_day(knowledge, firm):
    sheets = sheets_of(firm, (CEO, {}), (SALES, known(process_complexity=2)))
    made = merge(knowledge, sheets, {"all": Ruling("most_recent")}).answers.views.decided["process_complexity"]
    assert (made.answer.value, made.ruling.rule) == (2, "most_recent")


def test_a_rule_for_nothing_and_an_unknown_respondent_are_refused(knowledge, three):
    with pytest.raises(InputError, match="nowhere"):
        merge(knowledge, [three.answers], {"nowhere": Ruling("owner")})
    with pytest.raises(InputError, match="Nobody"):
        merge(knowledge, [three.answers], {"all": Ruling("chosen", "Nobody")})


def test_a_merged_sheet_keeps_all_that_was_said_and_can_be_merged_again(knowledge, three, firm):
    for content, name in (
        (form(knowledge, "quick", "zh", three.answers), "client.yaml"),
        (json_line(three.answers, knowledge), "client.json"),
    ):
        read = parse_answers(content.encode(), name, knowledge)
        assert read == three.answers
        again = merge(knowledge, [read, *sheets_of(firm, (CEO, {}))])
        assert again.answers == three.answers
        assert again.sheets.repeated == (("ceo.xlsx", "Chen Wei"),)


def test_what_stands_beside_an_answer_goes_with_it(knowledge, firm):
    mine, theirs = Annotation(note="as planned", on="2026-04-01"), Annotation(note="seen on site", on="2026-02-01")
    chief, sales = sheets_of(firm, (CEO, {}), (SALES, known(process_complexity=2)))
    sheets = [
        replace(chief, annotations={"process_complexity": mine}),
        replace(sales, annotations={"process_complexity": theirs, "industry": theirs}),
    ]
    merged = merge(knowledge, sheets, {"all": Ruling("most_recent")}).answers
    assert merged.given["process_complexity"].value == 4, "its own day counts before that of the sheet"
    assert merged.annotations == {"industry": theirs, "process_complexity": mine}
    assert parse_answers(form(knowledge, "quick", "en", merged).encode(), "client.yaml", knowledge) == merged
    assert [view.annotations["process_complexity"] for view in merged.views.sheets] == [mine, theirs]


def test_what_was_changed_in_a_merged_sheet_by_hand_stands(knowledge, three):
    changed = replace(three.answers.with_answer("process_complexity", Answer("known", 5)), author=Author(file="client.yaml"))
    again = merge(knowledge, [changed])
    assert again.answers.given["process_complexity"].value == 5
    assert again.answers.views.decided["process_complexity"].ruling == Ruling("chosen", "client")
    assert {p.answer.value for p in again.said["process_complexity"].positions} == {2, 4, 5}


def test_a_bad_part_of_a_merged_sheet_is_told_with_its_place(knowledge):
    bad = "by: {name: Li, roles: [boss]}\nanswers: {A2: 5}\nviews:\n  sheets:\n  - {answers: {A2: lots}}\n"
    bad += "  rules: {A2: dice}\n"
    with pytest.raises(AnswersError) as caught:
        parse_answers(bad.encode(), "client.yaml", knowledge)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("A180", 1), ("A103", 5), ("A182", 6)]


def test_an_answer_that_another_makes_inapplicable_is_told(knowledge):
    name, premise = next(iter(knowledge.asked_if.items()))
    draw = random.Random(3)
    for _ in range(500):
        sheet = Answers(
            {**random_firm(knowledge, draw).given, name: Answer("known", random_value(knowledge.facts[name], draw))}
        )
        if premise.holds(sheet) is False:
            break
    merged = merge(knowledge, [replace(sheet, author=CEO)])
    entry = next(e for e in merged.inapplicable if e.question == name)
    assert entry.lead_ins and entry.sheets == (0,)
    assert name in {item.question for item in merge_item(knowledge, merged).inapplicable}


@pytest.mark.parametrize("seed", range(3))
def test_effects_and_mixtures_are_those_of_every_combination_tried_one_by_one(knowledge, seed):
    draw = random.Random(seed)
    base = random_firm(knowledge, draw)
    asked = [name for name in knowledge.questions if not knowledge.facts[name].type.free]
    changes = [
        {name: Answer("known", random_value(knowledge.facts[name], draw)) for name in draw.sample(asked, 2)}
        for _ in range(3)
    ]
    authors = (CEO, SALES, IT)
    merged = merge(knowledge, sheets_of(base, *zip(authors, changes, strict=True)), {"all": Ruling("most_cautious")})
    differing = {conflict.question: [p.answer for p in conflict.positions] for conflict in merged.conflicts}
    rows = [dict(zip(differing, row, strict=True)) for row in itertools.product(*differing.values())]
    assert merged.mixtures == len(rows) and merged.complete
    outlooks = verdict_outlooks(knowledge, AnswerTable.of([Answers({**merged.answers.given, **row}) for row in rows]))
    need, ability = (outlooks.rows(part).points for part in ("need", "ability"))
    tried = [
        (
            CAUTION.index(outlooks.names[i]),
            -1.0 if ability[i] != ability[i] else ability[i],
            -1.0 if need[i] != need[i] else need[i],
        )
        for i in range(len(rows))
    ]
    assert merged.outcome.caution == merged.cautious[0].caution == pytest.approx(min(tried))
    assert merged.hopeful[0].caution == pytest.approx(max(tried))
    names = Counter(outlooks.names)
    total = sum(merged.shares.values())
    assert {name: count / total for name, count in merged.shares.items()} == pytest.approx(
        {name: count / len(rows) for name, count in names.items()}
    )
    taken = {name: merged.answers.given[name] for name in differing}
    for conflict in merged.conflicts:
        for position in conflict.positions:
            alone = rows.index({**taken, conflict.question: position.answer})
            assert position.outcome.caution == pytest.approx(tried[alone])
        assert taken[conflict.question] in differing[conflict.question], "what is taken is what somebody said"


def test_too_many_mixtures_are_said_not_to_be_all(knowledge, firm, monkeypatch):
    monkeypatch.setattr(views_module, "MOST_MIXTURES", 3)
    sheets = sheets_of(firm, (CEO, {}), (SALES, known(process_complexity=2, sponsor_level="chief", staff_openness=5)))
    merged = merge(knowledge, sheets)
    assert (merged.mixtures, merged.complete, dict(merged.shares)) == (8, False, {})
    assert merged.cautious[0].caution <= merged.outcome.caution <= merged.hopeful[0].caution
    assert all(merged.cautious[0].caution <= outcome.caution <= merged.hopeful[0].caution for outcome in merged.each)


def test_differences_that_turn_the_verdict_come_first(knowledge, three):
    item = merge_item(knowledge, three)
    order = ["verdict", "points", "findings", "nothing"]
    places = [order.index(conflict.matters) for conflict in item.conflicts]
    assert places == sorted(places)
    assert all(sum(view.taken for view in conflict.views) == 1 for conflict in item.conflicts)
