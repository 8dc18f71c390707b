"""A firm is told of the data law that binds it by its home and by whose data it holds, and of no other."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.law import law
from advisor.reporting.document import Bullets

LEAKY = {"data_safeguards": 2, "data_requirements": frozenset({"sensitive_personal_data"}), "customer_spread": 5}
GENERAL = {
    "pipl_2021", "gdpr_2016", "uk_data_law_2018", "us_privacy_patchwork", "asia_privacy_laws", "privacy_laws_elsewhere",
    "hk_macau_taiwan_privacy_laws",
}  # fmt: skip
"""The law on personal data at large of each place."""


def firm(firms: dict[str, Answers], home: str, *people: str) -> Answers:
    answers = firms["machine_tool_maker"]
    for name, value in {**LEAKY, "home_country": home, "people_homes": frozenset(people)}.items():
        answers = answers.with_answer(name, Answer("known", value))
    return answers


def laws_behind(knowledge: Knowledge, answers: Answers, rule: str = "approach_leaks_of_sensitive_data") -> list[str]:
    support = next(support for support in assess(answers, knowledge).trace if support.rule == rule)
    return [name for name in support.sources if name in GENERAL]


@pytest.mark.parametrize(
    ("home", "people", "laws"),
    [
        ("mainland_china", ("mainland_china",), ["pipl_2021"]),
        ("eu_eea", ("eu_eea", "mainland_china"), ["gdpr_2016", "pipl_2021"]),
        ("asean", ("asean",), ["asia_privacy_laws"]),
        ("hk_macau_taiwan", ("eu_eea",), ["hk_macau_taiwan_privacy_laws", "gdpr_2016"]),
        ("elsewhere", ("elsewhere",), ["privacy_laws_elsewhere"]),
    ],
)
def test_a_rule_on_data_law_at_large_cites_the_laws_that_bind_home_first(
    knowledge: Knowledge, firms: dict[str, Answers], home: str, people: tuple[str, ...], laws: list[str]
) -> None:
    assert laws_behind(knowledge, firm(firms, home, *people)) == laws


def test_a_rule_on_one_law_goes_on_citing_that_law(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    german = firm(firms, "eu_eea", "eu_eea", "mainland_china")
    assert laws_behind(knowledge, german, "check_sensitive_data_handled") == ["pipl_2021"]


@pytest.mark.parametrize(
    ("home", "people", "first", "also"),
    [
        (
            "hk_macau_taiwan",
            ("eu_eea",),
            "Hong Kong: Personal Data (Privacy) Ordinance",
            "General Data Protection Regulation",
        ),
        ("asean", ("asean",), "Singapore: Personal Data Protection Act 2012", ""),
        ("elsewhere", ("elsewhere",), "Law of the country concerned", "India's Digital Personal Data Protection Act 2023"),
        ("eu_eea", ("eu_eea", "mainland_china"), "EU: General Data Protection Regulation", "China: Personal Information"),
    ],
)
def test_the_client_is_told_the_law_of_the_home_first(
    knowledge: Knowledge, firms: dict[str, Answers], home: str, people: tuple[str, ...], first: str, also: str
) -> None:
    chapter = law(ReportWording(assess(firm(firms, home, *people), knowledge), "en"))
    assert chapter
    bullets = next(block for block in chapter.blocks if isinstance(block, Bullets))
    told = [line.text for line in bullets.lines]
    assert told[0].startswith(first)
    assert any(also in line for line in told)
