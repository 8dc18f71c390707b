"""The firm's own guide to choosing: how to run the demonstrations, what to ask whom, and whom to take as an adviser."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import Selection
from advisor.phrases import detailed
from advisor.reporting.chapters.products import BEFORE_PRODUCTS
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.tender.opening import new_document
from advisor.reporting.word import WordDocument
from advisor.text import Lang

INVITED = 5


def selection_guide(assessment: Assessment, lang: Lang) -> bytes:
    """The guide in one language."""
    selection = assessment.selection
    assert selection is not None
    words = ReportWording(assessment, lang)
    paper = new_document(words, "guide")
    paper.paragraph(words.of(selection.outcome.title), bold=True)
    paper.paragraph(words.of(selection.outcome.text))
    if selection.outcome.notes:
        paper.bullets([words.of(note) for note in selection.outcome.notes])
    _demos(paper, words, selection)
    if selection.outcome.name not in BEFORE_PRODUCTS:
        _questions(paper, words, selection)
    _adviser(paper, words, selection)
    _sources(paper, words, selection)
    return paper.content()


def _demos(paper: WordDocument, words: ReportWording, selection: Selection) -> None:
    paper.heading(words("tender.guide.demo"))
    paper.bullets([words(f"tender.guide.demo_rule_{n}") for n in (1, 2, 3)])
    for number, demo in enumerate(selection.demos, 1):
        paper.heading(f"{number}  {words.of(demo.title)}", 2)
        paper.quiet(words("tender.guide.because", why=words.of(demo.why), sources=" ".join(demo.sources)))
        columns = [words(f"tender.column.{name}") for name in ("show", "look", "minutes", "remarks")]
        paper.table(columns, (6.2, 6.2, 1.8, 2.6), [(words.of(demo.demo), words.of(demo.watch), "", "")])


def _questions(paper: WordDocument, words: ReportWording, selection: Selection) -> None:
    invited = [item for item in selection.survivors()[:INVITED] if item.asks]
    if not invited:
        return
    paper.heading(words("tender.guide.questions"))
    for item in invited:
        paper.heading(words.of(item.name), 2)
        paper.bullets([words.of(detailed(remark.text, remark.details)) for remark in item.asks])


def _adviser(paper: WordDocument, words: ReportWording, selection: Selection) -> None:
    paper.heading(words("tender.guide.adviser"))
    paper.paragraph(words("tender.guide.adviser_intro"))
    for number, one in enumerate(selection.advisers, 1):
        paper.heading(f"{number}  {words.of(one.quality)}", 2)
        paper.paragraph(words.of(one.ask))
        columns = [words(f"tender.column.{name}") for name in ("good", "warning", "remarks")]
        paper.table(columns, (5.8, 5.8, 5.2), [(words.of(one.good), words.of(one.warning), "")])
        paper.quiet(words("tender.guide.rests", sources=" ".join(one.sources)))


def _sources(paper: WordDocument, words: ReportWording, selection: Selection) -> None:
    used = {name for demo in selection.demos for name in demo.sources}
    used |= {name for one in selection.advisers for name in one.sources}
    paper.heading(words("tender.guide.sources"))
    cited = words.assessment.cited
    paper.bullets(
        [f"{name}  {words.of(cited[name].text)} ({words.of(cited[name].where)})" for name in sorted(used) if name in cited]
    )
