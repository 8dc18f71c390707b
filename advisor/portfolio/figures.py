"""All that is worked out about a group of firms, once, for the workbook, the page and the report alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from advisor.knowledge.schema import VerdictName
from advisor.portfolio.entry import Entry
from advisor.portfolio.groups import KINDS, Group, Kind, groups_by
from advisor.portfolio.lifting import Lifting, lifting
from advisor.portfolio.spreads import Spread
from advisor.portfolio.standing import Benchmark

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)


@dataclass(frozen=True)
class Tally:
    """A finding, how many firms have it, and, of a risk, for how many it is high."""

    id: str
    firms: int
    high: int = 0


@dataclass(frozen=True)
class Figures:
    """A group in figures. ``failed`` are rows that could not be read as firms; they are in no other number."""

    firms: int
    failed: int
    verdicts: Mapping[VerdictName, int]
    unsettled: int
    blocked: int
    blockers: tuple[Tally, ...]
    conditions: tuple[Tally, ...]
    risks: tuple[Tally, ...]
    lifting: Lifting
    groups: Mapping[Kind, tuple[Group, ...]]
    benchmark: Benchmark

    @property
    def spreads(self) -> Mapping[str, Spread | None]:
        """Median and quartiles of need, ability and every factor."""
        return self.benchmark.spreads


def figures_of(entries: Sequence[Entry], failed: int = 0) -> Figures:
    """The figures of a group of firms."""
    verdicts = Counter(entry.verdict for entry in entries)
    risks = Counter(name for entry in entries for name in entry.risks)
    high = Counter(name for entry in entries for name, level in entry.risks.items() if level == "high")
    return Figures(
        firms=len(entries),
        failed=failed,
        verdicts={name: verdicts[name] for name in VERDICTS},
        unsettled=sum(entry.certainty == "leaning" for entry in entries),
        blocked=sum(bool(entry.blockers) for entry in entries),
        blockers=_tallies(Counter(name for entry in entries for name in entry.blockers)),
        conditions=_tallies(Counter(name for entry in entries for name in entry.conditions)),
        risks=tuple(Tally(name, risks[name], high[name]) for name in sorted(risks, key=lambda n: (-risks[n], -high[n], n))),
        lifting=lifting(entries),
        groups={kind: groups_by(kind, entries) for kind in KINDS},
        benchmark=Benchmark(entries),
    )


def _tallies(counts: Counter[str]) -> tuple[Tally, ...]:
    """Findings, the commonest first."""
    return tuple(Tally(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name)))
