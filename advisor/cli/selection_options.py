"""Options shared by the commands on selection, and the assessment they need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.firm_case import load_case
from advisor.cli.firm_files import stored_assessment, today
from advisor.cli.main import Settings, help_text
from advisor.cli.options import parse_date
from advisor.errors import InputError
from advisor.knowledge.currency import currency_codes

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.selection import Selection


def selection_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options all commands on selection share."""
    for option in (
        click.option("--years", type=click.Choice(["3", "5"]), default=None, help=help_text("years")),
        click.option("--currency", type=click.Choice(currency_codes()), default=None, help=help_text("currency")),
        click.option("--emphasis", default=None, metavar="NAME", help=help_text("emphasis")),
        click.option(
            "--settings", "settings_path", type=click.Path(path_type=Path), default=None, help=help_text("settings")
        ),
        click.option("--date", default=None, help=help_text("date")),
    ):
        command = option(command)
    return command


def assessment_with_selection(
    firm: Path,
    settings: Settings,
    years: str | None = None,
    currency: str | None = None,
    emphasis: str | None = None,
    settings_path: Path | None = None,
    date: str | None = None,
) -> Assessment:
    """The assessment of a firm with its selection; of a saved one the selection saved with it, where nothing else is asked.

    Settings come from ``settings_path``, else from the saved selection or the file next to the firm's; options go first.
    """
    from advisor.assessment import Assessment, assess
    from advisor.selection import read_settings, select, settings_file

    case = load_case(firm, settings)
    if case.knowledge.selection is None:
        raise InputError("papers_only_selection")
    if settings_path is not None and not settings_path.exists():
        raise InputError("no_file", path=settings_path)
    emphases = case.knowledge.selection.emphases
    if emphasis is not None and emphasis not in emphases:
        raise InputError("bad_emphasis", name=emphasis, known=", ".join(emphases))
    content = stored_assessment(firm)
    saved = Assessment.from_json(content) if content else None
    option_values = {"years": int(years) if years else None, "currency": currency, "emphasis": emphasis}
    changes = {name: value for name, value in option_values.items() if value is not None}
    if saved and saved.selection and not (changes or settings_path or settings.catalogue):
        return saved
    if settings_path is None and saved and saved.selection:
        selection_settings = saved.selection.settings
    else:
        selection_settings = read_settings(settings_path or settings_file(firm), case.knowledge)
    selection_settings = selection_settings.model_copy(update=changes)
    day = parse_date(date) or (saved.assessed_on if saved else None) or today()
    assessment = assess(case.answers, case.knowledge, day, "columns")
    return assessment.model_copy(update={"selection": select(assessment, case.answers, case.knowledge, selection_settings)})


def selection_of(assessment: Assessment) -> Selection:
    """The selection of an assessment made by :func:`assessment_with_selection`."""
    assert assessment.selection is not None
    return assessment.selection
