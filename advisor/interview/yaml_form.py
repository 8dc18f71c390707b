"""The questionnaire as a commented YAML form: fill in the values, give the file to ``advisor assess``."""

from __future__ import annotations

import json
import textwrap
from typing import Literal, get_args

from advisor.interview.answer_table_writer import only_if
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Lang, Text, say

By = Literal["section", "role"]
LAYOUTS: tuple[By, ...] = get_args(By)
"""What belongs together in a form of several sheets: a section, or what one role answers."""

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "pdf": "application/pdf",
}
"""Kinds of form and the content type of each; all but the one on paper are read in again."""


def form(knowledge: Knowledge, edition: str, lang: Lang, answers: Answers | None = None) -> str:
    """The form of an edition in ``lang``, empty or holding ``answers``. Reading it back gives the same answers."""
    given = (answers or Answers()).given
    questions = list(knowledge.edition_questions(edition))
    listed = {q.id for q in questions}
    questions += [knowledge.questions[name] for name in given if name not in listed]
    firm = (answers or Answers()).firm
    lines = [*_comment(say("interview", "form.intro", lang, edition=knowledge.editions[edition].title[lang])), ""]
    lines += ["firm:", f"  name: {_said(firm.name)}", f"  about: {_said(firm.about)}", "", "answers:"]
    sections = {section.code: section for section in knowledge.sections}
    letter = ""
    for question in questions:
        if question.code[0] != letter:
            letter = question.code[0]
            title = sections[letter].title[lang]
            lines += ["", f"  # ── {letter} {title} " + "─" * 40, *_comment(sections[letter].intro[lang], 2)]
        lines += ["", *_question(question, knowledge, lang)]
        value = _value(question, given[question.id]) if question.id in given else ""
        lines.append(f"  {question.id}: {value}".rstrip())
    return "\n".join(lines) + "\n"


def _question(question: Question, knowledge: Knowledge, lang: Lang) -> list[str]:
    fact = knowledge.facts[question.id]
    lines = _comment(f"{question.code} {question.text[lang]}", 2)
    if question.help:
        lines += _comment(question.help[lang], 2, "    ")
    if fact.values:
        lines += [f"  #   {value} = {text[lang]}" for value, text in fact.values.items()]
    elif how_to := fact.type.how_to(fact, lang):
        lines.append(f"  #   {how_to}")
    if fact.type.several:
        lines.append(f"  #   {say('interview', 'form.several', lang)}")
    if condition := only_if(question, knowledge, lang):
        lines += _comment(condition, 2, "   ")
    return lines


def _comment(text: str, indent: int = 0, inner: str = " ") -> list[str]:
    width = 60 if any(ord(c) > 0x2E80 for c in text) else 110
    return [f"{' ' * indent}#{inner}{line}" for part in text.splitlines() for line in textwrap.wrap(part, width)]


def _value(question: Question, answer: Answer) -> str:
    if isinstance(answer.value, Margin):
        return str(answer.value)
    return question.answer_type.in_yaml(answer.value) if answer.status == "known" else answer.status


def _said(text: Text | None) -> str:
    if text is None:
        return '""'
    return _quoted(text.zh) if text.zh == text.en else f"{{zh: {_quoted(text.zh)}, en: {_quoted(text.en)}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
