"""The services that pages and API share, created once for an application."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from cachetools import LRUCache
from flask import Flask, current_app

from advisor.assessment import Assessment
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.store import AnswerCipher, Case, Store, open_database
from advisor.store.migrate import migrate
from advisor.text import Text
from advisor.web.cache import CACHE_SIZE, AssessmentCache
from advisor.web.live_knowledge import LiveKnowledge
from advisor.web.render_queue import RenderQueue
from advisor.web.security import Cookies
from advisor.web.settings import WebSettings

EXTENSION = "advisor"


@dataclass(frozen=True)
class CaseResult:
    """The assessment of a case. ``is_current`` is False where an earlier version of the knowledge made it."""

    assessment: Assessment
    is_current: bool


class Services:
    """Knowledge, store, cache, render queue and cookies of one application."""

    def __init__(self, settings: WebSettings, choice: KnowledgeChoice) -> None:
        self.settings = settings
        self.live_knowledge = LiveKnowledge(choice.rules, choice.questionnaires)
        database = open_database(settings.database)
        migrate(database)
        self.store = Store(database, AnswerCipher(settings.data_key.get_secret_value()), settings.retention)
        self.cache = AssessmentCache()
        self.render_queue = RenderQueue()
        self.cookies = Cookies(settings.https)
        self._saved_assessments: LRUCache[str, tuple[int, Assessment]] = LRUCache(CACHE_SIZE)
        self._lock = threading.Lock()

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge in force."""
        return self.live_knowledge.knowledge

    def today(self) -> date:
        """The date of an assessment made now."""
        return datetime.now(UTC).astimezone().date()

    def answers(self, case: Case) -> Answers:
        """The answers of a case as the knowledge in force reads them."""
        return self.store.answers(case.id, self.knowledge)

    def result(self, case: Case) -> CaseResult:
        """The assessment of a case's present answers. One made by earlier knowledge stays until the answers change or the
        user asks for a new one."""
        assessment = self._saved_assessment(case)
        if assessment is None:
            return CaseResult(self.reassess(case), True)
        return CaseResult(assessment, assessment.knowledge_version == self.knowledge.version)

    def _saved_assessment(self, case: Case) -> Assessment | None:
        """The assessment saved for the present answers of a case, None where there is none yet."""
        with self._lock:
            cached = self._saved_assessments.get(case.id)
        if cached is not None and cached[0] == case.revision:
            return cached[1]
        saved = self.store.saved_assessment(case.id)
        if saved is None or saved[0] != case.revision:
            return None
        self._remember(case.id, case.revision, saved[2])
        return saved[2]

    def set_firm_name(self, case: Case, firm: str) -> None:
        """Set the firm's name as it appears on the report. The name is no answer: a saved assessment stays as it is, by the
        knowledge that made it, under the new name."""
        assessment = self._saved_assessment(case)
        revision = self.store.set_firm_name(case.id, firm)
        if assessment is not None and revision == case.revision + 1:
            named_firm = assessment.firm.model_copy(update={"name": Text(zh=firm, en=firm) if firm else None})
            self._save(case.id, revision, assessment.model_copy(update={"firm": named_firm}))

    def reassess(self, case: Case) -> Assessment:
        """Assess a case by the knowledge in force, and save the assessment."""
        assessment = self.cache.assessment(self.answers(case), self.knowledge, self.today())
        self._save(case.id, case.revision, assessment)
        return assessment

    def _save(self, case_id: str, revision: int, assessment: Assessment) -> None:
        self.store.save_assessment(case_id, revision, assessment)
        self._remember(case_id, revision, assessment)

    def _remember(self, case_id: str, revision: int, assessment: Assessment) -> None:
        with self._lock:
            self._saved_assessments[case_id] = (revision, assessment)

    def delete(self, case: Case) -> None:
        """Delete everything about a case: reports, caches and stored data."""
        self.render_queue.discard(case.id)
        with self._lock:
            self._saved_assessments.pop(case.id, None)
        self.cache.clear()
        self.store.delete(case.id)

    def close(self) -> None:
        """Stop processes and threads, and close connections."""
        self.live_knowledge.close()
        self.render_queue.close()
        self.store.database.close()


def get_services(app: Flask | None = None) -> Services:
    """The services of an application, by default of the one that serves this request."""
    return cast("Services", (app or current_app).extensions[EXTENSION])
