"""The figures a firm set itself, put into the knowledge it is assessed by, and told as its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.assessment.model.project import OwnFigureItem
from advisor.assessment.model.selection import SettingsItem
from advisor.knowledge.answer_types.shared.numerals import digits
from advisor.knowledge.currency import HOME, amount, amounts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema import CostScheme
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import Part, ProjectScheme
from advisor.knowledge.schema.selecting import Span
from advisor.phrases import phrases
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("project")


def knowledge_as_set(knowledge: Knowledge, settings: SettingsItem | None) -> Knowledge:
    """The knowledge with the firm's own figures in place of its own: whatever reads a project, its cost or a gate of money
    then reads them. The same object where they make no difference, also where they stand in it already."""
    if settings is None or knowledge.sizes is None:
        return knowledge
    sizes = _project_as_set(knowledge.sizes, settings)
    project = _project_as_set(knowledge.project, settings) if knowledge.project else None
    cost = _cost_as_set(knowledge.cost, settings) if knowledge.cost else None
    own = (sizes, project, cost, settings.functions)
    if own == (knowledge.sizes, knowledge.project, knowledge.cost, knowledge.set_functions):
        return knowledge
    return replace(knowledge, sizes=sizes, project=project, cost=cost, set_functions=settings.functions)


def _project_as_set(scheme: ProjectScheme, settings: SettingsItem) -> ProjectScheme:
    """The scheme with the firm's own quantities and day rates in it."""
    if not settings.quantities and settings.day_rate is None:
        return scheme
    why = phrase("own_figure")
    quantities = {
        name: quantity.model_copy(update={"known_from": [[Part(amount=settings.quantities[name], why=why)]]})
        if name in settings.quantities
        else quantity
        for name, quantity in scheme.quantities.items()
    }
    rates = day_rates(settings, scheme)
    ways = {
        way: money.model_copy(update={"day_rate": rates[way], "own_day_rate": True} if way in rates else {})
        for way, money in scheme.ways.items()
    }
    return scheme.model_copy(update={"quantities": quantities, "ways": ways})


def _cost_as_set(scheme: CostScheme, settings: SettingsItem) -> CostScheme:
    """How money is read, with the firm's own figures, years, currency and what it agreed with suppliers."""
    figures = {
        name: figure.model_copy(
            update={"span": settings.figures.get(name, figure.span), "set_by_firm": name in settings.figures}
        )
        for name, figure in scheme.figures.items()
    }
    names = ("years", "currency", "licence_discount", "vat", "prepaid_years")
    changes = {name: own for name in names if (own := getattr(settings, name)) is not None}
    return scheme.model_copy(update={"figures": figures, **changes})


def day_rates(settings: SettingsItem, scheme: ProjectScheme) -> Mapping[Deployment, Span]:
    """The firm's own day rates by way."""
    if isinstance(settings.day_rate, dict):
        return settings.day_rate
    return {} if settings.day_rate is None else dict.fromkeys(scheme.ways, settings.day_rate)


def own_figures(knowledge: Knowledge, settings: SettingsItem) -> Iterator[OwnFigureItem]:
    """Every figure the firm set, in words."""
    assert knowledge.project and knowledge.cost
    for name, span in settings.quantities.items():
        quantity = knowledge.project.quantities[name]
        yield OwnFigureItem(label=quantity.label, shown=phrase("own.amount", amount=_span(span), unit=quantity.unit))
    if isinstance(settings.day_rate, dict):
        for way, span in settings.day_rate.items():
            label = phrase("own.day_rate_of", way=knowledge.findings[way].title)
            yield OwnFigureItem(label=label, shown=_money(span))
    elif settings.day_rate is not None:
        yield OwnFigureItem(label=phrase("own.day_rate"), shown=_money(settings.day_rate))
    for product, lines in settings.prices.items():
        for way, _line in lines.items():
            label = phrase("own.price", product=knowledge.products[product].name, way=value_label("way", way))
            yield OwnFigureItem(label=label, shown=phrase("own.as_offered"))
    for name in ("licence_discount", "vat"):
        if (share := getattr(settings, name)) is not None:
            percent = f"{plain_number(100 * share, 3)}%"
            yield OwnFigureItem(label=phrase(f"own.{name}"), shown=Text(zh=percent, en=percent))
    if settings.prepaid_years is not None:
        shown = phrase("own.years", years=settings.prepaid_years)
        yield OwnFigureItem(label=phrase("own.prepaid_years"), shown=shown)
    for name, span in settings.figures.items():
        if figure := knowledge.cost.figures.get(name):
            yield OwnFigureItem(label=figure.label, shown=phrase("own.amount", amount=_span(span), unit=figure.unit))


def _span(span: Span) -> str:
    low, base, high = span
    return digits(base) if low == high else f"{digits(base)} ({digits(low)}–{digits(high)})"


def _money(span: Span) -> Text:
    low, base, high = span
    if low == high:
        return amount(base, HOME)
    return phrase("own.range", base=amount(base, HOME), span=amounts(low, high, HOME))
