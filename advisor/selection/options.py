"""Kinds of CRM and ways of running it: each starts from the same points, and every rule that holds adds or takes its own."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.assessment.answer_items import deciding_codes
from advisor.assessment.firm_project import FirmProject
from advisor.assessment.model.selection import OptionItem, PointItem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Option, OptionThen


def weigh_options(project: FirmProject, start: float) -> tuple[OptionItem, ...]:
    """Every option with its points, the range that missing answers leave, and its reasons, strongest first.

    Within a group the best comes first; what is ruled out comes last. Points are held to 0–100.
    """
    options = (finding for finding in project.knowledge.findings.values() if isinstance(finding, Option))
    items = [_weigh(project, option, start) for option in options]
    return tuple(sorted(items, key=lambda item: (item.group, item.hard, -item.points)))


def kinds_weighed(options: Iterable[OptionItem], knowledge: Knowledge) -> dict[str, OptionItem]:
    """The kinds of system, each by the kind of product that it stands for."""
    findings = ((knowledge.findings[option.id], option) for option in options)
    return {finding.system: option for finding, option in findings if isinstance(finding, Option) and finding.system}


def _weigh(project: FirmProject, option: Option, start: float) -> OptionItem:
    knowledge, facts = project.knowledge, project.facts
    reasons: list[PointItem] = []
    up = down = 0.0
    waiting: dict[str, None] = {}
    may_rule_out: dict[str, None] = {}
    for compiled in knowledge.makers.get(option.id, ()):
        conclusion = next(c for c in compiled.rule.then if isinstance(c, OptionThen) and c.option == option.id)
        holds, foreseen = project.rules.rule(compiled.id, 0), project.foreseen.rule(compiled.id, 0)
        if holds:
            reasons.append(
                PointItem(
                    rule=compiled.id,
                    text=compiled.rule.text,
                    points=conclusion.points,
                    hard=conclusion.hard,
                    basis=compiled.rule.basis,
                    sources=tuple(compiled.rule.sources),
                )
            )
        if foreseen is None or holds is None:
            more, less = max(0.0, conclusion.points), min(0.0, conclusion.points)
            up, down = (up - less, down - more) if holds else (up + more, down + less)
            codes = dict.fromkeys(deciding_codes(compiled.premise, knowledge, facts))
            waiting.update(codes)
            may_rule_out.update(codes if conclusion.hard else {})
    is_out = any(reason.hard for reason in reasons)
    total = start + sum(reason.points for reason in reasons)
    reasons.sort(key=lambda reason: (not reason.hard, -abs(reason.points)))
    return OptionItem(
        id=option.id,
        group=option.group,
        title=option.title,
        text=option.text,
        points=_held(total),
        low=_held(total + down),
        high=_held(total + up),
        hard=is_out,
        state="ruled_out" if is_out else "undecided" if may_rule_out else "open",
        reasons=tuple(reasons),
        open=tuple(waiting),
        hard_open=tuple(may_rule_out),
    )


def _held(points: float) -> float:
    return min(100.0, max(0.0, points))
