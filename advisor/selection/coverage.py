"""How much of a product was looked up: the share of its functions and prices that a page stands behind."""

from __future__ import annotations

from typing import NamedTuple

from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import LEVELS


class Part(NamedTuple):
    """So many entries of all are cited."""

    cited: int = 0
    all: int = 0

    @property
    def share(self) -> float:
        """The share cited; all of nothing."""
        return self.cited / self.all if self.all else 1.0

    @property
    def shown(self) -> str:
        """The share in percent, rounded down so that what falls short never reads as met."""
        return f"{100 * self.cited // self.all if self.all else 100}%"


class Coverage(NamedTuple):
    """How much of some products is cited."""

    functions: Part = Part()
    prices: Part = Part()

    def __add__(self, other: object) -> Coverage:
        """Both together."""
        if not isinstance(other, Coverage):
            return NotImplemented
        pairs = zip(self, other, strict=True)
        return Coverage(*(Part(one.cited + two.cited, one.all + two.all) for one, two in pairs))


def coverage_of(product: Product) -> Coverage:
    """The cited functions and prices of a product. A price counts where its way of running can be bought; one not known but
    looked for (``unknown`` with evidence that names a page) is cited: the maker publishes none. Where the licence allows no
    business use there is nothing to shortlist, so no price counts."""

    def cited(by: str | None) -> bool:
        return by is not None and not product.evidence[by].unverified

    groups = [(sum(len(getattr(group, level)) for level in LEVELS), cited(group.by)) for group in product.functions]
    functions = Part(sum(count for count, known in groups if known), sum(count for count, _ in groups))
    ways = product.facts.deployments.known or tuple(product.prices)
    if product.facts.commercial_use.known == "no":
        ways = ()
    prices = Part(sum(way in product.prices and cited(product.prices[way].by) for way in ways), len(ways))
    return Coverage(functions, prices)
