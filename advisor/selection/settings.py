"""What a firm or consultant may set for a selection, in a file beside the answers (``FIRM.selection.yaml``).

years: 3                       # 3 or 5
currency: USD                  # one of texts/currencies.yaml
languages: [zh, en]            # every user must find these
emphasis: cost_first           # a named set of weights of the criteria
criteria: {functions: 40, cost: 30}
functions: {relation_map: must, field_visits: drop, contracts: 4}   # a priority, or a weight of its own
figures: {month_rate: [25000, 35000, 50000], discount: 0.08}        # low, base and high, or one number for all three
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor import yaml_source
from advisor.assessment.model.selection import SettingsItem
from advisor.errors import AnswersError, Place, Problem, ProblemsError, nearest
from advisor.files import read_file
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Function
from advisor.knowledge.schema.selecting import DIVISORS


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
    try:
        settings = SettingsItem.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        raise AnswersError(
            Problem(
                "F101",
                Place(name, *yaml_source.locate(raw, tuple(detail["loc"]))),
                {"path": ".".join(map(str, detail["loc"][:2])) or "file", "detail": detail["msg"].rstrip(".")},
            )
            for detail in error.errors(include_url=False)
        ) from None
    if problems := list(_unknown_names(settings, raw, name, knowledge)):
        raise AnswersError(problems)
    return settings


def _unknown_names(settings: SettingsItem, raw: Any, file: str, knowledge: Knowledge) -> Iterator[Problem]:
    """Names in the settings that the knowledge does not have, and spans that fall."""
    functions = [name for name, finding in knowledge.findings.items() if isinstance(finding, Function)]
    figures = list(knowledge.cost.figures) if knowledge.cost else []
    emphases = list(knowledge.selection.emphases) if knowledge.selection else []
    named = [("functions", name, functions) for name in settings.functions]
    named += [("figures", name, figures) for name in settings.figures]
    for section, name, known in named:
        if name not in known:
            place = Place(file, *yaml_source.locate(raw, (section, name)))
            yield Problem("F102", place, {"section": section, "name": name, "nearest": nearest(name, known) or "–"})
    spoken = {code for product in knowledge.products.values() for code in product.facts.languages.known or ()}
    for index, code in enumerate(settings.languages or ()):
        if code not in spoken:
            place = Place(file, *yaml_source.locate(raw, ("languages", index)))
            yield Problem("F102", place, {"section": "languages", "name": code, "nearest": ", ".join(sorted(spoken))})
    if settings.emphasis and settings.emphasis not in emphases:
        place = Place(file, *yaml_source.locate(raw, ("emphasis",)))
        yield Problem("F102", place, {"section": "emphasis", "name": settings.emphasis, "nearest": ", ".join(emphases)})
    if settings.criteria and not any(settings.criteria.values()):
        yield Problem("F104", Place(file, *yaml_source.locate(raw, ("criteria",))), {})
    for name, span in settings.figures.items():
        if not span[0] <= span[1] <= span[2]:
            yield Problem("F103", Place(file, *yaml_source.locate(raw, ("figures", name))), {"name": name})
        elif name in DIVISORS and span[0] <= 0:
            yield Problem("F105", Place(file, *yaml_source.locate(raw, ("figures", name))), {"name": name})
