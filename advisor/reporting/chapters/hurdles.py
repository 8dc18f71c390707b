"""Chapters on what stands in the way: blockers and conditions, a lighter way, misconceptions and cautions."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.assessment.model import HurdleItem
from advisor.reporting.chapters.words import Words
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Card,
    Cards,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Tone,
)


def hurdles_chapter(words: Words) -> Chapter | None:
    """Blockers first, then conditions, each with what lifts it; then the lighter way where one fits."""
    a = words.assessment
    blocks: list[Block | Heading] = []
    if a.lighter:
        blocks.append(Heading(words("hurdles.lighter")))
        for way in a.lighter:
            lines = (words.line(way), words.why(way), Line(words("hurdles.revisit") + words.of(way.revisit)))
            blocks.append(Callout(words.of(way.title), lines, "quiet"))
    blocks += hurdle_cards(words, "blockers", a.blockers, "bad")
    blocks += hurdle_cards(words, "conditions", a.conditions, "caution")
    if not blocks:
        return None
    if a.blockers or a.conditions:
        blocks.insert(0, Paragraph(Line(words("hurdles.intro"))))
    return Chapter("hurdles", words("hurdles.title"), tuple(blocks), page=True)


def hurdle_cards(words: Words, key: str, items: Sequence[HurdleItem], tone: Tone) -> tuple[Block | Heading, ...]:
    """Blockers or conditions (``key`` says which) under their heading; nothing where there are none."""
    if not items:
        return ()
    return Heading(words(f"hurdles.{key}")), Cards(tuple(_card(words, key, item, tone) for item in items))


def _card(words: Words, key: str, item: HurdleItem, tone: Tone) -> Card:
    """A blocker or condition (``key`` says which): what it means, why it holds here, and what lifts it."""
    reason = words.line(item) if item.derived else words.why(item)
    fields = [(words("hurdles.why"), reason)]
    if not item.derived:
        fields.insert(0, (words("hurdles.meaning"), Line(words.of(item.text))))
    fields.append((words("hurdles.lifted_by"), Line(words.of(item.lifted_by))))
    if tasks := words.lifted_by(item.id):
        fields.append((words("hurdles.task"), Line(words("join").join(words.task(number) for number in tasks))))
    return Card(words.of(item.title), words(f"hurdles.badge.{key}"), tone, tuple(fields))


def ideas_chapter(words: Words) -> Chapter | None:
    """Misconceptions with the right view, contradicting answers and other cautions, and what the firm may gain."""
    a = words.assessment
    blocks: list[Block | Heading] = []
    if a.misconceptions:
        blocks.append(Heading(words("ideas.misconceptions")))
        cards = []
        for wrong in a.misconceptions:
            fields = (
                (words("ideas.found"), words.why(wrong)),
                (words("ideas.right"), Line(words.of(wrong.correction))),
            )
            cards.append(Card(words.of(wrong.title), words("ideas.badge"), "caution", fields))
        blocks.append(Cards(tuple(cards)))
    if a.cautions:
        blocks.append(Heading(words("ideas.cautions")))
        blocks.append(Bullets(tuple(_titled(words.of(c.title), words.why(c), words) for c in a.cautions)))
    if a.benefits:
        blocks.append(Heading(words("ideas.benefits")))
        blocks.append(Paragraph(Line(words("ideas.benefits_note")), "quiet"))
        blocks.append(Bullets(tuple(_titled(words.of(b.title), words.line(b), words) for b in a.benefits)))
    return Chapter("ideas", words("ideas.title"), tuple(blocks)) if blocks else None


def _titled(title: str, line: Line, words: Words) -> Line:
    return Line(words("titled", title=title, text=line.text), line.cites, line.marks, line.aside, line.about)
