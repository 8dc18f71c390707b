"""Templates of a client, read for what they must not hold: anything that runs, fetches or leads out of the page.

The page itself refuses such things once more: WeasyPrint fetches nothing, and a page on screen forbids scripts and
addresses elsewhere (its Content-Security-Policy). What is found here is reported with its line before anything is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

from advisor.errors import Place, Problem
from advisor.reporting.html.sandbox import TemplateSandbox

TEMPLATE_FILES = ("report.html", "blocks.html", "charts.html", "report.css")
MAX_TEMPLATE_BYTES = 200_000
ACTIVE_MARKUP = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|base|link|form|meta\s+http-equiv)\b|\bon[a-z]+\s*=|javascript:"
    r"|\b(src|href|srcset|action|data|poster)\s*=\s*['\"]?\s*(https?:|//|file:|ftp:)|\burl\s*\(|@import|<!ENTITY",
    re.IGNORECASE,
)
"""What in a page would run or fetch."""
EXTERNAL_STYLE = re.compile(
    r"url\s*\(|image-set\s*\(|\b(image|src)\s*\(|@import|@font-face|@namespace|expression\s*\(|</", re.IGNORECASE
)
"""What in a stylesheet would fetch, or end it."""
QUOTED_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")


def template_problems(text: str, path: Path) -> Iterator[Problem]:
    """Everything wrong in a template or stylesheet."""
    sheet = path.suffix == ".css"
    for number, line in enumerate(text.splitlines(), 1):
        match = (EXTERNAL_STYLE if sheet else ACTIVE_MARKUP).search(line)
        if match:
            yield Problem("T109", Place(str(path), number, match.start() + 1), {"found": match.group()[:40].strip()})
        elif sheet and "\\" in QUOTED_STRING.sub("", line):
            yield Problem("T109", Place(str(path), number), {"found": "\\"})
    if not sheet:
        yield from _syntax_problems(text, path)


def _syntax_problems(text: str, path: Path) -> Iterator[Problem]:
    try:
        TemplateSandbox().parse(text)
    except jinja2.TemplateSyntaxError as error:
        yield Problem("T110", Place(str(path), error.lineno), {"detail": error.message or ""})
    except RecursionError:
        yield Problem("T110", Place(str(path)), {"detail": "nested too deeply"})
