"""What a form shows, whatever it is made of: parts by section or by who answers, and in them groups of questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from advisor.interview.answer_table_writer import only_if
from advisor.interview.yaml_form import By
from advisor.knowledge import Knowledge
from advisor.knowledge.facts import Fact
from advisor.knowledge.schema import Question
from advisor.reporting.source_marks import source_mark
from advisor.text import Lang, say


@dataclass(frozen=True)
class FormEntry:
    """A question as a form shows it; ``options`` are its answers in words."""

    question: Question
    fact: Fact
    text: str
    unit: str
    options: tuple[str, ...]
    range: str
    help: str
    only_if: str
    evidence: str
    why: str
    claims: str


@dataclass(frozen=True)
class FormGroup:
    """Questions that belong together under a heading."""

    title: str
    entries: tuple[FormEntry, ...]


@dataclass(frozen=True)
class FormPart:
    """A sheet of a workbook, a chapter on paper."""

    title: str
    intro: str
    groups: tuple[FormGroup, ...]

    @property
    def entries(self) -> tuple[FormEntry, ...]:
        """All questions of the part."""
        return tuple(entry for group in self.groups for entry in group.entries)


def form_parts(
    knowledge: Knowledge, edition: str, lang: Lang, by: By = "section", more: Collection[str] = ()
) -> tuple[FormPart, ...]:
    """An edition's questions, and those named in ``more``, as the parts of a form."""
    included = {question.id for question in knowledge.edition_questions(edition)} | set(more)
    parts = _by_role(knowledge, included, lang) if by == "role" else _by_section(knowledge, included, lang)
    return tuple(part for part in parts if part.groups)


def _by_section(knowledge: Knowledge, included: Collection[str], lang: Lang) -> Iterator[FormPart]:
    for section in knowledge.sections:
        topics = [topic for topic_section, topic in knowledge.topics.values() if topic_section.id == section.id]
        groups = [_group(topic.title[lang], topic.questions, knowledge, included, lang) for topic in topics]
        yield FormPart(f"{section.code} {section.title[lang]}", section.intro[lang], tuple(g for g in groups if g.entries))


def _by_role(knowledge: Knowledge, included: Collection[str], lang: Lang) -> Iterator[FormPart]:
    for role in dict.fromkeys(question.role for question in knowledge.questions.values()):
        name = say("report", f"role.{role}", lang)
        groups = []
        for section in knowledge.sections:
            section_questions = [
                name
                for topic_section, topic in knowledge.topics.values()
                if topic_section.id == section.id
                for name in topic.questions
            ]
            role_questions = [question for question in section_questions if knowledge.questions[question].role == role]
            groups.append(_group(f"{section.code} {section.title[lang]}", role_questions, knowledge, included, lang))
        intro = say("forms", "by_role", lang, role=name)
        yield FormPart(name[:1].upper() + name[1:], intro, tuple(group for group in groups if group.entries))


def _group(title: str, names: Collection[str], knowledge: Knowledge, included: Collection[str], lang: Lang) -> FormGroup:
    questions = [knowledge.questions[name] for name in names if name in included]
    return FormGroup(title, tuple(_question(question, knowledge, lang) for question in questions))


def _question(question: Question, knowledge: Knowledge, lang: Lang) -> FormEntry:
    fact = knowledge.facts[question.id]
    return FormEntry(
        question=question,
        fact=fact,
        text=question.text[lang],
        unit=fact.type.unit(question, lang),
        options=fact.type.labels(fact, lang),
        range=fact.type.range(fact, lang),
        help=question.help[lang] if question.help else "",
        only_if=only_if(question, knowledge, lang),
        evidence=say("forms", "evidence", lang, text=question.evidence[lang]) if question.evidence else "",
        why=question.why[lang],
        claims=" ".join(map(source_mark, question.claims)),
    )
