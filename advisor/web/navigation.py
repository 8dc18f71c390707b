"""The way through the questionnaire: topics, sections and the progress of a case. Independent of requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.interview import Answers, Progress, applies, progress
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Question, Section, Topic


@dataclass(frozen=True)
class TopicPage:
    """A topic as one edition asks it: all its questions, and those that apply as the answers stand."""

    section: Section
    topic: Topic
    questions: tuple[Question, ...]
    applicable: tuple[Question, ...]

    def unanswered(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that apply and have no answer."""
        return tuple(q for q in self.applicable if q.id not in answers.given)


@dataclass(frozen=True)
class SectionState:
    """A section on the list of tasks: its progress, and the page to continue with."""

    section: Section
    progress: Progress
    next_page: TopicPage

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``open``."""
        if self.progress.answered == self.progress.total:
            return "done"
        return "begun" if self.progress.answered else "open"


def topic_pages(knowledge: Knowledge, edition: str, answers: Answers) -> list[TopicPage]:
    """The topics with questions that apply to this firm, in order."""
    in_edition = {q.id for q in knowledge.edition_questions(edition)}
    pages = (_topic_page(knowledge, in_edition, answers, topic) for topic in knowledge.topics)
    return [page for page in pages if page.applicable]


def topic_page(knowledge: Knowledge, edition: str, answers: Answers, topic: str) -> TopicPage | None:
    """The page of a topic even where none of its questions applies; None where the edition does not ask it."""
    if topic not in knowledge.topics:
        return None
    page = _topic_page(knowledge, {q.id for q in knowledge.edition_questions(edition)}, answers, topic)
    return page if page.questions else None


def _topic_page(knowledge: Knowledge, in_edition: set[str], answers: Answers, topic: str) -> TopicPage:
    section, definition = knowledge.topics[topic]
    questions = tuple(knowledge.questions[name] for name in definition.questions if name in in_edition)
    return TopicPage(section, definition, questions, tuple(q for q in questions if applies(q, answers, knowledge)))


def adjacent_pages(pages: list[TopicPage], topic: str, order: list[str]) -> tuple[TopicPage | None, TopicPage | None]:
    """The pages before and after a topic; ``order`` is that of all topics."""
    position = order.index(topic)
    before = [page for page in pages if order.index(page.topic.id) < position]
    after = [page for page in pages if order.index(page.topic.id) > position]
    return (before[-1] if before else None), (after[0] if after else None)


def section_states(knowledge: Knowledge, edition: str, answers: Answers) -> Iterator[SectionState]:
    """The sections with questions that apply to this firm, each with its progress and the page to continue with."""
    pages_by_section: dict[str, list[TopicPage]] = {}
    for page in topic_pages(knowledge, edition, answers):
        pages_by_section.setdefault(page.section.id, []).append(page)
    for pages in pages_by_section.values():
        questions = [q for page in pages for q in page.questions]
        next_page = next((page for page in pages if page.unanswered(answers)), pages[0])
        yield SectionState(pages[0].section, progress(questions, answers, knowledge), next_page)
