"""The firm's own guide to choosing: how to run the demonstrations, what to ask whom, and whom to take as an adviser."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import Selection
from advisor.phrases import detailed
from advisor.reporting.chapters.products import BEFORE_PRODUCTS
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.source_marks import source_mark
from advisor.reporting.tender.document import new_document
from advisor.reporting.word import WordDocument
from advisor.text import Lang

INVITED = 5


def selection_guide(assessment: Assessment, lang: Lang) -> bytes:
    """The guide in one language."""
    selection = assessment.selection
    assert selection is not None
    words = ReportWording(assessment, lang)
    doc = new_document(words, "guide")
    doc.paragraph(words.of(selection.outcome.title), bold=True)
    doc.paragraph(words.of(selection.outcome.text))
    if selection.outcome.notes:
        doc.bullets([words.of(note) for note in selection.outcome.notes])
    _demos(doc, words, selection)
    if selection.outcome.name not in BEFORE_PRODUCTS:
        _questions(doc, words, selection)
    _adviser(doc, words, selection)
    _sources(doc, words, selection)
    return doc.content()


def _demos(doc: WordDocument, words: ReportWording, selection: Selection) -> None:
    doc.heading(words("tender.guide.demo"))
    doc.bullets([words(f"tender.guide.demo_rule_{n}") for n in (1, 2, 3)])
    for number, demo in enumerate(selection.demos, 1):
        doc.heading(f"{number}  {words.of(demo.title)}", 2)
        doc.small_print(
            words("tender.guide.because", why=words.of(demo.why), sources=" ".join(map(source_mark, demo.sources)))
        )
        columns = [words(f"tender.column.{name}") for name in ("show", "look", "minutes", "remarks")]
        doc.table(columns, (6.2, 6.2, 1.8, 2.6), [(words.of(demo.demo), words.of(demo.watch), "", "")])


def _questions(doc: WordDocument, words: ReportWording, selection: Selection) -> None:
    invited = [item for item in selection.survivors()[:INVITED] if item.asks]
    if not invited:
        return
    doc.heading(words("tender.guide.questions"))
    for item in invited:
        doc.heading(words.of(item.name), 2)
        doc.bullets([words.of(detailed(remark.text, remark.details)) for remark in item.asks])


def _adviser(doc: WordDocument, words: ReportWording, selection: Selection) -> None:
    doc.heading(words("tender.guide.adviser"))
    doc.paragraph(words("tender.guide.adviser_intro"))
    for number, quality in enumerate(selection.advisers, 1):
        doc.heading(f"{number}  {words.of(quality.quality)}", 2)
        doc.paragraph(words.of(quality.ask))
        columns = [words(f"tender.column.{name}") for name in ("good", "warning", "remarks")]
        doc.table(columns, (5.8, 5.8, 5.2), [(words.of(quality.good), words.of(quality.warning), "")])
        doc.small_print(words("tender.guide.rests", sources=" ".join(map(source_mark, quality.sources))))


def _sources(doc: WordDocument, words: ReportWording, selection: Selection) -> None:
    cited_names = {name for demo in selection.demos for name in demo.sources}
    cited_names |= {name for quality in selection.advisers for name in quality.sources}
    doc.heading(words("tender.guide.sources"))
    cited = words.assessment.cited
    doc.bullets(
        [
            f"{name}  {words.of(cited[name].text)} ({words.of(cited[name].where)})"
            for name in sorted(cited_names)
            if name in cited
        ]
    )
