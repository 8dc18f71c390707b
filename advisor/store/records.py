"""What the store tells of a case, of the ways into it and of its links."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from advisor.store.tables import CaseRow

Purpose = Literal["browser", "return", "share"]
"""What a token is for: the browser that began a case, a link to go on with it, a link to read its result."""
Order = Literal["sections", "telling"]
"""Questions asked section by section, or the most telling first."""


@dataclass(frozen=True)
class Case:
    """A case as the database has it; ``revision`` grows with every change of its answers."""

    id: str
    edition: str
    order: Order
    revision: int
    told_settled: bool
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Access:
    """An open way into a case: which, what for, and until when. ``name`` is that of its link."""

    case: Case
    purpose: Purpose
    expires_at: datetime
    digest: bytes

    @property
    def name(self) -> str:
        """What the link is called in the list of links; opens nothing."""
        return name_of(self.digest)


@dataclass(frozen=True)
class Link:
    """A link that is in force; ``name`` tells it from others and opens nothing."""

    name: str
    purpose: Purpose
    created_at: datetime
    expires_at: datetime


def digest_of(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def case_of(row: CaseRow) -> Case:
    """A case as its row has it."""
    order: Order = "telling" if row.order == "telling" else "sections"
    return Case(row.id, row.edition, order, row.revision, row.told_settled, row.created_at, row.expires_at)


def purpose_of(word: str) -> Purpose:
    """A purpose as it is written in a row."""
    return "share" if word == "share" else "return" if word == "return" else "browser"


def name_of(digest: bytes) -> str:
    """What a link is called: tells it from others and opens nothing."""
    return hashlib.sha256(digest).hexdigest()[:12]
