"""A report that hangs is given up, and none may take all the memory of the machine."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable

import pytest

from advisor.assessment import Assessment
from advisor.web import render_queue

pytestmark = pytest.mark.slow


def take_too_much() -> str:
    """Run in a render process: ask for more memory than it may have."""
    render_queue._init_process()
    try:
        return f"{len(bytearray(render_queue.MEMORY_LIMIT))} bytes"
    except MemoryError:
        return "refused"


def test_a_report_that_hangs_is_given_up_and_its_process_with_it(
    monkeypatch: pytest.MonkeyPatch, assessed_firm: Callable[[str], Assessment]
):
    monkeypatch.setattr(render_queue, "TIMEOUT", 0.05)
    before = set(multiprocessing.active_children())
    queue = render_queue.RenderQueue()
    job = queue.submit(assessed_firm("small_haulier"), "pdf", "en", "a")
    with pytest.raises(TimeoutError):
        job.future.result(60)
    assert job.state == "failed"
    queue.close()
    deadline = time.monotonic() + 20
    while set(multiprocessing.active_children()) - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert set(multiprocessing.active_children()) - before == set()


def test_a_render_process_gets_no_more_memory_than_its_limit():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(take_too_much) == "refused"
