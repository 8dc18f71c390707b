"""What a batch costs, from one interleaved run: documents a second in every way of drawing them.

    naive        what a first build draws: fonts, stylesheet and layout set up anew for each document
    weasyprint   our default, warm, shared fonts and stylesheet, one process
    typst        the second engine, one process
    chromium     headless Chromium on our own HTML, a page reused; its processes counted
    batch, N     the batch as it is run: N processes, assessing included

Run with ``./run bench batch [--documents N]``. Seconds of processor time but for the lines of the batch, which
are by the clock: there several processes work at once.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import random
import tempfile
import time
from pathlib import Path

from advisor.batch.progress import BatchEvent
from advisor.batch.readers import read_firms
from advisor.batch.runner import BatchSettings, run_batch
from advisor.insight.full_assessment import assess_fully
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answers, read_answers
from advisor.interview.answer_table_writer import answer_rows
from advisor.knowledge import Knowledge, data_folder, load_knowledge
from advisor.reporting import build_document
from advisor.reporting.document import Document
from advisor.reporting.editions import EditionName
from advisor.reporting.look import EngineName, Look, Theme
from advisor.reporting.typst import render_typst
from benchmarks import paper
from benchmarks.engines_of_paper import afresh

EDITIONS: tuple[EditionName, ...] = ("evidence", "summary")
ENGINES: tuple[EngineName, ...] = ("weasyprint", "typst")
DAY = datetime.date(2026, 1, 1)


class Quiet:
    """Watches and says nothing."""

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def report(self, event: BatchEvent) -> None:
        pass


def table(path: Path, firms: list[Answers], knowledge: Knowledge, rows: int) -> None:
    """A CSV of so many firms: the samples in turn, a twentieth of their answers left out."""
    draw = random.Random(1)
    edition = [q.id for q in knowledge.edition_questions("quick")]
    cells = [{row[0]: row[2] for row in answer_rows(knowledge, firm, "zh")} for firm in firms]
    codes = [knowledge.questions[name].code for name in edition]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["No.", "Firm", *codes])
        for number in range(rows):
            one = cells[number % len(cells)]
            writer.writerow([number, f"firm {number}", *(one[c] if draw.random() > 0.05 else "" for c in codes)])


def typst(document: Document) -> bytes:
    return render_typst(document, Theme())


def run(source: Path, out: Path, knowledge: Knowledge, jobs: int, look: Look) -> tuple[float, int]:
    """Seconds by the clock a batch takes, and the bytes it writes."""
    read = read_firms(source, knowledge)
    request = BatchSettings(out, ("zh",), ("pdf",), DAY, jobs=jobs, editions=(look.edition,), look=look)
    began = time.perf_counter()
    done = run_batch(read, request, KnowledgeChoice(), knowledge, Quiet())
    taken = time.perf_counter() - began
    assert not done.run.failed, done.run.failed
    return taken, sum(path.stat().st_size for path in out.glob("*.pdf"))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--documents", type=int, default=24)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--firms", type=int, default=3)
    asked = words.parse_args()
    knowledge = load_knowledge()
    firms = [read_answers(p, knowledge) for p in sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))]
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder, paper.chromium() as browser:
        ways = {**paper.SETTINGS, **({"Chromium, its page kept": browser} if browser else {}), "Typst": typst}
        for edition in EDITIONS:
            papers = [build_document(assess_fully(firm, knowledge, DAY), "zh", edition) for firm in firms[: asked.firms]]
            print(f"{edition} edition: seconds of processor time a document, {asked.rounds} rounds")
            found = paper.compare(ways, papers, asked.rounds, afresh)
            for name, seconds in found.items():
                ratio = found["WeasyPrint, first build"] / seconds
                print(f"  {name:<26}{seconds:8.3f} s {1 / seconds:8.2f} /s {ratio:7.2f} x a first build")
        source = Path(folder) / "firms.csv"
        table(source, firms, knowledge, asked.documents)
        print(f"batch of {asked.documents} firms, assessing included, by the clock")
        for engine in ENGINES:
            for edition in EDITIONS:
                rate_of_one = 0.0
                for jobs in sorted({1, cores}):
                    out = Path(folder) / f"{engine}-{edition}-{jobs}"
                    taken, size = run(source, out, knowledge, jobs, Look(edition=edition, engine=engine))
                    rate = asked.documents / taken
                    rate_of_one = rate_of_one or rate
                    kilobytes = size / asked.documents / 1000
                    said = f"  {engine:<11}{edition:<6}{jobs} jobs {rate:8.2f} /s  {rate / rate_of_one:5.2f} x one job"
                    print(f"{said}  {kilobytes:6.0f} kB each")


if __name__ == "__main__":
    main()
