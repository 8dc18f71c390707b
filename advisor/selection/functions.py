"""The functions asked for, each with its weight, and those that are not: left out, asked for by nothing, or undecided."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.assessment.answer_items import deciding_codes
from advisor.assessment.firm_project import FirmProject
from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import DroppedItem, FunctionState, WantedItem
from advisor.knowledge.schema import Function, FunctionThen, SelectionScheme
from advisor.knowledge.schema.base import Priority
from advisor.phrases import phrases, sentences
from advisor.text import Text

phrase = phrases("selection")

PRACTICE = "advisor_practice"
"""The source of what rests on practice alone."""
PRIORITY_ORDER: tuple[Priority, ...] = ("must", "should", "could", "drop")


def wanted_items(assessment: Assessment, scheme: SelectionScheme, project: FirmProject) -> tuple[WantedItem, ...]:
    """The functions asked for, each with its weight: that of its priority, or the firm's own."""
    knowledge, settings = project.knowledge, project.settings
    priorities: dict[str, Priority] = {item.id: item.priority for item in assessment.functions}
    changes: Mapping[str, Priority | float] = settings.functions
    items = []
    for name in [*priorities, *(name for name in changes if name not in priorities)]:
        change = changes.get(name)
        priority = change if isinstance(change, str) else priorities.get(name, "should")
        if priority == "drop" or change == 0:
            continue
        weight = float(change) if isinstance(change, int | float) else scheme.asking[priority]
        title = knowledge.findings[name].title
        waits_for = () if name in changes else _could_lower(name, priority, project)
        items.append(
            WantedItem(
                function=name, title=title, priority=priority, weight=weight, changed=name in changes, open=tuple(waits_for)
            )
        )
    return tuple(sorted(items, key=lambda item: PRIORITY_ORDER.index(item.priority)))


def _could_lower(function: str, priority: Priority, project: FirmProject) -> list[str]:
    """The codes of the questions that could still take its priority from a function: none where a rule gives it that in
    every completion of the missing answers."""
    rules = [
        compiled
        for compiled in project.knowledge.makers.get(function, ())
        for then in compiled.rule.then
        if isinstance(then, FunctionThen) and then.function == function and then.priority == priority
    ]
    if any(project.foreseen.rule(compiled.id, 0) for compiled in rules):
        return []
    codes = (code for compiled in rules for code in deciding_codes(compiled.premise, project.knowledge, project.facts))
    return list(dict.fromkeys(codes))


def dropped_items(wanted_functions: tuple[WantedItem, ...], project: FirmProject) -> tuple[DroppedItem, ...]:
    """The functions not among those asked for: left out by the firm or a rule, asked for by nothing, or undecided."""
    wanted = {item.function for item in wanted_functions}
    functions = [f for f in project.knowledge.findings.values() if isinstance(f, Function) and f.id not in wanted]
    return tuple(_dropped(function, project) for function in functions)


def _dropped(function: Function, project: FirmProject) -> DroppedItem:
    """Nothing that a missing answer could change is given a reason: it names the questions that decide it."""
    knowledge, settings = project.knowledge, project.settings
    waiting, left_out_by = dict[str, None](), None
    for compiled in knowledge.makers.get(function.id, ()):
        holds = project.foreseen.rule(compiled.id, 0)
        conclusions = (c for c in compiled.rule.then if isinstance(c, FunctionThen) and c.function == function.id)
        if next(conclusions).priority == "drop":
            left_out_by = compiled.rule if holds else left_out_by
        elif holds is None:
            waiting.update(dict.fromkeys(deciding_codes(compiled.premise, knowledge, project.facts)))
    if function.id in settings.functions:
        return _item(function, "left_out", phrase("dropped.own"), ())
    if waiting:
        return _item(function, "undecided", None, (), tuple(waiting))
    if left_out_by:
        return _item(function, "left_out", left_out_by.text, tuple(left_out_by.sources))
    sources = (PRACTICE,) if PRACTICE in knowledge.external else ()
    return _item(function, "not_asked", sentences([phrase("dropped.not_asked"), function.without]), sources)


def _item(
    function: Function, state: FunctionState, reason: Text | None, sources: tuple[str, ...], waiting: tuple[str, ...] = ()
) -> DroppedItem:
    return DroppedItem(function=function.id, title=function.title, state=state, reason=reason, sources=sources, open=waiting)
