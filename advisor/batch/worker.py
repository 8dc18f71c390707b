"""What a worker does for one firm: from its answers to its documents.

Documents are written to a temporary file and renamed, so that no half of one is ever seen; or they are sent back where no
folder is shared.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path

from advisor.batch.journal import DocumentRecord
from advisor.batch.tasks import BatchTask, RunContext, TaskResult
from advisor.errors import AdvisorError, InputError
from advisor.insight.full_assessment import assess_fully
from advisor.insight.knowledge_choice import knowledge_of
from advisor.insight.scenarios import parse_scenarios
from advisor.interview.answer_files import answers_in
from advisor.portfolio.entry import build_entry
from advisor.reporting import render
from advisor.selection.settings import parse_settings
from advisor.text import Lang, Text

TEMPORARY_FOLDER = ".parts"
"""Where documents are written before they are renamed into place, within the output folder."""


def run_task(context: RunContext, task: BatchTask) -> TaskResult:
    """Assess one firm and render its documents. Errors of the program are returned as a reason, not raised."""
    began = time.process_time()
    try:
        result = _assess_and_render(context, task)
    except AdvisorError as error:
        reason = Text(zh=_error_message(error, "zh"), en=_error_message(error, "en"))
        return TaskResult(task.firm, reason=reason, seconds=time.process_time() - began)
    return TaskResult(result.firm, result.entry, result.written, result.contents, None, time.process_time() - began)


def _error_message(error: AdvisorError, lang: Lang) -> str:
    return error.message(lang) if isinstance(error, InputError) else str(error)


def _assess_and_render(context: RunContext, task: BatchTask) -> TaskResult:
    knowledge = knowledge_of(context.choice)
    if knowledge.version != context.version:
        raise InputError("other_knowledge", ours=context.version, theirs=knowledge.version)
    answers = answers_in(json.loads(task.answers_json), task.firm, knowledge)
    scenarios = parse_scenarios(task.scenarios, task.firm, knowledge) if task.scenarios else {}
    settings = parse_settings(task.settings, task.firm, knowledge)
    assessment = assess_fully(answers, knowledge, context.day, scenarios.values(), settings)
    entry = build_entry(assessment, answers, knowledge, task.firm, task.row, {})
    written, contents = [], {}
    for spec in task.documents:
        content = render(assessment, spec.form, spec.lang, replace(context.look, edition=spec.edition))
        written.append(DocumentRecord(spec.path, spec.key, len(content), hashlib.sha256(content).hexdigest()))
        if context.folder is None:
            contents[spec.path] = content
        else:
            place_document(Path(context.folder), context.temporary, spec.path, content)
    return TaskResult(task.firm, entry.model_dump_json(), tuple(written), contents)


def place_document(folder: Path, temporary: str, path: str, content: bytes) -> None:
    """Write a document to the run's temporary folder and rename it into place.

    That folder is not created here: where it is gone another run has started, and nothing may be put in place.
    Raises :class:`~advisor.errors.InputError` where it cannot be written.
    """
    unfinished = folder / TEMPORARY_FOLDER / temporary / path.replace("/", "-")
    try:
        unfinished.write_bytes(content)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(unfinished, folder / path)
    except OSError as error:
        raise InputError("unwritable", path=folder / path, detail=error.strerror or error) from None
