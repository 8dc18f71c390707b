"""Which products are worth naming: of a kind of system that is recommended, and made for firms of this size.

A short list is not filled up. Where no product of the catalogue is of a kind that the firm needs, none is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from advisor.assessment.model.selection import CandidateItem, OptionItem
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.selection.buyer import Buyer
from advisor.selection.ranking import of_other_kind

SUITE_MODULE = "erp_module"
"""The kind that tells how a system comes: that of the suite in use is looked at first, and held against others by the work
they do."""


class Fitting(NamedTuple):
    """The products worth naming, the best first, and the kinds of system they stand for, the one wanted most first;
    ``missing`` is the kind wanted most where no product is of it or as good as it."""

    items: tuple[CandidateItem, ...]
    kinds: tuple[OptionItem, ...] = ()
    missing: OptionItem | None = None


def fitting_products(
    leading: Sequence[CandidateItem], buyer: Buyer, way: Deployment | None, scheme: SelectionScheme
) -> Fitting:
    """Of the products in their order those of the kinds wanted most, else of one needed as well; those run the way
    that is planned alone, and where there are such those helped with where the firm is and with nothing unverified against
    them."""
    weighed = {kind: option for kind, option in buyer.systems_weighed.items() if not option.hard}
    best = max((option.points for kind, option in weighed.items() if kind != SUITE_MODULE), default=0.0)
    sized = [item for item in leading if of_its_size(item, scheme)]
    if best < scheme.kind_needed:
        alike = [item for item in sized if not of_other_kind(item, scheme)] or sized
        return Fitting(tuple(_soundest(buyer, way, alike) or alike))
    needed = {kind for kind, o in weighed.items() if o.points >= max(scheme.kind_needed, best - scheme.kinds_apart)}
    most = {kind for kind in needed - {SUITE_MODULE} if weighed[kind].points >= best - scheme.kinds_level}
    by_points = sorted(needed, key=lambda kind: (kind == SUITE_MODULE, -weighed[kind].points))
    first = weighed[by_points[0]]
    for wanted in (most, needed):
        if items := _soundest(buyer, way, [item for item in sized if _is_of(kinds_of(item, buyer), wanted, needed)]):
            shown = set(_shown(items[: scheme.top], buyer, wanted))
            kinds = tuple(weighed[kind] for kind in by_points if kind in shown)
            return Fitting(tuple(items), kinds, None if wanted is most else first)
    unknown = _soundest(buyer, way, [item for item in sized if not kinds_of(item, buyer)])
    return Fitting(tuple(unknown), (first,), first)


def of_its_size(item: CandidateItem, scheme: SelectionScheme) -> bool:
    """Whether a product is not known to be made for firms of another size."""
    least = min(scheme.size["stretched"], scheme.size["unknown"])
    return all(mark.points >= least for mark in item.marks if mark.criterion == "size")


def kinds_of(item: CandidateItem, buyer: Buyer) -> tuple[str, ...]:
    """The kinds of system a product is, what it is made for first."""
    return tuple(buyer.project.knowledge.products[item.product].facts.kinds.known or ())


def _is_of(kinds: Sequence[str], wanted: Collection[str], needed: Collection[str]) -> bool:
    """Whether a product does what is wanted and is made for that or for what the firm needs as well."""
    return bool(kinds) and kinds[0] in needed and not set(kinds).isdisjoint(wanted)


def _shown(items: Sequence[CandidateItem], buyer: Buyer, wanted: Collection[str]) -> Iterator[str]:
    """The kinds a few products stand for: what each is made for, one that is wanted of it, and all that are wanted of the
    first."""
    for place, item in enumerate(items):
        kinds = kinds_of(item, buyer)
        yield kinds[0]
        yield from [kind for kind in kinds if kind in wanted][: 1 if place else None]


def _soundest(buyer: Buyer, way: Deployment | None, items: Sequence[CandidateItem]) -> list[CandidateItem]:
    """Those run one way, of these those that somebody helps with where the firm is, of these those with nothing against
    them; the last two steps are left out where none would be left."""
    run = [item for item in items if way in (None, item.way)]
    left = [item for item in run if _helped(item, buyer)] or run
    return [item for item in left if not item.doubted] or left


def _helped(item: CandidateItem, buyer: Buyer) -> bool:
    """Whether it is not known that nobody helps with a product where the firm is, of which the catalogue knows."""
    helps = buyer.project.knowledge.products[item.product].facts.support_in_china.known
    return helps != "no" or buyer.home not in buyer.scheme.support_known
