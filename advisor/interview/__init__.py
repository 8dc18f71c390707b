"""Questionnaire and a firm's raw answers in; checked :class:`Answers` out, with skip logic, progress and forms."""

from advisor.interview.answer_files import read_answers
from advisor.interview.answer_parsing import parse_answer
from advisor.interview.answers import Answer, Answers, Firm
from advisor.interview.remarks import Remark, doubts, remarks
from advisor.interview.session import Progress, Session, applies, progress
from advisor.interview.yaml_form import form

__all__ = [
    "Answer",
    "Answers",
    "Firm",
    "Progress",
    "Remark",
    "Session",
    "applies",
    "doubts",
    "form",
    "parse_answer",
    "progress",
    "read_answers",
    "remarks",
]
