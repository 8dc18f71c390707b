"""The questionnaire as a commented YAML form: fill in the values, give the file to ``advisor assess``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any, Literal, get_args

import yaml

from advisor.interview.annotations import said_parts
from advisor.interview.answer_table_writer import only_if
from advisor.interview.answers import Annotation, Answer, Answers, Lines
from advisor.interview.serialization import plain_author, plain_views
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.languages import called_as
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
    sheet = answers or Answers()
    questions = list(knowledge.edition_questions(edition))
    listed = {q.id for q in questions}
    questions += [
        knowledge.questions[name] for name in dict.fromkeys((*sheet.given, *sheet.annotations)) if name not in listed
    ]
    firm = sheet.firm
    title = knowledge.editions[edition].title[lang]
    lines = [*_comment(say("interview", "form.intro", lang, edition=title, advisor=called_as())), ""]
    lines += ["firm:", f"  name: {_said(firm.name)}", f"  about: {_said(firm.about)}", ""]
    if answers and answers.author and not answers.views:
        lines += [*_block({"by": plain_author(answers.author)}), ""]
    lines += ["answers:"]
    sections = {section.code: section for section in knowledge.sections}
    letter = ""
    for question in questions:
        if question.code[0] != letter:
            letter = question.code[0]
            title = sections[letter].title[lang]
            lines += ["", f"  # ── {letter} {title} " + "─" * 40, *_comment(sections[letter].intro[lang], 2)]
        lines += ["", *_question(question, knowledge, lang)]
        lines += _who_said_what(question, answers, lang) if answers else ()
        lines.append(_entry(question, sheet.given.get(question.id), sheet.annotation(question.id), 2))
    if answers and answers.lines:
        lines += ["", *_second_line(answers.lines, knowledge, lang)]
    if answers and answers.views:
        note = _comment(say("interview", "form.views", lang))
        lines += ["", *note, *_block({"views": plain_views(answers.views, knowledge)})]
    return "\n".join(lines) + "\n"


def _block(part: dict[str, Any]) -> list[str]:
    """A part of the form that holds plain data, as lines."""
    return yaml.safe_dump(part, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None).splitlines()


def _who_said_what(question: Question, answers: Answers, lang: Lang) -> Iterator[str]:
    """A comment beside the answer taken where respondents differ: who said what, and what decided."""
    made = answers.views.decided.get(question.id) if answers.views else None
    if made is None or answers.views is None:
        return
    said = (
        f"{view.author.label}: {_value(question, view.given[question.id])}"
        for view in answers.views.sheets
        if question.id in view.given
    )
    how = say("interview", f"ruling.{made.ruling.rule}", lang, who=made.ruling.take)
    yield from _comment(say("interview", "form.who_said_what", lang, said=" · ".join(said), how=how), 2)
    if made.ruling.reason:
        yield from _comment(made.ruling.reason, 2, "   ")


def _second_line(second: Lines, knowledge: Knowledge, lang: Lang) -> list[str]:
    """The part with the answers in which a second line of business differs."""
    asked = dict.fromkeys((*second.other, *second.annotations))
    entries = [_entry(knowledge.questions[n], second.other.get(n), second.annotations.get(n), 4) for n in asked]
    note = _comment(say("interview", "form.line_b", lang))
    return [*note, "line_b:", f"  name: {_said(second.name)}", "  answers:", *entries]


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


def _entry(question: Question, answer: Answer | None, annotation: Annotation | None, indent: int) -> str:
    """A question with its answer: on one line, or with what stands beside the answer on lines of its own."""
    space, value = " " * indent, _value(question, answer) if answer else ""
    parts = said_parts(annotation) if annotation else {}
    if not parts:
        return f"{space}{question.id}: {value}".rstrip()
    beside = [f"{space}  {name}: {_quoted(text)}" for name, text in parts.items()]
    return "\n".join([f"{space}{question.id}:", f"{space}  value: {value}".rstrip(), *beside])


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
