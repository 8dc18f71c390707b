"""What is sent to a worker and what comes back: plain data, whatever process or machine the worker runs on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.batch.journal import DocumentRecord
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answers
from advisor.interview.serialization import plain_answers, plain_line
from advisor.knowledge import Knowledge
from advisor.reporting.editions import EditionName
from advisor.reporting.look import Look
from advisor.text import Lang, Text


@dataclass(frozen=True)
class RunContext:
    """What all firms of a run share.

    ``version`` is that of the knowledge the run started with: a worker with another one refuses. ``folder`` is None where
    documents are sent back; ``temporary`` names the run's own folder for unfinished files.
    """

    choice: KnowledgeChoice
    version: str
    day: date
    look: Look
    folder: str | None
    temporary: str


@dataclass(frozen=True)
class DocumentSpec:
    """A document to make: edition, language, format, path from the output folder, and the hash of what it is made from."""

    edition: EditionName
    lang: Lang
    form: str
    path: str
    key: str


@dataclass(frozen=True)
class BatchTask:
    """One firm: its answers as a line of JSON, and the documents to make of it."""

    firm: str
    row: int
    key: str
    answers_json: str
    documents: tuple[DocumentSpec, ...]
    scenarios: bytes = b""
    settings: bytes = b""


@dataclass(frozen=True)
class TaskResult:
    """The result of a task: its entry as JSON and its documents, or the reason there are none (by language).

    ``contents`` holds the documents by path where they are sent back. ``seconds`` of processor time.
    """

    firm: str
    entry: str = ""
    written: tuple[DocumentRecord, ...] = ()
    contents: dict[str, bytes] = field(default_factory=dict)
    reason: Text | None = None
    seconds: float = 0.0


def answers_as_data(answers: Answers, knowledge: Knowledge) -> dict[str, Any]:
    """Answers as plain data that :func:`~advisor.interview.answer_files.answers_in` reads back."""
    values = plain_answers(answers, knowledge)
    firm = {name: text.model_dump() for name in ("name", "about") if (text := getattr(answers.firm, name)) is not None}
    line_b = {"line_b": plain_line(answers.lines, knowledge)} if answers.lines else {}
    return {"firm": firm, "answers": values, **line_b}
