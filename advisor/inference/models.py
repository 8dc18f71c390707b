"""Which of the four operating models firms follow, and how clearly.

Each axis (product, decision) is read as low, high or in between; the four corners share ``axis_weight`` points
accordingly, evidence rules add or take a few, and the shares are reported for all four. Near ties are called mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import Bounds, Column, Mask, alike, mask_of
from advisor.inference.score_rows import DECIMALS, Numbers, ScoreRows
from advisor.knowledge.schema import MODELS, Model, ModelKind, ModelScheme

OTHER_LINES = "other_line_models"
"""The question that names the models of a firm's further lines of business."""


@dataclass(frozen=True)
class ModelShare:
    """One model: points from the axes, points from evidence rules, and its share of all points."""

    model: Model
    from_axes: float
    from_evidence: float
    share: float


@dataclass(frozen=True)
class ModelReading:
    """The reading of the model. ``shares`` has all four, largest first; ``first`` is None where nothing points anywhere.

    ``margin`` is the first share less the second; ``in_play`` are the models whose needs count for this firm: the first,
    the second where mixed, and those of further business lines.
    """

    shares: tuple[ModelShare, ...]
    product: float | None
    decision: float | None
    first: Model | None
    second: Model | None
    margin: float
    mixed: bool
    other_lines: tuple[Model, ...]

    @property
    def in_play(self) -> frozenset[str]:
        """The models whose needs count for this firm."""
        chosen = [self.first, self.second if self.mixed else None, *self.other_lines]
        return frozenset(model for model in chosen if model)


@dataclass(frozen=True)
class ModelTable:
    """The reading of the model for many firms. Arrays of the four models × firms: points from axes, points from evidence,
    shares, the order of the models by share, and which further lines of business a firm named."""

    product: Numbers
    decision: Numbers
    from_axes: Numbers
    from_evidence: Numbers
    share: Numbers
    order: NDArray[np.int64]
    margin: Numbers
    nothing: Mask
    mixed: Mask
    lines: Mask

    def first(self, firm: int) -> Model | None:
        """The model a firm follows most; None where nothing points anywhere."""
        return None if self.nothing[firm] else MODELS[self.order[0, firm]]

    def reading(self, firm: int) -> ModelReading:
        """The reading of one firm."""
        nothing, order = bool(self.nothing[firm]), self.order[:, firm].tolist()
        return ModelReading(
            shares=tuple(self._share(place, firm) for place in order),
            product=_number(self.product[firm]),
            decision=_number(self.decision[firm]),
            first=None if nothing else MODELS[order[0]],
            second=None if nothing else MODELS[order[1]],
            margin=0.0 if nothing else float(self.margin[firm]),
            mixed=bool(self.mixed[firm]),
            other_lines=tuple(
                model for place, model in enumerate(MODELS) if self.lines[place, firm] and (nothing or place != order[0])
            ),
        )

    def _share(self, place: int, firm: int) -> ModelShare:
        axes, evidence, share = (float(a[place, firm]) for a in (self.from_axes, self.from_evidence, self.share))
        return ModelShare(MODELS[place], axes, evidence, share)

    def value(self, firm: int) -> frozenset[str] | None:
        """The operating models in play for one firm; None where nothing points anywhere."""
        return self.reading(firm).in_play or None

    def column(self) -> Column:
        """The operating models in play as a fact."""
        firms = np.arange(len(self.nothing))
        in_play = self.lines.copy()
        in_play[self.order[0], firms] |= ~self.nothing
        in_play[self.order[1], firms] |= self.mixed
        column = Column()
        for models, who in alike(in_play):
            if models:
                column.add(_named(models), who)
        return column


def read_models(scheme: ModelScheme, product: ScoreRows, decision: ScoreRows, evidence: Numbers, lines: Mask) -> ModelTable:
    """The reading from the two axes, the evidence found and the further lines named (both models × firms).

    Evidence breaks a tie of shares.
    """
    across, along = _position(product.points, scheme), _position(decision.points, scheme)
    from_axes = scheme.axis_weight * np.array([_corner(scheme.kinds[model], across, along) for model in MODELS])
    totals = np.maximum(0.0, from_axes + evidence)
    whole = sum(totals[1:], start=totals[0])
    share = np.round(np.divide(totals, whole, out=np.zeros_like(totals), where=whole > 0), DECIMALS)
    order = np.lexsort((-evidence, -share), axis=0)
    ranked = np.take_along_axis(share, order, axis=0)
    margin = np.round(ranked[0] - ranked[1], DECIMALS)
    nothing = (np.isnan(product.points) & np.isnan(decision.points) & ~evidence.any(axis=0)) | (whole == 0)
    mixed = ~nothing & (margin < scheme.mixed_margin)
    shown = np.round(from_axes, DECIMALS)
    return ModelTable(product.points, decision.points, shown, evidence, share, order, margin, nothing, mixed, lines)


def bound_models(
    scheme: ModelScheme, product: ScoreRows, decision: ScoreRows, evidence: tuple[Numbers, Numbers], lines: tuple[Mask, Mask]
) -> Bounds:
    """The models in play whatever the missing answers are, and all that may come into play.

    ``evidence`` is the least and the most that evidence rules may still add up to, ``lines`` the models of further lines
    of business for certain, and those there may be. The bounds are safe rather than exact: axes and evidence are taken to
    move freely of one another.
    """
    across, along = _positions(product, scheme), _positions(decision, scheme)
    kinds = [scheme.kinds[model] for model in MODELS]
    least = [_corner(kind, across[kind.product == "low"], along[kind.decision == "low"]) for kind in kinds]
    most = [_corner(kind, across[kind.product == "high"], along[kind.decision == "high"]) for kind in kinds]
    low = np.maximum(0.0, scheme.axis_weight * np.array(least) + evidence[0])
    high = np.maximum(0.0, scheme.axis_weight * np.array(most) + evidence[1])
    low_share, high_share = _share_bounds(low, high)
    readable = (product.sure | decision.sure) & low.any(axis=0)
    sure = readable & (low_share > _best_of_others(high_share))
    possible = high_share >= _best_of_others(low_share) - scheme.mixed_margin
    bounds = Bounds()
    for models, who in alike(np.concatenate([sure | lines[0], possible | lines[1]])):
        bounds.ranges[_named(models), _named(models >> len(MODELS))] = who
    return bounds


def lines_named(column: Column, size: int) -> tuple[Mask, Mask]:
    """The models of further lines of business that firms have for certain, and those they may have (models × firms)."""
    sure, possible = np.zeros((len(MODELS), size), np.bool_), np.zeros((len(MODELS), size), np.bool_)
    doubtful = mask_of(column.doubtful, size)
    for models, who in column.values.items():
        for place, model in enumerate(MODELS):
            if isinstance(models, frozenset) and model in models:
                possible[place] |= mask_of(who, size)
    sure |= possible & ~doubtful
    possible[:, ~mask_of(column.known | column.inapplicable, size)] = True
    return sure, possible


def _corner(kind: ModelKind, across: Numbers, along: Numbers) -> Numbers:
    """How near firms are to the corner of a model, 0 to 1, from their places on the two axes."""
    found: Numbers = (across if kind.product == "high" else 1 - across) * (along if kind.decision == "high" else 1 - along)
    return found


def _position(points: Numbers, scheme: ModelScheme) -> Numbers:
    """0 for low, 1 for high, evenly between over the middle; halfway where the axis is not known."""
    low, high = scheme.middle
    return np.where(np.isnan(points), 0.5, np.clip((points - low) / (high - low), 0.0, 1.0))


def _positions(axis: ScoreRows, scheme: ModelScheme) -> tuple[Numbers, Numbers]:
    """The least and the greatest place on an axis; halfway is among them where the axis may stay unknown."""
    low, high = (np.where(axis.counted, _position(end, scheme), 0.5) for end in (axis.low, axis.high))
    return np.where(axis.sure, low, np.minimum(low, 0.5)), np.where(axis.sure, high, np.maximum(high, 0.5))


def _share_bounds(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """The bounds of each model's share of all points; anything at all where there may be no points."""
    others_low, others_high = (np.array([others.sum(axis=0) for others in _without_each(ends)]) for ends in (low, high))
    least = np.divide(low, low + others_high, out=np.zeros_like(low), where=low > 0)
    most = np.divide(high, high + others_low, out=np.zeros_like(high), where=high > 0)
    return least, most


def _best_of_others(shares: Numbers) -> Numbers:
    """For each model the largest share of another."""
    return np.array([others.max(axis=0) for others in _without_each(shares)])


def _without_each(values: Numbers) -> Iterator[Numbers]:
    """The values without those of the first model, without those of the second, and so on."""
    return (np.delete(values, place, axis=0) for place in range(len(values)))


def _named(bits: int) -> frozenset[str]:
    return frozenset(model for place, model in enumerate(MODELS) if bits >> place & 1)


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
