"""The functions asked for, each with its weight, and those left out, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.assessment.answer_items import missing_codes
from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import DroppedItem, SettingsItem, WantedItem
from advisor.inference.facts import Facts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Function, FunctionThen, SelectionScheme
from advisor.knowledge.schema.base import Priority
from advisor.phrases import phrases

phrase = phrases("selection")

PRIORITY_ORDER: tuple[Priority, ...] = ("must", "should", "could", "drop")


def wanted_items(
    assessment: Assessment, scheme: SelectionScheme, settings: SettingsItem, knowledge: Knowledge
) -> tuple[WantedItem, ...]:
    """The functions asked for, each with its weight: that of its priority, or the firm's own."""
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
        items.append(WantedItem(function=name, title=title, priority=priority, weight=weight, changed=name in changes))
    return tuple(sorted(items, key=lambda item: PRIORITY_ORDER.index(item.priority)))


def dropped_items(
    knowledge: Knowledge, facts: Facts, wanted_functions: tuple[WantedItem, ...], settings: SettingsItem
) -> tuple[DroppedItem, ...]:
    """The functions left out, each with the reason: the firm's own choice, the rule that leaves it out, or nothing asks."""
    wanted = {item.function for item in wanted_functions}
    items = []
    for function in knowledge.findings.values():
        if not isinstance(function, Function) or function.id in wanted:
            continue
        reason, waiting = function.without, dict[str, None]()
        sources: tuple[str, ...] = ("advisor_practice",)
        if settings.functions.get(function.id) in ("drop", 0):
            reason = phrase("dropped.own")
        for compiled in knowledge.makers.get(function.id, ()):
            holds = compiled.premise.holds(facts)
            priority = next(
                c.priority for c in compiled.rule.then if isinstance(c, FunctionThen) and c.function == function.id
            )
            if priority == "drop" and holds and function.id not in settings.functions:
                reason, sources = compiled.rule.text, tuple(compiled.rule.sources)
            elif priority != "drop" and holds is None:
                waiting.update(dict.fromkeys(missing_codes(compiled.premise, knowledge, facts)))
        known = tuple(name for name in sources if name in knowledge.external or name in knowledge.claims)
        items.append(
            DroppedItem(function=function.id, title=function.title, reason=reason, sources=known, open=tuple(waiting))
        )
    return tuple(items)
