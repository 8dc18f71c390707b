"""The regions of a map of need and ability: the verdict of a firm that lies there and has no finding that says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.assessment.verdict import Cutoffs, regions
from advisor.knowledge.schema import VerdictName
from advisor.reporting.document import Region, Tone

TONES: Mapping[VerdictName, Tone] = {
    "feasible": "good",
    "conditional": "caution",
    "not_yet": "bad",
    "not_needed_now": "quiet",
}


def verdict_regions(cutoffs: Cutoffs, name: Callable[[VerdictName], str]) -> tuple[Region, ...]:
    """The regions with their names and colours, ability across and need upwards."""
    return tuple(
        Region(name(found.verdict), found.ability[0], found.need[0], found.ability[1], found.need[1], TONES[found.verdict])
        for found in regions(cutoffs)
    )
