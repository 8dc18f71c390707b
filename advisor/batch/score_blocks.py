"""Blocks of a CSV scored by several processes, their results in the order of the rows."""

from __future__ import annotations

import gc
import itertools
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired

from advisor.batch.csv_rows import CsvBlock, CsvFile
from advisor.batch.executors import TASKS_PER_WORKER, ProcessExecutor
from advisor.batch.row_scorer import CHUNK_ROWS, RowScorer, ScoredRows
from advisor.errors import InputError
from advisor.insight.knowledge_choice import KnowledgeChoice, knowledge_of
from advisor.interview.headings import Headings
from advisor.text import Lang

PRELOADED = ("advisor.batch.score_blocks",)
"""Modules that the processes import before the first block."""


@dataclass(frozen=True)
class ScoringContext:
    """What a process must know to score a block of ``file``: its headings, the number of the row of the first
    firm, and the knowledge to judge by."""

    file: CsvFile
    headings: Headings
    first: int
    lang: Lang
    choice: KnowledgeChoice
    version: str


def score_blocks(context: ScoringContext, jobs: int) -> Generator[ScoredRows, None, None]:
    """The scores of a CSV by ``jobs`` processes, a few blocks of which are under way for each.

    Raises what stands in the way of the first row that is none, and :class:`~advisor.errors.InputError` where a process is
    lost. Whatever ends it ends the processes.
    """
    executor, stopped = ProcessExecutor(jobs, recycle=0, preloaded=PRELOADED), True
    try:
        futures = (executor.submit(score_block, context, block) for block in context.file.blocks(CHUNK_ROWS))
        running: deque[Future[ScoredRows]] = deque(itertools.islice(futures, TASKS_PER_WORKER * jobs))
        while running:
            yield _result(running.popleft())
            running.extend(itertools.islice(futures, 1))
        stopped = False
    finally:
        executor.shutdown(wait=True, cancel_futures=stopped)


def _result(future: Future[ScoredRows]) -> ScoredRows:
    try:
        return future.result()
    except (ProcessExpired, TimeoutError, MemoryError) as error:
        raise InputError("scoring_process_lost", detail=type(error).__name__) from None


def score_block(context: ScoringContext, block: CsvBlock) -> ScoredRows:
    """The scores of the firms of one block."""
    skipped = max(0, context.first - block.first)
    rows = list(itertools.islice(context.file.rows_of(block), skipped, None))
    return _scorer(context).score(rows, block.first + skipped)


def _scorer(context: ScoringContext) -> RowScorer:
    """The scorer of this process, which remembers the cells it has read."""
    if _kept.get("context") != context:
        knowledge = knowledge_of(context.choice)
        if knowledge.version != context.version:
            raise InputError("other_knowledge", ours=context.version, theirs=knowledge.version)
        gc.freeze()  # it stays as long as the process: looking through it again and again costs a sixth of the time
        points_asked = context.file.delimiter == ";"
        _kept.update(context=context, scorer=RowScorer(context.headings, knowledge, context.lang, None, points_asked))
    scorer: RowScorer = _kept["scorer"]
    return scorer


_kept: dict[str, Any] = {}
"""The last context and its scorer; a context has mappings in it and cannot be the key of a cache."""
