"""A client's theme: read with every mistake told, kept from doing anything but look different, and seen in each format."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from advisor.assessment import assess
from advisor.errors import InputError, ProblemsError
from advisor.interview.answer_files import parse_answers
from advisor.reporting import build_document, render
from advisor.reporting.formats import document_to_pdf
from advisor.reporting.html import render_html
from advisor.reporting.look import ENGINE_NAMES, Look, Theme
from advisor.reporting.theme import read_theme
from advisor.reporting.word import render_docx

SOUND = "name: {zh: 某某咨询, en: Example Consulting}\ncolour: {accent: '#0b5d3b'}\nlogo: logo.svg\ntemplates: pages\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"><rect width="120" height="30" fill="#0b5d3b"/></svg>'


def png(width: int = 4, height: int = 4) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\x0b\x5d\x3b" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def client(tmp_path) -> Path:
    """A folder with a sound theme: theme.yaml, logo.svg, pages/report.css."""
    folder = tmp_path / "client"
    (folder / "pages").mkdir(parents=True)
    (folder / "theme.yaml").write_text(SOUND, "utf-8")
    (folder / "logo.svg").write_text(SVG, "utf-8")
    (folder / "pages" / "report.css").write_text("h2 { letter-spacing: 0.4pt; }", "utf-8")
    return folder


@pytest.fixture(scope="module")
def assessment(small):
    return assess(parse_answers("firm: {name: 某企业}\nwish: 5".encode(), "firm.yaml", small), small, date(2026, 1, 5))


@pytest.fixture(scope="module")
def document(assessment):
    return build_document(assessment, "en", "evidence")


def told(folder: Path) -> list[tuple[str, int, str]]:
    """The mistakes in a theme: code, line and message."""
    with pytest.raises(ProblemsError) as caught:
        read_theme(folder / "theme.yaml")
    return [(problem.code, problem.place.line, problem.message("en")) for problem in caught.value.problems]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_sound_theme_is_read_with_all_it_names(client):
    theme = read_theme(client / "theme.yaml")
    assert theme.name is not None and theme.name.en == "Example Consulting"
    assert (theme.accent, theme.logo_type, theme.logo) == ("#0b5d3b", "image/svg+xml", SVG.encode())
    assert theme.templates == (("report.css", "h2 { letter-spacing: 0.4pt; }"),)


def test_every_mistake_is_reported_at_once_with_its_line(client):
    (client / "theme.yaml").write_text(
        "name: {zh: 某某咨询, en: Example}\ncolour:\n  accent: '#f2e205'\nlogo: ../secret.png\ntemplates: nowhere\n", "utf-8"
    )
    assert [(code, line) for code, line, _ in told(client)] == [("T102", 3), ("T108", 4), ("T107", 5)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("colour: {accent: '#0b5d3b'}", "T101", 1),
        ("name: {zh: 甲}", "T101", 1),
        ("name: {zh: 甲, en: A}\ncolour: {accent: 'red; } body { display: none'}", "T101", 2),
        ("name: {zh: 甲, en: A}\ncolour: {accent: '#fff'}", "T101", 2),
        ("name: {zh: 甲, en: A}\nfont: Comic Sans", "T101", 2),
        ("name: {zh: 甲, en: A}\nlogo: missing.png", "T103", 2),
        ("name: {zh: 甲, en: A}\nlogo: /etc/passwd", "T108", 2),
        ("name: {zh: 甲, en: A}\ntemplates: .", "T108", 2),
        (f"name:\n  zh: {'甲' * 81}\n  en: A", "T106", 2),
        ("name: {zh: 甲, en: A}\nlogo: ]", "K001", 2),
    ],
)
def test_a_mistake_has_its_code_and_line(client, text, code, line):
    (client / "theme.yaml").write_text(text, "utf-8")
    assert (code, line) in [(found, place) for found, place, _ in told(client)]


def test_a_link_out_of_the_folder_is_refused(client):
    outside = client.parent / "outside.png"
    outside.write_bytes(png())
    (client / "logo.svg").unlink()
    (client / "logo.svg").symlink_to(outside)
    (client / "pages" / "blocks.html").symlink_to("/etc/hostname")
    assert [code for code, _, _ in told(client)] == ["T108", "T108"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"GIF89a" + bytes(40), "neither PNG, JPEG nor SVG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "broken"),
        (png()[:45], "broken"),
        (png(4001, 1), "4000 pixels"),
        (SVG.encode() + b" " * 500_000, "500 KB|too large|larger"),
        (SVG.replace("<rect", "<script>alert(1)</script><rect").encode(), "script"),
        (SVG.replace("<rect", '<rect onload="x()"').encode(), "onload"),
        (SVG.replace("<rect", '<image href="http://example.com/a.png"/><rect').encode(), "image"),
        (SVG.replace("<rect", "<foreignObject/><rect").encode(), "foreignobject"),
        (SVG.replace('fill="#0b5d3b"', 'fill="url(http://example.com/a)"').encode(), "fill"),
        (SVG.replace("<rect", "<style>@import 'http://example.com/a.css';</style><rect").encode(), "style"),
        (('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG).encode(), "entities"),
        (SVG.replace("<rect", "<g>" * 40 + "</g>" * 40 + "<rect").encode(), "intricate"),
        (SVG.replace("</svg>", "").encode(), "broken"),
    ],
)
def test_a_logo_that_is_not_what_it_should_be_is_refused_with_the_reason(client, content, says):
    (client / "logo.svg").write_bytes(content)
    ((code, line, message),) = told(client)
    assert code in ("T103", "T104") and line == 3 and re.search(says, message)


def test_a_logo_may_refer_to_its_own_parts(client):
    gradient = '<defs><linearGradient id="g"><stop offset="0" stop-color="#000"/></linearGradient></defs>'
    (client / "logo.svg").write_text(SVG.replace("<rect", gradient + "<rect").replace('"#0b5d3b"', '"url(#g)"'), "utf-8")
    assert read_theme(client / "theme.yaml").logo_type == "image/svg+xml"


# --- templates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("report.html", "<html>\n<script>x()</script>", 2),
        ("report.html", '<head></head>\n\n<img src="https://example.com/pixel.png">', 3),
        ("report.html", "<body onload='x()'>", 1),
        ("blocks.html", "{% macro block(b) %}\n{% endfor %}", 2),
        ("report.css", "h2 { color: red }\nh1 { background: url(http://example.com/a.png) }", 2),
        ("report.css", "@import 'http://example.com/a.css';", 1),
        ("report.css", "h1 { background: u\\72l(http://example.com) }", 1),
        ("report.css", "h1 {}</style><script>", 1),
    ],
)
def test_a_template_that_would_run_or_fetch_is_refused_with_its_line(client, name, text, line):
    (client / "pages" / name).write_text(text, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_theme(client / "theme.yaml")
    (problem,) = caught.value.problems
    assert problem.place.file.endswith(name) and problem.place.line == line


def test_only_templates_lie_in_the_folder_and_they_are_not_large(client):
    (client / "pages" / "notes.txt").write_text("x", "utf-8")
    (client / "pages" / "report.html").write_text("x" * 200_001, "utf-8")
    assert [code for code, _, _ in told(client)] == ["T103", "T105"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ document.__class__.__init__.__globals__ }}",
        "{{ geometry.__globals__ }}",
        "{{ cite_href.__code__ }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ 'x' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ 'x'|center(999999999) }}",
        "{{ ['x']|map('format', 1)|list }}",
        "{% for i in range(100000000) %}x{% endfor %}",
        "{{ self._TemplateReference__context }}",
        "{% include '../../../../etc/passwd' %}",
        "{% include 'web/base.html' %}",
        "{{ document.chapters.append(1) }}",
        "{% set _ = document.__setattr__('firm', 'x') %}",
        "{{ document|attr('__class__') }}",
        "{{ 10 ** 10 ** 10 }}",
    ],
)
def test_a_template_reaches_nothing_but_the_document(document, text):
    theme = Theme(templates=(("report.html", f"<html><head></head>\n{text}</html>"),))
    with pytest.raises(InputError, match=r"report\.html"):
        render_html(document, theme)


def test_custom_templates_take_the_place_of_ours_and_use_the_rest(document):
    page = (
        "{% import 'report/blocks.html' as blocks %}<html><head><style>{{ css|safe }}</style></head>"
        "{% for chapter in document.chapters %}{% for b in chapter.blocks %}{{ blocks.block(b) }}"
        "{% endfor %}{% endfor %}</html>"
    )
    output = render_html(document, Theme(templates=(("report.css", "p { color: #333333 }"), ("report.html", page))))
    assert "p { color: #333333 }" in output and "<svg" in output and 'class="callout' in output
    assert "Content-Security-Policy" in output.partition("<style>")[0]


def test_all_our_templates_work_as_custom_templates(document):
    from advisor.knowledge import data_folder

    folder = data_folder("templates") / "report"
    ours = tuple((name, (folder / name).read_text("utf-8")) for name in ("blocks.html", "charts.html", "report.html"))
    themed = render_html(document, Theme(templates=ours))
    plain = render_html(document)
    assert themed.replace(themed[themed.index("<meta http-equiv") : themed.index('<meta charset="utf-8"/>')], "") == plain


# --- seen -------------------------------------------------------------------------------------------------------------


def test_name_colour_and_logo_are_on_the_page(client, document):
    page = render_html(document, read_theme(client / "theme.yaml"))
    assert '<meta name="author" content="Example Consulting"/>' in page
    assert "#0b5d3b" in page and Theme.accent not in page
    assert base64.b64encode(SVG.encode()).decode() in page and 'alt="Example Consulting"' in page


def test_word_has_name_and_colour(client, assessment):
    output = docx.Document(io.BytesIO(render(assessment, "docx", "zh", Look("evidence", read_theme(client / "theme.yaml")))))
    assert output.core_properties.author == "某某咨询"
    assert str(output.styles["Heading 1"].font.color.rgb) == "0B5D3B"


@pytest.mark.slow
def test_a_pdf_shows_the_logo_and_fetches_nothing_else(client, assessment):
    (client / "logo.svg").write_bytes(png(40, 40))
    page = PdfReader(io.BytesIO(render(assessment, "pdf", "en", Look("summary", read_theme(client / "theme.yaml"))))).pages[
        0
    ]
    (picture,) = page.images
    assert picture.image is not None and picture.image.size == (40, 40)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINE_NAMES)
def test_every_page_of_a_pdf_has_title_and_name_at_its_foot_whichever_engine_drew_it(client, document, engine):
    if engine == "typst":
        pytest.importorskip("typst")
    theme = replace(read_theme(client / "theme.yaml"), templates=())
    pdf = document_to_pdf(document, Look(theme=theme, engine=engine))
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    footer = "CRM assessment: evidence · Example Consulting"
    assert [footer in text for text in texts] == [False] + [True] * (len(texts) - 1)


def test_word_has_the_same_foot(client, document):
    output = docx.Document(io.BytesIO(render_docx(document, read_theme(client / "theme.yaml"))))
    assert output.sections[0].footer.paragraphs[0].text.startswith("CRM assessment: evidence · Example Consulting")
