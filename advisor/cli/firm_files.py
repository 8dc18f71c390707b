"""What commands read: a file of answers, or an assessment that was saved or is attached to a PDF."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.inference import RULE_ENGINES, RuleEngine
from advisor.reporting.saved_assessment import saved_assessment

if TYPE_CHECKING:
    from advisor.assessment import Assessment

RULE_ENGINE = click.option(
    "--engine", type=click.Choice(list(RULE_ENGINES)), default="experta", show_default=True, help=help_text("rule_engine")
)


def today() -> datetime.date:
    """The date a report shows: today, or ``SOURCE_DATE_EPOCH`` where a build asks for the same bytes every day."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        except (ValueError, OverflowError, OSError):
            raise InputError("bad_epoch", value=epoch) from None
    return datetime.date.today()


def read_assessment(path: Path, settings: Settings, date: datetime.date, engine: RuleEngine = "columns") -> Assessment:
    """The whole assessment of a file of answers, the firm's scenarios included; or a saved one, as ``assess --save`` and our
    PDFs keep it."""
    from advisor.assessment import Assessment
    from advisor.insight.full_assessment import assess_fully
    from advisor.insight.scenarios import read_scenarios, scenario_file
    from advisor.selection import read_settings, settings_file

    if content := saved_assessment(path):
        if settings.weights or settings.papers_only or settings.catalogue:
            raise InputError("made_already", path=path)
        return Assessment.from_json(content)
    knowledge = settings.knowledge()
    answers = settings.read_answers(path, knowledge)
    settings.show_notes(answers.notes)
    own_figures = read_settings(settings_file(path), knowledge)
    scenarios = read_scenarios(scenario_file(path), knowledge).values()
    settings.show_notes(note for scenario in scenarios for note in scenario.notes)
    return assess_fully(answers, knowledge, date, scenarios, own_figures, engine)
