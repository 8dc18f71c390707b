"""How a source is marked beside what rests on it: claims of the papers by their number, works by name and year."""

from __future__ import annotations

ABBREVIATIONS = frozenset({"cac", "crm", "cso", "gdpr", "pi", "pipl"})
OURS = {"advisor_practice": "CRM Advisor"}
"""What the authors assume themselves."""


def source_mark(source: str) -> str:
    """The id of a source as readers see it, in either language.

    >>> source_mark("P4-15"), source_mark("cso_insights_2006"), source_mark("advisor_practice")
    ('P4-15', 'CSO Insights 2006', 'CRM Advisor')
    """
    if not source.islower():
        return source
    words = (word.upper() if word in ABBREVIATIONS else word.capitalize() for word in source.split("_"))
    return OURS.get(source) or " ".join(words)
