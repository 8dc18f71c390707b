"""One firm whole: its assessment with all it answers back and what it says of choosing a system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.assessment import Assessment
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.pipeline import build_assessment
from advisor.assessment.plan_items import project_of
from advisor.inference import RuleEngine, infer
from advisor.insight.examine import examine
from advisor.insight.scenarios import Scenario
from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.selection import with_selection


def assess_fully(
    answers: Answers,
    knowledge: Knowledge,
    on: date | None,
    scenarios: Iterable[Scenario] = (),
    settings: SettingsItem | None = None,
    engine: RuleEngine = "columns",
) -> Assessment:
    """The assessment as reports show it, a system chosen. Each stage takes what those before it found."""
    knowledge = knowledge_as_set(knowledge, settings)
    (inference,) = infer(knowledge, [answers], engine)
    outlook = verdict_outlook(knowledge, answers)
    project = project_of(knowledge, answers, settings)
    concluded = build_assessment(inference, outlook, answers, knowledge, on, project)
    chosen, project = with_selection(concluded, answers, knowledge, settings, inference.facts, project)
    return examine(chosen, answers, knowledge, scenarios, inference.facts, outlook, project)
