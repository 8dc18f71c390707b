"""The request for proposals: what the firm states, what it asks, and the functions it wants. Budgets are not in it."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.tender.opening import new_document
from advisor.text import Lang


def request_for_proposals(assessment: Assessment, lang: Lang) -> bytes:
    """The outline in one language, for the firm to complete and send."""
    selection = assessment.selection
    assert selection is not None
    words = ReportWording(assessment, lang)
    paper = new_document(words, "rfp")
    paper.paragraph(words("tender.rfp.intro"))
    for number, part in enumerate(selection.tender, 1):
        paper.heading(f"{number}  {words.of(part.title)}")
        paper.paragraph(words.of(part.state))
        if part.known:
            paper.bullets([words.of(text) for text in part.known])
        if part.ask:
            paper.paragraph(words("tender.rfp.answer"), bold=True)
            paper.bullets([words.of(text) for text in part.ask])
    paper.heading(words("tender.rfp.functions"))
    rows = [
        (words.of(item.title), words(f"functions.priority.{item.priority}"), _what(words, item.function))
        for item in selection.wanted
        if item.priority in ("must", "should")
    ]
    columns = [words(f"tender.column.{name}") for name in ("function", "priority", "what")]
    paper.table(columns, (4.2, 2.4, 10), rows)
    paper.heading(words("tender.rfp.rules"))
    paper.bullets([words(f"tender.rfp.rule_{n}") for n in (1, 2, 3, 4)])
    return paper.content()


def _what(words: ReportWording, function: str) -> str:
    item = next((one for one in words.assessment.functions if one.id == function), None)
    return words.of(item.text) if item else ""
