"""The knowledge of all files together: every name that points somewhere is followed, and every mistake reported at once.

Enters: a draft of all files. Leaves: a :class:`~advisor.knowledge.model.Knowledge`, or the problems that stand against it.
"""

from __future__ import annotations

from advisor.errors import Problem
from advisor.knowledge.check_cross_checks import CrossCheckCheck
from advisor.knowledge.check_project import ProjectCheck
from advisor.knowledge.check_references import ReferenceCheck
from advisor.knowledge.check_rules import RuleCheck, compile_sound
from advisor.knowledge.check_selection import check_selection
from advisor.knowledge.check_upgrades import check_upgrades
from advisor.knowledge.draft import Draft
from advisor.knowledge.entries import Entries
from advisor.knowledge.model import Knowledge


def build(draft: Draft, version: str, complete: bool = True) -> tuple[Knowledge | None, list[Problem]]:
    """The knowledge of all files together, or None with the errors that stand against it.

    With ``complete=False`` (a file already failed) entries that do not fit their shape are left out, so that the
    references of all the others can still be checked.
    """
    entries, problems = Entries(draft, complete), list[Problem]()
    references = ReferenceCheck(entries, problems)
    references.collect_facts()
    references.run()
    problems += check_selection(entries.rules, entries.products_by_id, entries.facts, draft)
    problems += check_upgrades(entries.questions, entries.facts, entries.retired_facts, draft)
    ProjectCheck(entries, problems).run()
    CrossCheckCheck(entries, problems).run()
    rules = RuleCheck(entries, problems).run()
    if any(problem.severity == "error" for problem in problems) or not complete:
        return None, problems
    return entries.knowledge(version, rules), problems


def build_sound(draft: Draft, version: str) -> Knowledge:
    """The knowledge of a draft that :func:`build` has found sound before."""
    entries = Entries(draft)
    ReferenceCheck(entries, []).collect_facts()
    return entries.knowledge(version, compile_sound(entries))
