"""The request for proposals: what the firm states, what it asks, and the functions it wants. Budgets are not in it."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.tender.document import new_document
from advisor.text import Lang


def request_for_proposals(assessment: Assessment, lang: Lang) -> bytes:
    """The outline in one language, for the firm to complete and send."""
    selection = assessment.selection
    assert selection is not None
    words = ReportWording(assessment, lang)
    doc = new_document(words, "rfp")
    doc.paragraph(words("tender.rfp.intro"))
    for number, part in enumerate(selection.tender, 1):
        doc.heading(f"{number}  {words.of(part.title)}")
        doc.paragraph(words.of(part.state))
        if part.known:
            doc.bullets([words.of(text) for text in part.known])
        if part.ask:
            doc.paragraph(words("tender.rfp.answer"), bold=True)
            doc.bullets([words.of(text) for text in part.ask])
    doc.heading(words("tender.rfp.functions"))
    rows = [
        (words.of(item.title), words(f"functions.priority.{item.priority}"), _what(words, item.function))
        for item in selection.wanted
        if item.priority in ("must", "should")
    ]
    columns = [words(f"tender.column.{name}") for name in ("function", "priority", "what")]
    doc.table(columns, (4.2, 2.4, 10), rows)
    doc.heading(words("tender.rfp.rules"))
    doc.bullets([words(f"tender.rfp.rule_{n}") for n in (1, 2, 3, 4)])
    return doc.content()


def _what(words: ReportWording, function: str) -> str:
    item = next((candidate for candidate in words.assessment.functions if candidate.id == function), None)
    return words.of(item.text) if item else ""
