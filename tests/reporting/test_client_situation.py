"""How the firm comes to ask is told in sentences, and what there is not is not told."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.situation import situation
from advisor.text import LANGS, catalogue


def told(knowledge: Knowledge, firm: Answers, lang: str = "en") -> str:
    return " ".join(situation(ReportWording(assess(firm, knowledge), lang)))


@pytest.fixture(scope="module")
def asking(firms: dict[str, Answers]) -> Answers:
    answers = {
        "triggers": frozenset({"errors", "growth"}),
        "offer_state": "none",
        "fixed_date": "none",
        "earlier_crm": "given_up",
    }
    firm = firms["small_haulier"]
    for name, value in answers.items():
        firm = firm.with_answer(name, Answer("known", value))
    return firm


def test_what_set_it_off_is_one_sentence(knowledge: Knowledge, asking: Answers) -> None:
    text = told(knowledge, asking)
    assert text.startswith("The question has come up because ") and ", and " in text
    assert "An earlier CRM system was given up" in text


def test_neither_a_date_nor_an_offer_that_there_is_not_is_told(knowledge: Knowledge, asking: Answers) -> None:
    assert "no date" not in told(knowledge, asking) and "no offer" not in told(knowledge, asking)
    dated = asking.with_answer("fixed_date", Answer("known", "season")).with_answer("weeks_left", Answer("known", 14.0))
    assert "that is 14 weeks away" in told(knowledge, dated)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("triggers", "trigger"), ("present_crm", "kind"), ("crm_use", "use"), ("crm_obstacles", "fault"),
        ("offer_kind", "offered"), ("upheaval", "upheaval"),
    ],
)  # fmt: skip
def test_every_answer_has_its_clause(knowledge: Knowledge, question: str, key: str) -> None:
    fact, texts = knowledge.facts[question], catalogue("report")
    for value in fact.values or fact.steps or range(1, 6):
        assert all(texts[f"situation.{key}.{value}"][lang] for lang in LANGS)
