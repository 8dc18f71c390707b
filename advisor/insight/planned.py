"""A firm assessed, a system chosen, and its project planned along the way of least effort."""

from __future__ import annotations

from datetime import date

from advisor.assessment.firm_project import FirmProject
from advisor.assessment.lines import leading
from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.pipeline import assess
from advisor.assessment.plan_items import with_plan
from advisor.insight.path import WAYS, Paths, paths
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.selection import with_selection


def planned(
    knowledge: Knowledge,
    answers: Answers,
    assessed_on: date | None = None,
    settings: SettingsItem | None = None,
    ways: int = WAYS,
) -> tuple[Assessment, Paths]:
    """The assessment whose plan holds the best way to feasible, with the firm's own figures, and all ways found."""
    knowledge = knowledge_as_set(knowledge, settings)
    answers = leading(answers, knowledge)
    concluded = assess(answers, knowledge, assessed_on, "columns", settings)
    chosen, project = with_selection(concluded, answers, knowledge, settings)
    result = paths(knowledge, answers, ways, project=project)
    return with_path(chosen, result, project), result


def with_path(assessment: Assessment, result: Paths, project: FirmProject | None) -> Assessment:
    """The assessment planned along the best way: its tasks lift what stands in the way."""
    tasks = {step.move.task.id for way in result.ways[:1] for step in way.steps}
    return with_plan(assessment, project, tasks) if tasks else assessment
