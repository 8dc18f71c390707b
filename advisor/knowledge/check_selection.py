"""Do products, filters and the cost model hold together with the rest? Every name they use is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from advisor.errors import Place, Problem, nearest
from advisor.knowledge.draft import Draft
from advisor.knowledge.facts import Fact
from advisor.knowledge.product_facts import product_facts
from advisor.knowledge.read_premises import compile_premise
from advisor.knowledge.schema import Function, Product, RulesFile
from advisor.knowledge.schema.products import LEVELS

PlaceOf = Callable[..., Place]
"""Where a part of a product stands; takes the path to it."""

INDUSTRY = "industry"
"""The question whose answers a product may name as its trades."""


def check_selection(
    rules: RulesFile, products: Mapping[str, Product], facts: Mapping[str, Fact], draft: Draft
) -> Iterator[Problem]:
    """Every mistake in products, filters, the cost model, adviser questions and parts of a tender."""
    functions = [finding.id for finding in rules.findings if isinstance(finding, Function)]
    trades = facts[INDUSTRY].values if INDUSTRY in facts else {}
    for product in products.values():
        yield from check_product(product, functions, trades, lambda *path, i=product.id: draft.place("product", i, path))
    cited: list[tuple[Place, Iterable[str]]] = []
    if scheme := rules.selection:
        vocabulary = product_facts(products.values())
        for name, entry in scheme.filters.items():
            path: tuple[str | int, ...] = ("filters", name)
            found: list[Problem] = []

            def complain(code: str, where: tuple[str | int, ...] = (), /, **values: object) -> None:
                found.append(Problem(code, draft.place("selection", "selection", where), values))  # noqa: B023

            compile_premise(entry.needs, vocabulary, complain, (*path, "needs"))
            if entry.when:
                compile_premise(entry.when, facts, complain, (*path, "when"))
            yield from found
            cited.append((draft.place("selection", "selection", path), entry.sources))
    if rules.cost:
        cited.append((draft.place("cost", "cost", ("sources",)), rules.cost.sources))
        for name, figure in rules.cost.figures.items():
            cited.append((draft.place("cost", "cost", ("figures", name)), figure.sources))
    cited += [(draft.place("adviser_questions", name), one.sources) for name, one in rules.adviser_questions.items()]
    cited += [(draft.place("tender", name), part.sources) for name, part in rules.tender.items()]
    known = {*rules.claims, *rules.external}
    for place, sources in cited:
        for name in sources:
            if name not in known:
                yield Problem("K204", place, {"name": name, "nearest": nearest(name, known) or "–"})


def check_product(product: Product, functions: Iterable[str], trades: Iterable[str], place: PlaceOf) -> Iterator[Problem]:
    """Every function and trade a product names is one we know."""
    for index, group in enumerate(product.functions):
        for level in LEVELS:
            for name in getattr(group, level):
                if name not in functions:
                    values = {"kind": "function", "name": name, "nearest": nearest(name, functions) or "–"}
                    yield Problem("K203", place("functions", index, level), values)
    for key, edition in product.editions.items():
        for name in (*edition.lacks, *edition.includes):
            if name not in functions:
                values = {"kind": "function", "name": name, "nearest": nearest(name, functions) or "–"}
                yield Problem("K203", place("editions", key), values)
    for field, datum in (("industries", product.facts.industries), ("only_trades", product.facts.only_trades)):
        for name in datum.known or ():
            if name not in trades:
                values = {"kind": "industry", "name": name, "nearest": nearest(name, trades) or "–"}
                yield Problem("K203", place("facts", field), values)
