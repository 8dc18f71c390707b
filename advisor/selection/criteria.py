"""Points of a candidate on each criterion: 0 to 100 on fixed scales, with the range that unknown facts leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.assessment.model.cost import Span
from advisor.assessment.model.selection import MarkItem, WantedItem
from advisor.knowledge.currency import amount
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema.products import Datum, YesNo
from advisor.knowledge.schema.selecting import Help, JoinFit, SizeFit, TradeFit
from advisor.phrases import joined, phrases
from advisor.rounding import round_estimate
from advisor.selection.candidates import Candidate
from advisor.text import Text

phrase = phrases("selection")


REACHED_BY = frozenset({"wecom", "dingtalk", "feishu", "whatsapp", "outlook", "google"})
"""Connectors to the ways in which customers are reached."""
WORK_KINDS = ("sales_force", "service", "marketing_automation", "membership_cdp", "private_domain", "case_or_donor")
"""Kinds of system by the work they do; the others say how a system comes."""
SPECIAL_KINDS = ("trade_system", "foreign_trade", "erp_module")
"""Kinds a product made for one is bound to: it suits where that does, whatever else it does."""


def reference_cost(candidates: Sequence[Candidate]) -> float | None:
    """What the firm can spend over the years; where it does not say, what the dearest candidate costs."""
    if not candidates:
        return None
    buyer = candidates[0].buyer
    money, yearly = buyer.first_year_money, buyer.number("running_budget")
    if money and yearly is not None:
        return money + (buyer.project.cost.years - 1) * yearly
    return max((candidate.estimate.paid[1] for candidate in candidates if candidate.estimate.paid), default=None)


def mark_items(candidate: Candidate, reference: float | None) -> tuple[MarkItem, ...]:
    """The points on every criterion, in the order the criteria are listed; none on cost where it is not known."""
    points_by_criterion = {
        "functions": _functions(candidate),
        "kind": _kind(candidate),
        "size": _size(candidate),
        "trade": _trade(candidate),
        "way": _way(candidate),
        "integration": _integration(candidate),
        "support": _support(candidate),
        "maker": _maker(candidate),
        "exit": _exit(candidate),
        "ai": _ai(candidate),
        "ease": _ease(candidate),
    }
    if candidate.estimate.paid and reference:
        points_by_criterion["cost"] = _cost(candidate, candidate.estimate.paid, reference)
    return tuple(
        MarkItem(
            criterion=name,
            points=round(points_by_criterion[name][0][1], 6),
            low=round(points_by_criterion[name][0][0], 6),
            high=round(points_by_criterion[name][0][2], 6),
            shown=points_by_criterion[name][1],
        )
        for name in candidate.scheme.criteria
        if name in points_by_criterion
    )


PointsShown = tuple[Span, Text]


def _functions(candidate: Candidate) -> PointsShown:
    wanted, scheme = candidate.buyer.wanted, candidate.scheme
    weights = [_weight(candidate, item) for item in wanted]
    weight = sum(weights)
    if not weight:
        return (100.0, 100.0, 100.0), phrase("mark.no_functions")
    sums = [0.0, 0.0, 0.0]
    for item, counts in zip(wanted, weights, strict=True):
        found = candidate.told.get(item.function)
        points = (0.0, scheme.unknown_support, 100.0)
        if found:
            points = candidate.weighed(scheme.support[found[0]], scheme.unknown_support, found[1])
        sums = [total + counts * reading for total, reading in zip(sums, points, strict=True)]
    shown = phrase("mark.functions", known=len(candidate.supports), all=len(wanted))
    return (sums[0] / weight, sums[1] / weight, sums[2] / weight), shown


def _weight(candidate: Candidate, item: WantedItem) -> float:
    """What a function weighs: little where it is the work of kinds of system that the firm does not need."""
    least = candidate.scheme.asking["could"]
    return min(item.weight, least) if candidate.buyer.other_work(item.function) and not item.changed else item.weight


def _kind(candidate: Candidate) -> PointsShown:
    """The points of that kind of system it is which suits the firm best."""
    datum, weighed, start = candidate.product.facts.kinds, candidate.buyer.systems_weighed, candidate.scheme.start
    kinds = [(kind, weighed[kind]) for kind in datum.known or () if kind in weighed and not weighed[kind].hard]
    if datum.known and not kinds and any(kind in weighed for kind in datum.known):
        return (0.0, 0.0, 0.0), phrase("mark.kind_ruled_out")
    if not kinds:
        return (0.0, start, 100.0), phrase("mark.unknown")
    made_for = (datum.known or ())[0]
    share = _beside(candidate, made_for)
    points: dict[str, float] = {kind: option.points * (1 if kind == made_for else share) for kind, option in kinds}
    bound = [made_for] if made_for in SPECIAL_KINDS and made_for in points else list(points)
    kind = max(bound, key=lambda name: points[name])
    base = _with_second(candidate, kind, points)
    low, high = (max(getattr(option, end) for _, option in kinds) for end in ("low", "high"))
    unsure = candidate.weighed(base, start, datum.by)
    return (min(low, unsure[0]), unsure[1], max(high, unsure[2])), value_label("kinds", kind)


def _beside(candidate: Candidate, made_for: str) -> float:
    """How much what a product does besides counts: less where the firm does not need what it is made for."""
    scheme, option = candidate.scheme, candidate.buyer.systems_weighed.get(made_for)
    wanted = option is not None and not option.hard and option.points >= scheme.kind_needed
    return scheme.beside_kind if wanted else scheme.part_alone


def _with_second(candidate: Candidate, kind: str, points: Mapping[str, float]) -> float:
    """The points of a product's kind, and of what it is besides where the firm needs that kind and another as well."""
    scheme, weighed = candidate.scheme, candidate.buyer.systems_weighed
    needed = {
        name
        for name, option in weighed.items()
        if name != kind and name in WORK_KINDS and not option.hard and option.points >= scheme.kind_needed
    }
    if not needed:
        return points[kind]
    meant = weighed[kind].points >= scheme.kind_needed
    second = max((points[name] for name in points if name in needed and meant), default=0.0)
    return (1 - scheme.second_kind) * points[kind] + scheme.second_kind * second


def _size(candidate: Candidate) -> PointsShown:
    """Whether it is made for firms of this size, and, where they are near its edge, for so many users."""
    datum, size, users = candidate.product.facts.sizes, candidate.buyer.size, candidate.buyer.users
    points, scheme = candidate.scheme.size, candidate.scheme
    if datum.known is None or size is None:
        return (points["other"], points["unknown"], points["fits"]), phrase("mark.unknown")
    fit: SizeFit = "fits" if size in datum.known else "other"
    if fit == "fits" and users is not None:
        too_large = users[1] < scheme.suite_from and not {"micro", "small"} & set(datum.known)
        too_small = users[1] > scheme.tool_to and "large" not in datum.known
        fit = "stretched" if too_large or too_small else fit
    return candidate.weighed(points[fit], points["unknown"], datum.by), phrase(f"mark.size_{fit}")


def _trade(candidate: Candidate) -> PointsShown:
    trades, points, industry = candidate.product.facts.industries.known, candidate.scheme.trade, candidate.buyer.industry
    if trades is None or (trades and industry is None):
        return (points["other"], points["general"], points["own"]), phrase("mark.unknown")
    focused = 0 < len(trades) <= candidate.scheme.focus
    fit: TradeFit = "own" if industry in trades else "other" if focused else "general"
    by = candidate.product.facts.industries.by
    return candidate.weighed(points[fit], points["general"], by), phrase(f"mark.trade_{fit}")


def _way(candidate: Candidate) -> PointsShown:
    option = candidate.option
    if option is None or candidate.way is None:
        return (0.0, candidate.scheme.start, 100.0), phrase("mark.unknown")
    return (option.low, option.points, option.high), value_label("way", candidate.way)


def _integration(candidate: Candidate) -> PointsShown:
    points, facts, buyer = candidate.scheme.join, candidate.product.facts, candidate.buyer
    if candidate.same_suite == "yes":
        return (points["same_suite"],) * 3, phrase("mark.same_suite", suite=value_label("suite", buyer.suite or ""))
    joined_with = sorted(candidate.buyer.joins & set(facts.connectors.known or ()))
    if joined_with and candidate.same_suite is not None:
        low, base, most = candidate.weighed(points["connector"], points["open"], facts.connectors.by)
        names = joined([value_label("connectors", name) for name in joined_with])
        return (low, base, min(most, points["same_suite"])), phrase("mark.connector", names=names)
    high = points["same_suite"] if candidate.same_suite is None else points["open"]
    if facts.open_interfaces.known is None:
        return (points["closed"], (points["open"] + points["closed"]) / 2, high), phrase("mark.unknown")
    kind: JoinFit = "open" if facts.open_interfaces.known == "yes" else "closed"
    if kind == "open" and candidate.same_suite == "no" and facts.suite.known != "none":
        kind = "other_suite"
    if kind == "open" and facts.connectors.known and candidate.buyer.joins & REACHED_BY:
        kind = "other_connectors"
    middle = (points["open"] + points["closed"]) / 2
    low, base, most = candidate.weighed(points[kind], middle, facts.open_interfaces.by)
    return (low, base, max(min(most, points["same_suite"]), high)), phrase(f"mark.{kind}")


def _support(candidate: Candidate) -> PointsShown:
    """Who helps where the firm is, and whether online data is kept there."""
    points, scheme, home = candidate.scheme.help, candidate.scheme, candidate.buyer.home
    if home is None:
        return _unknown(points), phrase("mark.support_home_open")
    here = scheme.places.get(home)
    if home in scheme.support_known:
        helps = candidate.product.facts.support_in_china
    else:
        helps = _listed(candidate.product.facts.partners, here)
        if helps.known is None:
            return _unknown(points), phrase("mark.support_elsewhere")
    help_here, shown = _known(candidate, helps), helps.known or "unknown"
    data = {"cn": candidate.product.facts.data_in_china, "eu": candidate.product.facts.data_in_eu}.get(here or "")
    if candidate.way != "hosted" or candidate.buyer.customers_abroad or data is None:
        return help_here, phrase(f"mark.support_{shown}")
    data_here, share = _known(candidate, data), scheme.data_share
    low, base, high = ((1 - share) * one + share * other for one, other in zip(help_here, data_here, strict=True))
    return (low, base, high), phrase(f"mark.support_{shown}_data_{data.known or 'unknown'}")


def _listed(places: Datum[tuple[str, ...]], here: str | None) -> Datum[YesNo]:
    """Whether a place is in a list; a list without it does not say that it is not."""
    there = here is not None and here in (places.known or ())
    return Datum[YesNo](value="yes", by=places.by) if there else Datum[YesNo](value="unknown")


def _known(candidate: Candidate, datum: Datum[YesNo]) -> Span:
    """Points of a yes or no about help and data at home."""
    points = candidate.scheme.help
    return _unknown(points) if datum.known is None else candidate.weighed(points[datum.known], points["unknown"], datum.by)


def _unknown(points: Mapping[Help, float]) -> Span:
    return points["no"], points["unknown"], points["yes"]


def _maker(candidate: Candidate) -> PointsShown:
    """Who stands behind the maker; nothing where the end of support is announced and near."""
    if candidate.value("ends_soon") == "yes":
        return (0.0, 0.0, 0.0), phrase("mark.ends_soon", date=str(candidate.product.facts.end_of_life.known))
    datum, neutral = candidate.product.facts.backing, candidate.scheme.neutral
    if datum.known is None:
        return (0.0, neutral, 100.0), phrase("mark.unknown")
    return candidate.weighed(candidate.scheme.maker[datum.known], neutral, datum.by), value_label("backing", datum.known)


def _exit(candidate: Candidate) -> PointsShown:
    datum, points = candidate.product.facts.self_export, candidate.scheme.exit
    if datum.known is None:
        return (points["no"], points["unknown"], points["yes"]), phrase("mark.unknown")
    return candidate.weighed(points[datum.known], points["unknown"], datum.by), phrase(f"mark.exit_{datum.known}")


def _ai(candidate: Candidate) -> PointsShown:
    """The mean over the AI uses the firm wants; all alike where it wants none or did not say."""
    neutral, wanted = candidate.scheme.neutral, sorted(candidate.buyer.chosen("ai_uses_wanted") or ())
    if not wanted:
        return (neutral, neutral, neutral), phrase("mark.ai_not_asked")
    known = {str(use): datum for use, datum in candidate.product.ai.items() if datum.known is not None}
    spans = [
        candidate.weighed(candidate.scheme.ai[datum.known], neutral, datum.by)
        if (datum := known.get(use)) and datum.known
        else (0.0, neutral, 100.0)
        for use in wanted
    ]
    low, base, high = (sum(readings) / len(spans) for readings in zip(*spans, strict=True))
    return (low, base, high), phrase("mark.ai", known=sum(use in known for use in wanted), all=len(wanted))


def _ease(candidate: Candidate) -> PointsShown:
    """Nobody can tell from a catalogue: those who will work with it have to try."""
    return (0.0, candidate.scheme.neutral, 100.0), phrase("mark.to_be_tried")


def _cost(candidate: Candidate, paid: Span, reference: float) -> PointsShown:
    cost = candidate.buyer.project.cost
    high, base, low = (100 * max(0.0, 1 - reading / (2 * reference)) for reading in paid)
    ends = (amount(round_estimate(paid[end] / cost.rates[cost.currency]), cost.currency) for end in (0, 2))
    return (low, base, high), phrase("span", **dict(zip(("low", "high"), ends, strict=True)))
