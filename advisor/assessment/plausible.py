"""Whether an answer tried in place of today's stays within what the firm's other answers allow."""

from __future__ import annotations

from collections.abc import Callable

from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge


def plausibility(knowledge: Knowledge, answers: Answers) -> Callable[[str, Answer], bool]:
    """Whether a firm with another answer to a question passes every cross-check that it passes today.

    Only checks that bound one number by others, or speak of a contradiction: 600 people cannot send out 20,000.
    """
    bounding = (check for check in knowledge.checks if check.more or check.check.doubt == "contradiction")
    passed = [check for check in bounding if not check.holds(answers)]

    def is_plausible(question: str, answer: Answer) -> bool:
        asked = [check for check in passed if question in check.questions]
        changed = Answers({**answers.given, question: answer}) if asked else answers
        return not any(check.holds(changed) for check in asked)

    return is_plausible
