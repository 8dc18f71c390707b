"""One firm whole: its assessment with all it answers back and what it says of choosing a system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.assessment import Assessment
from advisor.assessment.firm_project import firm_project
from advisor.assessment.lines import leading
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.outlook import outlooks_from
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.pipeline import build_assessment
from advisor.assessment.variants import variants_of
from advisor.inference.facts import FactTable
from advisor.inference.inference import RuleEngine, infer_from
from advisor.insight.examine import examine
from advisor.insight.scenarios import Scenario
from advisor.interview import Answers
from advisor.interview.answer_table import AnswerTable
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
    answers = leading(answers, knowledge)
    facts = FactTable(knowledge, AnswerTable.of([answers]))
    outlook = outlooks_from(facts).firm(0)
    (inference,) = infer_from(facts, engine, outlook.table.foreseen)
    variants, project = variants_of(knowledge, answers, outlook), firm_project(facts, settings)
    concluded = build_assessment(inference, outlook, answers, knowledge, on, project, variants)
    chosen, project = with_selection(concluded, answers, knowledge, settings, inference.facts, project)
    return examine(chosen, answers, knowledge, scenarios, inference.facts, outlook, project, variants)
