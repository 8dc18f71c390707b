"""A small integer program: yes-or-no choices with costs, linear conditions, the cheapest choice that meets them all.

Solved by HiGHS, which proves how far from the best its answer can be at most. One thread and a fixed seed: the same program
has the same answer every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_NODES = 20_000
"""How far the search branches before it takes the best found so far; counted, not timed: a slow machine finds the same."""


@dataclass(frozen=True)
class LinearExpression:
    """A constant and choices with their factors."""

    constant: float = 0.0
    terms: tuple[tuple[int, float], ...] = ()

    def __add__(self, other: LinearExpression) -> LinearExpression:
        return LinearExpression(self.constant + other.constant, (*self.terms, *other.terms))

    def times(self, factor: float) -> LinearExpression:
        """Everything multiplied by a number."""
        return LinearExpression(self.constant * factor, tuple((choice, value * factor) for choice, value in self.terms))

    @staticmethod
    def total(parts: Iterable[LinearExpression]) -> LinearExpression:
        """The sum of some."""
        summands = list(parts)
        return LinearExpression(sum(p.constant for p in summands), tuple(term for p in summands for term in p.terms))


NO, YES = LinearExpression(0.0), LinearExpression(1.0)


SOLVER_OPTIONS = {
    "output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": MAX_NODES, "mip_rel_gap": 0.0,
    "mip_detect_symmetry": False, "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
}  # fmt: skip
"""The best choice is proved whatever heuristics find first; on programs as small as these they cost more than they save."""


@dataclass(frozen=True)
class Solution:
    """The choices made (0 to 1 each), their cost, and by which share the true best may be cheaper at most (0: it is it)."""

    values: tuple[float, ...]
    cost: float
    gap: float


@dataclass
class IntegerProgram:
    """Choices and conditions, gathered; :meth:`solve` may be called again after more conditions."""

    costs: list[float] = field(default_factory=list)
    is_integer: list[bool] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    rows: list[tuple[LinearExpression, float, float]] = field(default_factory=list)

    def copy(self) -> IntegerProgram:
        """The same choices and conditions, to which others can be added."""
        return IntegerProgram(list(self.costs), list(self.is_integer), list(self.highs), list(self.rows))

    def choice(self, cost: float = 0.0) -> LinearExpression:
        """A new yes-or-no choice."""
        return self._new(cost, True, 1.0)

    def amount(self, high: float) -> LinearExpression:
        """A new number from 0 to ``high``, free of cost."""
        return self._new(0.0, False, high)

    def _new(self, cost: float, is_integer: bool, high: float) -> LinearExpression:
        self.costs.append(cost)
        self.is_integer.append(is_integer)
        self.highs.append(high)
        return LinearExpression(0.0, ((len(self.costs) - 1, 1.0),))

    def at_least(self, what: LinearExpression, limit: float) -> None:
        """Require ``what`` ≥ ``limit``."""
        self.rows.append((what, limit, float("inf")))

    def at_most(self, what: LinearExpression, limit: float) -> None:
        """Require ``what`` ≤ ``limit``."""
        self.rows.append((what, -float("inf"), limit))

    def solve(self) -> Solution | None:
        """The cheapest choice that meets all conditions; None where there is none."""
        if any(not low <= what.constant <= high for what, low, high in self.rows if not what.terms):
            return None
        if not self.costs:
            return Solution((), 0.0, 0.0)
        import highspy  # slow to load: only those who ask for a path pay for it
        import numpy as np

        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in SOLVER_OPTIONS.items():
            solver.setOptionValue(name, value)
        count = len(self.costs)
        solver.addVars(count, np.zeros(count), np.array(self.highs))
        places = np.arange(count, dtype=np.int32)
        solver.changeColsCost(count, places, np.array(self.costs))
        kinds = [highspy.HighsVarType.kInteger if w else highspy.HighsVarType.kContinuous for w in self.is_integer]
        solver.changeColsIntegrality(count, places, np.array(kinds))
        for what, low, high in (row for row in self.rows if row[0].terms):
            merged: dict[int, float] = {}
            for choice, value in what.terms:
                merged[choice] = merged.get(choice, 0.0) + value
            indices = np.array(list(merged), dtype=np.int32)
            solver.addRow(low - what.constant, high - what.constant, len(merged), indices, np.array(list(merged.values())))
        solver.run()
        information = solver.getInfo()
        if information.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = tuple(solver.getSolution().col_value)
        gap = information.mip_gap if np.isfinite(information.mip_gap) else 0.0
        return Solution(values, information.objective_function_value, max(0.0, float(gap)))
