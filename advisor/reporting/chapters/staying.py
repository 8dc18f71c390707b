"""What the course with a CRM system that stays takes: one sum, told alike wherever days are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.course import course_tasks, staying_course
from advisor.assessment.model.project import Range
from advisor.reporting.chapters.wording import ReportWording


def staying_days(words: ReportWording) -> Iterator[str]:
    """The days that the course itself takes, of the firm and of others; then those of the plan's other tasks."""
    course = staying_course(words.assessment)
    tasks = course_tasks(words.assessment)
    own = _sum([task.own_days for task in tasks])
    if course is None or own is None:
        return
    outside = _sum([task.outside_days for task in tasks])
    helped = words("owner.stays.helped", days=words.around(outside)) if outside and outside[2] else ""
    yield words(f"owner.stays.takes.{course}", days=words.around(own), helped=helped)
    rest = [task for task in words.assessment.plan if task not in tasks]
    if further := _sum([task.own_days for task in rest]):
        yield words("owner.stays.rest", days=words.around(further), count=len(rest))


def _sum(spans: Sequence[Range | None]) -> Range | None:
    """Days of some tasks together; None where there are none, or some are open."""
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    low, base, high = (sum(span[end] for span in known) for end in range(3))
    return low, base, high
