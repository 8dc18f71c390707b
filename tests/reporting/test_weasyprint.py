"""PDF by WeasyPrint: what documents share while they are rendered, and that nothing of one is left in the next."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from advisor.assessment import assess
from advisor.reporting import build_document
from advisor.reporting.html import render_html
from advisor.reporting.weasyprint import render_pdf, warm_up

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents(knowledge, firms):
    """Three small documents that differ in words, language and fonts: the first chapters of real reports."""
    from dataclasses import replace

    documents = []
    for name, lang, first in (("machine_tool_maker", "zh", 0), ("city_bank", "en", 2), ("small_haulier", "zh", 4)):
        document = build_document(assess(firms[name], knowledge), lang, "evidence")
        documents.append(replace(document, chapters=document.chapters[first : first + 2], sources=document.sources[:1]))
    return documents


@pytest.mark.slow
def test_a_document_is_the_same_whatever_was_rendered_before_it(documents):
    first = [render_pdf(document) for document in documents]
    assert [render_pdf(document) for document in reversed(documents)] == first[::-1]


@pytest.mark.slow
def test_threads_render_the_same_at_once_as_one_alone(documents):
    alone = [render_pdf(document) for document in documents]
    rendered: list[bytes] = [b""] * len(documents)

    def render_one(number: int) -> None:
        rendered[number] = render_pdf(documents[number])

    threads = [threading.Thread(target=render_one, args=(number,)) for number in range(len(documents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rendered == alone
    assert gc.isenabled()


@pytest.mark.slow
def test_a_forked_process_renders_the_same_and_exits_cleanly(documents):
    """In a process of its own: a fork here would carry the threads of the tests along; Python's end must not crash."""
    script = (
        "import os, sys, pickle, hashlib\n"
        "from advisor.reporting.weasyprint import render_pdf, warm_up\n"
        "document = pickle.load(sys.stdin.buffer)\n"
        "warm_up()\n"
        "child = os.fork()\n"
        "print(hashlib.sha256(render_pdf(document)).hexdigest() + chr(10), end='', flush=True)\n"
        "if not child: os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    import hashlib
    import pickle

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [sys.executable, "-c", script], input=pickle.dumps(documents[0]), capture_output=True, env=environment, check=False
    )
    assert process.returncode == 0, process.stderr.decode()
    assert process.stdout.decode().split() == [hashlib.sha256(render_pdf(documents[0])).hexdigest()] * 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_the_same_tree_read_as_xml_and_as_html(knowledge, firms, lang):
    import defusedxml.ElementTree
    from weasyprint import HTML

    page = render_html(build_document(assess(firms["small_haulier"], knowledge), lang, "evidence"), css="")
    assert outline(defusedxml.ElementTree.fromstring(page)) == outline(HTML(string=page).etree_element)


def outline(root):
    """Every element with its text and attributes; a name space is no attribute, space around the body no text."""
    return [
        (
            element.tag,
            (element.text or "").strip(),
            (element.tail or "").strip(),
            {k: v for k, v in element.items() if "xmlns" not in k},
        )
        for element in root.iter()
    ]


@pytest.mark.slow
def test_a_page_that_is_not_xml_is_rendered_all_the_same(documents, monkeypatch):
    page = render_html(documents[0], css="")
    monkeypatch.setattr(
        "advisor.reporting.weasyprint.renderer.render_html", lambda *_, **__: page.replace("</main>", "<br>\x01</main>")
    )
    assert render_pdf(documents[0]).startswith(b"%PDF-1.7")


def test_warming_up_freezes_what_stays_for_the_garbage_collector():
    try:
        warm_up()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
