"""WeasyPrint and Typst on the same documents: processor seconds a document and a page, warm, and Typst's memory.

Run with ``./run bench engines_of_paper [ROUNDS] [REPORTS]``. The engines take turns on the same documents in one process.
No document is drawn twice: each time every line of it is marked anew, for Typst remembers what it has set. Ratios are to
be read, for the seconds are those of one machine at one hour. ``REPORTS`` is how many Typst draws to watch its memory.
"""

from __future__ import annotations

import dataclasses
import gc
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from advisor.reporting.document import Document, Line
from advisor.reporting.look import Theme
from advisor.reporting.typst import render_typst
from advisor.reporting.weasyprint import render_pdf

Draw = Callable[[Document], bytes]
ENGINES: dict[str, Draw] = {"WeasyPrint": render_pdf, "Typst": lambda document: render_typst(document, Theme())}
SHORT = 3
"""Chapters of the short document: some ten pages with cover, contents and what they cite."""
_marks = itertools.count(1)


def afresh(document: Document) -> Document:
    """The document with a mark at the end of every line that no document had before."""
    marked: Document = _marked(document, f" {next(_marks)}")
    return marked


def short(document: Document) -> Document:
    """The first chapters of a document with the claims they cite."""
    chapters = document.chapters[:SHORT]
    cited = set(_cited(chapters))
    sources = (
        dataclasses.replace(entry, claims=tuple(claim for claim in entry.claims if claim[0] in cited))
        for entry in document.sources
    )
    return dataclasses.replace(document, chapters=chapters, sources=tuple(entry for entry in sources if entry.claims))


def _cited(node: Any) -> Iterator[str]:
    if isinstance(node, Line):
        yield from node.cites
    elif isinstance(node, tuple):
        for part in node:
            yield from _cited(part)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from _cited(getattr(node, field.name))


def _marked(node: Any, mark: str) -> Any:
    if isinstance(node, Line):
        return dataclasses.replace(node, text=node.text + mark)
    if isinstance(node, tuple):
        return tuple(_marked(part, mark) for part in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    names = [field.name for field in dataclasses.fields(node) if field.init]
    return dataclasses.replace(node, **{name: _marked(getattr(node, name), mark) for name in names})


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import io

    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


@dataclasses.dataclass(frozen=True)
class Cost:
    """What an engine takes for a document: processor seconds, medians over rounds, the mean over documents; and pages."""

    seconds: float
    pages: float

    @property
    def a_page(self) -> float:
        """Seconds a page."""
        return self.seconds / self.pages


def compare(papers: Sequence[Document], rounds: int = 3) -> dict[str, Cost]:
    """What each engine takes for the same documents, all taking turns in each round."""
    counts = {name: [pages(draw(paper)) for paper in papers] for name, draw in ENGINES.items()}  # warm after this
    taken: dict[str, list[list[float]]] = {name: [[] for _ in papers] for name in ENGINES}
    for _, (number, paper) in itertools.product(range(rounds), list(enumerate(papers))):
        document = afresh(paper)
        for name, draw in ENGINES.items():
            gc.collect()
            start = time.process_time()
            draw(document)
            taken[name][number].append(time.process_time() - start)
    seconds = {name: statistics.fmean(map(statistics.median, runs)) for name, runs in taken.items()}
    return {name: Cost(seconds[name], statistics.fmean(counts[name])) for name in ENGINES}


def memory(papers: Sequence[Document], reports: int, draw: Draw = ENGINES["Typst"]) -> Iterator[tuple[int, int]]:
    """Resident memory in megabytes after each of so many documents."""
    for number, paper in zip(range(1, reports + 1), itertools.cycle(papers), strict=False):
        draw(afresh(paper))
        with open("/proc/self/statm", encoding="ascii") as status:
            yield number, int(status.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def main() -> None:
    """Print how Typst's memory grows, and what each engine takes for full and for short reports."""
    from benchmarks.paper import documents

    words = sys.argv[1:]
    rounds, reports = (int(word) for word in [*words[:2], *("3", "60")[len(words[:2]) :]])
    full = documents(2)
    for number, megabytes in memory(full, reports):
        if number in (1, 10, 20) or number % 50 == 0 or number == reports:
            print(f"after {number:4} reports by Typst   {megabytes:5} MB", flush=True)
    for title, papers in (("full report", full), ("short report", [short(paper) for paper in full])):
        costs = compare(papers, rounds)
        for name, cost in costs.items():
            length = f"{cost.pages:5.1f} pages   {1000 * cost.a_page:6.1f} ms a page"
            rate = f"{1 / cost.seconds:5.1f} a second and core   {costs['WeasyPrint'].seconds / cost.seconds:5.1f} ×"
            print(f"{title:<13} {name:<11} {cost.seconds:7.3f} s   {length}   {rate}", flush=True)


if __name__ == "__main__":
    main()
