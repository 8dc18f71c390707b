"""Answers that are not known exactly, in words."""

from __future__ import annotations

from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("interview")


def margin_in_words(margin: Margin, fact: Fact) -> Text:
    """The bounds of an answer that is not known exactly."""
    low, *high = (int(end) if fact.values else end for end in margin.ends_and())
    if not high:
        return phrase("margin.at_least", low=fact.type.in_words(fact, low))
    key = "margin.steps" if fact.values else "margin.within"
    return phrase(key, low=fact.type.lower_bound_in_words(fact, low), high=fact.type.in_words(fact, high[0]))
