"""How a report is to look: which edition of it, in whose colours, laid out by which engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from advisor.reporting.editions import (
    DEFAULT_EDITION,
    EDITION_NAMES,
    EDITIONS,
    Attach,
    EditionName,
    Evidence,
    current_name_warned,
)
from advisor.text import Lang, Text

EngineName = Literal["weasyprint", "typst"]
__all__ = [
    "EDITION_NAMES",
    "ENGINE_NAMES",
    "PLAIN",
    "PLAIN_THEME",
    "EditionName",
    "EngineName",
    "Look",
    "Theme",
    "page_footer",
]
ENGINE_NAMES: tuple[EngineName, ...] = get_args(EngineName)


@dataclass(frozen=True)
class Theme:
    """Who hands the report over: a name, a logo and a colour, and templates of their own where they have some.

    ``accent`` is a colour as ``#rrggbb``; ``logo`` the content of a picture of type ``logo_type`` (``image/png``,
    ``image/jpeg`` or ``image/svg+xml``); ``templates`` the content of own templates by file name; ``word`` and ``slides``
    that of a client's own base for Word and master for slides. A theme holds no path:
    it can be used on another machine too. :func:`advisor.reporting.theme.read_theme` checks all of it.
    """

    name: Text | None = None
    accent: str = "#14324f"
    logo: bytes | None = None
    logo_type: str = ""
    templates: tuple[tuple[str, str], ...] = ()
    word: bytes | None = None
    slides: bytes | None = None

    def name_in(self, lang: Lang) -> str:
        """Who hands the report over; empty where nobody is named."""
        return self.name[lang] if self.name else ""


PLAIN_THEME = Theme()
"""Nobody's name, and the product's own colour."""


def page_footer(text: str, author: str) -> str:
    """What stands at the foot of every page in every format: the footer of the document, and who hands it over."""
    return " · ".join(part for part in (text, author) if part)


@dataclass(frozen=True)
class Look:
    """Edition, theme and engine of a report; what its PDF carries inside (``attach``; None for what its edition does unless
    asked), and where the grounds go (``evidence``)."""

    edition: EditionName = DEFAULT_EDITION
    theme: Theme = PLAIN_THEME
    engine: EngineName = "weasyprint"
    attach: Attach | None = None
    evidence: Evidence = "none"

    def __post_init__(self) -> None:
        """An edition called by its old name is the one that took its place."""
        object.__setattr__(self, "edition", cast("EditionName", current_name_warned(self.edition)))

    @property
    def attached(self) -> Attach:
        """What travels inside a PDF of this look."""
        return self.attach or EDITIONS[self.edition].attach

    @property
    def annexed(self) -> bool:
        """Whether the evidence stands behind the pages."""
        return self.evidence == "inside" and EDITIONS[self.edition].annex

    @property
    def suffix(self) -> str:
        """What the names of files of this edition carry; the one made by default goes without."""
        return "" if self.edition == DEFAULT_EDITION else f".{self.edition}"


PLAIN = Look()
"""The client's edition in the product's own colours."""
