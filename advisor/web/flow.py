"""Which page comes next: topics, sections and how far along a case is. Nothing here knows of requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.interview import Answers, Progress, applies, progress
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Question, Section, Topic


@dataclass(frozen=True)
class Page:
    """A topic as one edition asks it: all its questions, and those that apply as the answers stand."""

    section: Section
    topic: Topic
    questions: tuple[Question, ...]
    asked: tuple[Question, ...]

    def open(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that apply and have no answer."""
        return tuple(q for q in self.asked if q.id not in answers.given)


@dataclass(frozen=True)
class SectionState:
    """A section on the list of tasks: how far it is, and the page to go on with."""

    section: Section
    progress: Progress
    first: Page
    go_on: Page

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``open``."""
        if self.progress.answered == self.progress.total:
            return "done"
        return "begun" if self.progress.answered else "open"


def pages(knowledge: Knowledge, edition: str, answers: Answers) -> list[Page]:
    """The topics that ask this firm something, in order."""
    wanted = {q.id for q in knowledge.edition_questions(edition)}
    found = []
    for section, topic in knowledge.topics.values():
        questions = tuple(knowledge.questions[name] for name in topic.questions if name in wanted)
        asked = tuple(q for q in questions if applies(q, answers, knowledge))
        if asked:
            found.append(Page(section, topic, questions, asked))
    return found


def page_of(knowledge: Knowledge, edition: str, answers: Answers, topic: str) -> Page | None:
    """The page of a topic even where nothing on it applies just now; None where the edition does not ask it."""
    if topic not in knowledge.topics:
        return None
    wanted = {q.id for q in knowledge.edition_questions(edition)}
    section, named = knowledge.topics[topic]
    questions = tuple(knowledge.questions[name] for name in named.questions if name in wanted)
    asked = tuple(q for q in questions if applies(q, answers, knowledge))
    return Page(section, named, questions, asked) if questions else None


def neighbours(found: list[Page], topic: str, order: list[str]) -> tuple[Page | None, Page | None]:
    """The pages before and after a topic among those that ask something; ``order`` is that of all topics."""
    place = order.index(topic)
    before = [page for page in found if order.index(page.topic.id) < place]
    after = [page for page in found if order.index(page.topic.id) > place]
    return (before[-1] if before else None), (after[0] if after else None)


def sections(knowledge: Knowledge, edition: str, answers: Answers) -> Iterator[SectionState]:
    """The sections that ask this firm something, each with its progress and where to go on."""
    grouped: dict[str, list[Page]] = {}
    for page in pages(knowledge, edition, answers):
        grouped.setdefault(page.section.id, []).append(page)
    for group in grouped.values():
        asked = [q for page in group for q in page.questions]
        go_on = next((page for page in group if page.open(answers)), group[0])
        yield SectionState(group[0].section, progress(asked, answers, knowledge), group[0], go_on)
