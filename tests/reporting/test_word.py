"""The report for Word: everything of the report is in it, links lead somewhere, and hostile text stays text."""

from __future__ import annotations

import dataclasses
import functools
import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from advisor.insight.full_assessment import assess_fully
from advisor.reporting import build_document, render
from advisor.reporting.data_tables import data_table
from advisor.reporting.document import (
    Branch,
    Bullets,
    Callout,
    Cards,
    Chapter,
    Chart,
    Heading,
    KeyFigures,
    Line,
    Outline,
    SourceEntry,
    Table,
)
from advisor.reporting.look import Look
from advisor.reporting.word import render_docx
from advisor.reporting.word.xml_parts import MAX_BOOKMARK_NAME, TOC, bookmark_name
from advisor.text import LANGS, Text

FIRMS = ["machine_tool_maker", "small_haulier", "city_bank"]

EVIDENCE = Look("evidence")


@pytest.fixture(scope="module")
def whole(knowledge, firms):
    return assess_fully(firms["machine_tool_maker"], knowledge, date(2026, 11, 23))


@pytest.fixture(scope="module", params=[(name, lang) for name in FIRMS for lang in LANGS], ids="-".join)
def pair(request, knowledge, firms):
    """A report as blocks, and the same read back from Word."""
    name, lang = request.param
    document = build_document(assess_fully(firms[name], knowledge, date(2026, 11, 23)), lang, "evidence")
    return document, opened(document)


@pytest.fixture(scope="module")
def plain_document(whole):
    return build_document(whole, "en", "evidence")


class Opened:
    """A Word file read back; one object for one file, so that what is read from it can be kept."""

    def __init__(self, content: bytes):
        self.file = docx.Document(io.BytesIO(content))

    def __getattr__(self, name):
        return getattr(self.file, name)


def opened(document):
    return Opened(render_docx(document))


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def lines(node):
    """Every line of a document."""
    if isinstance(node, Line):
        yield node
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from lines(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from lines(item)


@functools.lru_cache(2)
def said(read) -> str:
    """All text of a file, in tables or not."""
    return "\n".join("".join(part.text or "" for part in p.iter(qn("w:t"))) for p in read.element.body.iter(qn("w:p")))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@functools.lru_cache(2)
def by_style(read):
    """The paragraphs of a file by the name of their style."""
    found: dict[str, list[str]] = {}
    for paragraph in read.paragraphs:
        found.setdefault(paragraph.style.name, []).append(paragraph.text)
    return found


def of_style(read, style):
    return by_style(read).get(style, [])


@functools.lru_cache(2)
def by_head(read):
    """The tables of a file by the words of their first row."""
    found: dict[tuple[str, ...], list[object]] = {}
    for table in read.tables:
        found.setdefault(tuple(cell.text for cell in table.rows[0].cells), []).append(table)
    return found


def table_of(read, columns):
    return by_head(read).get(tuple(columns), [])


def test_every_chapter_is_a_heading_in_order_with_its_own_headings_below(pair):
    document, read = pair
    assert of_style(read, "Heading 1") == [*(chapter.title for chapter in document.chapters), document.sources_title]
    below = [block.text for chapter in document.chapters for block in chapter.blocks if isinstance(block, Heading)]
    assert of_style(read, "Heading 2") == [*below, *dict.fromkeys(entry.detail for entry in document.sources)]


def test_no_level_of_headings_is_left_out(pair):
    levels = [int(p.style.name[-1]) for p in pair[1].paragraphs if p.style.name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_first_page_says_whose_report_it_is_and_what_it_comes_to(pair):
    document, read = pair
    first = said(read)[: said(read).index(document.contents_title)]
    for text in (document.title, document.firm, document.about, document.verdict, document.sentence, document.version):
        assert text in first
    assert document.date in first


def test_the_contents_show_every_chapter_without_being_updated(pair):
    document, read = pair
    start = next(n for n, p in enumerate(read.paragraphs) if p.text == document.contents_title)
    chapters = [(bookmark_name(c.id), c.title) for c in document.chapters] + [
        (bookmark_name("sources"), document.sources_title)
    ]
    shown = [
        (link.get(qn("w:anchor")), p.text) for p in read.paragraphs[start + 1 :] for link in p._p.iter(qn("w:hyperlink"))
    ]
    assert shown[: len(chapters)] == chapters


def test_every_link_leads_to_one_place_and_every_claim_cited_has_one(pair):
    document, read = pair
    places = [mark.get(qn("w:name")) for mark in read.element.iter(qn("w:bookmarkStart"))]
    assert len(places) == len(set(places))
    assert {link.get(qn("w:anchor")) for link in read.element.iter(qn("w:hyperlink"))} <= set(places)
    assert {bookmark_name(f"c-{name}") for line in lines(document.chapters) for name in line.cites} <= set(places)
    numbers = [mark.get(qn("w:id")) for mark in read.element.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(mark.get(qn("w:id")) for mark in read.element.iter(qn("w:bookmarkEnd")))


def test_every_line_is_there_with_its_marks_and_its_aside(pair):
    document, read = pair
    text = squeezed(said(read))
    for line in lines(document.chapters):
        for part in (line.text, line.aside, *(f"[{mark}]" for mark in line.marks)):
            assert squeezed(part) in text


def test_callouts_figures_and_cards_are_told_in_full(pair):
    document, read = pair
    text = said(read)
    for block in (block for chapter in document.chapters for block in chapter.blocks):
        match block:
            case Callout():
                assert block.title in text
            case KeyFigures():
                for figure in block.figures:
                    assert [figure.label, figure.value, figure.note] in [
                        cell.text.split("\n", 2) for t in read.tables for cell in t.rows[0].cells
                    ]
            case Cards():
                for card in block.cards:
                    assert card.title in text and card.badge in text
                    assert all(label in text for label, _ in card.fields)


def test_every_table_repeats_its_head_and_keeps_its_widths(pair):
    document, read = pair
    tables = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)]
    assert tables
    for block in tables:
        assert block.caption in of_style(read, "Caption")
        found = [t for t in table_of(read, block.columns) if len(t.rows) == 1 + len(block.rows)]
        assert found
        for table in found:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        whole = sum(column.width for column in found[0].columns)
        shares = [round(100 * column.width / whole) for column in found[0].columns]
        assert shares == [round(100 * width / sum(block.widths)) for width in block.widths]


def test_every_chart_comes_as_title_words_and_numbers(pair):
    document, read = pair
    charts = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Chart)]
    assert charts
    tables = [[cell.text for row in t.rows for cell in row.cells] for t in read.tables]
    words = squeezed(said(read))
    for chart in charts:
        table = data_table(chart, document.lang)
        assert {chart.title, table.caption} <= set(of_style(read, "Caption"))
        assert squeezed(chart.alternative) in words
        assert [*table.columns, *(cell.line.text for row in table.rows for cell in row)] in tables


def with_blocks(document, *blocks):
    return dataclasses.replace(document, chapters=(Chapter("one", "One", blocks),), sources=())


def test_every_numbered_list_begins_at_one(plain_document):
    lists = [Bullets((Line(f"{name}1"), Line(f"{name}2")), numbered=True) for name in "ab"]
    read = opened(with_blocks(plain_document, *lists))
    counted = [p for p in read.paragraphs if p.style.name == "List Number"]
    counts = [p._p.pPr.numPr.numId.val for p in counted]
    assert [p.text for p in counted] == ["a1", "a2", "b1", "b2"]
    assert counts[0] == counts[1] != counts[2] == counts[3]
    numbering = read.part.numbering_part.element
    for count in set(counts):
        assert numbering.num_having_numId(count).find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_a_list_without_numbers_and_an_outline_are_lists_of_word(plain_document):
    deep = Branch(Line("1"), (Branch(Line("2"), (Branch(Line("3"), (Branch(Line("4"), (Branch(Line("5")),)),)),)),))
    read = opened(with_blocks(plain_document, Bullets((Line("point"),)), Outline((deep,))))
    listed = [p for p in read.paragraphs if p.style.name.startswith("List Bullet")]
    assert [p.text for p in listed] == ["point", "1", "2", "3", "4", "5"]
    assert [p.style.name for p in listed[1:4]] == ["List Bullet", "List Bullet 2", "List Bullet 3"]
    assert listed[4].paragraph_format.left_indent < listed[5].paragraph_format.left_indent


def test_long_and_foreign_names_of_claims_are_told_apart(plain_document):
    names = [f"a_work_with_a_very_long_name_indeed_{n}" * 2 for n in (1, 2)] + ["论文一", "论文二", "P4-16"]
    assert len({bookmark_name(name) for name in names}) == len(names)
    assert all(
        len(bookmark_name(name)) <= MAX_BOOKMARK_NAME and re.fullmatch(r"[A-Za-z]\w*", bookmark_name(name), re.A)
        for name in names
    )
    entry = SourceEntry("t", "d", "", tuple((name, "", "text") for name in names))
    document = dataclasses.replace(with_blocks(plain_document, Bullets((Line("x", tuple(names)),))), sources=(entry,))
    read = opened(document)
    places = {mark.get(qn("w:name")) for mark in read.element.iter(qn("w:bookmarkStart"))}
    assert {bookmark_name(f"c-{name}") for name in names} <= places


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_assessment_gives_the_same_bytes_another_day(whole, lang, monkeypatch):
    first = render(whole, "docx", lang, EVIDENCE)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render(whole, "docx", lang, EVIDENCE) == first


@pytest.mark.parametrize(
    "name", ["<b>&amp;]]></b>", "{{7*7}} {% raw %} ${x} %(y)s", "MERGEFIELD x \\* MERGEFORMAT", "=1+1", "𰻝𱁬 机床 🏭"]
)
def test_a_hostile_name_is_written_as_it_is(whole, name):
    firm = whole.firm.model_copy(update={"name": Text(zh=name, en=name)})
    content = render(whole.model_copy(update={"firm": firm}), "docx", "en", EVIDENCE)
    read = docx.Document(io.BytesIO(content))
    assert name in read.core_properties.title
    assert any(name in paragraph.text for paragraph in read.paragraphs)
    assert set(re.findall(r"<w:instrText[^>]*>([^<]*)", member(content, "word/document.xml"))) == {TOC}


@pytest.mark.parametrize("nasty", ["<b>&\x00\x08", "<b>&\x1b\x7f\x9b", "<b>&\ud800\ufffe\uffff", "<b>\u202e&"])
def test_characters_no_file_may_hold_are_left_out_wherever_they_stand(plain_document, nasty):
    everywhere = Bullets((Line(nasty, marks=(nasty,), aside=nasty),))
    document = dataclasses.replace(
        with_blocks(plain_document, everywhere, Heading(nasty), Callout(nasty, (Line(nasty),))),
        firm=nasty, about=nasty, verdict=nasty, sentence=nasty, footer=nasty,
    )  # fmt: skip
    read = opened(document)
    assert read.core_properties.title.endswith("<b>&")
    assert said(read).count("<b>&") >= 9
    assert not re.search("[\x00-\x08\x1b\x7f\x9b\u202e\ufffe\uffff]", said(read))


def test_a_name_longer_than_the_properties_hold_is_whole_on_the_page(plain_document):
    name = "很长的名字" * 100
    read = opened(dataclasses.replace(plain_document, firm=name))
    assert len(read.core_properties.title) <= 255
    assert name in read.paragraphs[0].text


@pytest.mark.parametrize(("lang", "code"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_the_file_says_its_title_and_language_and_sets_chinese_in_a_chinese_font(whole, lang, code):
    content = render(whole, "docx", lang, EVIDENCE)
    read = docx.Document(io.BytesIO(content))
    assert read.core_properties.language == code
    assert whole.firm.name[lang] in read.core_properties.title
    styles = member(content, "word/styles.xml")
    assert styles.count('w:eastAsia="Microsoft YaHei"') >= 6
    assert re.search(r'<w:lang w:val="en-GB" w:eastAsia="zh-CN"', styles)
    assert "等线" in member(content, "word/fontTable.xml")
    for script in ("Hans", "Jpan"):
        assert f'w:eastAsia="{script}"' not in styles
    assert "ja-JP" not in member(content, "word/settings.xml")


def test_pages_are_a4_and_numbered(whole):
    content = render(whole, "docx", "en", EVIDENCE)
    section = docx.Document(io.BytesIO(content)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    [footer] = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "footer" in name and "rels" not in name]
    assert re.findall(r"<w:instrText[^>]*>([^<]*)", member(content, footer)) == ["PAGE"]
    assert re.findall(r'w:fldCharType="(\w+)"', member(content, footer)) == ["begin", "separate", "end"]


def test_a_chapter_with_a_page_of_its_own_begins_one(pair):
    document, read = pair
    pages = [p.paragraph_format.page_break_before for p in read.paragraphs if p.style.name == "Heading 1"]
    assert [bool(page) for page in pages] == [True, *(chapter.page for chapter in document.chapters[1:]), True]


def test_the_command_line_starts_without_what_only_word_needs():
    code = (
        "import sys, advisor.cli.main, advisor.reporting; assert not {m for m in sys.modules if m.split('.')[0] == 'docx'}"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).stderr == b""
