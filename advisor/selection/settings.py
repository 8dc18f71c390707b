"""What a firm or consultant may set for a selection, in a file beside the answers (``FIRM.selection.yaml``).

years: 3                       # 3 or 5
currency: USD                  # one of texts/currencies.yaml
languages: [zh, en]            # every user must find these
emphasis: cost_first           # a named set of weights of the criteria
criteria: {functions: 40, cost: 30}
filters_off: [size, seats]     # these exclude nothing; a legal one with its reason: {data_home: why}
functions: {relation_map: must, field_visits: drop, contracts: 4}   # a priority, or a weight of its own
quantities: {users: 60, sites: [3, 4, 6]}       # low, base and high, or one number for all three
day_rate: 2200                 # RMB for a day of outside work; or by way: {hosted: 1800, custom: [1500, 1800, 2400]}
prices: {some_product: {hosted: {amount: 1080, currency: CNY, unit: user_year}}}    # as offered, in place of the list
licence_discount: 0.15         # off list prices
vat: 0.06                      # on all that is paid to others
prepaid_years: 3               # years of licences paid in the first
figures: {gross_margin: 0.3, post_year: [100000, 150000, 200000]}
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from advisor import yaml_source
from advisor.assessment.model.selection import SettingsItem
from advisor.errors import AnswersError, Place, Problem, ProblemsError, nearest
from advisor.files import read_file
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Function
from advisor.knowledge.schema.products import PriceUnit
from advisor.knowledge.schema.selecting import DIVISORS, Span
from advisor.rounding import plain_number

UNITS = get_args(PriceUnit)
RETIRED_FIGURES = {
    "users_of_field_staff": "quantities.users",
    "users_of_employees": "quantities.users",
    "subscription": "prices",
    "licence_years": "prices",
    "build_months": "day_rate",
    "month_rate": "day_rate",
    "staff_after": "figures.post_year",
}
"""Figures that earlier versions took, and what takes their place."""


def settings_file(firm: Path) -> Path:
    """Where the settings of a firm's selection are kept: beside its answers."""
    return firm.with_name(f"{firm.stem}.selection.yaml")


def read_settings(path: Path, knowledge: Knowledge) -> SettingsItem:
    """The settings in a file; none where there is no file.

    Raises :class:`~advisor.errors.AnswersError` with every mistake and its line.
    """
    return parse_settings(read_file(path), str(path), knowledge) if path.exists() else SettingsItem()


def parse_settings(content: bytes, name: str, knowledge: Knowledge) -> SettingsItem:
    """The settings in a file already read; ``name`` is what mistakes call it. See :func:`read_settings`."""
    try:
        raw = yaml_source.parse_bytes(content, name)
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    if flags := list(_flags(raw, ())):
        raise AnswersError(
            Problem("F108", Place(name, *yaml_source.locate(raw, path)), {"path": ".".join(map(str, path))})
            for path in flags
        )
    try:
        settings = SettingsItem.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise AnswersError(_misfit(detail["loc"], detail["type"], detail["msg"], raw, name) for detail in details) from None
    checks = (_unknown_names, _filters_that_stay, _ways_not_offered, _wrong_spans)
    if problems := [problem for check in checks for problem in check(settings, raw, name, knowledge)]:
        raise AnswersError(problems)
    return settings


def _flags(node: Any, path: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    """Where settings say yes or no: none of them is a matter of that, and a number would be read from it."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, entry in entries:
        if isinstance(entry, bool):
            yield (*path, key)
        yield from _flags(entry, (*path, key))


def _misfit(path: tuple[int | str, ...], kind: str, message: str, raw: Any, file: str) -> Problem:
    """An entry that does not have its form; a price that does not say what it is for has an answer of its own."""
    if path[:1] == ("prices",) and kind == "missing":
        place = Place(file, *yaml_source.locate(raw, path[:3]))
        return Problem("F107", place, {"path": ".".join(map(str, path[:3])), "name": path[-1], "units": ", ".join(UNITS)})
    place = Place(file, *yaml_source.locate(raw, path))
    said = ".".join(str(part) for part in path[:2] if "[" not in str(part))  # pydantic names its own steps in brackets
    return Problem("F101", place, {"path": said or "file", "detail": message.rstrip(".")})


def _unknown_names(settings: SettingsItem, raw: Any, file: str, knowledge: Knowledge) -> Iterator[Problem]:
    """Names in the settings that the knowledge does not have."""
    functions = [name for name, finding in knowledge.findings.items() if isinstance(finding, Function)]
    figures = list(knowledge.cost.figures) if knowledge.cost else []
    quantities = list(knowledge.project.quantities) if knowledge.project else []
    emphases = list(knowledge.selection.emphases) if knowledge.selection else []
    named = [("functions", name, functions) for name in settings.functions]
    named += [("figures", name, figures) for name in settings.figures if name not in RETIRED_FIGURES]
    named += [("quantities", name, quantities) for name in settings.quantities]
    named += [("prices", name, list(knowledge.products)) for name in settings.prices]
    for section, name, known in named:
        if name not in known:
            place = Place(file, *yaml_source.locate(raw, (section, name)))
            yield Problem("F102", place, {"section": section, "name": name, "nearest": nearest(name, known) or "–"})
    for name in settings.figures:
        if instead := RETIRED_FIGURES.get(name):
            yield Problem(
                "F106", Place(file, *yaml_source.locate(raw, ("figures", name))), {"name": name, "instead": instead}
            )
    spoken = {code for product in knowledge.products.values() for code in product.facts.languages.known or ()}
    for index, code in enumerate(settings.languages or ()):
        if code not in spoken:
            place = Place(file, *yaml_source.locate(raw, ("languages", index)))
            yield Problem("F102", place, {"section": "languages", "name": code, "nearest": ", ".join(sorted(spoken))})
    if settings.emphasis and settings.emphasis not in emphases:
        place = Place(file, *yaml_source.locate(raw, ("emphasis",)))
        yield Problem("F102", place, {"section": "emphasis", "name": settings.emphasis, "nearest": ", ".join(emphases)})


def _filters_that_stay(settings: SettingsItem, raw: Any, file: str, knowledge: Knowledge) -> Iterator[Problem]:
    """Filters to be switched off that there are not, and those of a legal duty without a reason."""
    filters = knowledge.selection.filters if knowledge.selection else {}
    for name, reason in settings.filters_off.items():
        given = raw["filters_off"]
        place = Place(
            file, *yaml_source.locate(raw, ("filters_off", given.index(name) if isinstance(given, list) else name))
        )
        if name not in filters:
            near = nearest(name, filters) or ", ".join(filters)
            yield Problem("F102", place, {"section": "filters_off", "name": name, "nearest": near})
        elif filters[name].legal and not reason:
            yield Problem("F112", place, {"name": name})


def _ways_not_offered(settings: SettingsItem, raw: Any, file: str, knowledge: Knowledge) -> Iterator[Problem]:
    """Prices of products for ways in which they are known not to be run."""
    for product, ways in settings.prices.items():
        has = knowledge.products[product].facts.deployments.known if product in knowledge.products else None
        for way in ways if has else ():
            if has and way not in has:
                place = Place(file, *yaml_source.locate(raw, ("prices", product, way)))
                yield Problem("F109", place, {"product": product, "way": way, "ways": ", ".join(has)})


def _wrong_spans(settings: SettingsItem, raw: Any, file: str, knowledge: Knowledge) -> Iterator[Problem]:
    """Weights that are all nothing, spans that fall, and figures beyond what makes sense."""
    if settings.criteria and not any(settings.criteria.values()):
        yield Problem("F104", Place(file, *yaml_source.locate(raw, ("criteria",))), {})
    known = knowledge.cost.figures if knowledge.cost else {}
    for path, span in _spans(settings):
        place, name = Place(file, *yaml_source.locate(raw, path)), path[-1]
        most = known[name].most if path[0] == "figures" and name in known else None
        if not span[0] <= span[1] <= span[2]:
            yield Problem("F103", place, {"name": name})
        elif name in DIVISORS and span[0] <= 0:
            yield Problem("F105", place, {"name": name})
        elif most is not None and span[2] > most:
            yield Problem("F110", place, {"name": name, "most": plain_number(most)})
        elif path[0] == "quantities" and knowledge.project and (limits := _out_of_place(name, span, knowledge)):
            yield Problem("F111", place, {"name": name, **limits})


def _out_of_place(name: str, span: Span, knowledge: Knowledge) -> dict[str, str] | None:
    """What a quantity lets in, where a figure is less, more, or not whole though the quantity is counted."""
    quantity = knowledge.project.quantities.get(name) if knowledge.project else None
    if quantity is None:
        return None
    functions = sum(isinstance(finding, Function) for finding in knowledge.findings.values())
    most = functions if name == "functions" else math.inf
    odd = quantity.whole and any(end != int(end) for end in span)
    if odd or span[0] < quantity.least or span[2] > most:
        return {"least": plain_number(quantity.least), "most": plain_number(most) if math.isfinite(most) else "…"}
    return None


def _spans(settings: SettingsItem) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Every span that was set, and where."""
    for section in ("figures", "quantities"):
        yield from (((section, name), span) for name, span in getattr(settings, section).items())
    if isinstance(settings.day_rate, dict):
        yield from ((("day_rate", way), span) for way, span in settings.day_rate.items())
    elif settings.day_rate is not None:
        yield ("day_rate",), settings.day_rate
