"""What part of a score's central reading comes of each of its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from advisor.inference.score_rows import Combine


class Input(Protocol):
    """An input of a score, as inference or an assessment has it."""

    @property
    def weight(self) -> float:
        """Its weight."""

    @property
    def points(self) -> float | None:
        """The points it brings, None where missing."""

    @property
    def status(self) -> str:
        """``not_applicable`` where it does not apply."""

    @property
    def always(self) -> bool:
        """Whether it counts beside the strongest however weak it is."""

    @property
    def limit(self) -> bool:
        """Whether the score may not pass it; it counts only where it is what the score comes to."""


def shares(combine: Combine, inputs: Sequence[Input], room: float) -> list[float]:
    """The share of each input, 0 to 1, adding up to 1 where anything is known.

    The score is the sum of shares × points, but for a mean of the strongest that missing answers cannot reach. ``room`` is
    the weight the strongest fill.
    """
    taken = weights_taken(combine, inputs, room)
    whole = sum(taken)
    return [weight / whole for weight in taken] if whole else taken


def weights_taken(combine: Combine, inputs: Sequence[Input], room: float) -> list[float]:
    """The weight each input has in the central reading: its own where it counts in full, 0 where it does not."""
    parts = [place for place, item in enumerate(inputs) if not item.limit]
    found = dict(zip(parts, _parts_taken(combine, [inputs[place] for place in parts], room), strict=True))
    taken = [found.get(place, 0.0) for place in range(len(inputs))]
    limits = [(item.points, place) for place, item in enumerate(inputs) if item.limit and item.points is not None]
    if limits and (whole := sum(taken)):
        reached = sum(weight * (item.points or 0.0) for weight, item in zip(taken, inputs, strict=True)) / whole
        limit, tightest = min(limits)
        if limit < reached:
            return [float(place == tightest) for place in range(len(inputs))]
    return taken


def _parts_taken(combine: Combine, inputs: Sequence[Input], room: float) -> list[float]:
    if combine == "mean":
        return [item.weight * (item.points is not None) for item in inputs]
    if combine == "strongest":
        return _strongest(inputs, room)
    largest = max((item.points for item in inputs if item.points is not None), default=None)
    first = next((place for place, item in enumerate(inputs) if item.points is not None and item.points == largest), None)
    return [float(place == first) for place in range(len(inputs))]


def _strongest(inputs: Sequence[Input], room: float) -> list[float]:
    """Those that always count, then the strongest until the room is full; what does not apply has no strength."""
    there = [item.points is not None or item.status == "not_applicable" for item in inputs]
    taken = [item.weight * (item.always and is_there) for item, is_there in zip(inputs, there, strict=True)]
    others = [place for place, item in enumerate(inputs) if there[place] and not item.always]
    for place in sorted(others, key=lambda place: -(inputs[place].points or 0.0)):
        taken[place] = min(inputs[place].weight, room)
        room -= taken[place]
    return taken
