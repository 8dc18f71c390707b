"""Whether pilot, training and going live fall into months in which the firm can free nobody, and until when to hold them.

Enters: the plan, the months, the day the plan begins. Leaves: a sentence, or nothing where they do not clash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from advisor.assessment.model import TaskItem
from advisor.phrases import joined, phrases, quoted
from advisor.text import LANGS, Text, long_date

phrase = phrases("project")

BUSY_MONTHS = "busy_months"
"""The question on the months in which nobody can be freed."""
FRONT_LINE = ("pilot", "roll_out")
"""The phases that take people away from customers."""
LONGEST_WAIT = 52
"""So many weeks at most the front line is waited for."""
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def season_note(plan: Sequence[TaskItem], busy: Collection[str], begins: date | None) -> Text | None:
    """What to say of the months that are too busy; None where pilot, training and going live keep out of them, or the day
    the plan begins is not known. What comes before the first clash goes ahead; from there on everything is held."""
    front = [task for task in plan if task.phase in FRONT_LINE]
    if not front or not busy or begins is None:
        return None
    clashing = [task for task in front if _months(task, begins) & set(busy)]
    if not clashing:
        return None
    months = sorted({month for task in clashing for month in _months(task, begins) & set(busy)}, key=MONTHS.index)
    values = {
        "tasks": joined([quoted(task.title) for task in clashing]),
        "months": joined([phrase(f"month.{month}") for month in months]),
    }
    held_from = min(task.start for task in clashing)
    held = [task for task in front if task.start >= held_from]
    hold = next((weeks for weeks in range(1, LONGEST_WAIT + 1) if _is_free(held, busy, begins, weeks)), None)
    if hold is None:
        return phrase("season.pause", **values)
    first = begins + timedelta(weeks=hold + held_from)
    return phrase("season.hold", day=Text(**{lang: long_date(first, lang) for lang in LANGS}), **values)


def _is_free(front: Sequence[TaskItem], busy: Collection[str], begins: date, weeks: int) -> bool:
    """Whether all tasks of the front line keep out of the busy months if they begin so many weeks later."""
    return not any(_months(task, begins + timedelta(weeks=weeks)) & set(busy) for task in front)


def _months(task: TaskItem, begins: date) -> set[str]:
    """The months in which a task runs."""
    first = begins + timedelta(weeks=task.start)
    last = begins + timedelta(weeks=task.start + task.weeks, days=-1)
    return set(_between(first, max(first, last)))


def _between(first: date, last: date) -> Iterator[str]:
    day = first
    while day <= last:
        yield MONTHS[day.month - 1]
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
