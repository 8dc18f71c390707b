"""The changes open to a firm: for each answer a lever can move, the better values in reach and at what effort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.interview.answers import Answers
from advisor.interview.session import applies
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import Lever, Role


@dataclass(frozen=True)
class Move:
    """An answer brought to a better value: person-days, elapsed weeks, RMB, and days and money as one effort."""

    question: str
    before: Value
    after: Value
    days: float
    weeks: int
    rmb: float
    effort: float
    owner: Role


def moves_of(knowledge: Knowledge, answers: Answers) -> tuple[Move, ...]:
    """Every move open to a firm. An answer that is missing, or does not apply, cannot be moved."""
    return tuple(
        move
        for name, lever in knowledge.levers.items()
        if applies(knowledge.questions[name], answers, knowledge)
        for move in _moves(name, lever, answers.value(name), knowledge)
    )


def _moves(name: str, lever: Lever, value: Value | None, knowledge: Knowledge) -> Iterator[Move]:
    if value is None or isinstance(value, frozenset) or knowledge.effort is None:
        return
    first = _first_better(lever, value)
    money = 0.0
    for steps, place in enumerate(range(first, len(lever.order)), 1):
        target = lever.order[place]
        money += lever.money(max(0, place - 1))
        after = float(target) if isinstance(value, float) else target
        rise = knowledge.questions[name].answer_type.price(value, after)
        times = 1 if lever.at_once else steps
        days, rmb = lever.days * times, money + rise
        effort = days + rmb / knowledge.effort.rmb_per_day
        yield Move(name, value, after, days, lever.weeks * times, rmb, effort, lever.owner)


def _first_better(lever: Lever, value: Value) -> int:
    """The place in the lever's order of the first value better than today's; past the end where there is none."""
    order = lever.order
    if isinstance(value, str):
        return order.index(value) + 1 if value in order else len(order)
    numbers = [float(v) for v in order]
    assert isinstance(value, int | float)
    rising = numbers[0] < numbers[-1]
    return next((i for i, n in enumerate(numbers) if (n > value if rising else n < value)), len(order))
