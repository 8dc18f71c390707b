"""Premises as a sentence, for people who read rules rather than write them."""

from __future__ import annotations

from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import All, Any, Found, Not, Premise, Test
from advisor.knowledge.schema import Review
from advisor.phrases import phrases
from advisor.rounding import plain_number
from advisor.text import Lang, Text, join, say

phrase = phrases("knowledge")


def review_in_words(review: Review) -> Text:
    """How far a rule has come, with who stands for it and since when where somebody does."""
    status = phrase(f"review.{review.status}")
    if review.by is None or review.date is None:
        return status
    return phrase("review.by", status=status, by=review.by, date=review.date.isoformat())


def premise_in_words(premise: Premise, knowledge: Knowledge, lang: Lang) -> str:
    """What has to hold, in words: questions by their text, steps and options by theirs."""
    match premise:
        case Test():
            return _test(premise, knowledge.facts[premise.fact], lang)
        case Found(finding):
            return say("knowledge", "found", lang, title=knowledge.findings[finding].title[lang])
        case Not(part):
            return say("knowledge", "not", lang, part=premise_in_words(part, knowledge, lang))
        case All(parts) | Any(parts):
            word = say("knowledge", "all" if isinstance(premise, All) else "any", lang)
            said = [premise_in_words(part, knowledge, lang) for part in parts]
            nested = [f"({s})" if isinstance(p, All | Any) else s for p, s in zip(parts, said, strict=True)]
            return word.join(nested)


def _test(test: Test, fact: Fact, lang: Lang) -> str:
    label = f"{fact.question.code} {fact.label[lang].rstrip('？?')}" if fact.question else fact.label[lang]
    argument = test.argument
    if test.op == "unknown":
        return say("knowledge", "unknown", lang, fact=label)
    if isinstance(argument, frozenset):
        words = [fact.type.word_in_words(fact, word, lang) for word in sorted(argument)]
        op = "is" if test.op == "in" and len(words) == 1 else test.op
        return say("knowledge", op, lang, fact=label, values=join(words, lang))
    if isinstance(argument, tuple):
        limit = plain_number(argument[1])
        return say("knowledge", "count", lang, fact=label, op=say("knowledge", argument[0], lang, value=limit))
    assert argument is not None and not isinstance(argument, str)
    return say("knowledge", "compared", lang, fact=label, op=fact.type.limit_in_words(fact, test.op, argument, lang))
