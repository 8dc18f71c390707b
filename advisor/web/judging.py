"""From answers to the whole assessment, worked out once for the same answers and the same knowledge."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from datetime import date

from advisor.assessment import Assessment
from advisor.insight.whole import judge
from advisor.interview import Answers
from advisor.interview.plain import plain
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Document
from advisor.text import Lang

KEPT = 64
"""How many assessments are kept at hand."""


class Bench:
    """Assessments and their documents at hand, the ones used longest ago given up first."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._assessments: OrderedDict[str, Assessment] = OrderedDict()
        self._documents: OrderedDict[tuple[str, Lang], Document] = OrderedDict()
        self._turn = threading.Lock()

    def assessment(self, answers: Answers, knowledge: Knowledge, on: date | None) -> Assessment:
        """The assessment of these answers on that day."""
        key = _key(answers, knowledge, on)
        with self._turn:
            if key in self._assessments:
                self._assessments.move_to_end(key)
                return self._assessments[key]
        made = judge(answers, knowledge, on)
        self.keep(key, made)
        return made

    def keep(self, key: str, made: Assessment) -> None:
        """Have an assessment at hand under a key."""
        with self._turn:
            self._assessments[key] = made
            while len(self._assessments) > self._most:
                self._assessments.popitem(last=False)

    def document(self, assessment: Assessment, lang: Lang) -> Document:
        """The report of an assessment."""
        key = (identity(assessment), lang)
        with self._turn:
            if key in self._documents:
                self._documents.move_to_end(key)
                return self._documents[key]
        made = build_document(assessment, lang)
        with self._turn:
            self._documents[key] = made
            while len(self._documents) > self._most:
                self._documents.popitem(last=False)
        return made

    def forget(self) -> None:
        """Give up everything: someone asked for their data to be gone."""
        with self._turn:
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
