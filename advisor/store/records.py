"""What the store returns: a case, an access to it, a link."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from advisor.store.models import CaseRow

Purpose = Literal["browser", "return", "share"]
"""What a token is for: the browser that began a case, a link to go on with it, a link to read its result."""
Order = Literal["sections", "telling"]
"""Questions asked section by section, or first the one that settles most."""


@dataclass(frozen=True)
class Case:
    """A case as stored; ``revision`` grows with every change of its answers."""

    id: str
    edition: str
    order: Order
    revision: int
    told_settled: bool
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Access:
    """Access to a case by a token: to which, for what purpose, until when. ``name`` is that of its link."""

    case: Case
    purpose: Purpose
    expires_at: datetime
    digest: bytes

    @property
    def name(self) -> str:
        """The link's name in the list of links; opens nothing."""
        return link_name(self.digest)


@dataclass(frozen=True)
class CaseLink:
    """A valid link; ``name`` identifies it and opens nothing."""

    name: str
    purpose: Purpose
    created_at: datetime
    expires_at: datetime


def token_digest(token: str) -> bytes:
    """The hash that is stored in place of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def case_from_row(row: CaseRow) -> Case:
    """The case of a row."""
    order: Order = "telling" if row.order == "telling" else "sections"
    return Case(row.id, row.edition, order, row.revision, row.told_settled, row.created_at, row.expires_at)


def parse_purpose(value: str) -> Purpose:
    """The purpose a row holds."""
    return "share" if value == "share" else "return" if value == "return" else "browser"


def link_name(digest: bytes) -> str:
    """The name of a link: identifies it and opens nothing."""
    return hashlib.sha256(digest).hexdigest()[:12]
