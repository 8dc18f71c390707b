"""The answers as an assessment shows them, how much was answered, and the rules that wait for an answer."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict

from advisor.assessment.model import AnnotationItem, AnswerItem, Coverage, UndecidedItem
from advisor.inference import Inference, ScoreValue
from advisor.inference.facts import Facts
from advisor.interview.answers import Annotation, Answer, Answers
from advisor.interview.in_words import margin_in_words
from advisor.interview.session import applies
from advisor.knowledge.facts import MODEL_FACT, Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Premise, facts_in
from advisor.knowledge.questions_behind import questions_behind, waits_for
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("assessment")


def answer_in_words(answer: Answer | None, fact: Fact) -> Text:
    """An answer as a report shows it."""
    if answer is None:
        return phrase("answer.unanswered")
    if isinstance(answer.value, Margin):
        return margin_in_words(answer.value, fact)
    return fact.type.in_words(fact, answer.value) if answer.status == "known" else phrase(f"answer.{answer.status}")


def answer_said(answer: Answer | None, fact: Fact) -> Text | None:
    """What an answer says of the firm, as a sentence; None where that is not certain or not written."""
    if answer is None or answer.value is None:
        return None
    return fact.statement(answer.value, answer_in_words(answer, fact))


def answer_items(knowledge: Knowledge, answers: Answers) -> tuple[AnswerItem, ...]:
    """Every question that applies to this firm, answered or not, in catalogue order."""
    asked = [question.id for question in knowledge.questions.values() if applies(question, answers, knowledge)]
    return tuple(answer_item(knowledge, name, answers.given.get(name), answers.annotation(name)) for name in asked)


def answer_item(knowledge: Knowledge, name: str, answer: Answer | None, annotation: Annotation | None = None) -> AnswerItem:
    """A question with what was answered to it, and what stands beside the answer."""
    question, fact = knowledge.questions[name], knowledge.facts[name]
    return AnswerItem(
        question=question.id,
        code=question.code,
        section=_section_titles(knowledge)[question.code[0]],
        text=question.text,
        status=answer.status if answer else "unanswered",
        value=_stored(answer, fact),
        shown=answer_in_words(answer, fact),
        says=answer_said(answer, fact),
        annotation=AnnotationItem(**asdict(annotation)) if annotation else None,
    )


@functools.lru_cache(maxsize=4)
def _section_titles(knowledge: Knowledge) -> Mapping[str, Text]:
    return {section.code: section.title for section in knowledge.sections}


def _stored(answer: Answer | None, fact: Fact) -> int | float | str | tuple[str, ...] | None:
    if answer is None or answer.value is None:
        return None
    return str(answer.value) if isinstance(answer.value, Margin) else fact.type.stored(answer.value)


def coverage_of(knowledge: Knowledge, answers: Answers, need: ScoreValue, ability: ScoreValue) -> Coverage:
    """How much of what applies was answered."""
    applicable = [q for q in knowledge.questions.values() if applies(q, answers, knowledge)]
    answered = sum(q.id in answers.given for q in applicable)
    return Coverage(answered=answered, applicable=len(applicable), need=need.answered, ability=ability.answered)


def undecided_items(knowledge: Knowledge, inference: Inference) -> tuple[UndecidedItem, ...]:
    """Every rule that could not be decided, with the questions it waits for."""
    known = inference.facts.values.__contains__
    waiting = functools.cache(lambda name: waits_for(knowledge, name, known))
    items = []
    for entry in inference.undecided_rules:
        rule = knowledge.rules_by_id[entry.rule].rule
        titles = [knowledge.titles[conclusion.target] for conclusion in rule.then]
        questions = tuple(dict.fromkeys(question for name in entry.missing for question in waiting(name)))
        targets = tuple(c.target for c in rule.then)
        items.append(UndecidedItem(rule=rule.id, kind=rule.kind, findings=targets, titles=tuple(titles), missing=questions))
    return tuple(items)


def missing_codes(premise: Premise, knowledge: Knowledge, facts: Facts) -> list[str]:
    """The codes of the questions without a value that an undecided premise asks about."""
    missing = [name for name in facts_in(premise) if facts.value(name) is None and facts.applies(name)]
    sources = dict.fromkeys(q for name in missing for q in waits_for(knowledge, name, facts.values.__contains__))
    return [knowledge.questions[name].code for name in sources]


def deciding_codes(premise: Premise, knowledge: Knowledge, facts: Facts) -> list[str]:
    """The codes of the questions that could still turn a premise: without a value, or behind an operating model that is read
    at the middle of what answers leave."""
    codes = dict.fromkeys(missing_codes(premise, knowledge, facts))
    if MODEL_FACT in facts_in(premise):
        behind = (name for name in questions_behind(knowledge, MODEL_FACT) if facts.applies(name))
        codes.update(dict.fromkeys(knowledge.questions[name].code for name in behind if facts.value(name) is None))
    return list(codes)
