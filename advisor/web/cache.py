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
from advisor.interview.serialization import plain
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
        return build_document(assessment, lang)

    def clear(self) -> None:
        """Drop everything: someone asked for their data to be deleted."""
        with self._lock:
            self._assessments.clear()
            self._documents.clear()


def _inputs_key(answers: Answers, knowledge: Knowledge, assessed_on: date | None) -> str:
    values = {name: plain(knowledge.questions[name], answer) for name, answer in answers.given.items()}
    firm = answers.firm.name.zh if answers.firm.name else ""
    inputs = json.dumps([knowledge.version, str(assessed_on), firm, values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(inputs.encode()).hexdigest()


def assessment_key(assessment: Assessment) -> str:
    """A hash that identifies an assessment: of its answers, its firm, its day and its knowledge."""
    answers = [(item.question, item.status, item.value) for item in assessment.answers]
    firm = assessment.firm.name.zh if assessment.firm.name else ""
    inputs = json.dumps([assessment.knowledge_version, str(assessment.assessed_on), firm, answers], ensure_ascii=False)
    return hashlib.sha256(inputs.encode()).hexdigest()
