"""The chapter on disagreements between the sources."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Card, Cards, Chapter, Line, Paragraph


def disagreements_chapter(words: ReportWording) -> Chapter | None:
    """Where the sources cited here pull apart: every side, what the adviser did, and why."""
    cards = []
    for entry in words.assessment.disagreements:
        sides = tuple(
            (
                words("disagreement.side", number=number) if len(entry.sides) > 1 else words("disagreement.text"),
                Line(words.of(side.says), side.claims),
            )
            for number, side in enumerate(entry.sides, 1)
        )
        fields = (
            *sides,
            (words("disagreement.handling"), Line(words.of(entry.handling))),
            (words("disagreement.why"), Line(words.of(entry.why))),
        )
        cards.append(Card(words.of(entry.title), "", "quiet", fields))
    if not cards:
        return None
    intro = Paragraph(Line(words("disagreement.intro")), "quiet")
    return Chapter("disagreements", words("disagreement.title"), (intro, Cards(tuple(cards))), page=True)
