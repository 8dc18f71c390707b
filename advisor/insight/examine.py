"""Everything an assessment answers back, gathered for a report: an assessment in, the same with its insight out."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.assessment.citations import cited_works
from advisor.assessment.firm_project import FirmProject
from advisor.assessment.model import Assessment
from advisor.assessment.model.insight import (
    Insight,
    LikelyItem,
    PathItem,
)
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.next_question import likely_verdicts
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.plan_items import project_of
from advisor.assessment.variants import Variants, variants_of
from advisor.errors import expect_type
from advisor.inference import infer
from advisor.inference.facts import Facts
from advisor.insight.path import WAYS, paths
from advisor.insight.path_items import path_item
from advisor.insight.planned import planned, with_path
from advisor.insight.scenarios import Scenario
from advisor.insight.sensitivity import sensitivity
from advisor.insight.sensitivity_items import sensitivity_item
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why_not import near_misses
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge


def examine(
    assessment: Assessment,
    answers: Answers,
    knowledge: Knowledge,
    scenarios: Iterable[Scenario] = (),
    facts: Facts | None = None,
    outlook: VerdictOutlook | None = None,
    project: FirmProject | None = None,
    variants: Variants | None = None,
) -> Assessment:
    """The assessment with everything it answers back; ``answers`` and ``knowledge`` are those it was made from, and so are
    ``facts``, ``outlook``, ``project`` and ``variants``, worked out anew where they are not given.

    Raises :class:`~advisor.errors.InputError` for arguments of other types.
    """
    expect_type("assessment", assessment, Assessment)
    expect_type("answers", answers, Answers)
    expect_type("knowledge", knowledge, Knowledge)
    now = outlook or verdict_outlook(knowledge, answers)
    variants = variants or variants_of(knowledge, answers, now)
    near = near_misses(knowledge, answers, facts or infer(knowledge, [answers], "columns")[0].facts)
    project = project or project_of(knowledge, answers)
    result = paths(knowledge, answers, now=now, project=project)
    assessment = with_path(assessment, result, project)
    path = path_item(knowledge, answers, result, assessment.plan)
    cited = {source for item in near for source in item.sources}
    cited |= {source for way in path.ways for step in way.steps for source in step.sources}
    insight = Insight(
        likely=likely_items(knowledge, answers, now, variants),
        near=near,
        path=path,
        sensitivity=sensitivity_item(knowledge, answers, sensitivity(knowledge, answers, now, variants)),
        scenarios=tuple(
            scenario_item(knowledge, answers, what_if(knowledge, answers, scenario, assessment)) for scenario in scenarios
        ),
        citations=cited_works(knowledge, cited - set(assessment.citations)),
    )
    return assessment.model_copy(update={"insight": insight})


def planned_path(
    knowledge: Knowledge, answers: Answers, ways: int = WAYS, settings: SettingsItem | None = None
) -> tuple[Assessment, PathItem]:
    """The ways to feasible, and the assessment whose plan holds the best of them, with the firm's own figures."""
    assessment, result = planned(knowledge, answers, None, settings, ways)
    return assessment, path_item(knowledge_as_set(knowledge, settings), answers, result, assessment.plan)


def likely_items(knowledge: Knowledge, answers: Answers, now: VerdictOutlook, variants: Variants) -> tuple[LikelyItem, ...]:
    """The share of random completions of the missing answers that lead to each verdict; none where it is settled."""
    likely = likely_verdicts(knowledge, answers, now, variants=variants)
    return tuple(LikelyItem(verdict=name, share=share) for name, share in likely)
