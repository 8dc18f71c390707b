"""What documents share while they are drawn: nothing of one is left in the next."""

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
from advisor.reporting.pdf.renderer import render_pdf, warm_up

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def papers(knowledge, firms):
    """Three small documents that differ in words, language and fonts: the first chapters of real reports."""
    from dataclasses import replace

    made = []
    for name, lang, first in (("machine_tool_maker", "zh", 0), ("city_bank", "en", 2), ("small_haulier", "zh", 4)):
        document = build_document(assess(firms[name], knowledge), lang)
        made.append(replace(document, chapters=document.chapters[first : first + 2], sources=document.sources[:1]))
    return made


@pytest.mark.slow
def test_a_document_is_the_same_whatever_was_drawn_before_it(papers):
    first = [render_pdf(paper) for paper in papers]
    assert [render_pdf(paper) for paper in reversed(papers)] == first[::-1]


@pytest.mark.slow
def test_threads_that_draw_at_once_draw_what_one_alone_does(papers):
    alone = [render_pdf(paper) for paper in papers]
    drawn: list[bytes] = [b""] * len(papers)

    def draw(number: int) -> None:
        drawn[number] = render_pdf(papers[number])

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(len(papers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == alone
    assert gc.isenabled()


@pytest.mark.slow
def test_a_divided_process_draws_the_same_and_ends_well(papers):
    """In a process of its own: a fork here would carry the threads of the tests along; Python's end must not crash."""
    script = (
        "import os, sys, pickle, hashlib\n"
        "from advisor.reporting.pdf import render_pdf, warm_up\n"
        "paper = pickle.load(sys.stdin.buffer)\n"
        "warm_up()\n"
        "child = os.fork()\n"
        "print(hashlib.sha256(render_pdf(paper)).hexdigest(), flush=True)\n"
        "if not child: os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    import hashlib
    import pickle

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], input=pickle.dumps(papers[0]), capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().split() == [hashlib.sha256(render_pdf(papers[0])).hexdigest()] * 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_the_same_tree_read_as_xml_and_as_html(knowledge, firms, lang):
    import defusedxml.ElementTree
    from weasyprint import HTML

    page = render_html(build_document(assess(firms["small_haulier"], knowledge), lang), css="")
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
def test_a_page_that_is_no_xml_is_drawn_all_the_same(papers, monkeypatch):
    page = render_html(papers[0], css="")
    monkeypatch.setattr(
        "advisor.reporting.pdf.renderer.render_html", lambda *_, **__: page.replace("</main>", "<br>\x01</main>")
    )
    assert render_pdf(papers[0]).startswith(b"%PDF-1.7")


def test_warming_up_tells_the_collector_to_leave_alone_what_stays():
    try:
        warm_up()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
