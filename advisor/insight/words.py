"""The sentences of the insights, in both languages."""

from __future__ import annotations

from advisor.assessment.words import filled
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Not, Premise
from advisor.text import Text, catalogue


def phrase(key: str, /, **values: object) -> Text:
    """An entry of the insight catalogue with its placeholders filled; a Text value gives its own language."""
    return filled(catalogue("insight")[key], **values)


def verdict_name(name: str) -> Text:
    """A verdict as it is called."""
    return catalogue("assessment")[f"verdict.{name}.name"]


def in_words(premise: Premise, knowledge: Knowledge, negated: bool = False) -> Text:
    """A premise, or its opposite, as a sentence."""
    whole = Not(premise) if negated else premise
    return Text(zh=premise_in_words(whole, knowledge, "zh"), en=premise_in_words(whole, knowledge, "en"))
