"""Risks speak of the customers a firm has: of consumers only where consumers buy."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment, assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge


def assessed(knowledge: Knowledge, **values: object) -> Assessment:
    return assess(Answers({name: Answer("known", value) for name, value in values.items()}), knowledge, engine="columns")


def likelihoods(assessment: Assessment) -> dict[str, str]:
    return {risk.id: risk.likelihood for risk in assessment.risks}


def test_weak_protection_alarms_consumers_and_makes_firms_guarded(knowledge):
    shop = likelihoods(assessed(knowledge, data_safeguards=2, buyers=frozenset(["consumers", "firms"])))
    haulier = likelihoods(assessed(knowledge, data_safeguards=2, buyers=frozenset(["firms"])))
    assert shop["customer_distrust"] == "medium" and "unwelcome_marketing" in shop
    assert haulier["customer_distrust"] == "low" and "unwelcome_marketing" not in haulier


@pytest.mark.parametrize("words", ["unsubscribe", "marketing"])
def test_what_is_told_of_every_buyer_is_no_talk_of_consumer_marketing(knowledge, words):
    risk = knowledge.findings["customer_distrust"]
    assert all(words not in text.en for text in (risk.text, risk.effect, risk.measure, risk.sign))
