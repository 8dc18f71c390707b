"""CRM Advisor: should a firm bring in a CRM system, which kind, and what must come first?

import advisor
knowledge = advisor.load_knowledge()
answers = advisor.read_answers(Path("firm.yaml"), knowledge)
assessment = advisor.examine(advisor.assess(answers, knowledge), answers, knowledge)
pdf = advisor.render(assessment, "pdf", lang="zh")
print(advisor.why(assessment, "sponsor_at_the_top"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.assessment import Assessment, assess
    from advisor.insight.examine import examine
    from advisor.insight.path import paths
    from advisor.insight.replay import replay
    from advisor.insight.sensitivity import sensitivity
    from advisor.insight.what_if import what_if
    from advisor.insight.why import why
    from advisor.insight.why_not import why_not
    from advisor.interview import Answers, read_answers
    from advisor.knowledge import Knowledge, load_knowledge
    from advisor.reporting import render
    from advisor.selection import select

__all__ = [
    "Answers",
    "Assessment",
    "Knowledge",
    "__version__",
    "assess",
    "examine",
    "load_knowledge",
    "paths",
    "read_answers",
    "render",
    "replay",
    "select",
    "sensitivity",
    "what_if",
    "why",
    "why_not",
]

_HOMES = {
    "Assessment": "assessment",
    "assess": "assessment",
    "Answers": "interview",
    "read_answers": "interview",
    "Knowledge": "knowledge",
    "load_knowledge": "knowledge",
    "render": "reporting",
    "select": "selection",
    "examine": "insight.examine",
    "paths": "insight.path",
    "replay": "insight.replay",
    "sensitivity": "insight.sensitivity",
    "what_if": "insight.what_if",
    "why": "insight.why",
    "why_not": "insight.why_not",
}


def __getattr__(name: str) -> Any:
    """Names of the public API, each imported when first used: the command line starts without the renderer."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"advisor.{_HOMES[name]}"), name)
