"""Options shared by the commands on selection, and the assessment they need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.firm_case import FIRM_PATH, load_case
from advisor.cli.firm_files import today
from advisor.cli.options import argument, option, parse_date
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.knowledge.currency import currency_codes
from advisor.reporting.saved_assessment import saved_assessment

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.selection import Selection


@dataclass(frozen=True)
class SelectionOptions:
    """Which firm, and how its selection is made."""

    firm: Path = argument(type=FIRM_PATH)
    years: str | None = option("--years", type=click.Choice(["3", "5"]), default=None, help=help_text("years"))
    currency: str | None = option(
        "--currency", type=click.Choice(currency_codes()), default=None, help=help_text("currency")
    )
    emphasis: str | None = option("--emphasis", default=None, metavar="NAME", help=help_text("emphasis"))
    settings_path: Path | None = option(
        "--settings", type=click.Path(path_type=Path), default=None, help=help_text("settings")
    )
    date: str | None = option("--date", default=None, help=help_text("date"))


def assessment_with_selection(options: SelectionOptions, settings: Settings) -> Assessment:
    """The assessment of a firm with its selection; of a saved one the selection saved with it, where nothing else is asked.

    Settings come from the file that is named, else from the saved selection or the file by the firm's; options go first.
    """
    from advisor.assessment import Assessment
    from advisor.insight.planned import planned

    if options.settings_path is not None and not options.settings_path.exists():
        raise InputError("no_file", path=options.settings_path)
    case = load_case(options.firm, settings, options.settings_path)
    if case.knowledge.selection is None:
        raise InputError("papers_only_selection")
    emphases = case.knowledge.selection.emphases
    if options.emphasis is not None and options.emphasis not in emphases:
        raise InputError("bad_emphasis", name=options.emphasis, known=", ".join(emphases))
    content = saved_assessment(options.firm)
    saved = Assessment.from_json(content) if content else None
    years = int(options.years) if options.years else None
    asked = {"years": years, "currency": options.currency, "emphasis": options.emphasis}
    changes = {name: value for name, value in asked.items() if value is not None}
    if saved and saved.selection and not (changes or options.settings_path or settings.catalogue):
        return saved
    selection_settings = case.own_figures.model_copy(update=changes)
    day = parse_date(options.date) or (saved.assessed_on if saved else None) or today()
    return planned(case.knowledge, case.answers, day, selection_settings)[0]


def selection_of(assessment: Assessment) -> Selection:
    """The selection of an assessment made by :func:`assessment_with_selection`."""
    assert assessment.selection is not None
    return assessment.selection
