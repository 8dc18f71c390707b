"""CRM Advisor: should a firm bring in a CRM system, which kind, and what must come first?

import advisor
assessment = advisor.assess("firm.yaml")
print(assessment.verdict.sentence.en)
print(advisor.why_not(assessment, "feasible").hindrances)
pdf = advisor.render(advisor.assess("firm.yaml", full=True), "pdf", lang="zh")

docs/library.md describes every name below and what is promised of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.errors import AdvisorError, AnswersError, InputError, KnowledgeError, Problem, ProblemsError, RenderError
    from advisor.frames import assess_frame, frame
    from advisor.insight.examine import examine
    from advisor.insight.scenarios import Scenario
    from advisor.insight.what_if import Comparison
    from advisor.insight.why_not import WhyNot
    from advisor.interview import Answer, Answers
    from advisor.knowledge import Knowledge, load_knowledge
    from advisor.library import (
        assess,
        compare,
        merge,
        outlook,
        paths,
        read_answers,
        replay,
        sensitivity,
        what_if,
        why,
        why_not,
    )  # fmt: skip
    from advisor.reporting import render
    from advisor.reporting.look import Look
    from advisor.selection import select
    from advisor.text import Text

__all__ = [
    "AdvisorError",
    "Answer",
    "Answers",
    "AnswersError",
    "Assessment",
    "Comparison",
    "InputError",
    "Knowledge",
    "KnowledgeError",
    "Look",
    "Problem",
    "ProblemsError",
    "RenderError",
    "Scenario",
    "Text",
    "WhyNot",
    "__version__",
    "assess",
    "assess_frame",
    "compare",
    "examine",
    "frame",
    "load_knowledge",
    "merge",
    "outlook",
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

_MODULES = {
    "assessment": ("Assessment",),
    "errors": ("AdvisorError", "AnswersError", "InputError", "KnowledgeError", "Problem", "ProblemsError", "RenderError"),
    "frames": ("assess_frame", "frame"),
    "insight.examine": ("examine",),
    "insight.scenarios": ("Scenario",),
    "insight.what_if": ("Comparison",),
    "insight.why_not": ("WhyNot",),
    "interview": ("Answer", "Answers"),
    "knowledge": ("Knowledge", "load_knowledge"),
    "library": (
        "assess", "compare", "merge", "outlook", "paths", "read_answers", "replay", "sensitivity",
        "what_if", "why", "why_not",
    ),
    "reporting": ("render",),
    "reporting.look": ("Look",),
    "selection": ("select",),
    "text": ("Text",),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Names of the public API, each imported when first used, so that the command line starts without the renderer."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"advisor.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """What ``dir`` and completion in notebooks offer."""
    return __all__
