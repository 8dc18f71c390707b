"""Questionnaire and a firm's raw answers in; checked :class:`Answers` out, with skip logic, progress and forms."""

from advisor.interview.answers import Answer, Answers, Firm
from advisor.interview.form import form
from advisor.interview.reading import read_answers
from advisor.interview.session import Progress, Session, applies, progress
from advisor.interview.values import parse_answer

__all__ = [
    "Answer",
    "Answers",
    "Firm",
    "Progress",
    "Session",
    "applies",
    "form",
    "parse_answer",
    "progress",
    "read_answers",
]
