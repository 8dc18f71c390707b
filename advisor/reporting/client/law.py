"""The law on personal data that binds the firm, by its home and by whose data it holds: each with its duty in a line."""

from __future__ import annotations

from advisor.assessment.model import LegalCheckItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import brief
from advisor.reporting.document import Block, Bullets, Chapter, Heading, Line, Paragraph

MOST = 6
"""So many points are told, the laws that bind at large always; the evidence has them all."""


def law(words: ReportWording) -> Chapter | None:
    """The laws that bind, that of the firm's home first, then the points that few firms have to mind."""
    checks = sorted(words.assessment.legal_checks, key=lambda check: _rank(words, check))
    if not checks:
        return None
    short, at_large = brief(words), sum(bool(check.law_of) for check in checks)
    told = checks[: max(at_large, 1 if short else MOST)]
    lines = tuple(_line(words, check, () if short else check.sources) for check in told)
    blocks: list[Block | Heading] = [Bullets(lines)]
    if (rest := len(checks) - len(told)) and not short:
        blocks.append(Paragraph(Line(words("client.more_law", count=rest)), "quiet"))
    return Chapter("law", words("client.law"), tuple(blocks))


def _line(words: ReportWording, check: LegalCheckItem, cites: tuple[str, ...]) -> Line:
    """A law with its duty; in a short report the law it names is source enough."""
    return Line(words("client.law_line", regime=words.of(check.regime), text=words.of(check.text)), cites, about=check.id)


def _rank(words: ReportWording, check: LegalCheckItem) -> int:
    """The law of the firm's home first, then those of the places whose people it has data on, then the rest as it stands."""
    if not check.law_of:
        return 2
    return 0 if words.assessment.known("home_country") in check.law_of else 1
