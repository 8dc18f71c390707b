"""The chapter on ideas to correct: misconceptions, cautions, and what the firm may gain."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Card, Cards, Chapter, Heading, Line, Paragraph


def misconceptions_chapter(words: ReportWording) -> Chapter | None:
    """Misconceptions with the right view, contradicting answers and other cautions, and what the firm may gain."""
    a = words.assessment
    blocks: list[Block | Heading] = []
    if a.misconceptions:
        blocks.append(Heading(words("ideas.misconceptions")))
        cards = []
        for misconception in a.misconceptions:
            fields = (
                (words("ideas.found"), words.why(misconception)),
                (words("ideas.right"), Line(words.of(misconception.correction))),
            )
            cards.append(Card(words.of(misconception.title), words("ideas.badge"), "caution", fields))
        blocks.append(Cards(tuple(cards)))
    if a.cautions:
        blocks.append(Heading(words("ideas.cautions")))
        blocks.append(Bullets(tuple(_titled(words.of(c.title), words.why(c), words) for c in a.cautions)))
    if a.benefits:
        blocks.append(Heading(words("ideas.benefits")))
        blocks.append(Paragraph(Line(words("ideas.benefits_note")), "quiet"))
        blocks.append(Bullets(tuple(_titled(words.of(b.title), words.line(b), words) for b in a.benefits)))
    return Chapter("ideas", words("ideas.title"), tuple(blocks)) if blocks else None


def _titled(title: str, line: Line, words: ReportWording) -> Line:
    return Line(words("titled", title=title, text=line.text), line.cites, line.marks, line.aside, line.about)
