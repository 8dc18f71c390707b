"""Random answer sheets, and random completions of them, for tests that hold for any firm."""

from __future__ import annotations

import datetime
import random

from advisor.interview import Answer, Answers
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge

AMOUNTS = (0, 1, 2, 5, 10, 15, 20, 30, 60, 100, 500, 1000, 300_000, 1_000_000)


def random_value(fact: Fact, draw: random.Random) -> object:
    """Any value a fact can take."""
    if fact.type.several:
        return frozenset(value for value in sorted(fact.values) if value != "none" and draw.random() < 0.3)
    if fact.values:
        return draw.choice(fact.steps or sorted(fact.values))
    low, high = fact.type.bounds(fact)
    if isinstance(low, datetime.date) and isinstance(high, datetime.date):
        return datetime.date.fromordinal(draw.randint(low.toordinal(), high.toordinal()))
    whole = float(draw.randint(0, 100) if (fact.high or 1e6) <= 100 else draw.choice(AMOUNTS))
    return min(max(whole, fact.low or 0.0), whole if fact.high is None else fact.high)


def random_firm(knowledge: Knowledge, draw: random.Random) -> Answers:
    """Anything from a blank sheet to a full one, with some answers not known and some inapplicable."""
    share = draw.random()
    given: dict[str, Answer] = {}
    for name in knowledge.questions:
        fact = knowledge.facts[name]
        if fact.type.free or draw.random() > share:
            continue
        turn = draw.random()
        given[name] = (
            UNKNOWN if turn < 0.08 else NOT_APPLICABLE if turn < 0.12 else Answer("known", random_value(fact, draw))
        )
    return Answers(given)


def choices_of(knowledge: Knowledge) -> frozenset[str]:
    """The answers by which a firm chooses how large its project is."""
    known_from = (quantity.known_from for quantity in (knowledge.project.quantities if knowledge.project else {}).values())
    return frozenset(part.fact for ways in known_from for way in ways for part in way if part.choice and part.fact)


def completed(answers: Answers, knowledge: Knowledge, draw: random.Random) -> Answers:
    """The sheet with every missing answer given at random, a few of them as "does not apply". A choice that the firm did not
    make, such as to begin smaller, is no missing answer."""
    given, choices = dict(answers.given), choices_of(knowledge)
    for name, fact in knowledge.facts.items():
        missing = fact.question and not fact.type.free and (name not in given or given[name].status == "unknown")
        if missing and name not in choices:
            given[name] = NOT_APPLICABLE if draw.random() < 0.08 else Answer("known", random_value(fact, draw))
    return Answers(given)
