"""The one place that imports experta.

experta 1.9.4 needs frozendict 1.2, which looks for ``collections.Mapping``: a name Python dropped in 3.10. It is lent for
the length of this import and taken back.
"""

from __future__ import annotations

import collections
import collections.abc

_LENT = not hasattr(collections, "Mapping")
if _LENT:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
try:
    from experta import AND, OR, Fact, KnowledgeEngine, P, Rule
    from experta.matchers import ReteMatcher
finally:
    if _LENT:
        del collections.Mapping  # type: ignore[attr-defined]

__all__ = ["AND", "OR", "Fact", "KnowledgeEngine", "P", "ReteMatcher", "Rule"]
