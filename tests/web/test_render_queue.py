"""Reports are rendered in a queue: each once, shown to its owner alone, with an estimate of when it is ready."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from advisor.errors import InputError
from advisor.web import render_queue
from advisor.web.render_queue import RenderQueue
from advisor.web.services import Services
from tests.web.conftest import ManualPool, Visitor, case_of


@pytest.fixture
def queue_and_pool(monkeypatch: pytest.MonkeyPatch) -> tuple[RenderQueue, ManualPool]:
    queue, pool = RenderQueue(), ManualPool()
    monkeypatch.setattr(queue, "_process_pool", lambda: pool)
    return queue, pool


@pytest.fixture(scope="module")
def assessments(assessed_firm):
    return [assessed_firm(name) for name in ("machine_tool_maker", "city_bank")]


def test_the_same_report_is_rendered_once_and_another_apart(queue_and_pool, assessments):
    queue, pool = queue_and_pool
    first = queue.submit(assessments[0], "pdf", "zh", "a")
    assert queue.submit(assessments[0], "pdf", "zh", "a") is first
    others = [queue.submit(assessments[1], "pdf", "zh", "a"), queue.submit(assessments[0], "pdf", "en", "a"),
              queue.submit(assessments[0], "docx", "zh", "a"), queue.submit(assessments[0], "pdf", "zh", "b")]  # fmt: skip
    assert len({job.id for job in (first, *others)}) == 5 == len(pool.futures)


def test_a_report_is_shown_to_its_owner_alone_and_discarded_with_the_case(queue_and_pool, assessments):
    queue, pool = queue_and_pool
    job = queue.submit(assessments[0], "pdf", "zh", "a")
    assert queue.find(job.id, "a") is job
    assert queue.find(job.id, "b") is None
    assert queue.find("other", "a") is None
    assert (job.state, queue.pending_count()) == ("waiting", 1)
    pool.futures[0].set_running_or_notify_cancel()
    assert job.state == "drawing"
    pool.futures[0].set_result(b"%PDF")
    assert (job.state, queue.pending_count()) == ("ready", 0)
    queue.discard("a")
    assert queue.find(job.id, "a") is None


def test_a_report_that_failed_is_tried_anew(queue_and_pool, assessments):
    queue, pool = queue_and_pool
    job = queue.submit(assessments[0], "pdf", "zh", "a")
    pool.futures[0].set_exception(TimeoutError())
    assert job.state == "failed"
    assert queue.submit(assessments[0], "pdf", "zh", "a").id != job.id


def test_too_many_reports_at_a_time_are_refused_and_old_ones_cleared_away(queue_and_pool, assessments, monkeypatch):
    queue, pool = queue_and_pool
    for owner in range(render_queue.MAX_PENDING):
        queue.submit(assessments[0], "pdf", "zh", str(owner))
    with pytest.raises(InputError):
        queue.submit(assessments[0], "pdf", "zh", "one more")
    for future in pool.futures:
        future.set_result(b"%PDF")
    monkeypatch.setattr(render_queue, "MAX_JOBS", 3)
    last = queue.submit(assessments[0], "pdf", "zh", "one more")
    assert queue.find(last.id, "one more") is last
    assert sum(queue.find(name, job.owner) is job for name, job in list(queue._jobs.items())) <= 4


def test_a_visitor_sees_a_report_wait_fail_and_be_ready(visitor: Visitor, firms, fill, manual_pool: ManualPool):
    visitor.begin()
    fill(visitor, firms["small_haulier"])
    report_url = visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    alone = visitor.read(report_url)
    assert "being laid out" in alone, "nobody is before it, whether or not the process has begun"
    assert "before yours" not in alone
    assert visitor.get(f"{report_url}/file").location.endswith(report_url), "not yet"
    manual_pool.futures[0].set_exception(MemoryError())
    assert "could not be made" in visitor.read(report_url)
    report_url = visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    manual_pool.futures[1].set_result(b"%PDF-1.7")
    assert "ready" in visitor.read(report_url)
    download = visitor.get(f"{report_url}/file")
    assert download.get_data() == b"%PDF-1.7"
    assert download.headers["Content-Disposition"] == 'attachment; filename="crm-advisor.zh.pdf"'
    assert visitor.post("/en/result/report", {"form": "exe", "lang": "zh"}).status_code == 404


def test_a_visitor_is_told_how_many_reports_are_before_theirs_and_when_it_takes_long(
    visitor: Visitor, other: Visitor, services: Services, firms, fill, manual_pool: ManualPool
):
    for browser, name in ((visitor, "small_haulier"), (other, "city_bank")):
        browser.begin()
        fill(browser, firms[name])
    visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"})
    report_url = other.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    assert "Reports before yours: 1." in other.read(report_url)
    job = services.render_queue.find(report_url.rpartition("/")[2], case_of(services, other).id)
    assert job is not None
    manual_pool.futures[0].set_result(b"%PDF-1.7")
    assert "being laid out" in other.read(report_url)
    job.submitted_at -= 500
    message = other.get(report_url, headers={"X-Requested-With": "advisor"}).get_json()["said"]
    assert "longer than usual" in message
    assert message in other.read(report_url)


def test_the_expected_time_is_the_time_of_rendering_and_not_the_time_in_the_queue(queue_and_pool, assessments, monkeypatch):
    queue, pool = queue_and_pool
    now = 1000.0
    monkeypatch.setattr(render_queue, "time", SimpleNamespace(monotonic=lambda: now))
    jobs = [queue.submit(assessment, "pdf", "zh", "a") for assessment in assessments]
    for number, job in enumerate(jobs):
        job.submitted_at = now + number
    alone = queue.expected_seconds(jobs[0])
    assert queue.expected_seconds(jobs[1]) == 2 * alone
    for future in pool.futures:
        now += 20
        future.set_result(b"%PDF")
    assert queue.expected_seconds(jobs[0]) == 0.25 * alone + 15, "20 seconds each, twice moved half the way there"
    word = queue.submit(assessments[0], "docx", "zh", "a")
    assert queue.expected_seconds(word) == render_queue.INITIAL_SECONDS["docx"], "another form takes its own time"


def test_a_program_sees_a_report_wait_and_be_ready(app: Flask, manual_pool: ManualPool):
    api = app.test_client()
    requested = api.post("/api/v1/reports", json={"answers": {"G1": 5}, "form": "html", "lang": "en"})
    assert (requested.status_code, requested.get_json()["state"]) == (202, "waiting")
    report_url = f"/api/v1/reports/{requested.get_json()['id']}"
    assert api.get(f"{report_url}/file").status_code == 409
    manual_pool.futures[0].set_result(b"<!doctype html>")
    assert api.get(report_url).get_json()["state"] == "ready"
    assert api.get(api.get(report_url).get_json()["file"]).get_data() == b"<!doctype html>"
    assert api.get("/api/v1/reports/unknown/file").status_code == 404
