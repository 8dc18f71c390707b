"""What tests of batches share: a tiny table of firms, and a run that keeps what it was told."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from advisor.batch.progress import BatchEvent
from advisor.batch.readers import read_firms
from advisor.batch.runner import BatchResult, BatchSettings, run_batch
from advisor.insight.knowledge_choice import KnowledgeChoice
from tests.conftest import SMALL

CHOICE = KnowledgeChoice(SMALL / "rules", SMALL / "questionnaires")
DAY = datetime.date(2026, 11, 25)
HEADS = ["Firm", "A1", "A2 How many people?", "product", "A4", "A5", "budget", "sponsor", "tools"]
GOOD = [
    ["小店", "shop", "3", "2", "2", "5 / 3", "30万", "no", "none"],
    ["Bauer", "builder", "120", "4", "5", "2 / 4", "2M", "yes", "phone, mail"],
    ["第三家", "商店", "18", "中等", "3", "4 / 4", "", "yes", "网站"],
]


class RecordingReporter:
    """A watcher that keeps the events."""

    def __init__(self) -> None:
        self.events: list[BatchEvent] = []

    def __enter__(self) -> RecordingReporter:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def report(self, event: BatchEvent) -> None:
        self.events.append(event)


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def batch(tmp_path: Path, small):
    """Run a table, by default of three firms, into a folder; formats are JSON unless named."""
    reporter = RecordingReporter()

    def run(rows=None, source: Path | None = None, **options) -> BatchResult:
        path = source or write_csv(tmp_path / "firms.csv", [HEADS, *(GOOD if rows is None else rows)])
        settings = {"folder": tmp_path / "out", "langs": ("en",), "formats": ("json",), "today": DAY, "jobs": 0} | options
        return run_batch(read_firms(path, small), BatchSettings(**settings), CHOICE, small, reporter)

    run.reporter = reporter
    run.out = tmp_path / "out"
    return run
