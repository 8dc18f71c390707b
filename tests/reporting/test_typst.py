"""The report set by Typst: all that WeasyPrint's has, on pages that look alike; text of a firm is never markup."""

from __future__ import annotations

import dataclasses
import io
import os
import pickle
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest

from advisor.errors import InputError, RenderError
from advisor.insight.full_assessment import assess_fully
from advisor.reporting import build_document, render
from advisor.reporting.attachment import read_attachment
from advisor.reporting.document import (
    Branch,
    Bullets,
    Callout,
    Card,
    Cards,
    Cell,
    Chapter,
    Chart,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    SourceEntry,
    Table,
)
from advisor.reporting.look import Look, Theme
from advisor.reporting.source_marks import source_mark
from advisor.reporting.typst import Typesetter, render_typst
from advisor.text import LANGS, Text

pytest.importorskip("typst")
pytestmark = pytest.mark.slow

TYPST = Look("evidence", engine="typst")
PLAIN_THEME = Theme()
MILLIMETRE = 72 / 25.4
NASTY = [
    "#let x = 1; #panic()", "#include \"/etc/passwd\"", "#read(\"report.typ\")", "$ sum x $ [b] \\ \\u{41} ~ @foo <bar>",
    "*bold* _soft_ `raw` // gone /* gone */ = head", "- - -- --- ... 'q' \"q\"", "{{ 7*7 }} <script>alert(1)</script> &amp;",
]  # fmt: skip


@pytest.fixture(scope="module")
def assessment(knowledge, firms):
    return assess_fully(firms["machine_tool_maker"], knowledge, date(2026, 11, 23))


@pytest.fixture(scope="module")
def documents(assessment):
    return {lang: build_document(assessment, lang, "evidence") for lang in LANGS}


@pytest.fixture(scope="module")
def pdfs(assessment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("typst")
    for lang in LANGS:
        (folder / f"{lang}.pdf").write_bytes(render(assessment, "pdf", lang, TYPST))
    return folder


def said(path, *options: str, crop: bool = True) -> str:
    """The text of a PDF without spaces, as it stands in the file; without head and foot of the pages where cropped."""
    return bare(extracted(path, *options, *(band(22, 278) if crop else ())))


def extracted(path, *options: str) -> str:
    done = subprocess.run(["pdftotext", "-raw", *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def band(top: float, bottom: float) -> list[str]:
    """What has ``pdftotext`` read between two heights of each page, in millimetres."""
    edges = {"-x": 0, "-W": 210, "-y": top, "-H": bottom - top}
    return [word for name, at in edges.items() for word in (name, f"{at * MILLIMETRE:.0f}")]


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def texts(node: object) -> Iterator[str]:
    """Every text of a document but the parts of a drawing, which may shorten or hide them."""
    match node:
        case Line():
            cites = (name if name == "nowhere" else source_mark(name) for name in node.cites)  # nowhere: of no list
            yield from (node.text, *node.marks, node.aside, *cites)
        case Chart():
            yield node.title
        case SourceEntry():
            claims = tuple((source_mark(name), place, claim) for name, place, claim in node.claims)
            yield from texts((node.title, node.detail, node.about, claims))
        case Chapter() | Document():
            skipped = {"id", "lang", "tone", "footer", "page_word", "contents_title", "brief"}
            names = [field.name for field in dataclasses.fields(node) if field.name not in skipped]
            for name in names:
                yield from texts(getattr(node, name))
        case str():
            yield node
        case tuple():
            for part in node:
                yield from texts(part)
        case _ if dataclasses.is_dataclass(node):
            for field in dataclasses.fields(node):
                if field.name != "tone":
                    yield from texts(getattr(node, field.name))


def missing(document: Document, text: str) -> list[str]:
    """Lines that do not stand in the text in one piece."""
    return [line for line in map(bare, texts(document)) if line not in text]


def lost(document: Document, text: str) -> Counter[str]:
    """Characters the text has too few of: what runs over pages stands there in pieces."""
    return Counter(bare("".join(texts(document)))) - Counter(text)


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_of_every_block_is_on_a_page(pdfs, documents, lang):
    assert len(list(texts(documents[lang]))) > 1000
    assert missing(documents[lang], said(pdfs / f"{lang}.pdf")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_but_the_cover_says_whose_it_is_and_where_it_stands(pdfs, documents, lang):
    document, reader = documents[lang], pypdf.PdfReader(pdfs / f"{lang}.pdf")
    count = len(reader.pages)
    starts = {item.title: reader.get_destination_page_number(item) + 1 for item in chapters_of(reader)}
    titles = [*(chapter.title for chapter in document.chapters), document.sources_title]
    assert [bare(name) for name in starts] == [f"{number}{bare(title)}" for number, title in enumerate(titles, 1)]
    heads, feet = (extracted(pdfs / f"{lang}.pdf", *band(*edges)).split("\f") for edges in ((0, 21), (278, 297)))
    for number in range(2, count + 1):
        begun = [name for name, start in starts.items() if start < number] or [""]
        first = [name for name, start in starts.items() if start == number]
        chapters = {re.sub(r"^\d+", "", bare(name)) for name in (begun[-1], *first[:1])}
        assert bare(heads[number - 1]) in {bare(document.firm) + chapter for chapter in chapters}
        assert bare(feet[number - 1]) == f"{bare(document.footer)}{number}/{count}"


@pytest.mark.parametrize("lang", LANGS)
def test_contents_give_the_page_each_chapter_starts_on(pdfs, lang):
    reader = pypdf.PdfReader(pdfs / f"{lang}.pdf")
    contents = re.sub(r"[\s.]", "", reader.pages[1].extract_text())
    for item in chapters_of(reader):
        assert re.sub(r"[\s.]", "", item.title) + str(reader.get_destination_page_number(item) + 1) in contents


def chapters_of(reader: pypdf.PdfReader):
    return [item for item in reader.outline if not isinstance(item, list)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_says_that_it_is_tagged_in_which_language_and_what_it_is_called(pdfs, documents, lang):
    reader = pypdf.PdfReader(pdfs / f"{lang}.pdf")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == {"zh": "zh-CN", "en": "en-GB"}[lang]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == f"{documents[lang].title} – {documents[lang].firm}"
    assert "/CreationDate" not in reader.metadata


def test_readers_of_tags_find_headings_lists_tables_with_heads_and_described_drawings(pdfs, documents):
    reader = pypdf.PdfReader(pdfs / "en.pdf")
    elements = list(structure(reader.trailer["/Root"]["/StructTreeRoot"]))
    kinds = [element["/S"] for element in elements]
    blocks = [block for chapter in documents["en"].chapters for block in chapter.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert kinds.count("/Table") == len(tables)
    assert kinds.count("/TH") == sum(len(table.columns) for table in tables)
    assert kinds.count("/H1") == len(documents["en"].chapters) + 2
    assert {"/H2", "/L", "/LI", "/LBody", "/P", "/Link"} <= set(kinds)
    described = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert described == [block.alternative for block in blocks if isinstance(block, Chart)]


def structure(node) -> Iterator[pypdf.generic.DictionaryObject]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from structure(child)


def test_citations_lead_to_the_claim_they_name(pdfs, documents):
    reader = pypdf.PdfReader(pdfs / "en.pdf")
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    start = starts_of(reader)["Sources"]
    notes = [note.get_object() for page in reader.pages[2:start] for note in page.get("/Annots", [])]
    targets = [numbers[destination(note).idnum] for note in notes]
    cited = [cite for chapter in documents["en"].chapters for cite in cites(chapter)]
    assert len(targets) >= len(cited) > 300
    assert min(targets) >= start


def destination(note):
    """The page a link leads to, as the file refers to it."""
    found = note["/Dest"] if "/Dest" in note else note["/A"]["/D"]
    return next(iter(found)) if isinstance(found, list) else None


def cites(node: object) -> Iterator[str]:
    if isinstance(node, Line):
        yield from node.cites
    elif isinstance(node, tuple):
        for part in node:
            yield from cites(part)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from cites(getattr(node, field.name))


def test_the_same_report_gives_the_same_bytes_whatever_was_set_before(assessment, documents, pdfs):
    render_typst(documents["zh"], Theme())
    assert render(assessment, "pdf", "en", TYPST) == (pdfs / "en.pdf").read_bytes()


def test_another_process_gives_the_same_bytes(tmp_path):
    document = tmp_path / "document.pickle"
    document.write_bytes(pickle.dumps(hostile("a")))
    program = (
        "import pickle, sys; from advisor.reporting.typst import render_typst; from advisor.reporting.look import Theme;"
        f"sys.stdout.buffer.write(render_typst(pickle.load(open({str(document)!r}, 'rb')), Theme()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == render_typst(hostile("a"), Theme())


# --- text from outside ------------------------------------------------------------------------------------------------


def hostile(word: str, rows: int = 2) -> Document:
    """A document that says ``word`` wherever a text may stand, each place marked by a number of its own; the start of it
    where a text is always one of ours, such as the head of a column."""
    numbers = iter(range(100_000))

    def say() -> str:
        return f"{next(numbers)}. {word}"

    def name() -> str:
        return f"{next(numbers)}. {word[:40]}"

    def line() -> Line:
        return Line(say(), ("P1-01", "nowhere"), (name(),), say())

    table = Table(
        say(), (name(), name(), name()), (8, 50, 42),
        tuple((Cell(line()), Cell(line(), "bad", strong=True), Cell(line(), numeric=True)) for _ in range(rows)),
    )  # fmt: skip
    blocks = (
        Heading(say()), Paragraph(line(), "quiet"), Bullets((line(), line())), Bullets((line(),), numbered=True),
        Callout(say(), (line(),), "good"), KeyFigures((KeyFigure(say(), say(), say()),) * 3), table,
        Cards((Card(say(), name()[:12], "caution", ((name(), line()),)),)), Outline((Branch(line(), (Branch(line()),)),)),
    )  # fmt: skip
    sources = (SourceEntry(say(), say(), say(), (("P1-01", say(), say()),)),)
    chapters = (Chapter("one", name(), blocks, page=True), Chapter("two", name(), ()))
    return Document(
        lang="en", title=name(), firm=say(), about=say(), date=name(), verdict=name(), sentence=say(), tone="good",
        footer=name(), contents_title=name(), page_word="Page", chapters=chapters, sources_title=name(), sources_note=say(),
        sources=sources, version=say(),
    )  # fmt: skip


def written(document: Document, tmp_path, theme: Theme = PLAIN_THEME):
    path = tmp_path / "report.pdf"
    path.write_bytes(render_typst(document, theme))
    return path


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_text_is_text_wherever_it_stands(nasty, tmp_path):
    document = hostile(nasty)
    path = written(document, tmp_path)
    assert missing(document, said(path)) == []
    reader = pypdf.PdfReader(path)
    assert reader.metadata.title == f"{document.title} – {document.firm}"
    assert not reader.attachments


@pytest.mark.parametrize("name", ["a" * 500, "长" * 500, "W" * 61 + "字" * 3 + "i" * 500, "http://a.example/" + "b/" * 200])
def test_words_longer_than_their_line_are_broken_and_nothing_leaves_the_page(name, tmp_path):
    document = hostile(name)
    path = written(document, tmp_path)
    assert not lost(document, said(path, crop=False))
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)]
    low = [float(edge) for edge in re.findall(r'yMax="([\d.]+)"', boxes)]
    assert max(right) <= 191 * MILLIMETRE
    assert max(low) <= 297 * MILLIMETRE


def test_a_table_of_hundreds_of_rows_repeats_its_head_on_every_page(tmp_path):
    document = hostile("row", rows=150)
    path = written(document, tmp_path)
    assert missing(document, said(path)) == []
    table = document.chapters[0].blocks[6]
    assert said(path).count(bare(table.columns[1])) >= 8


def test_what_is_taller_than_a_page_goes_on_on_the_next(tmp_path):
    document = hostile("A long story. " * 300)
    assert not lost(document, said(written(document, tmp_path), crop=False))


def test_controls_and_overrides_are_left_out_and_what_stands_around_them_stays(tmp_path):
    document = hostile("one\x00two\x1bthree\u202efour\u2066five\ufffe\ud800six\n\n seven")
    text = said(written(document, tmp_path))
    assert text.count("onetwothreefourfivesixseven") > 30


def test_a_character_no_font_has_does_not_cost_the_report(tmp_path):
    path = written(hostile("name \U0010fffd end"), tmp_path)
    reader = pypdf.PdfReader(path)
    assert said(path).replace("\U0010fffd", "").count("nameend") > 30
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" not in reader.trailer["/Root"]["/Metadata"].get_data().decode()


# --- themes and machines ----------------------------------------------------------------------------------------------

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
THEME = Theme(Text(zh="某某咨询", en="Example Consulting"), "#0b5d3b", PIXEL, "image/png")


def test_a_theme_gives_name_colour_and_logo(tmp_path):
    path = written(hostile("a"), tmp_path, THEME)
    assert "ExampleConsulting" in said(path, "-l", "1", crop=False)
    assert pypdf.PdfReader(path).metadata.author == "Example Consulting"
    assert len(pypdf.PdfReader(path).pages[0].images) == 1
    assert (11, 93, 59) in colours(path, 1)
    assert (20, 50, 79) not in colours(path, 1)


def test_a_logo_reaches_no_file(tmp_path):
    for address in ("file:///etc/hostname", "/etc/hostname", "look.typ", "http://127.0.0.1:9/x.png"):
        inside = f'<image href="{address}" width="9" height="9"/>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'
        with pytest.raises(RenderError, match="Typst could not set"):
            render_typst(hostile("a"), Theme(logo=drawing.encode(), logo_type="image/svg+xml"))


def test_a_brief_document_has_neither_cover_nor_contents_nor_sources(tmp_path):
    document = dataclasses.replace(hostile("a"), brief=True)
    path = written(document, tmp_path, THEME)
    reader = pypdf.PdfReader(path)
    assert [item.title for item in chapters_of(reader)] == [chapter.title for chapter in document.chapters]
    text = said(path, crop=False)
    assert text.startswith(bare(document.title + document.firm))
    assert "ExampleConsulting" in text
    assert bare(document.contents_title) not in text
    assert bare(document.sources_note) not in text


def test_data_is_attached_as_a_file(tmp_path):
    content = render_typst(hostile("a"), Theme(), '{"firm": "某企业"}'.encode())
    assert pypdf.PdfReader(io.BytesIO(content)).attachments == {"assessment.json": ['{"firm": "某企业"}'.encode()]}


def test_readers_of_pdf_find_nothing_to_warn_of(pdfs):
    for lang in LANGS:
        done = subprocess.run(["pdfinfo", str(pdfs / f"{lang}.pdf")], capture_output=True, text=True, check=True)
        assert done.stderr == "" and "Tagged:          yes" in done.stdout


def test_a_report_opens_again_as_the_assessment_it_carries(assessment, pdfs):
    assert read_attachment((pdfs / "zh.pdf").read_bytes(), "zh.pdf") == assessment.to_json().encode("utf-8")


def test_the_owners_edition_has_two_pages_and_all_its_text(assessment, tmp_path):
    path = tmp_path / "owner.pdf"
    path.write_bytes(render(assessment, "pdf", "en", Look(edition="summary", engine="typst")))
    document = build_document(assessment, "en", "summary")
    captions = {bare(block.caption) for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)}
    unprinted = captions | {
        bare(text) for text in (document.verdict, document.sentence, document.sources_note, document.version)
    }
    unprinted |= {bare(text) for text in (document.sources_title, *texts(document.sources))}
    assert len(pypdf.PdfReader(path).pages) == 2
    assert set(missing(document, said(path, crop=False))) <= unprinted


def test_templates_of_ones_own_are_refused():
    with pytest.raises(InputError, match="only the engine weasyprint"):
        render_typst(hostile("a"), Theme(templates=(("report.html", "<p>"),)))


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(RenderError, match=r"'\.\[typst\]'"):
        Typesetter()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize(("used", "outcome"), [(True, "typst_forked"), (False, "%PDF")])
def test_a_process_forked_off_one_that_set_a_report_says_so_and_does_not_hang(tmp_path, used, outcome):
    document = tmp_path / "document.pickle"
    document.write_bytes(pickle.dumps(hostile("a")))
    program = f"""if True:
        import os, pickle
        from advisor.errors import RenderError
        from advisor.reporting.look import Theme
        from advisor.reporting.typst import render_typst, typesetter
        document = pickle.load(open({str(document)!r}, "rb"))
        typesetter()
        if {used}:
            render_typst(document, Theme())
        if os.fork():
            os.wait()
        else:
            try:
                print(render_typst(document, Theme())[:4].decode(), flush=True)
            except RenderError as error:
                print(error.key, flush=True)
            os._exit(0)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == outcome


# --- the same report by WeasyPrint ------------------------------------------------------------------------------------


def colours(path, page: int) -> set[tuple[int, int, int]]:
    """Colours that fill at least a thousandth of a page."""
    picture = pictures(path, page, page)[0]
    whole = picture.width * picture.height
    return {colour for count, colour in picture.getcolors(whole) if count > whole / 1000}


def pictures(path, first: int = 1, last: int = 999):
    """Pages as pictures, 50 dots an inch."""
    from PIL import Image

    options = ["-r", "50", "-f", str(first), "-l", str(last)]
    found = subprocess.run(["pdftoppm", *options, str(path)], capture_output=True, check=True).stdout
    stream, pages = io.BytesIO(found), []
    while stream.tell() < len(found):
        start = stream.tell()
        _, size, _ = stream.readline(), stream.readline(), stream.readline()
        width, height = map(int, size.split())
        pages.append(Image.frombytes("RGB", (width, height), stream.read(3 * width * height)))
        assert stream.tell() > start
    return pages


@pytest.fixture(scope="module")
def both_engines(assessment, pdfs, tmp_path_factory):
    """The Chinese report by both engines: pages as pictures, and where chapters start."""
    other = tmp_path_factory.mktemp("weasyprint") / "zh.pdf"
    other.write_bytes(render(assessment, "pdf", "zh", Look("evidence")))
    return [(pictures(path), starts_of(pypdf.PdfReader(path)), path) for path in (other, pdfs / "zh.pdf")]


def starts_of(reader: pypdf.PdfReader) -> dict[str, int]:
    """The first page of each chapter by its title; only Typst puts the number of a chapter into its bookmark."""
    return {bare(item.title).lstrip("0123456789"): reader.get_destination_page_number(item) for item in chapters_of(reader)}


def test_both_engines_need_about_as_many_pages_and_start_chapters_alike(both_engines):
    (theirs, their_starts, _), (ours, our_starts, _) = both_engines
    apart = 0.08 * len(theirs)  # a line more in a hundred rows of tables adds up
    assert abs(len(theirs) - len(ours)) <= apart
    assert list(their_starts) == list(our_starts)
    assert all(abs(page - our_starts[title]) <= apart for title, page in their_starts.items())


def test_both_engines_say_the_same(both_engines):
    theirs, ours = (
        Counter(said(path)) for *_, path in both_engines
    )  # heads of tables stand on more pages of one than the other
    differing = {
        char: ours[char] - theirs[char] for char in {*theirs, *ours} if ours[char] != theirs[char] and char not in ".·•"
    }
    assert sum(map(abs, differing.values())) < 0.003 * ours.total(), differing


A_LINE = 16


def test_covers_have_the_same_colours_in_the_same_places(both_engines):
    (weasyprint_pages, _, _), (typst_pages, _, _) = both_engines
    bar, box, paper = (20, 50, 79), (248, 238, 217), (255, 255, 255)
    for colour in (bar, box, paper):
        their_extent, our_extent = (extent(pages[0], colour) for pages in (weasyprint_pages, typst_pages))
        assert their_extent is not None
        assert our_extent is not None
        *sides, bottom = (abs(a - b) for a, b in zip(their_extent, our_extent, strict=True))
        assert max(sides) <= 3
        assert bottom <= (A_LINE if colour == box else 3)  # a sentence may take a line more in one of them


def extent(picture, colour: tuple[int, int, int]):
    """The box around all dots of a colour."""
    from PIL import Image, ImageChops

    plain = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).convert("L")
    return plain.point(lambda value: 255 * (value < 3)).getbbox()


def test_first_pages_of_chapters_look_alike(both_engines, documents):
    (theirs, their_starts, _), (ours, our_starts, _) = both_engines
    own_page = [bare(chapter.title) for chapter in documents["zh"].chapters if chapter.page]
    pairs = [(ink(theirs[their_starts[title]]), ink(ours[our_starts[title]])) for title in own_page]
    alike = [likeness(their_ink, our_ink) for their_ink, our_ink in pairs]
    assert all(
        0.7 < sum(our_ink) / sum(their_ink) < 1.45 for their_ink, our_ink in pairs
    )  # a card more or less fits on a page
    assert min(alike) > 0.6
    assert statistics.median(alike) > 0.95


def ink(picture) -> list[int]:
    """How dark each of sixty fields of a page is."""
    return [255 - value for value in picture.convert("L").resize((6, 10)).tobytes()]


def likeness(one: list[int], other: list[int]) -> float:
    """1 where ink is spread over two pages alike, 0 where there is no likeness."""
    return statistics.correlation(one, other)


def test_pages_that_have_nothing_to_do_with_each_other_are_told_apart(both_engines):
    pages = both_engines[0][0]
    assert likeness(ink(pages[1]), ink(pages[5])) < 0.7
    assert extent(pages[3], (248, 238, 217)) is None
