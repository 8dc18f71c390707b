"""What could be true of a firm in place of an answer it gave, and what its client reads of it."""

from __future__ import annotations

import pytest

from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.small_changes import order_of, steps_away
from advisor.assessment.verdict import verdict_sentence
from advisor.insight.sensitivity import sensitivity
from advisor.interview import Answer
from advisor.reporting import build_document
from advisor.text import LANGS
from tests.reporting.test_client_pages import texts_in


@pytest.mark.parametrize(
    ("question", "now", "then", "steps"),
    [
        ("employees", 40.0, 100_000.0, None),  # 40 people are no 100,000
        ("employees", 40.0, 75.0, 1),
        ("partner_sites", 0.0, 500_000.0, None),
        ("running_budget", 400_000.0, 100_000.0, None),
        ("home_country", "mainland_china", "hk_macau_taiwan", None),
        ("industry", "software", "bank", None),
        ("data_requirements", frozenset(), frozenset({"data_in_china"}), 1),
        ("can_stop", frozenset({"branches"}), frozenset({"union"}), None),  # one box taken away and another ticked
        ("customer_culture", 4, 3, 1),
        ("customer_culture", 4, 2, 2),
        ("sponsor_level", "chief", "department_head", 2),
        ("approval", "approved", "outside_pending", 1),
    ],
)
def test_how_far_one_answer_is_from_another(knowledge, question, now, then, steps):
    order = order_of(knowledge, question)
    assert steps_away(knowledge.facts[question], now, then, order) == steps


def test_every_answer_said_to_turn_a_verdict_could_be_true_of_the_firm(knowledge, firms, further_firms):
    """Six boxes ticked at once, another home and 100,000 people in place of 40 stood on clients' pages."""
    turns = 0
    for firm in (*firms.values(), *further_firms.values()):
        now = verdict_outlook(knowledge, firm)
        result = sensitivity(knowledge, firm, now)
        for turn in result.answers if result else ():
            was = firm.value(turn.question)
            turns += 1
            assert turn.question not in ("home_country", "industry")
            assert (
                verdict_outlook(knowledge, firm.with_answer(turn.question, Answer("known", turn.value))).name == turn.verdict
            )
            if isinstance(was, float):
                assert was / 3 <= turn.value <= 3 * was
            if isinstance(was, frozenset):
                assert len(was ^ turn.value) == 1
    assert turns > 20


def test_the_table_of_a_client_has_the_answers_its_sentence_speaks_of(assessed_firm, firms, further_firms):
    for name in (*firms, *list(further_firms)[:6]):
        made = assessed_firm(name)
        near = [turn for turn in made.insight.sensitivity.answers if turn.steps == 1] if made.insight.sensitivity else []
        for lang in LANGS:
            chapters = {chapter.id: chapter for chapter in build_document(made, lang, "client").chapters}
            told = list(texts_in(chapters["certainty"])) if "certainty" in chapters else []
            tables = [text for text in told if text.startswith(("Answers that would turn", "作最小幅度的调整就会"))]
            assert bool(tables) == bool(near)


@pytest.mark.parametrize("edition", ["client", "summary"])
def test_no_client_reads_a_count_over_random_answers(assessed_firm, firms, edition):
    """It stood beside “feasible” on the cover with “feasible 1%” in it; the evidence has it."""
    for name in firms:
        for lang in LANGS:
            for text in texts_in(build_document(assessed_firm(name), lang, edition).chapters):
                assert "random" not in text.lower() and "随机" not in text, text


def test_a_verdict_says_so_where_most_open_answers_lead_elsewhere(assessed_firm, firms, further_firms):
    elsewhere = 0
    for name in (*firms, *further_firms):
        made = assessed_firm(name)
        likely = made.insight.likely
        most = likely[0].verdict if likely and likely[0].share > 0.5 else made.verdict.name
        expected = (
            most if made.verdict.certainty == "leaning" and most not in (made.verdict.name, "not_enough_answers") else None
        )
        assert made.verdict.leads_to == expected
        elsewhere += expected is not None
    assert elsewhere
    for lang, words in (("en", "reckon with that"), ("zh", "请以此为准备")):
        assert words in verdict_sentence("feasible", "leaning", "conditional")[lang]
        assert words not in verdict_sentence("feasible", "leaning")[lang]
