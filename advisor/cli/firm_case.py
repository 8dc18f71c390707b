"""What commands about one firm share: its answers with the knowledge, and how results are printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.console import OutputConsole as OutputConsole
from advisor.cli.console import terminal as terminal
from advisor.cli.settings import Settings, help_text
from advisor.reporting.saved_assessment import saved_assessment

if TYPE_CHECKING:
    from advisor.assessment.model.selection import SettingsItem
    from advisor.interview import Answers
    from advisor.knowledge import Knowledge

FIRM_PATH = click.Path(path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help=help_text("json"))


@dataclass(frozen=True)
class FirmCase:
    """A firm's answers with the knowledge they are judged by, the figures the firm set itself in it."""

    knowledge: Knowledge
    answers: Answers
    own_figures: SettingsItem


def load_case(firm: Path, settings: Settings, figures_file: Path | None = None) -> FirmCase:
    """The answers of a file of answers, or those inside a saved assessment; own figures from the file that is named, else
    the saved ones or the file by the firm's."""
    from advisor.assessment import Assessment
    from advisor.assessment.lines import leading
    from advisor.assessment.model.selection import SettingsItem
    from advisor.assessment.own_figures import knowledge_as_set
    from advisor.selection import read_settings, settings_file

    knowledge = settings.knowledge()
    saved: Assessment | None = None
    if content := saved_assessment(firm):
        from advisor.insight.replay import answers_of, as_made

        saved = Assessment.from_json(content)
        knowledge = as_made(saved, knowledge)
        answers = answers_of(saved, knowledge)
    else:
        answers = leading(settings.read_answers(firm, knowledge), knowledge)
    if figures_file is None and saved:
        own_figures = saved.selection.settings if saved.selection else SettingsItem()
    else:
        own_figures = read_settings(figures_file or settings_file(firm), knowledge)
    settings.show_notes(answers.notes)
    return FirmCase(knowledge_as_set(knowledge, own_figures), answers, own_figures)


def print_json(value: Any) -> None:
    """Any of the insights as JSON."""
    from pydantic_core import to_json

    click.echo(to_json(value, indent=1).decode())
