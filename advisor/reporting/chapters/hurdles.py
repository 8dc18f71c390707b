"""The chapter on what stands in the way: blockers and conditions, and a lighter way where one fits."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.assessment.model import HurdleItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Callout, Card, Cards, Chapter, Heading, Line, Paragraph
from advisor.reporting.tones import Tone


def hurdles_chapter(words: ReportWording) -> Chapter | None:
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
    blocks += hurdle_cards(words, "waiting", a.waiting, "quiet")
    if not blocks:
        return None
    if a.blockers or a.conditions:
        blocks.insert(0, Paragraph(Line(words("hurdles.intro"))))
    return Chapter("hurdles", words("hurdles.title"), tuple(blocks), page=True)


def hurdle_cards(words: ReportWording, key: str, items: Sequence[HurdleItem], tone: Tone) -> tuple[Block | Heading, ...]:
    """Blockers, conditions or those waiting (``key`` says which) under their heading; nothing where there are none."""
    if not items:
        return ()
    return Heading(words(f"hurdles.{key}")), Cards(tuple(_card(words, key, item, tone) for item in items))


def _card(words: ReportWording, key: str, item: HurdleItem, tone: Tone) -> Card:
    """A blocker or condition (``key`` says which): what it means, why it holds here, and what lifts it."""
    reason = words.line(item) if item.derived else words.why(item)
    fields = [(words("hurdles.why"), reason)]
    if not item.derived:
        fields.insert(0, (words("hurdles.meaning"), Line(words.of(item.text))))
    fields.append((words("hurdles.lifted_by"), Line(words.of(item.lifted_by))))
    if tasks := words.lifted_by(item.id):
        fields.append((words("hurdles.task"), Line(words("join").join(words.task(number) for number in tasks))))
    return Card(words.of(item.title), words(f"hurdles.badge.{key}"), tone, tuple(fields))
