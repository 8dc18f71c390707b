"""A firm's answers as a table, a question a row, written to be filled in by hand:

    code | question | answer | what may be answered

The first rows are about the firm: ``firm`` holds its name, ``about`` a line on it, ``firm.en`` or ``firm.zh`` the name in
the other language where there is one. :mod:`advisor.interview.answer_sheets` reads such tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.interview.answers import Answer, Answers, Firm
from advisor.interview.plain import NONE, NOT_APPLICABLE_WORDS, UNKNOWN_WORDS, alike, plain
from advisor.knowledge.facts import Fact
from advisor.knowledge.in_words import premise_in_words
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
        if asked.type == "list" and given and (lines := lines_apart(asked, given, knowledge, lang))[0] == "":
            yield asked.code, asked.text[lang], "", allowed
            yield asked.code, say("interview", "table.another", lang), lines[1], ""
            continue
        yield asked.code, asked.text[lang], written(asked, given, knowledge, lang) if given else "", allowed


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


def step_words(fact: Fact, value: str, lang: Lang) -> str:
    """An option as a form offers it: the step of a scale with its number before it."""
    words = fact.values[value][lang]
    return f"{value} · {words}" if fact.kind == "ordered" else words


def unit_of(question: Question, lang: Lang) -> str:
    """What the number that answers a question counts, empty where it takes no number or a bare one."""
    if question.type == "money":
        return say("interview", "form.money", lang)
    return "%" if question.type == "percent" else question.unit[lang] if question.unit else ""


def only_if(question: Question, knowledge: Knowledge, lang: Lang) -> str:
    """When a question that is not for everyone is to be answered, in words; empty for the others."""
    premise = knowledge.asked_if.get(question.id)
    return say("interview", "form.only_if", lang, premise=premise_in_words(premise, knowledge, lang)) if premise else ""


def written(question: Question, answer: Answer, knowledge: Knowledge, lang: Lang) -> str:
    """An answer in words, as it is entered in a table."""
    if answer.status != "known":
        return say("interview", f"table.{answer.status}", lang)
    value = plain(question, answer)
    if value == NONE and question.type in ("list", "multi"):
        return say("interview", "table.none", lang)
    if isinstance(value, list):
        words = knowledge.facts[question.id].values
        return "\n".join(value if question.type == "list" else [words[option][lang] for option in value])
    if words := knowledge.facts[question.id].values:
        return words[str(value)][lang]
    return f"{value:,.12g}" if isinstance(value, int | float) else str(value)


def lines_apart(question: Question, answer: Answer, knowledge: Knowledge, lang: Lang) -> list[str]:
    """Free lines as they stand in rows, the first in the question's own. A lone line that is a word such as "unknown" leaves
    that row blank, where the word would be taken for the answer."""
    lines = written(question, answer, knowledge, lang).split("\n")
    said = answer.status == "known" and len(lines) == 1 and alike(lines[0]) in UNKNOWN_WORDS | NOT_APPLICABLE_WORDS
    return ["", *lines] if said else lines


def _allowed(question: Question, knowledge: Knowledge, lang: Lang) -> str:
    fact = knowledge.facts[question.id]
    lines = [text[lang] for text in fact.values.values()]
    if fact.kind == "number":
        lines.append(say("interview", "form.number", lang, unit=unit_of(question, lang)))
    if question.type in ("multi", "list"):
        lines.insert(0, say("interview", f"table.{question.type}", lang))
    if condition := only_if(question, knowledge, lang):
        lines.append(condition)
    return "\n".join(lines)
