"""Which edition of a product a firm would buy: the cheapest that has the functions that must be there."""

from __future__ import annotations

from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import Deployment
from advisor.selection.buyer import Buyer


def chosen_edition(product: Product, way: Deployment, buyer: Buyer) -> str | None:
    """The first edition, cheapest to dearest, that takes the firm's users and lacks none of its musts, else the dearest.

    None where no editions are sold this way, or the firm has an offer of its own.
    """
    if buyer.project.settings.prices.get(product.id, {}).get(way):
        return None
    sold = _sold(product, way, buyer)
    musts = {*buyer.musts, *buyer.likely_musts}
    whole = (name for name in sold if not musts & set(product.editions[name].lacks))
    return next(whole, sold[-1] if sold else None)


def _sold(product: Product, way: Deployment, buyer: Buyer) -> list[str]:
    """The editions sold this way that take the firm's users; where it is not known how many there are, those without a
    limit, else all."""
    datum = product.prices.get(way)
    priced = {line.of for line in (datum.known or () if datum else ())}
    editions = [name for name in product.editions if name in priced]
    limits = {name: product.editions[name].users for name in editions}
    if buyer.users is None:
        return [name for name in editions if limits[name] is None] or editions
    most = buyer.users[2]
    return [name for name in editions if (limit := limits[name]) is None or most <= limit]
