"""PDF and HTML: real files, opened and read back."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from advisor.assessment import assess
from advisor.errors import InputError
from advisor.reporting import build_document, render
from advisor.reporting.html import render_html
from advisor.reporting.look import Look

pytestmark = pytest.mark.slow

EVIDENCE = Look("evidence")


@pytest.fixture(scope="module")
def assessment(knowledge, firms):
    return assess(firms["machine_tool_maker"], knowledge, date(2026, 11, 23))


@pytest.fixture(scope="module")
def pdfs(assessment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    for lang in ("zh", "en"):
        (folder / f"{lang}.pdf").write_bytes(render(assessment, "pdf", lang, EVIDENCE))
    return folder


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_chinese_text_can_be_read_back_from_the_page(pdfs, assessment):
    text = text_of(pdfs / "zh.pdf").replace(" ", "")
    for words in ("一页结论", "有条件可行", "准备度还不够", "推理记录", "出处", "2026年11月23日"):
        assert words in text
    assert assessment.conditions[0].title.zh in text
    assert "�" not in text


def test_english_text_can_be_read_back_from_the_page(pdfs, assessment):
    text = " ".join(text_of(pdfs / "en.pdf").split())
    for words in (
        "The verdict on one page",
        "Feasible on conditions",
        "Need and readiness",
        "Grounds: the rules that apply",
        "Sources",
    ):
        assert words in text
    assert assessment.firm.name.en in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_is_tagged_titled_and_of_a_sensible_length(pdfs, lang):
    reader = pypdf.PdfReader(pdfs / f"{lang}.pdf")
    assert 12 <= len(reader.pages) <= 62
    assert reader.trailer["/Root"]["/Lang"].lower().startswith(lang)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title
    assert len(chapters_of(reader)) >= 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_contents_give_the_page_each_chapter_starts_on(pdfs, assessment, lang):
    reader = pypdf.PdfReader(pdfs / f"{lang}.pdf")
    document = build_document(assessment, lang, "evidence")
    titles = [*(chapter.title for chapter in document.chapters), document.sources_title]
    starts = {item.title.replace(" ", ""): reader.get_destination_page_number(item) + 1 for item in chapters_of(reader)}
    contents = re.sub(r"[\s.]", "", reader.pages[1].extract_text())
    for number, title in enumerate(titles, 1):
        plain = title.replace(" ", "")
        page = next(n for name, n in starts.items() if name.endswith(plain))
        assert f"{number}{plain}{page}" in contents


def chapters_of(reader: pypdf.PdfReader):
    return [item for item in reader.outline if not isinstance(item, list)]


def test_the_same_assessment_gives_the_same_bytes(assessment):
    assert render(assessment, "pdf", "en", EVIDENCE) == render(assessment, "pdf", "en", EVIDENCE)


def test_an_unknown_format_is_refused(assessment):
    with pytest.raises(InputError, match="pdf, docx, pptx, html, json"):
        render(assessment, "odt", "en")


CANARY = "canary-7f3a9c"


@pytest.mark.parametrize(
    "payload",
    [
        '<img src="file://{path}">', '<link rel="stylesheet" href="file://{path}">', '<link rel="attachment" href="file://{path}">',
        '<object data="file://{path}"></object>', '<embed src="file://{path}">', '<iframe src="file://{path}"></iframe>',
        '<style>@import url("file://{path}");</style>', '<p style="background: url(file://{path})">x</p>',
        '<svg><image href="file://{path}"/></svg>', '<a rel="attachment" href="file://{path}">x</a>',
        '<style>@font-face {{ font-family: x; src: url("file://{path}") }} p {{ font-family: x }}</style><p>x</p>',
        '<img src="http://127.0.0.1:{port}/x.png">', '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
    ],
)  # fmt: skip
def test_the_renderer_reaches_no_file_and_no_network(monkeypatch, small, answers, tmp_path, payload):
    import http.server
    import threading

    from advisor.reporting import render as module

    hits: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY * 50, "utf-8")
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    document = build_document(assess(answers("wish: 5"), small), "en", "evidence")
    injected = payload.format(path=secret, port=server.server_port)
    page = render_html(document).replace("</main>", injected + "</main>")
    monkeypatch.setattr("advisor.reporting.weasyprint.renderer.render_html", lambda *_, **__: page)
    from advisor.reporting.weasyprint import render_pdf

    pdf = render_pdf(document)
    server.shutdown()
    server.server_close()
    assert module
    assert hits == []
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    streams = b"".join(
        o.get_data() for n in range(1, len(reader.xref[0]) + 1) if hasattr(o := reader.get_object(n), "get_data")
    )
    assert CANARY.encode() not in pdf + streams
    assert not reader.attachments


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "javascript:alert(1)", "file:///etc/passwd", "%PDF /JS (x)"])
def test_hostile_text_is_text_in_a_pdf(small, answers, nasty: str):
    sheet = f"firm: {{name: '{nasty}'}}\nnotes: ['{nasty}', 'https://evil.example/x']\nwish: 5"
    content = render(assess(answers(sheet), small), "pdf", "en", EVIDENCE)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert nasty in "".join(page.extract_text() for page in reader.pages)
    assert nasty in str((reader.metadata or {}).get("/Title"))
    names = set(_names(_objects(reader)))
    assert "/Type" in names
    assert not names & {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/OpenAction", "/AA", "/AcroForm", "/SubmitForm"}
    addresses = [str(item.get("/URI")) for item in _objects(reader) if isinstance(item, dict) and "/URI" in item]
    assert not [address for address in addresses if "evil" in address or "script" in address or "passwd" in address]


def _names(node: object) -> Iterator[str]:
    """The names of all entries within, and what actions call themselves."""
    if isinstance(node, dict):
        yield from node
        if "/S" in node:
            yield str(node["/S"])
        node = [value for key, value in node.items() if not isinstance(node.raw_get(key), pypdf.generic.IndirectObject)]
    if isinstance(node, list):
        for item in node:
            yield from _names(item)


def _objects(reader: pypdf.PdfReader) -> list[object]:
    """Every object of a PDF but its streams of drawing."""
    numbers = [number for xref in reader.xref.values() for number in xref] + list(reader.xref_objStm)
    found = [reader.get_object(number) for number in numbers if number]
    return [item for item in found if not hasattr(item, "get_data")]
