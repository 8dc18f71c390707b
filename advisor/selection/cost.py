"""What a system costs over the years: a plain sum of plain ratios, each with a low, a base and a high reading.

    project         = (implementation + integration) × work
    first year      = licence + project + migration and training × project + infrastructure + contingency + own staff
    every later one = licence × rise + infrastructure + improvement × project + own staff × share still needed
    present value   = Σ cost of year t / (1 + discount) ^ t,  t from 1

A licence is a share of ``base``: a year's subscription of all users, or a licence outright. Work and servers are shares of
``work``: the same at the product's price or at the general level of the trade, whichever is more (a cheap licence saves no
work); or the building of the system. Amounts are in RMB.

The model works on arrays: inputs are numbers for one system, or arrays for many whose inputs have the same names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from advisor.knowledge.schema import CostScheme
from advisor.knowledge.schema.products import Deployment, Price
from advisor.knowledge.schema.selecting import CostClass, Span

PAID_OUT = (
    "licence",
    "implementation",
    "integration",
    "migration",
    "training",
    "infrastructure",
    "improvement",
    "contingency",
)
"""Components paid to others; own staff is a cost and no payment."""
COMPONENTS = (*PAID_OUT, "staff")
RATIOS = (
    "once", "yearly", "uplift", "implementation", "integration", "migration", "training", "infrastructure", "improvement",
    "staff", "contingency",
)  # fmt: skip
_PER_YEAR = {"user_month": 12.0, "user_year": 1.0, "firm_month": 12.0, "firm_year": 1.0}

Cases = npt.NDArray[np.float64]
Readings = Mapping[str, Span]
"""Every input of the model by name, each low, base and high."""
ReadingColumns = Mapping[str, Sequence[float] | Cases]
"""The same, or for many systems with low, base and high an array each."""


@dataclass(frozen=True)
class CostFlow:
    """Cost by component, an array of (systems ×) years × cases, in RMB. Case 0 is the base; then every input in turn at its
    low reading, the others at their base; then every input at its high one."""

    years: int
    inputs: tuple[str, ...]
    parts: Mapping[str, Cases]
    discount: Cases

    def by_year(self, components: tuple[str, ...] = COMPONENTS) -> Cases:
        """All that falls in each year, in every case."""
        return sum((self.parts[name] for name in components), np.zeros_like(self.parts["staff"]))

    def total(self, components: tuple[str, ...] = COMPONENTS) -> Cases:
        """The sum of all years."""
        total: Cases = self.by_year(components).sum(axis=-2)
        return total

    def first(self) -> Cases:
        """What is paid to others in the first year."""
        paid: Cases = self.by_year(PAID_OUT)[..., 0, :]
        return paid

    def running(self) -> Cases:
        """What is paid to others in a later year, on average."""
        mean: Cases = self.by_year(PAID_OUT)[..., 1:, :].mean(axis=-2)
        return mean

    def present(self) -> Cases:
        """The present value of all years, each year's cost taken at its end."""
        years = np.arange(1, self.years + 1)[:, None]
        value: Cases = (self.by_year() / (1 + self.discount) ** years).sum(axis=-2)
        return value

    def swings(self, cases: Cases) -> list[tuple[str, float, float]]:
        """How far each input by itself moves a figure: (input, at its low, at its high), widest first."""
        count = len(self.inputs)
        effects = [(name, float(cases[1 + i]), float(cases[1 + count + i])) for i, name in enumerate(self.inputs)]
        return sorted((s for s in effects if s[1] != s[2]), key=lambda swing: (-abs(swing[2] - swing[1]), swing[0]))


def cost_range(cases: Cases) -> Span:
    """Low, base and high of a figure of one system; see :func:`cost_ranges`.

    >>> cost_range(np.array([100.0, 50.0, 50.0, 200.0, 200.0]))[1]
    100.0
    """
    (span,) = cost_ranges(cases[None, :])
    return span


def cost_ranges(cases: Cases) -> list[Span]:
    """Low, base and high of a figure (systems × cases). Effects of single inputs are taken as independent of one another.

    Each input moves the figure by a factor; the logarithms of the factors below 1, and of those above, are combined by the
    root of the sum of their squares. All inputs at their worst at once would be a case hardly anyone meets.
    """
    base = cases[:, :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.maximum(cases[:, 1:], 0.01 * base) / base)
    down, up = (np.minimum(logs, 0) ** 2).sum(axis=1), (np.maximum(logs, 0) ** 2).sum(axis=1)
    rows = zip(base[:, 0].tolist(), down.tolist(), up.tolist(), cases.max(axis=1).tolist(), strict=True)
    return [
        (middle * math.exp(-math.sqrt(below)), middle, middle * math.exp(math.sqrt(above)))
        if middle > 0
        else (0.0, 0.0, most)
        for middle, below, above, most in rows
    ]


def class_for(scheme: CostScheme, way: Deployment, users: float) -> CostClass:
    """The class of a way of running a system for so many users."""
    fitting = [c for c in scheme.classes.values() if way in c.ways]
    return next((c for c in fitting if c.users_to is not None and users <= c.users_to), fitting[-1])


def yearly_price(scheme: CostScheme, price: Price | None, users: Span) -> Span:
    """The price of one user for a year in RMB, from the cheapest to the dearest edition; the base is their geometric mean.

    A price for the whole firm is shared out over the users. Without a known price the general level of the trade stands in.
    """
    if price is None:
        return scheme.figures["subscription"].span
    factor = _PER_YEAR[price.per] * scheme.rates[price.currency]
    if price.per.startswith("firm"):
        factor /= max(users[1], 1.0)
    middle = math.sqrt(price.low * price.high) if price.low else price.high / 2
    return (price.low * factor, middle * factor, price.high * factor)


def as_subscription(kind: CostClass) -> CostClass:
    """A class of software bought outright, for a product on which a fee is paid every year instead."""
    return kind.model_copy(update={"base": "subscription", "once": (0.0, 0.0, 0.0), "yearly": (1.0, 1.0, 1.0)})


def readings(
    scheme: CostScheme, kind: CostClass, users: Span, price: Price | None, seats: int | None, musts: int
) -> dict[str, Span]:
    """Every input that bears on a class, by name. ``seats`` is the least number that is sold."""
    inputs: dict[str, Span] = {}
    if kind.base == "build":
        inputs |= {name: scheme.figures[name].span for name in ("build_months", "month_rate")}
        inputs["musts"] = (float(musts), float(musts), float(musts))
    else:
        paid, yearly = _at_least(users, float(seats or 0)), yearly_price(scheme, price, users)
        general = scheme.figures["subscription"].span
        inputs |= {"users": paid, "price": yearly}
        if price is not None:
            inputs["work_price"] = (max(yearly[0], general[0]), max(yearly[1], general[1]), max(yearly[2], general[2]))
        if kind.base == "licence":
            inputs["licence_years"] = scheme.figures["licence_years"].span
    inputs |= {name: getattr(kind, name) for name in RATIOS}
    inputs |= {name: scheme.figures[name].span for name in ("post_year", "staff_after", "discount")}
    return inputs


def _at_least(span: Span, least: float) -> Span:
    return (max(span[0], least), max(span[1], least), max(span[2], least))


def flow(inputs: ReadingColumns, years: int) -> CostFlow:
    """The cost of every component in every year: at the base, and with each input by itself at its low and high reading."""
    names, count, places = tuple(inputs), len(inputs), np.arange(len(inputs))
    low, base, high = np.moveaxis(np.array(list(inputs.values())), 1, 0)
    varied = np.repeat(base[..., None], 1 + 2 * count, axis=-1)
    varied[places, ..., 1 + places], varied[places, ..., 1 + count + places] = low, high
    cases = dict(zip(names, varied[..., None, :], strict=True))
    return CostFlow(years, names, _parts(cases, years), cases["discount"])


def _parts(cases: Mapping[str, Cases], years: int) -> dict[str, Cases]:
    base, work = _bases(cases)
    project = (cases["implementation"] + cases["integration"]) * work
    outright = cases["once"] * base
    once = {
        "implementation": cases["implementation"] * work,
        "integration": cases["integration"] * work,
        "migration": cases["migration"] * project,
        "training": cases["training"] * project,
    }
    once["contingency"] = cases["contingency"] * (sum(once.values()) + outright)
    later = np.arange(years)[:, None]
    first = (later == 0) * 1.0
    parts = {name: first * amount for name, amount in once.items()}
    parts["licence"] = cases["yearly"] * base * (1 + cases["uplift"]) ** later + first * outright
    parts["infrastructure"] = cases["infrastructure"] * work * np.ones((years, 1))
    parts["improvement"] = (1 - first) * cases["improvement"] * project
    parts["staff"] = cases["staff"] * cases["post_year"] * (first + (1 - first) * cases["staff_after"])
    return parts


def _bases(cases: Mapping[str, Cases]) -> tuple[Cases, Cases]:
    """What licences are a share of, and what work is a share of."""
    if "musts" in cases:
        build = cases["musts"] * cases["build_months"] * cases["month_rate"]
        return build, build
    per_price = cases["users"] * cases.get("licence_years", np.ones(1))
    return per_price * cases["price"], per_price * cases.get("work_price", cases["price"])


def yearly_gain_needed(present: float, discount: float, years: int, months: float) -> float:
    """The yearly gain, from the month a system is in use, whose present value equals that of the cost; infinite where it
    would not be in use within the years looked at."""
    factor = 0.0
    for year in range(years):
        used = min(1.0, max(0.0, year + 1 - months / 12))
        factor += used / (1 + discount) ** (year + 1)
    return present / factor if factor else float("inf")
