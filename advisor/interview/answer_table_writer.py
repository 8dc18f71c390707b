"""A firm's answers as a table, a question a row, written to be filled in by hand:

    code | question | answer | what may be answered

Where something stands beside answers, further columns hold it: note, evidence, source, by, on, confidence, visible.

The first rows are about the firm: ``firm`` holds its name, ``about`` a line on it, ``firm.en`` or ``firm.zh`` the name in
the other language where there is one. :mod:`advisor.interview.answer_table_reader` reads such tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place
from advisor.interview.annotations import CHOICES, TYPED, choice_word
from advisor.interview.answer_parsing import parse_answer
from advisor.interview.answers import Annotation, Answer, Answers, Firm
from advisor.knowledge.answer_types.list import apart
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Lang, Text, say

HEADS = ("code", "question", "answer", "allowed")
FIRM_FIELDS = {"firm": "name", "about": "about"}
"""What the keys of the rows about the firm stand for."""

Row = tuple[str, ...]


def answer_rows(knowledge: Knowledge, answers: Answers, lang: Lang, edition: str = "") -> Iterator[Row]:
    """The table of an edition's questions, by default of all, with the answers there are, also those to other questions;
    read back, it gives the same answers."""
    listed = {q.id for q in knowledge.edition_questions(edition)} if edition else set(knowledge.questions)
    code, question, answer, allowed = (say("interview", f"table.{name}", lang) for name in HEADS)
    beside = any(annotation_cells(one, lang)[0] for one in answers.annotations.values())
    heads = [annotation_head(name, lang) for name in TYPED] if beside else []
    yield code, question, answer, allowed, *heads
    for key, label, value in firm_rows(answers.firm, lang):
        yield key, label, value, ""
    for name, asked in knowledge.questions.items():
        given, annotation = answers.given.get(name), answers.annotation(name)
        if given is None and annotation is None and name not in listed:
            continue
        cells = annotation_cells(annotation, lang)[1] if annotation and beside else ()
        allowed = _allowed(asked, knowledge, lang)
        text = written_with_words(asked, given, annotation, knowledge, lang) if given else ""
        if asked.answer_type.free and given and given.status == "known" and apart(text)[0] == "":
            yield asked.code, asked.text[lang], "", allowed, *cells
            yield asked.code, say("interview", "table.another", lang), text, ""
        else:
            yield asked.code, asked.text[lang], text, allowed, *cells


def annotation_head(name: str, lang: Lang) -> str:
    """The head of the column with one part of what stands beside answers."""
    return say("interview", f"annotation.{name}", lang)


def annotation_cells(annotation: Annotation, lang: Lang) -> tuple[bool, tuple[str, ...]]:
    """Whether there is anything to write in the columns beside an answer, and what."""
    texts = {name: getattr(annotation, name) for name in TYPED}
    for name in CHOICES:
        texts[name] = texts[name] and choice_word(name, texts[name], lang)
    return any(texts.values()), tuple(texts.values())


def written_with_words(
    question: Question, answer: Answer, annotation: Annotation | None, knowledge: Knowledge, lang: Lang
) -> str:
    """As :func:`written`; an answer known within bounds in the words a person used, while they are read as these bounds."""
    words = annotation.words if annotation else ""
    if words and parse_answer(question, words, knowledge, Place(question.code)) == answer:
        return words
    return written(question, answer, knowledge, lang)


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
