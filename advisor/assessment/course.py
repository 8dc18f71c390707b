"""What to do with the CRM system there is. Headline, plan, page for the owner, money and choice of products all ask here."""

from __future__ import annotations

from typing import Literal

from advisor.assessment.model import Assessment, TaskItem
from advisor.assessment.plan import ENDING_IN_A_SYSTEM
from advisor.assessment.verdict import verdict_with_certainty
from advisor.phrases import phrases
from advisor.text import Text

Course = Literal["merge", "replace", "repair", "use", "cheaper"]

COURSES: dict[str, Course] = {
    "one_crm_chosen": "merge",
    "replace_present_crm": "replace",
    "repair_comes_first": "repair",
    "keep_at_less_cost": "cheaper",
    "present_crm_works": "use",
    "better_use_of_the_system": "use",
}
"""What to do with the CRM system there is, by the finding that says so; the first that holds is told."""
phrase = phrases("report")

STAYING: tuple[Course, ...] = ("use", "cheaper", "repair", "merge")
"""The courses under which no new system is chosen for now."""

BRINGING_NOTHING_IN: tuple[Course, ...] = ("use", "cheaper", "repair")
"""The courses under which no data moves from one system to another."""

FOUND_WELL: tuple[Course, ...] = ("use", "cheaper")
"""The courses under which the one system there is is used well: there is no shortcoming whose cause is to be found."""


def course_of(assessment: Assessment) -> Course | None:
    """What to do with the CRM system there is: use, cheaper, repair, replace or merge; None where the answers do not say."""
    found = course_finding(assessment)
    return COURSES[found] if found else None


def course_finding(assessment: Assessment) -> str | None:
    """The finding that says what to do with the CRM system there is."""
    found = {finding.id for finding in assessment.findings()}
    return next((name for name in COURSES if name in found), None)


def staying_course(assessment: Assessment) -> Course | None:
    """The course of an advice to stay with a CRM system there is, where the verdict would allow a new one; None elsewhere.

    Such an advice speaks of that course alone: its plan brings in no system, and sums for a new one are a comparison.
    """
    course = course_of(assessment)
    return course if course in STAYING and assessment.verdict.name in ENDING_IN_A_SYSTEM else None


def staying_heading(assessment: Assessment) -> Text | None:
    """The course of an advice to stay as what is told of the firm first, and which says so where it is provisional."""
    course = staying_course(assessment)
    if course is None:
        return None
    title = phrase(f"owner.stays.{course}")
    return phrase("owner.stays.leaning", title=title) if assessment.verdict.certainty == "leaning" else title


def were_it_new(assessment: Assessment) -> Text:
    """The verdict of an advice to stay: what would be true of a new system."""
    verdict = assessment.verdict
    return phrase("owner.stays.verdict", verdict=verdict_with_certainty(verdict.name, verdict.certainty))


def course_tasks(assessment: Assessment) -> tuple[TaskItem, ...]:
    """The tasks of the plan that carry out the course with the CRM system there is, cures of what was named included."""
    finding = course_finding(assessment)
    return tuple(task for task in assessment.plan if finding in (*task.lifts, *task.meets))
