"""What tasks and money of a project grow with: quantities of a firm, rates and prices.

Every figure has a low, a base and a high reading.
"""

import itertools
from typing import Annotated, Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Name
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.selecting import Amount, AnswerName, Span, _rises
from advisor.text import Text

Share = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
ShareSpan = tuple[Share, Share, Share]
UNANSWERED = "unanswered"
"""Stands among the answers of ``values`` for what is taken where the question was not answered."""
COUNTED = ("must_functions", "should_functions")
"""Quantities counted from the rules rather than read from answers."""


def _never_falls(points: dict[float, Span]) -> None:
    amounts = [points[place] for place in sorted(points)]
    falls = (a > b for pair in itertools.pairwise(amounts) for a, b in zip(*pair, strict=True))
    if len(amounts) < 2 or any(falls):
        raise ValueError("points along a line have two places at least, and amounts never fall")


class Part(Authored):
    """One summand of a quantity, read from an answer or from another quantity, or an ``amount`` that the firm set.

    ``times`` multiplies it. ``points`` gives amounts at some values of a number, with straight lines between them over its
    logarithm; ``values`` an amount by answer, ``unanswered`` among them; ``count`` how many of these options were ticked;
    ``by`` multiplies by another quantity, and ``most`` is one that it never goes beyond, where that is known. ``why`` says
    what the ratio assumes. ``choice``: the answer is a choice of the firm's, such as to begin smaller; as long as it is not
    made the next way of being known holds, and nothing is missing.
    """

    fact: Name | None = None
    choice: bool = False
    quantity: Name | None = None
    times: Span = (1, 1, 1)
    points: dict[Amount, Span] | None = None
    values: dict[AnswerName, Span] | None = None
    count: list[Name] | None = None
    by: Name | None = None
    most: Name | None = None
    amount: Span | None = None
    why: Text

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(source is not None for source in (self.fact, self.quantity, self.amount)) != 1:
            raise ValueError("a part reads either a `fact` or a `quantity`")
        ways = [name for name in ("points", "values", "count") if getattr(self, name) is not None]
        if len(ways) > 1:
            raise ValueError(f"a part has one of {', '.join(ways)}")
        if self.choice and not self.is_answer:
            raise ValueError("a `choice` is a `fact` as it stands")
        if not self.fact and (self.values or self.count):
            raise ValueError("`values` and `count` read answers, not quantities")
        spans = [
            self.times,
            *([self.amount] if self.amount else []),
            *(self.points or {}).values(),
            *(self.values or {}).values(),
        ]
        if not all(map(_rises, spans)):
            raise ValueError("every figure runs from low over base to high")
        if self.points is not None:
            _never_falls(self.points)
        return self

    @property
    def quantities(self) -> tuple[str, ...]:
        """The other quantities it reads."""
        return tuple(name for name in (self.quantity, self.by, self.most) if name)

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer as it stands, without any assumption."""
        return bool(self.fact) and not (self.points or self.values or self.by) and self.times == (1, 1, 1)


class Quantity(Authored):
    """Something work and money grow with. The first of ``known_from`` whose answers are all there gives it: the sum of its
    parts. Where none is, the quantity is open. Factors that only help to work out others are not
    ``shown``."""

    label: Text
    unit: Text
    known_from: list[list[Part]] = Field(min_length=1)
    least: Amount = 0
    whole: bool = True
    shown: bool = True


class WayMoney(Authored):
    """What a way of running a system costs beside the work.

    A user's licence a year; what is paid a year by the number of consumers held (points joined by straight lines over its
    logarithm); or a user's licence once, and ``kept_up`` of it a year. Equipment as a base and so much a user, and its share
    kept up a year. The price of an outside day; ``own_day_rate`` where the firm set it.
    """

    licence_year: Span = (0, 0, 0)
    contacts_year: dict[Amount, Span] = {}
    licence_once: Span = (0, 0, 0)
    kept_up: ShareSpan = (0, 0, 0)
    equipment: Span = (0, 0, 0)
    equipment_user: Span = (0, 0, 0)
    equipment_kept_up: ShareSpan = (0, 0, 0)
    day_rate: Span
    own_day_rate: bool = False

    @model_validator(mode="after")
    def _low_to_high(self) -> Self:
        for name in set(WayMoney.model_fields) - {"contacts_year", "own_day_rate"}:
            if not _rises(getattr(self, name)):
                raise ValueError(f"`{name}` runs from low over base to high")
        if self.contacts_year:
            _never_falls(self.contacts_year)
        return self


class ProjectScheme(Authored):
    """How a project is worked out.

    ``management``: outside days of steering on top, as a share; ``contingency``: of all paid once; ``improvement``: outside
    days a later year as a share of those of the project; ``days_a_week``: how much of a working week a member of the team is
    freed for it; ``team``: the quantity that says how many members there are; ``rmb_per_day``: how money is weighed against
    days where ways are compared. ``funding``: shares of the low estimate that tell how far money goes. ``it_staff``: own IT
    staff a way asks for, and ``it_shares`` of it that tell how far those there are go; ``people_weeks``: weeks that the own
    days of the project would take the people freed for it, the longest first. ``price_level`` is the quantity that says how
    many times the prices of licences and of outside days are those of the home market. Up to ``few_users``, base reading, a
    plan keeps to what cannot be left out; 0 for any number.
    """

    users: Name
    all_users: Name | None = None
    contacts: Name
    team: Name
    price_level: Name | None = None
    few_users: int = Field(default=0, ge=0, le=1000)
    quantities: dict[Name, Quantity]
    ways: dict[Deployment, WayMoney]
    management: ShareSpan
    contingency: ShareSpan
    improvement: ShareSpan
    days_a_week: Span
    rmb_per_day: Amount
    funding: tuple[Share, ...] = Field(min_length=1)
    it_staff: dict[Deployment, Amount]
    it_shares: tuple[Share, ...] = Field(min_length=1)
    people_weeks: tuple[Amount, ...] = Field(min_length=1)
    note: Text

    @model_validator(mode="after")
    def _capacities_hang_together(self) -> Self:
        if list(self.it_shares) != sorted(set(self.it_shares)):
            raise ValueError("`it_shares` rise")
        if list(self.people_weeks) != sorted(set(self.people_weeks), reverse=True):
            raise ValueError("`people_weeks` fall")
        if set(self.it_staff) != set(self.ways) or any(staff <= 0 for staff in self.it_staff.values()):
            raise ValueError("`it_staff` names every way, each with more than 0 people")
        return self

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for name in ("users", "all_users", "contacts", "team", "price_level"):
            if getattr(self, name) not in (None, *self.quantities):
                raise ValueError(f"`{name}` names a quantity that is not there: {getattr(self, name)}")
        for name in ("management", "contingency", "improvement", "days_a_week"):
            if not _rises(getattr(self, name)):
                raise ValueError(f"`{name}` runs from low over base to high")
        if self.days_a_week[0] <= 0:
            raise ValueError("`days_a_week` is above 0")
        if list(self.funding) != sorted(set(self.funding)) or self.funding[-1] >= 1:
            raise ValueError("`funding` has shares below 1, each larger than the one before")
        seen: set[str] = set(COUNTED)
        for name, quantity in self.quantities.items():
            parts = [part for alternative in quantity.known_from for part in alternative]
            for other in (read for part in parts for read in part.quantities):
                if other not in seen:
                    raise ValueError(f"`{name}` reads `{other}`, which has to stand before it")
            seen.add(name)
        return self
