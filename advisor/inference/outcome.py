"""What an engine leaves: for every rule and finding the firms for which it holds and those for which it does not."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np

from advisor.inference.columns import UNDECIDED, Sides, masks_of
from advisor.inference.models import ModelTable
from advisor.inference.step_columns import Steps
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Truth, Value

if TYPE_CHECKING:
    from advisor.inference.computed import Detail


@dataclass(frozen=True)
class RuleOutcome:
    """The rules judged and the findings drawn, in the order of the rules; whoever is on neither side is undecided.

    ``computed`` is what was worked out with each computed fact.
    """

    size: int
    rules: Mapping[str, Sides]
    findings: Mapping[str, Sides]
    computed: Mapping[str, object] = field(default_factory=dict)

    @property
    def models(self) -> ModelTable:
        """The reading of the operating model. Raises ``KeyError`` where it was not read."""
        return cast("ModelTable", self.computed[MODEL_FACT])

    def steps(self) -> dict[str, Steps]:
        """The steps of the facts that are read off the project."""
        return {name: detail for name, detail in self.computed.items() if isinstance(detail, Steps)}

    def values(self, firm: int) -> dict[str, Value]:
        """The values of the computed facts of one firm, as answers stand."""
        details = {name: cast("Detail", detail).value(firm) for name, detail in self.computed.items()}
        return {name: value for name, value in details.items() if value is not None}

    def margins(self, firm: int) -> dict[str, Margin]:
        """Between which steps the facts read off the project lie for one firm, where they are not known."""
        steps = {name: step.margin(firm) for name, step in self.steps().items()}
        return {name: margin for name, margin in steps.items() if margin is not None}

    def rule(self, name: str, firm: int) -> Truth:
        """Whether a rule holds for a firm; None where it cannot be decided."""
        return _truth(self.rules[name], firm)

    def finding(self, name: str, firm: int) -> Truth:
        """Whether a finding is concluded for a firm, ruled out, or undecided."""
        return _truth(self.findings.get(name, UNDECIDED), firm)

    def fired(self) -> list[list[str]]:
        """For each firm the rules that hold for it."""
        holds = masks_of([holds for holds, _ in self.rules.values()], self.size)
        places = np.flatnonzero(np.ascontiguousarray(holds.T))
        names = np.array(list(self.rules), dtype=object)[places % len(holds)].tolist()
        ends = np.searchsorted(places, len(holds) * np.arange(self.size + 1)).tolist()
        return [names[start:end] for start, end in itertools.pairwise(ends)]


def _truth(sides: Sides, firm: int) -> Truth:
    bit = 1 << firm
    return True if sides[0] & bit else False if sides[1] & bit else None
