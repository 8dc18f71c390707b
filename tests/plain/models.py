"""The operating model of one firm in plain Python: what :mod:`advisor.inference.models` works out over arrays."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.inference.models import NEAR, ModelReading, ModelShare
from advisor.inference.scores import InputValue, ScoreValue
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import MODELS, Model, ModelScheme


def read_model(
    scheme: ModelScheme, scores: Mapping[str, ScoreValue], evidence: Mapping[str, float], other_lines: Value | None
) -> ModelReading:
    """The reading from the two axes, the evidence found and the further lines the firm named. Evidence breaks a tie."""
    product, decision = scores[scheme.product_axis].points, scores[scheme.decision_axis].points
    place = {"product": _position(product, scheme), "decision": _position(decision, scheme)}
    support: dict[Model, tuple[float, float]] = {}
    for model in MODELS:
        kind = scheme.kinds[model]
        part = 1.0
        for axis, side in (("product", kind.product), ("decision", kind.decision)):
            part *= place[axis] if side == "high" else 1 - place[axis]
        support[model] = (scheme.axis_weight * part, evidence.get(model, 0.0))
    totals = {model: max(0.0, axes + found) for model, (axes, found) in support.items()}
    whole = sum(totals.values())
    shares = [
        ModelShare(m, round(support[m][0], 6), support[m][1], round(totals[m] / whole, 6) if whole else 0.0) for m in MODELS
    ]
    shares.sort(key=lambda s: (-s.share, -s.from_evidence))
    margin = round(shares[0].share - shares[1].share, 6)
    nothing = (product is None and decision is None and not any(evidence.values())) or not whole
    others = other_lines if isinstance(other_lines, frozenset) else frozenset()
    return ModelReading(
        shares=tuple(shares),
        product=product,
        decision=decision,
        first=None if nothing else shares[0].model,
        second=None if nothing else shares[1].model,
        margin=0.0 if nothing else margin,
        mixed=not nothing and margin < scheme.mixed_margin,
        other_lines=tuple(m for m in MODELS if m in others and (nothing or m != shares[0].model)),
    )


def models_possible(
    scheme: ModelScheme,
    scores: Mapping[str, ScoreValue],
    evidence: Mapping[str, tuple[float, float]],
    lines: frozenset[str],
    open_lines: frozenset[str],
) -> tuple[frozenset[str], frozenset[str]]:
    """The models in play whatever the missing answers are, and all that may come into play.

    ``evidence`` gives for each model the least and the most that evidence rules may still add up to, ``lines`` are the
    models of further lines of business for certain, ``open_lines`` those there may be. The bounds are safe rather than
    exact: axes and evidence are taken to move freely of one another.
    """
    axes = {"product": scores[scheme.product_axis], "decision": scores[scheme.decision_axis]}
    place = {name: _positions(score, scheme) for name, score in axes.items()}
    totals: dict[Model, tuple[float, float]] = {}
    for model in MODELS:
        kind = scheme.kinds[model]
        part = [1.0, 1.0]
        for axis, side in (("product", kind.product), ("decision", kind.decision)):
            low, high = place[axis] if side == "high" else (1 - place[axis][1], 1 - place[axis][0])
            part = [part[0] * low, part[1] * high]
        least, most = evidence.get(model, (0.0, 0.0))
        totals[model] = (max(0.0, scheme.axis_weight * part[0] + least), max(0.0, scheme.axis_weight * part[1] + most))
    shares = {model: _share(model, totals) for model in MODELS}
    readable = any(item.sure for score in axes.values() for item in counted(score)) and any(t[0] for t in totals.values())
    best_of_others = {m: max(shares[o][1] for o in MODELS if o != m) for m in MODELS}
    least_of_others = {m: max(shares[o][0] for o in MODELS if o != m) for m in MODELS}
    least_ahead = {m: sum(shares[o][0] > shares[m][1] + NEAR for o in MODELS if o != m) for m in MODELS}
    most_ahead = {m: sum(shares[o][1] > shares[m][0] - NEAR for o in MODELS if o != m) for m in MODELS}
    near_the_first = {m for m in MODELS if shares[m][0] > best_of_others[m] - scheme.mixed_margin + NEAR}
    sure = {m for m in MODELS if readable and (not most_ahead[m] or (most_ahead[m] == 1 and m in near_the_first))}
    possible = {m for m in MODELS if least_ahead[m] <= 1 and shares[m][1] >= least_of_others[m] - scheme.mixed_margin}
    return frozenset(sure) | lines, frozenset(possible) | open_lines


def _positions(score: ScoreValue, scheme: ModelScheme) -> tuple[float, float]:
    """The least and the greatest place on an axis; halfway is among them where the axis may stay unknown."""
    halfway = [] if any(item.sure for item in counted(score)) else [0.5]
    ends = [_position(score.low, scheme), _position(score.high, scheme)] if counted(score) else []
    return min([*ends, *halfway]), max([*ends, *halfway])


def _share(model: Model, totals: Mapping[Model, tuple[float, float]]) -> tuple[float, float]:
    """The bounds of a model's share of all points; anything at all where there may be no points."""
    low, high = totals[model]
    others_low = sum(t[0] for m, t in totals.items() if m != model)
    others_high = sum(t[1] for m, t in totals.items() if m != model)
    return (low / (low + others_high) if low else 0.0), (high / (high + others_low) if high else 0.0)


def _position(points: float | None, scheme: ModelScheme) -> float:
    """0 for low, 1 for high, evenly between over the middle; halfway where the axis is not known."""
    if points is None:
        return 0.5
    low, high = scheme.middle
    return min(1.0, max(0.0, (points - low) / (high - low)))


def counted(score: ScoreValue) -> list[InputValue]:
    """The inputs that take part."""
    return [item for item in score.inputs if item.status != "not_applicable"]
