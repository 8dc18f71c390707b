"""The figures of a group of firms, computed once for the workbook, the page and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from advisor.knowledge.schema import VerdictName
from advisor.portfolio.benchmark import Benchmark
from advisor.portfolio.common_steps import CommonSteps, common_steps
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.groups import GROUPINGS, FirmGroup, Grouping, groups_by
from advisor.portfolio.quartiles import Quartiles

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)


@dataclass(frozen=True)
class FindingCount:
    """A finding, how many firms have it, and, of a risk, for how many it is high."""

    id: str
    firms: int
    high: int = 0


@dataclass(frozen=True)
class PortfolioFigures:
    """The figures of a group. ``failed`` counts rows that could not be read as firms; no other figure includes them."""

    firms: int
    failed: int
    verdicts: Mapping[VerdictName, int]
    unsettled: int
    blocked: int
    blockers: tuple[FindingCount, ...]
    conditions: tuple[FindingCount, ...]
    risks: tuple[FindingCount, ...]
    common_steps: CommonSteps
    groups: Mapping[Grouping, tuple[FirmGroup, ...]]
    benchmark: Benchmark

    @property
    def quartiles(self) -> Mapping[str, Quartiles | None]:
        """Median and quartiles of need, ability and every factor."""
        return self.benchmark.quartiles


def compute_figures(entries: Sequence[PortfolioEntry], failed: int = 0) -> PortfolioFigures:
    """The figures of a group of firms."""
    verdicts = Counter(entry.verdict for entry in entries)
    risks = Counter(name for entry in entries for name in entry.risks)
    high = Counter(name for entry in entries for name, level in entry.risks.items() if level == "high")
    return PortfolioFigures(
        firms=len(entries),
        failed=failed,
        verdicts={name: verdicts[name] for name in VERDICTS},
        unsettled=sum(entry.certainty == "leaning" for entry in entries),
        blocked=sum(bool(entry.blockers) for entry in entries),
        blockers=_finding_counts(Counter(name for entry in entries for name in entry.blockers)),
        conditions=_finding_counts(Counter(name for entry in entries for name in entry.conditions)),
        risks=tuple(
            FindingCount(name, risks[name], high[name]) for name in sorted(risks, key=lambda n: (-risks[n], -high[n], n))
        ),
        common_steps=common_steps(entries),
        groups={kind: groups_by(kind, entries) for kind in GROUPINGS},
        benchmark=Benchmark(entries),
    )


def _finding_counts(counts: Counter[str]) -> tuple[FindingCount, ...]:
    """Findings, the commonest first."""
    return tuple(FindingCount(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name)))
