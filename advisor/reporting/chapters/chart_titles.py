"""Titles of charts: each states what the chart shows, so that whoever reads only titles has read the report."""

from __future__ import annotations

import math
from collections.abc import Sequence

from advisor.assessment.model import ScoreItem, TaskItem
from advisor.assessment.model.project import ProjectItem
from advisor.assessment.verdict import need_decides, verdict_of
from advisor.reporting.chapters.wording import ReportWording


def need_and_ability(words: ReportWording, need: ScoreItem, ability: ScoreItem) -> str:
    """Where the firm stands between need and ability."""
    return words(
        f"summary.map.{_need_and_ability_key(words, need, ability)}",
        grade=words.grade(need).lower(),
        need=words.points(need.points),
        ability=words.points(ability.points),
    )


def _need_and_ability_key(words: ReportWording, need: ScoreItem, ability: ScoreItem) -> str:
    verdict = words.assessment.verdict
    by_scores = verdict_of(verdict.cutoffs, need.points or 0, ability.points or 0)
    match verdict.name:
        case "conditional":
            return "open" if by_scores == "feasible" else "lacking"
        case "not_yet":
            return "far" if by_scores == "not_yet" else "blocked"
        case "not_needed_now":
            return "small" if need_decides(verdict.cutoffs, need.points) else "lighter"
        case name:
            return name


def decisive_factor(words: ReportWording, key: str, factors: Sequence[ScoreItem], enough: float) -> str:
    """The aspect that drives need most, or the factor that holds ability back most."""
    known = [(factor.points, factor) for factor in factors if factor.points is not None]
    if not known:
        return words(f"score.{key}_chart")
    points, factor = (max if key == "need" else min)(known, key=lambda pair: pair[0])
    if key == "ability" and points >= enough:
        return words("score.ability_sound")
    return words(f"score.{key}_finding", factor=words.of(factor.label), points=words.points(points))


def weakest_part(words: ReportWording, label: str, parts: Sequence[ScoreItem]) -> str:
    """The weakest part of a profile; its name where no part stands out."""
    known = [(part.points, part) for part in parts if part.points is not None]
    if len({points for points, _ in known}) < 2:
        return label
    points, part = min(known, key=lambda pair: pair[0])
    return words("practice.weakest_part", part=words.of(part.label), points=words.points(points))


def operating_model(words: ReportWording) -> str:
    """The operating model the firm follows, or the two it lies between."""
    model = words.assessment.model
    labels = {share.model: words.of(share.label) for share in model.shares}
    if model.first is None:
        return words("model.map_title")
    if model.mixed and model.second:
        return words("model.map_mixed", first=labels[model.first], second=labels[model.second])
    return words("model.map_clear", first=labels[model.first])


def high_risks(words: ReportWording) -> str:
    """How many of the risks are high."""
    risks = words.assessment.risks
    high = sum(risk.level == "high" for risk in risks)
    key = "risks.matrix_none" if not high else "risks.matrix_one" if high == 1 else "risks.matrix"
    return words(key, high=high, count=len(risks))


def plan_duration(words: ReportWording, plan: Sequence[TaskItem]) -> str:
    """How long the plan takes, and by when all that stands in the way can be lifted, where the plan lifts all of it."""
    a = words.assessment
    takes = words.plan_takes(plan)
    hurdles = {item.id for item in (*a.blockers, *a.conditions)}
    lifting = [task for task in plan if hurdles & set(task.lifts)]
    lifts_all = bool(lifting) and hurdles <= {name for task in lifting for name in task.lifts}
    if a.verdict.name not in ("conditional", "not_yet") or not lifts_all:
        return words("plan.gantt", takes=takes)
    key = "plan.gantt_lifts_early" if words.pending & {task.id for task in lifting} else "plan.gantt_lifts"
    return words(key, week=math.ceil(max(task.start + task.weeks for task in lifting)), takes=takes)


def cheapest_way(words: ReportWording, project: ProjectItem) -> str:
    """The way of running a system that costs least, among those that nothing rules out."""
    known = [(way, way.total[1]) for way in project.ways if way.total]
    least, total = min([pair for pair in known if not pair[0].ruled_out] or known, key=lambda pair: pair[1])
    amount = words.estimate(total, project.currency)
    unpriced = any(not way.ruled_out and way.total is None for way in project.ways)
    return words(
        "cost.picture_of_known" if unpriced else "cost.picture",
        way=words.of(least.title),
        years=project.years,
        amount=amount,
    )
