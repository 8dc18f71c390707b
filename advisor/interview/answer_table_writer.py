"""A firm's answers as a table, a question a row, written to be filled in by hand:

    code | question | answer | what may be answered

The first rows are about the firm: ``firm`` holds its name, ``about`` a line on it, ``firm.en`` or ``firm.zh`` the name in
the other language where there is one. :mod:`advisor.interview.answer_table_reader` reads such tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.interview.answers import Answer, Answers, Firm
from advisor.knowledge.answer_types.list import apart
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Lang, Text, say

HEADS = ("code", "question", "answer", "allowed")
FIRM_FIELDS = {"firm": "name", "about": "about"}
"""What the keys of the rows about the firm stand for."""

Row = tuple[str, str, str, str]


def answer_rows(knowledge: Knowledge, answers: Answers, lang: Lang, edition: str = "") -> Iterator[Row]:
    """The table of an edition's questions, by default of all, with the answers there are, also those to other questions;
    read back, it gives the same answers."""
    listed = {q.id for q in knowledge.edition_questions(edition)} if edition else set(knowledge.questions)
    code, question, answer, allowed = (say("interview", f"table.{name}", lang) for name in HEADS)
    yield code, question, answer, allowed
    for key, label, value in firm_rows(answers.firm, lang):
        yield key, label, value, ""
    for name, asked in knowledge.questions.items():
        given = answers.given.get(name)
        if given is None and name not in listed:
            continue
        allowed = _allowed(asked, knowledge, lang)
        text = written(asked, given, knowledge, lang) if given else ""
        if asked.answer_type.free and given and given.status == "known" and apart(text)[0] == "":
            yield asked.code, asked.text[lang], "", allowed
            yield asked.code, say("interview", "table.another", lang), text, ""
        else:
            yield asked.code, asked.text[lang], text, allowed


def firm_rows(firm: Firm, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Key, label and content of the rows about the firm: in ``lang``, and in the other language where it reads otherwise."""
    other: Lang = "en" if lang == "zh" else "zh"
    for key, field in FIRM_FIELDS.items():
        text: Text | None = getattr(firm, field)
        yield key, say("interview", f"table.{key}", lang), text[lang] if text else ""
        yield (
            f"{key}.{other}",
            say("interview", f"table.{key}_other", lang),
            text[other] if text and text.zh != text.en else "",
        )


def only_if(question: Question, knowledge: Knowledge, lang: Lang) -> str:
    """When a question that is not for everyone is to be answered, in words; empty for the others."""
    premise = knowledge.asked_if.get(question.id)
    return say("interview", "form.only_if", lang, premise=premise_in_words(premise, knowledge, lang)) if premise else ""


def written(question: Question, answer: Answer, knowledge: Knowledge, lang: Lang) -> str:
    """An answer in words, as it is entered in a table."""
    if isinstance(answer.value, Margin):
        return str(answer.value)
    if answer.status != "known":
        return say("interview", f"table.{answer.status}", lang)
    return question.answer_type.in_table(knowledge.facts[question.id], answer.value, lang)


def _allowed(question: Question, knowledge: Knowledge, lang: Lang) -> str:
    fact = knowledge.facts[question.id]
    lines = [text[lang] for text in fact.values.values()]
    if how_to := fact.type.how_to(fact, lang):
        lines.append(how_to)
    if fact.type.remark:
        lines.insert(0, say("interview", f"table.{fact.type.remark}", lang))
    if condition := only_if(question, knowledge, lang):
        lines.append(condition)
    return "\n".join(lines)
