"""A report for Word: Document → DOCX. It only lays out."""

from __future__ import annotations

from docx.shared import Pt

from advisor.reporting.document import Document, SourceEntry
from advisor.reporting.look import PLAIN_THEME, Theme, page_footer
from advisor.reporting.source_marks import source_mark
from advisor.reporting.word.blocks import BlockWriter
from advisor.reporting.word.document import WordDocument
from advisor.reporting.word.lines import SMALL_PRINT, background_colour, write
from advisor.reporting.word.pictures import logo_picture
from advisor.reporting.word.xml_parts import add_link, close_field, open_contents_field

SOURCES = "sources"


def render_docx(document: Document, theme: Theme = PLAIN_THEME) -> bytes:
    """The document as a file for Word, with the theme's name and colour. The same document gives the same bytes."""
    author = theme.name_in(document.lang)
    footer = page_footer(document.footer, author)
    title = f"{document.title} – {document.firm}"
    doc = WordDocument(document.lang, title, document.about, footer, close=document.brief, base=theme.word)
    doc.number_pages()
    if author:
        doc.set_author(author, theme.accent)
    if theme.word is None and (logo := logo_picture(theme)):
        doc.set_logo(logo, author)
    blocks = BlockWriter(doc, document.lang, document.pictures_only)
    if document.brief:
        _imprint(blocks, document, author)
    else:
        _cover(blocks, document, author)
        _contents(blocks, document)
    for number, chapter in enumerate(document.chapters):
        doc.heading(chapter.title, 1, chapter.id, new_page=chapter.page or (number == 0 and not document.brief))
        for block in chapter.blocks:
            blocks.add(block)
    if not document.brief:
        _sources(blocks, document)
    return doc.content()


def _imprint(blocks: BlockWriter, document: Document, author: str) -> None:
    blocks.doc.small_print(" · ".join(text for text in (author, document.date) if text))


def _cover(blocks: BlockWriter, document: Document, author: str) -> None:
    cell = blocks.doc.shaded_box(background_colour(document.tone))
    write(cell.paragraphs[0], document.verdict, 16, document.tone, bold=True)
    write(cell.add_paragraph(), document.sentence)
    blocks.doc.spacer()
    for text in (author, document.date, document.version):
        if text:
            blocks.doc.small_print(text)


def _contents(blocks: BlockWriter, document: Document) -> None:
    """Chapters as links inside a field: they are there at once, and whoever updates the field gets the numbers of pages."""
    title = blocks.paragraph()
    title.paragraph_format.space_before = Pt(18)
    write(title, document.contents_title, 13, bold=True)
    entries = [*((chapter.id, chapter.title) for chapter in document.chapters), (SOURCES, document.sources_title)]
    paragraphs = [blocks.paragraph() for _ in entries]
    open_contents_field(paragraphs[0])
    for paragraph, (name, text) in zip(paragraphs, entries, strict=True):
        add_link(paragraph, name, text)
    close_field(paragraphs[-1])


def _sources(blocks: BlockWriter, document: Document) -> None:
    blocks.doc.heading(document.sources_title, 1, SOURCES, new_page=True)
    write(blocks.paragraph(), document.sources_note, 9.5, "quiet")
    detail = ""
    for entry in document.sources:
        if entry.detail != detail:
            blocks.doc.heading(detail := entry.detail, 2)
        _source(blocks, entry)


def _source(blocks: BlockWriter, entry: SourceEntry) -> None:
    """A work, and every claim cited from it as a place that citations lead to."""
    if entry.named_alone:
        for name, _, _ in entry.claims:
            work = blocks.paragraph()
            write(work, f"{source_mark(name)}  ", 9, bold=True)
            blocks.doc.bookmark(work, f"c-{name}")
            write(work, entry.title, 9.5)
        return
    write(blocks.paragraph(), entry.title, bold=True)
    if entry.about:
        write(blocks.paragraph(), entry.about, 9, "quiet")
    for name, where, text in entry.claims:
        claim = blocks.paragraph()
        write(claim, f"{source_mark(name)}  ", 9, bold=True)
        blocks.doc.bookmark(claim, f"c-{name}")
        if where:
            write(claim, f"{where} · " if text else where, SMALL_PRINT, "quiet")
        if text:
            write(claim, text, 9.5)
