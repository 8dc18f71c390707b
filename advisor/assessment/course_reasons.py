"""Why a CRM system that is there stays: what its own firm says of it, before the reasons for a need of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from advisor.assessment.course import FOUND_WELL, STAYING, Course, course_finding, course_of
from advisor.assessment.model import Assessment, Reason
from advisor.phrases import phrases, sentences
from advisor.text import Text

phrase = phrases("opening")

CAUSES, USE, CONTRACT = "causes", "use", "contract"
SAYING: dict[str, tuple[str, ...]] = {
    CAUSES: ("present_crm", "crm_obstacles"),
    USE: ("crm_use", "unused_licences", "crm_since"),
    CONTRACT: ("contract_months", "data_export"),
}
"""The questions whose answers speak of each reason, in the order they are told."""
MOST = 5
"""So many reasons are told in all."""


def staying_reasons(assessment: Assessment) -> tuple[Reason, ...]:
    """The reasons for an advice to stay with a CRM system: its state in the words of the answers, then those for a need.

    What stands in the way of a new system is no reason for staying, and is told among the conditions.
    """
    course = course_of(assessment)
    if course not in STAYING:
        return assessment.verdict.reasons
    need = [reason for reason in assessment.verdict.reasons if reason.side == "for"]
    return (*_own(assessment, course), *need)[:MOST]


def _own(assessment: Assessment, course: Course) -> Iterator[Reason]:
    """What the answers say of the system there is: what is wrong with it, how far it is used, how its contract stands."""
    found = next(item for item in assessment.findings() if item.id == course_finding(assessment))
    for about, questions in SAYING.items():
        said = _said(assessment, questions)
        if about == CAUSES or said:
            first = [phrase(f"reason.{course}")] if about == CAUSES else []
            side: Literal["for", "against"] = "for" if course in FOUND_WELL and about == USE else "against"
            yield Reason(side=side, text=sentences([*first, *said]), sources=found.sources)


def _said(assessment: Assessment, questions: tuple[str, ...]) -> list[Text]:
    """What the answers to some questions say of the firm, as sentences."""
    answers = [assessment.answer(question) for question in questions]
    return [item.says for item in answers if item and item.says and item.value not in (None, ())]
