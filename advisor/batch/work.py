"""One firm's share of a batch: from its answers to its documents, in whatever process and on whatever machine.

A task is plain data, and so is its outcome. Documents are written beside their place and renamed into it, so that no half of
one is ever seen; or they are sent back where no folder is shared.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from advisor.batch.journal import Written
from advisor.errors import AdvisorError, InputError
from advisor.insight.full_assessment import assess_fully
from advisor.insight.knowledge_choice import KnowledgeChoice, knowledge_of
from advisor.insight.scenarios import parse_scenarios
from advisor.interview import Answers
from advisor.interview.plain import plain
from advisor.interview.reading import answers_in
from advisor.knowledge import Knowledge
from advisor.portfolio.entry import entry_of
from advisor.reporting import render
from advisor.reporting.look import EditionName, Look
from advisor.selection.settings import parse_settings
from advisor.text import Lang, Text

PARTS = ".parts"
"""Where documents are written before they are renamed into place, within the output folder."""


@dataclass(frozen=True)
class Order:
    """What all firms of a run share.

    ``version`` is the knowledge the run was begun with: a worker that has another refuses. ``folder`` is None where
    documents are sent back; ``parts`` is the run's own folder for what is not finished.
    """

    choice: KnowledgeChoice
    version: str
    day: date
    look: Look
    folder: str | None
    parts: str


@dataclass(frozen=True)
class Wanted:
    """A document asked for: edition, language, format, path from the output folder, and the key of what it is made from."""

    edition: EditionName
    lang: Lang
    form: str
    path: str
    key: str


@dataclass(frozen=True)
class Task:
    """One firm: its answers as a line of JSON, and the documents wanted of it."""

    firm: str
    row: int
    key: str
    sheet: str
    wanted: tuple[Wanted, ...]
    scenarios: bytes = b""
    settings: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What became of a task: its entry as JSON and its documents, or the reason there are none (by language).

    ``contents`` holds the documents by path where they are sent back. ``seconds`` of processor time.
    """

    firm: str
    entry: str = ""
    written: tuple[Written, ...] = ()
    contents: dict[str, bytes] = field(default_factory=dict)
    reason: Text | None = None
    seconds: float = 0.0


def as_sheet(answers: Answers, knowledge: Knowledge) -> dict[str, Any]:
    """Answers as plain data that :func:`~advisor.interview.reading.answers_in` reads back."""
    given = {name: plain(knowledge.questions[name], answer) for name, answer in answers.given.items()}
    firm = {name: text.model_dump() for name in ("name", "about") if (text := getattr(answers.firm, name)) is not None}
    return {"firm": firm, "answers": given}


def work(order: Order, task: Task) -> Outcome:
    """Assess one firm and make its documents. Raises nothing the program raises on purpose: that is an outcome too."""
    began = time.process_time()
    try:
        outcome = _made(order, task)
    except AdvisorError as error:
        reason = Text(zh=_said(error, "zh"), en=_said(error, "en"))
        return Outcome(task.firm, reason=reason, seconds=time.process_time() - began)
    return Outcome(outcome.firm, outcome.entry, outcome.written, outcome.contents, None, time.process_time() - began)


def _said(error: AdvisorError, lang: Lang) -> str:
    return error.message(lang) if isinstance(error, InputError) else str(error)


def _made(order: Order, task: Task) -> Outcome:
    knowledge = knowledge_of(order.choice)
    if knowledge.version != order.version:
        raise InputError("other_knowledge", ours=order.version, theirs=knowledge.version)
    answers = answers_in(json.loads(task.sheet), task.firm, knowledge)
    scenarios = parse_scenarios(task.scenarios, task.firm, knowledge) if task.scenarios else {}
    settings = parse_settings(task.settings, task.firm, knowledge)
    assessment = assess_fully(answers, knowledge, order.day, scenarios.values(), settings)
    entry = entry_of(assessment, answers, knowledge, task.firm, task.row, {})
    written, contents = [], {}
    for wanted in task.wanted:
        content = render(assessment, wanted.form, wanted.lang, replace(order.look, edition=wanted.edition))
        written.append(Written(wanted.path, wanted.key, len(content), hashlib.sha256(content).hexdigest()))
        if order.folder is None:
            contents[wanted.path] = content
        else:
            put(Path(order.folder), order.parts, wanted.path, content)
    return Outcome(task.firm, entry.model_dump_json(), tuple(written), contents)


def put(folder: Path, parts: str, path: str, content: bytes) -> None:
    """Write a document beside its place and rename it there.

    The run's folder of parts is not made here: where it is gone another run has begun, and nothing may be put in place.
    Raises :class:`~advisor.errors.InputError` where it cannot be written.
    """
    part = folder / PARTS / parts / path.replace("/", "-")
    try:
        part.write_bytes(content)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(part, folder / path)
    except OSError as error:
        raise InputError("unwritable", path=folder / path, detail=error.strerror or error) from None
