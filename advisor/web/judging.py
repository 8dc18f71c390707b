"""From answers to the whole assessment, worked out once for the same answers and the same knowledge."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import date

from cachetools import LRUCache, cachedmethod

from advisor.assessment import Assessment
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.interview.plain import plain
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Document
from advisor.text import Lang

KEPT = 64
"""How many assessments are kept at hand."""


class Bench:
    """Assessments and their documents at hand, the ones used longest ago given up first. Threads may share it."""

    def __init__(self, most: int = KEPT) -> None:
        self._assessments: LRUCache[str, Assessment] = LRUCache(most)
        self._documents: LRUCache[tuple[str, Lang], Document] = LRUCache(most)
        self._lock = threading.Lock()  # held while a cache is read or written, never while an assessment is made

    @cachedmethod(lambda self: self._assessments, lambda _, *asked: _key(*asked), lambda self: self._lock)
    def assessment(self, answers: Answers, knowledge: Knowledge, on: date | None) -> Assessment:
        """The assessment of these answers on that day."""
        return assess_fully(answers, knowledge, on)

    @cachedmethod(lambda self: self._documents, lambda _, told, lang: (identity(told), lang), lambda self: self._lock)
    def document(self, assessment: Assessment, lang: Lang) -> Document:
        """The report of an assessment."""
        return build_document(assessment, lang)

    def forget(self) -> None:
        """Give up everything: someone asked for their data to be gone."""
        with self._lock:
            self._assessments.clear()
            self._documents.clear()


def _key(answers: Answers, knowledge: Knowledge, on: date | None) -> str:
    given = {name: plain(knowledge.questions[name], answer) for name, answer in answers.given.items()}
    firm = answers.firm.name.zh if answers.firm.name else ""
    said = json.dumps([knowledge.version, str(on), firm, given], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def identity(assessment: Assessment) -> str:
    """What tells an assessment from any other: its answers, its firm, its day and its knowledge."""
    said = [(item.question, item.status, item.value) for item in assessment.answers]
    firm = assessment.firm.name.zh if assessment.firm.name else ""
    whole = json.dumps([assessment.knowledge_version, str(assessment.assessed_on), firm, said], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
