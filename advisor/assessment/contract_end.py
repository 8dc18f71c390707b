"""When the contract for the CRM system there is ends, when notice falls due, and whether it shows by then if it stays."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.assessment.course import FOUND_WELL, course_of, course_tasks
from advisor.assessment.model import Assessment
from advisor.phrases import phrases
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("opening")

CONTRACT_MONTHS, FIXED_DATE, WEEKS_LEFT = "contract_months", "fixed_date", "weeks_left"
"""The questions on how long the contract runs, what date is fixed and how long until then."""
TRIGGERS, ENDING, CONTRACT_END = "triggers", "contract_ending", "contract_end"
"""What made the firm ask, and the answers that a contract is running out."""
IN_PLACE = ("in_use", "hardly_used")
"""The answers to what became of an earlier CRM system by which there is one."""
WEEKS_A_MONTH = 52 / 12
NOTICE_WEEKS = 13.0
"""Notice is taken to fall due so long before the end, as nothing tells what the contract says: an assumption of ours."""
THIS_WEEK = 1.5
"""Notice that falls due in fewer weeks falls due this week, as answers in months or weeks tell no day."""
MONTHS_AHEAD = 12
"""A contract that runs on for longer sets no date yet: a limit of ours."""


@dataclass(frozen=True)
class ContractEnd:
    """The end of a contract: ``weeks`` until then and how that ``shown``; both None where only known to be running out."""

    weeks: float | None
    shown: Text | None

    @property
    def notice(self) -> float | None:
        """In how many weeks notice falls due; less than 0 where that day is past."""
        return None if self.weeks is None else self.weeks - NOTICE_WEEKS


def contract_end(assessment: Assessment) -> ContractEnd | None:
    """The end of the contract for the CRM system there is; None where it has none within a year, or none is known of."""
    months, weeks = assessment.known(CONTRACT_MONTHS), assessment.known(WEEKS_LEFT)
    there, fixed = assessment.known("earlier_crm") in IN_PLACE, assessment.known(FIXED_DATE) == CONTRACT_END
    if isinstance(months, int | float) and not 0 < months <= MONTHS_AHEAD:
        return None
    if there and fixed and isinstance(weeks, int | float):
        return ContractEnd(float(weeks), weeks_shown(float(weeks)))  # the same day, told more closely than in months
    if isinstance(months, int | float):
        return ContractEnd(
            months * WEEKS_A_MONTH, phrase("months.one" if months == 1 else "months.some", left=plain_number(months))
        )
    if not there:
        return None
    if fixed:
        return ContractEnd(None, None)
    triggers = assessment.known(TRIGGERS)
    return ContractEnd(None, None) if isinstance(triggers, tuple) and ENDING in triggers else None


def weeks_shown(weeks: float) -> Text:
    """A number of weeks as a sentence has it."""
    return phrase("weeks.none" if weeks < 1 else "weeks.one" if weeks < 1.5 else "weeks.some", left=f"{weeks:.0f}")


def contract_sentence(assessment: Assessment) -> Text | None:
    """When the contract ends, when notice falls due and what to do before that; None where it has no end."""
    end = contract_end(assessment)
    if end is None:
        return None
    if end.weeks is None or end.notice is None:
        return phrase("contract.no_date")
    course, judged = course_of(assessment), _judged(assessment)
    passed = end.notice < 0
    if course in FOUND_WELL:
        case = "renew_passed" if passed else "renew"
    elif judged is None:
        case = "passed" if passed else "plain"
    elif passed:
        case = "judged_passed"
    else:
        case = "judged_in_time" if judged <= end.notice else "judged_too_late"
    due = phrase("notice.now") if end.notice < THIS_WEEK else phrase("notice.week", week=f"{end.notice:.0f}")
    return phrase(f"contract.{case}", left=end.shown, notice=due, week=f"{judged or 0:.0f}")


def _judged(assessment: Assessment) -> float | None:
    """The week in which it shows whether a system that is being mended may stay; None where nothing is mended."""
    if course_of(assessment) != "repair":
        return None
    return max((task.start + task.weeks for task in course_tasks(assessment)), default=None)
