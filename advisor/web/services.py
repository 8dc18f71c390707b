"""What pages and API work with, made once for an application."""

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
from advisor.web.drawing import DrawingRoom
from advisor.web.judging import KEPT, Bench
from advisor.web.library import Library
from advisor.web.security import Cookies
from advisor.web.settings import WebSettings

NAME = "advisor"


@dataclass(frozen=True)
class Result:
    """What a case is told. ``current`` is False where it was made by another knowledge than the one now in force."""

    assessment: Assessment
    current: bool


class Services:
    """Knowledge, store, workbench, drawing room and cookies of one application."""

    def __init__(self, settings: WebSettings, choice: KnowledgeChoice) -> None:
        self.settings = settings
        self.library = Library(choice.rules, choice.questionnaires)
        database = open_database(settings.database)
        migrate(database)
        self.store = Store(database, AnswerCipher(settings.data_key.get_secret_value()), settings.retention)
        self.bench = Bench()
        self.drawing = DrawingRoom()
        self.cookies = Cookies(settings.https)
        self._told_last: LRUCache[str, tuple[int, Assessment]] = LRUCache(KEPT)
        self._lock = threading.Lock()

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge in force."""
        return self.library.knowledge

    def today(self) -> date:
        """The day an assessment made now carries."""
        return datetime.now(UTC).astimezone().date()

    def answers(self, case: Case) -> Answers:
        """The answers of a case as the knowledge in force reads them."""
        return self.store.answers(case.id, self.knowledge)

    def result(self, case: Case) -> Result:
        """What a case is told: the assessment of its present answers. One made by an earlier knowledge stays in force until
        the answers change or it is asked for anew."""
        told = self._told(case)
        if told is None:
            return Result(self.renew(case), True)
        return Result(told, told.knowledge_version == self.knowledge.version)

    def _told(self, case: Case) -> Assessment | None:
        """What a case was told of its present answers, None where it was told nothing yet."""
        with self._lock:
            at_hand = self._told_last.get(case.id)
        if at_hand is not None and at_hand[0] == case.revision:
            return at_hand[1]
        kept = self.store.saved_assessment(case.id)
        if kept is None or kept[0] != case.revision:
            return None
        self._remember(case.id, case.revision, kept[2])
        return kept[2]

    def name(self, case: Case, firm: str) -> None:
        """The firm's name as it stands on the report. It is no answer: what the case was told stands under the new name as
        it stood under the old, by the knowledge it was told by."""
        told = self._told(case)
        revision = self.store.set_firm_name(case.id, firm)
        if told is not None and revision == case.revision + 1:
            named = told.firm.model_copy(update={"name": Text(zh=firm, en=firm) if firm else None})
            self._keep(case.id, revision, told.model_copy(update={"firm": named}))

    def renew(self, case: Case) -> Assessment:
        """Assess a case by the knowledge in force, and keep it."""
        made = self.bench.assessment(self.answers(case), self.knowledge, self.today())
        self._keep(case.id, case.revision, made)
        return made

    def _keep(self, case: str, revision: int, made: Assessment) -> None:
        self.store.save_assessment(case, revision, made)
        self._remember(case, revision, made)

    def _remember(self, case: str, revision: int, made: Assessment) -> None:
        with self._lock:
            self._told_last[case] = (revision, made)

    def delete(self, case: Case) -> None:
        """Everything about a case, wherever it is."""
        self.drawing.forget(case.id)
        with self._lock:
            self._told_last.pop(case.id, None)
        self.bench.forget()
        self.store.delete(case.id)

    def close(self) -> None:
        """Give back processes, threads and connections."""
        self.library.close()
        self.drawing.close()
        self.store.database.close()


def services(app: Flask | None = None) -> Services:
    """The services of an application, by default of the one that serves this request."""
    return cast("Services", (app or current_app).extensions[NAME])
