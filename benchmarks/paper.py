"""What a report costs on paper: a first build of ours, the one of today, and headless Chromium on the same page.

Run with ``./run bench paper [ROUNDS] [FIRMS]``. All settings take turns on the same documents in one process. Figures are
medians of seconds of processor time a document, that of other processes at work on it included; the ratios are to be read,
for the seconds are those of one machine at one hour.
"""

from __future__ import annotations

import contextlib
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from advisor.assessment import assess
from advisor.interview import read_answers
from advisor.knowledge import data_folder, load_knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Document
from advisor.reporting.html import render_html, stylesheet
from advisor.reporting.weasyprint import render_pdf
from advisor.reporting.weasyprint.engine import LogoOnlyFetcher
from advisor.text import LANGS

CHROMIUM = Path("/usr/bin/chromium")
DAY = date(2026, 11, 23)
NAIVE_CSS = "table { table-layout: auto; }"

Setting = Callable[[Document], bytes]


def documents(firms: int = 7) -> list[Document]:
    """The full reports of the sample firms in both languages."""
    knowledge = load_knowledge()
    files = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))[:firms]
    made = [assess(read_answers(file, knowledge), knowledge, DAY) for file in files]
    return [build_document(assessment, lang, "evidence") for assessment in made for lang in LANGS]


def naive(document: Document) -> bytes:
    """What a first build does: fonts looked up anew, the stylesheet inside the page, tables sized by their content."""
    page = HTML(string=render_html(document, css=stylesheet(document.brief) + NAIVE_CSS), url_fetcher=LogoOnlyFetcher())
    pdf: bytes = page.write_pdf(
        font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_identifier=document.version.encode()
    )
    return pdf


SETTINGS: dict[str, Setting] = {"WeasyPrint, first build": naive, "WeasyPrint, ours": render_pdf}


@contextlib.contextmanager
def chromium() -> Iterator[Setting | None]:
    """Headless Chromium printing from one page it keeps open; None where there is no Chromium or no way to drive it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    if not CHROMIUM.exists():
        yield None
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(offline=True)

        def draw(document: Document) -> bytes:
            page.set_content(render_html(document))
            return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield draw
        browser.close()


def processor_seconds() -> float:
    """Processor time of this process and of those it has started."""
    import psutil

    spent = time.process_time()
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            spent += times.user + times.system
    return spent


def compare(
    settings: Mapping[str, Setting],
    papers: Sequence[Document],
    rounds: int = 3,
    afresh: Callable[[Document], Document] = lambda document: document,
) -> dict[str, float]:
    """Seconds of processor time a document with each setting: medians of rounds in which all take turns, then the mean.

    ``afresh`` makes of a document one that was not drawn before, for settings that remember what they drew.
    """
    taken: dict[str, list[list[float]]] = {name: [[] for _ in papers] for name in settings}
    for draw in settings.values():
        draw(papers[0])  # warm
    for _ in range(rounds):
        for number, document in enumerate(papers):
            for name, draw in settings.items():
                new = afresh(document)
                gc.collect()
                start = processor_seconds()
                draw(new)
                taken[name][number].append(processor_seconds() - start)
    return {name: statistics.fmean(map(statistics.median, runs)) for name, runs in taken.items()}


def main() -> None:
    """Print seconds a document and how many times faster than a first build."""
    words = sys.argv[1:]
    rounds, firms = (int(word) for word in [*words[:2], *("3", "2")[len(words[:2]) :]])
    papers = documents(firms)
    with chromium() as browser:
        settings = {**SETTINGS, **({"Chromium, its page kept": browser} if browser else {})}
        seconds = compare(settings, papers, rounds)
    if browser is None:
        print("no Chromium here, or no playwright: left out", file=sys.stderr)
    first = next(iter(seconds.values()))
    for name, value in seconds.items():
        print(f"{name:<28} {value:7.3f} s a document   {first / value:6.2f} × as fast as a first build")


if __name__ == "__main__":
    main()
