"""What became of each changed question of sections A to E: carried over as it was, within bounds, or left open."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.interview import Answer
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import UNKNOWN
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin


def steps(low: int, high: int) -> Answer:
    return Answer("within", Margin(low, high, whole=True))


def known(value: object) -> Answer:
    return Answer("known", value)  # type: ignore[arg-type]


def between(low: float, high: float) -> Answer:
    return Answer("within", Margin(low, high))


MEANS: list[tuple[str, dict[str, Answer]]] = [
    ("A5: 12", {"own_sites": steps(0, 12), "partner_sites": steps(0, 12)}),
    ("A5: 0", {"own_sites": known(0), "partner_sites": known(0)}),
    ("A5: 3-9", {"own_sites": steps(0, 9), "partner_sites": steps(0, 9)}),
    ("A5: unknown", {"own_sites": UNKNOWN, "partner_sites": UNKNOWN}),
    ("A8: 60", {"top_fifth_share": between(0, 60)}),
    ("A8: 60\nA7a: 20", {"top_fifth_share": between(0, 60), "customer_accounts": known(20)}),
    ("A8: 60\nA7a: 50", {"top_fifth_share": known(60), "customer_accounts": known(50)}),
    ("A8: 50-60\nA7a: 30-80", {"top_fifth_share": between(0, 60), "customer_accounts": steps(30, 80)}),
    ("B9: 1", {"offer_similarity": known(1), "switching_cost": known(5)}),
    ("B9: 2", {"offer_similarity": steps(2, 5), "switching_cost": known(4)}),
    ("B9: 3", {"offer_similarity": steps(2, 3), "switching_cost": known(3)}),
    ("B9: 4-5", {"offer_similarity": steps(4, 5), "switching_cost": steps(1, 2)}),
    ("C3: 1", {"contact_changes": known(1)}),
    ("C3: 3", {"contact_changes": steps(1, 3)}),
    ("C3: 5", {}),
    ("C10: 2", {"brand_fame": known(2)}),
    ("C10: 3", {"brand_fame": known(3), "brand_care": known(1)}),
    ("C10: 4", {"brand_fame": steps(3, 5), "brand_care": steps(3, 4)}),
    ("C20: 1", {"data_safeguards": known(1), "data_notice": known(1)}),
    ("C20: 2", {"data_safeguards": known(2)}),
    ("C20: 3", {"data_safeguards": known(3), "data_notice": known(1)}),
    ("C20: 4", {"data_safeguards": known(4), "data_notice": steps(3, 5)}),
    ("C20: 5", {"data_safeguards": known(5), "data_notice": known(5)}),
    ("D3: yes", {"lead_source_recorded": known("yes"), "lead_cost_known": known("yes")}),
    ("D3: no", {}),
    ("E1: 1", {"visit_reporting": steps(1, 2)}),
    ("E1: 4", {"visit_reporting": known(4)}),
    ("E2: 2", {"rep_pay_basis": known(2)}),
    ("E2: 5", {"rep_pay_basis": steps(4, 5), "activity_review": known("yes")}),
    ("E5a: 1", {"presale_days": between(0, 2)}),
    ("E5a: 4", {"presale_days": between(20, math.inf)}),
    ("E13: 1", {"mixed_messages": known(1)}),
    ("E13: 4", {"mixed_messages": steps(2, 5)}),
    ("E20a: yes\nE20b: no\nE20c: yes", {"special_service_gains": known(frozenset({"customers", "staff"}))}),
    ("E20: no / no / no", {"special_service_gains": known(frozenset())}),
    ("E20a: yes", {}),
    ("E20: yes / no / unknown", {"special_service_gains": UNKNOWN}),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "expected"), MEANS, ids=[sheet.replace("\n", ", ") for sheet, _ in MEANS])
def test_an_answer_of_before_means_no_more_than_it_certainly_meant(
    sheet: str, expected: dict[str, Answer], knowledge: Knowledge
):
    answers = parse_answers(sheet.encode(), "firm.yaml", knowledge)
    assert {name: answer for name, answer in answers.given.items() if answer is not None} == expected
    retired = [line for line in sheet.splitlines() if not line.startswith("A7a")]
    assert len(answers.notes) >= len(retired), "whoever filled it in is told"


REWORDED = [
    ("buyers", "个人消费者", frozenset({"consumers"})),
    ("buyers", "Consumers; Developers or main contractors", frozenset({"consumers", "developers"})),
    ("competition", "Stronger or foreign rivals keep taking our customers", 5),
    ("relationship_length", "多数客户签有一年以上的框架合同", 4),
    ("intangible_weight", "Almost wholly know-how, solutions and service", 5),
    ("buyer_is_user", "Yes: whoever buys it uses it", "yes"),
    ("contact_channels", "微信或企业微信、电话", frozenset({"wechat", "phone"})),
    ("product_development", "每年有新品，多数按期上市", 4),
]


@pytest.mark.parametrize(("question", "words", "value"), REWORDED)
def test_a_step_in_its_earlier_words_is_still_read(question: str, words: str, value: object, knowledge: Knowledge):
    assert parse_answers(f"{question}: '{words}'".encode(), "firm.yaml", knowledge).given[question].value == value


def test_a_table_of_firms_carries_the_top_share_by_the_number_of_customers(knowledge: Knowledge, tmp_path: Path):
    (tmp_path / "firms.csv").write_text("Firm,A7a,A8\nOne,200,60\nTwo,20,60\nThree,,60\n", "utf-8")
    rows = read_firms(tmp_path / "firms.csv", knowledge).readable
    assert [row.answers.given["top_fifth_share"] for row in rows] == [known(60), between(0, 60), between(0, 60)]


def test_scores_of_such_a_table_are_those_of_its_answers_today(knowledge: Knowledge, tmp_path: Path):
    """Columns are carried over together with the answer that says whether the number is exact."""
    for name, share in (("old", ["A8", "60", "60", "60"]), ("new", ["A14", "60", "0-60", "0-60"])):
        rows = zip(["Firm", "One", "Two", "Three"], ["A7a", "200", "20", ""], share, ["A10", "3", "3", "3"], strict=True)
        (tmp_path / f"{name}.csv").write_text("\n".join(",".join(row) for row in rows), "utf-8")
    one, other = (score_table(tmp_path / f"{n}.csv", tmp_path / n, knowledge, "en") for n in ("old", "new"))
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.scored == 3
