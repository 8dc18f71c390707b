"""The remarks on a firm's answers as an assessment holds them, with whether the advice rests on one of those answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.model import Assessment, RemarkItem, Support
from advisor.interview.answers import Answers
from advisor.interview.remarks import doubts
from advisor.knowledge.model import Knowledge

TOO_MANY_SEATS = ("crm_users_exceed_employees", "seats_far_exceed_customer_facing_staff", "most_employees_are_users")
"""The cross-checks that doubt so many users."""


def remark_items(answers: Answers, knowledge: Knowledge, trace: Sequence[Support]) -> tuple[RemarkItem, ...]:
    """What cross-checks doubt about the answers; that which the advice rests on comes before the rest."""
    leaned_on = {name for support in trace for name in support.answers}.union(_read_by_the_project(knowledge))
    items = [
        RemarkItem(
            check=remark.check,
            doubt=remark.doubt,
            text=remark.text,
            questions=remark.questions,
            codes=tuple(knowledge.questions[name].code for name in remark.questions),
            matters=not leaned_on.isdisjoint(remark.questions),
        )
        for remark in doubts(answers, knowledge)
    ]
    return tuple(sorted(items, key=lambda item: not item.matters))


def _read_by_the_project(knowledge: Knowledge) -> Iterator[str]:
    """The questions whose answers give the project its quantities."""
    quantities = knowledge.project.quantities.values() if knowledge.project else ()
    parts = (part for quantity in quantities for parts in quantity.known_from for part in parts)
    return (part.fact for part in parts if part.fact is not None)


def doubted_users(assessment: Assessment) -> bool:
    """Whether the firm asks for far more seats than its other answers bear out."""
    return any(remark.check in TOO_MANY_SEATS for remark in assessment.remarks)
