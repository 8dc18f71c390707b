"""Sentences built from numbers read well for none and for one."""

from __future__ import annotations

import re

import pytest

from advisor.knowledge.premises import number_word

PLURALS = re.compile(
    r"(?<![\d.,])1 (people|roles|customers|sites|weeks|departments|months|years|users|firms|products|cases)\b"
)
VERBS = re.compile(r"(?<![\d.,])1 \w+(?: \w+)? (take|are|have|come|number|call)\b")
NOTHING = re.compile(r"(?<![\d.,])0 ")


@pytest.fixture(scope="module")
def counted(knowledge):
    return [f for f in knowledge.facts.values() if f.question and f.question.type == "number" and f.question.statement]


def told(fact, number: float):
    return fact.statement(number, fact.type.in_words(fact, number))


def test_one_is_told_in_the_singular(counted):
    """“On the customer's side 1 role take part”."""
    for fact in counted:
        sentence = told(fact, 1.0).en
        assert not PLURALS.search(sentence) and not VERBS.search(sentence), sentence


def test_nothing_is_told_in_words(counted):
    """“The staff who regularly call on customers number 0 people”."""
    for fact in counted:
        if (fact.low or 0) == 0:
            sentence = told(fact, 0.0)
            assert not NOTHING.search(sentence.en), sentence.en
            assert "0" not in sentence.zh, sentence.zh


def test_every_count_of_a_firm_is_a_sentence(counted):
    """“The firm has 2,600,000 customers that are active”."""
    for fact in counted:
        sentence = told(fact, 2_600_000.0).en
        assert "2,600,000" in sentence and "that are" not in sentence, sentence
        assert number_word(2_600_000.0) not in told(fact, 3.0).en
