"""The months in which a firm can free nobody: what they close to the front line, and what is said of it.

Enters: the answer, the day the plan begins, when its tasks run with and without those months. Leaves: which half weeks are
closed to pilot, training and going live, and a sentence, or nothing where they do not clash.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from advisor.inference.facts import Facts
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.project.schedule import SHORTEST, Span
from advisor.text import LANGS, Text, long_date

phrase = phrases("project")

BUSY_MONTHS = "busy_months"
"""The question on the months in which nobody can be freed."""
FRONT_LINE = ("pilot", "roll_out")
"""The phases that take people away from customers."""
WEEKS_A_YEAR = 52
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A task of the front line: when it would run if people could be freed in every month, and when it runs."""

    title: Text
    unheld: Span
    span: Span


def busy_months(facts: Facts) -> frozenset[str]:
    """The months in which nobody can be freed; none where that is not known."""
    months = facts.value(BUSY_MONTHS)
    return frozenset(months) if isinstance(months, frozenset | tuple) else frozenset()


def closed_half_weeks(busy: Collection[str], begins: date | None, weeks: float) -> tuple[bool, ...]:
    """For each half week of a plan that works for so many weeks whether it is closed to the front line; none where that is
    of no use: the day is not known, or no month, or every month, is too busy."""
    left = len(MONTHS) - len(busy)
    if begins is None or not busy or not left:
        return ()
    years = math.ceil(weeks * len(MONTHS) / left / WEEKS_A_YEAR) + 1
    return _closed(frozenset(busy), begins, years)


@lru_cache(maxsize=256)
def _closed(busy: frozenset[str], begins: date, years: int) -> tuple[bool, ...]:
    halves = (Span(half * SHORTEST, SHORTEST) for half in range(round(years * WEEKS_A_YEAR / SHORTEST)))
    return tuple(not busy.isdisjoint(_months(span, begins)) for span in halves)


def season_note(
    front: Sequence[Held], busy: Collection[str], begins: date | None, weeks: tuple[float, float] | None
) -> Text | None:
    """What to say of the months that are too busy; None where pilot, training and going live keep out of them anyway, or
    the day the plan begins is not known. ``weeks`` until the system is in use, without those months and with them."""
    if begins is None:
        return None
    clashing = [task for task in front if _months(task.unheld, begins) & set(busy)]
    if not clashing:
        return None
    met = {month for task in clashing for month in _months(task.unheld, begins) & set(busy)}
    months = sorted(met, key=lambda month: (MONTHS.index(month) - begins.month + 1) % len(MONTHS))
    values = {
        "tasks": joined([quoted(task.title) for task in clashing]),
        "months": joined([phrase(f"month.{month}") for month in months]),
    }
    if len(set(busy)) == len(MONTHS):
        return phrase("season.always", **values)
    told = [phrase("season.clash", **values)]
    later = [task for task in front if task.span.start > task.unheld.start]
    stopped = [task for task in front if _months(task.span, begins) & set(busy)]
    if later:
        first = min(later, key=lambda task: task.span.start)
        day = begins + timedelta(weeks=first.span.start)
        shown = Text(**{lang: long_date(day, lang) for lang in LANGS})
        told.append(phrase("season.hold", task=quoted(first.title), day=shown))
    if stopped:
        told.append(phrase("season.stop", tasks=joined([quoted(task.title) for task in stopped])))
    if weeks and round(weeks[0]) != round(weeks[1]):
        told.append(phrase("season.weeks", work=f"{weeks[0]:.0f}", all=f"{weeks[1]:.0f}"))
    return sentences(told)


def _months(span: Span, begins: date) -> set[str]:
    """The months in which something runs."""
    first = begins + timedelta(weeks=span.start)
    last = begins + timedelta(weeks=span.end, days=-1)
    return set(_between(first, max(first, last)))


def _between(first: date, last: date) -> Iterator[str]:
    day = first
    while day <= last:
        yield MONTHS[day.month - 1]
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
