"""Whether an answer tried in place of today's stays within what the firm's other answers allow."""

from __future__ import annotations

from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge


def is_plausible(knowledge: Knowledge, answers: Answers, question: str, answer: Answer) -> bool:
    """Whether no cross-check that bounds one number by others, or speaks of a contradiction, holds for the changed answers
    alone: a firm of 600 cannot send 20,000 to its customers."""
    changed = Answers({**answers.given, question: answer})
    bounds = (
        check
        for check in knowledge.checks
        if question in check.questions and (check.more or check.check.doubt == "contradiction")
    )
    return not any(check.holds(changed) and not check.holds(answers) for check in bounds)
