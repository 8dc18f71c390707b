"""How a report is to look: which edition of it, in whose colours, laid out by which engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from advisor.text import Lang, Text

EditionName = Literal["owner", "client", "full", "it"]
EDITION_NAMES: tuple[EditionName, ...] = get_args(EditionName)
"""Every edition that is offered. One more wants its chapters in :data:`advisor.reporting.editions.EDITIONS`, its
title in ``texts/report.yaml`` and a word in the help of ``--edition``; the tests name what is missing."""
EngineName = Literal["weasyprint", "typst"]
ENGINE_NAMES: tuple[EngineName, ...] = get_args(EngineName)


@dataclass(frozen=True)
class Theme:
    """Who hands the report over: a name, a logo and a colour, and templates of their own where they have some.

    ``accent`` is a colour as ``#rrggbb``; ``logo`` the content of a picture of type ``logo_type`` (``image/png``,
    ``image/jpeg`` or ``image/svg+xml``); ``templates`` the content of own templates by file name. A theme holds no path:
    it can be used on another machine too. :func:`advisor.reporting.theme.read_theme` checks all of it.
    """

    name: Text | None = None
    accent: str = "#14324f"
    logo: bytes | None = None
    logo_type: str = ""
    templates: tuple[tuple[str, str], ...] = ()

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
    """Edition, theme and engine of a report."""

    edition: EditionName = "full"
    theme: Theme = PLAIN_THEME
    engine: EngineName = "weasyprint"

    @property
    def suffix(self) -> str:
        """What the names of files of this edition carry; the full one goes without."""
        return "" if self.edition == PLAIN.edition else f".{self.edition}"


PLAIN = Look()
"""The full report in the product's own colours."""
