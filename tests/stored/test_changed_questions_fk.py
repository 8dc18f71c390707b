"""What became of the answers to questions of sections F to K that are asked otherwise today."""

from __future__ import annotations

import pytest

from advisor.interview import Answer, Answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin

CARRIED, OPEN = "A133", "A135"


def read(text: str, knowledge: Knowledge) -> Answers:
    return parse_answers(text.encode(), "firm.yaml", knowledge)


@pytest.mark.parametrize(
    ("old", "target", "answer"),
    [
        # Engaged or budgeted: any stage but the first. Neither: the first.
        ("J3: yes", "adviser_stage", Answer("within", Margin(2, 4, whole=True))),
        ("J3: no", "adviser_stage", Answer("known", 1)),
        ("J3: unknown", "adviser_stage", Answer("unknown")),
        # Business staff with time of their own were asked for; that there is no team with a supplier tells nothing of them.
        ("J2: yes", "business_team", Answer("known", "yes")),
        ("J2: no", "business_team", None),
        # No supplier met, or one without any record: two answers in one.
        ("J4: 1", "supplier_record", None),
        ("J4: 4", "supplier_record", Answer("known", 4)),
        ("J4: 3-4", "supplier_record", Answer("within", Margin(3, 4, whole=True))),
        ("J4: 1-2", "supplier_record", None),
        # A study is no signature; where nothing was written, nothing was signed.
        ("J8: yes", "decision_signed", None),
        ("J8: no", "decision_signed", Answer("known", "no")),
        # Half a day a week of people who know CRM is another number than two days of anybody.
        ("F12a: 6", "project_people", None),
        ("F12a: 0", "project_people", None),
        ("F12a: 4-6", "project_people", None),
        ("F12a: unknown", "project_people", Answer("unknown")),
        # To have one's money back at once was never an answer.
        ("H6: 18", "payback_within", Answer("known", 18.0)),
        ("H6: 0", "payback_within", None),
        ("H6: 12-18", "payback_within", Answer("within", Margin(12, 18))),
        ("H6: up to 12", "payback_within", None),
    ],
)
def test_an_answer_is_carried_over_only_as_far_as_it_means_the_same(
    old: str, target: str, answer: Answer | None, knowledge: Knowledge
):
    answers = read(old, knowledge)
    assert answers.given == ({target: answer} if answer else {})
    (note,) = answers.notes
    code = knowledge.questions[target].code
    assert (note.code, note.values["target"]) == (CARRIED if answer else OPEN, f"{code} ({target})")


def test_the_new_answer_counts_where_both_are_there(knowledge: Knowledge):
    answers = read("J3: yes\nJ12: 2", knowledge)
    assert answers.value("adviser_stage") == 2


@pytest.mark.parametrize(
    ("question", "written", "step"),
    [
        ("F17a", "工资奖金有规定，职务荣誉没有", 3),
        ("F17a", "All four open, equal for everyone, open to appeal", 5),
        ("G2", "Our way is unique; no package seen could support it", 5),
        ("G2", "与同行一样，通用软件直接可用", 1),
        ("G2", "3 · 部分环节特殊，需要配置或二次开发", 3),  # as a form offers it
        ("I7", "租用云端软件，按账号付费", "hosted"),
        ("I7", "Bought software on our own servers", "on_premise"),
    ],
)
def test_answers_in_the_words_of_before_are_still_read(question: str, written: str, step: object, knowledge: Knowledge):
    (answer,) = read(f'{question}: "{written}"', knowledge).given.values()
    assert answer == Answer("known", step)
