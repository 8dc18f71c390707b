"""Cache of assessments and their documents, so that the same answers are assessed once by the same knowledge."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import date

from cachetools import LRUCache, cachedmethod

from advisor.assessment import Assessment
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.interview.serialization import plain_answers, plain_line
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Document
from advisor.text import Lang

CACHE_SIZE = 64
"""How many assessments are kept in memory."""


class AssessmentCache:
    """LRU caches of assessments and documents. Threads may share it."""

    def __init__(self, maxsize: int = CACHE_SIZE) -> None:
        self._assessments: LRUCache[str, Assessment] = LRUCache(maxsize)
        self._documents: LRUCache[tuple[str, Lang], Document] = LRUCache(maxsize)
        self._lock = threading.Lock()  # held while a cache is read or written, never while an assessment is made

    @cachedmethod(lambda self: self._assessments, lambda _, *inputs: _inputs_key(*inputs), lambda self: self._lock)
    def assessment(self, answers: Answers, knowledge: Knowledge, assessed_on: date | None) -> Assessment:
        """The assessment of these answers on that day."""
        return assess_fully(answers, knowledge, assessed_on)

    @cachedmethod(
        lambda self: self._documents,
        lambda _, assessment, lang: (assessment_key(assessment), lang),
        lambda self: self._lock,
    )
    def document(self, assessment: Assessment, lang: Lang) -> Document:
        """The report of an assessment."""
        return build_document(assessment, lang, "evidence")

    def clear(self) -> None:
        """Drop everything: someone asked for their data to be deleted."""
        with self._lock:
            self._assessments.clear()
            self._documents.clear()


def _inputs_key(answers: Answers, knowledge: Knowledge, assessed_on: date | None) -> str:
    values = plain_answers(answers, knowledge)
    firm = answers.firm.name.zh if answers.firm.name else ""
    second = plain_line(answers.lines, knowledge) if answers.lines else None
    inputs = json.dumps([knowledge.version, str(assessed_on), firm, values, second], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(inputs.encode()).hexdigest()


def assessment_key(assessment: Assessment) -> str:
    """A hash that identifies an assessment: of its answers and what stands beside them, its firm, its day and its
    knowledge."""
    answers = [
        (item.question, item.status, item.value, item.annotation and item.annotation.model_dump())
        for item in assessment.answers
    ]
    firm = assessment.firm.name.zh if assessment.firm.name else ""
    lines = assessment.lines.model_dump_json() if assessment.lines else ""
    inputs = json.dumps(
        [assessment.knowledge_version, str(assessment.assessed_on), firm, answers, lines, assessment.notes_left_out],
        ensure_ascii=False,
    )
    return hashlib.sha256(inputs.encode()).hexdigest()
