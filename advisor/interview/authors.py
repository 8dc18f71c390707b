"""Who filled in a sheet, and what decides where several respondents differ: as files have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args

from advisor.interview.answers import Author, Ruling
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.schema import Role
from advisor.text import single_line

Rule = Literal["owner", "median", "most_recent", "most_cautious"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""The rules that may decide between different answers, by name."""
CHOSEN = "chosen"
"""Not a rule: somebody chose whose answer is taken."""
FIRST = "first"
"""Not a rule: none told the answers apart, and that of the sheet named first stands."""
ALL = "all"
"""In rules by question or type: for whatever is not named."""


def author_in(raw: Any) -> Author | None:
    """Who filled in a sheet, from a name or a mapping of name, roles, day and file; None where nothing is said.

    Raises ``ValueError`` for anything else.
    """
    if raw is None or raw == "":
        return None
    entry = raw if isinstance(raw, Mapping) else {"name": raw}
    roles = entry.get("roles", entry.get("role")) or []
    roles = [roles] if isinstance(roles, str) else roles
    lines = [entry.get("name") or "", entry.get("file") or ""]
    if set(entry) - {"name", "role", "roles", "on", "file"} or not isinstance(roles, list) or set(roles) - {*get_args(Role)}:
        raise ValueError
    if not all(isinstance(line, str | int) and len(str(line)) <= MAX_TEXT for line in lines):
        raise ValueError
    name, file = (single_line(str(line)) for line in lines)
    return Author(name, tuple(roles), day_in(entry.get("on")), file)


def day_in(raw: Any) -> date | None:
    """A day as YAML or JSON holds it. Raises ``ValueError`` for what is none."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())


def ruling_in(raw: Any) -> Ruling:
    """What decides, from the name of a rule, or a mapping with ``rule``, or ``take`` and the respondent chosen.

    Raises ``ValueError`` for anything else.
    """
    entry = raw if isinstance(raw, Mapping) else {"rule": raw}
    take, reason = (single_line(str(entry.get(key) or ""))[:MAX_TEXT] for key in ("take", "reason"))
    rule = str(entry.get("rule") or (CHOSEN if take else ""))
    if set(entry) - {"rule", "take", "reason", "answer"} or rule not in (*RULES, CHOSEN, FIRST):
        raise ValueError
    return Ruling(rule, take, reason)
