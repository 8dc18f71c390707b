"""CRM Advisor: should a firm bring in a CRM system, which kind, and what must come first?

import advisor
knowledge = advisor.load_knowledge()
answers = advisor.read_answers(Path("firm.yaml"), knowledge)
assessment = advisor.assess(answers, knowledge)
pdf = advisor.render(assessment, "pdf", lang="zh")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.assessment import Assessment, assess
    from advisor.interview import Answers, read_answers
    from advisor.knowledge import Knowledge, load_knowledge
    from advisor.reporting import render

__all__ = ["Answers", "Assessment", "Knowledge", "__version__", "assess", "load_knowledge", "read_answers", "render"]

_HOMES = {
    "Assessment": "assessment",
    "assess": "assessment",
    "Answers": "interview",
    "read_answers": "interview",
    "Knowledge": "knowledge",
    "load_knowledge": "knowledge",
    "render": "reporting",
}


def __getattr__(name: str) -> Any:
    """Names of the public API, each imported when first used: the command line starts without the renderer."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"advisor.{_HOMES[name]}"), name)
