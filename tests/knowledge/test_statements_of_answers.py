"""What each answer says about the firm, as a sentence that can stand as a reason."""

from __future__ import annotations

import re

from advisor.knowledge import Knowledge
from advisor.phrases import sentences
from advisor.text import Text


def test_every_answer_says_something_about_the_firm(knowledge: Knowledge):
    for question in knowledge.questions.values():
        fact = knowledge.facts[question.id]
        missing = [value for value in fact.values if not fact.statement(value, fact.values[value])]
        assert not missing, (question.code, missing)
        assert fact.values or question.statement or fact.type.free, question.code


def test_several_options_say_a_sentence_each_in_the_order_of_the_list(knowledge: Knowledge):
    fact = knowledge.facts["triggers"]
    said = fact.statement(frozenset({"image", "growth"}), Text(zh="略", en="as it may be"))
    assert said == sentences([fact.question.statements["growth"], fact.question.statements["image"]])
    assert fact.statement(frozenset(), Text(zh="无", en="none")) is None


def test_no_two_answers_say_the_same_and_each_is_one_sentence(knowledge: Knowledge):
    for question in knowledge.questions.values():
        for lang, end in (("zh", "。"), ("en", ".")):
            said = [text[lang] for text in question.statements.values()]
            assert len(set(said)) == len(said), question.id
            for sentence in said:
                assert sentence.endswith(end) and sentence.count(end) == 1 and not re.search(r"[?？{]", sentence), sentence


def test_an_answer_without_a_sentence_has_none(knowledge: Knowledge):
    shown = Text(zh="略", en="as it may be")
    assert knowledge.facts["model"].statement("project", shown) is None
    assert "business cards" in str(knowledge.facts["customer_files"].statement(2, shown))
