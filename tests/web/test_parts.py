"""Parts of the server without a server: settings, figures, the knowledge in force, and the queue of reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from advisor.errors import InputError
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.web import drawing, metrics
from advisor.web.drawing import DrawingRoom
from advisor.web.judging import Bench
from advisor.web.library import Library
from advisor.web.services import Services
from tests.conftest import SMALL
from tests.web.conftest import Pool, Visitor, case_of


def test_figures_count_requests_by_route_and_never_by_address(tmp_path: Path):
    from prometheus_client import generate_latest

    from advisor.web.app import create_app
    from advisor.web.services import services
    from advisor.web.settings import WebSettings

    app = create_app(WebSettings(database=str(tmp_path / "cases.db"), rate_limits=False))
    registry = metrics.attach(app, services(app))
    visitor = Visitor(app).begin()
    visitor.get("/en/questions/trade_and_size")
    visitor.get("/no/such/secret-address")
    told = generate_latest(registry).decode()
    services(app).close()
    assert 'advisor_requests_total{method="GET",route="/<any(zh,en):lang>/questions/<topic>",status="200"} 1.0' in told
    assert "advisor_cases 1.0" in told
    assert "advisor_knowledge_refused 0.0" in told
    assert "secret-address" not in told


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    for name in ("rules", "questionnaires"):
        shutil.copytree(SMALL / name, tmp_path / name)
    return Library(tmp_path / "rules", tmp_path / "questionnaires")


def test_sound_new_rules_take_over_and_broken_ones_do_not(shelf: Library):
    assert shelf.rules is not None
    first, file = shelf.knowledge, next(shelf.rules.rglob("*.yaml"))
    sound = file.read_text(encoding="utf-8")
    assert not shelf.refresh(), "nothing has changed"
    file.write_text("rules: [", encoding="utf-8")
    assert not shelf.refresh()
    assert shelf.knowledge is first
    assert shelf.refused
    broken = shelf.refused
    assert not shelf.refresh()
    assert shelf.refused == broken, "it is still the newest there is"
    file.write_text(sound + "\n# a remark\n", encoding="utf-8")
    taken = shelf.refresh()
    assert shelf.refused is None
    assert taken == (shelf.knowledge.version != first.version)


def test_what_was_wrong_for_a_moment_and_is_as_before_is_wrong_no_more(shelf: Library):
    assert shelf.rules is not None
    first, dangling = shelf.knowledge, shelf.rules / "x.yaml"
    dangling.symlink_to(shelf.rules / "nowhere.yaml")
    assert not shelf.refresh()
    assert shelf.refused
    dangling.unlink()
    assert not shelf.refresh()
    assert (shelf.refused, shelf.knowledge) == (None, first)
    extra = shelf.rules / "y.yaml"
    extra.write_text("rules: [", encoding="utf-8")
    assert not shelf.refresh()
    assert shelf.refused
    extra.unlink()
    assert not shelf.refresh()
    assert (shelf.refused, shelf.knowledge) == (None, first)


def test_the_description_of_the_api_is_served_and_names_every_operation(app: Flask, visitor: Visitor):
    told = json.loads(visitor.get("/api/v1/openapi.json").get_data())
    assert told["openapi"].startswith("3.1")
    named = {(method.upper(), path) for path, item in told["paths"].items() for method in item}
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    there = {
        (m, r.rule.replace("<", "{").replace(">", "}")) for r in rules for m in (r.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert named == there


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> tuple[DrawingRoom, Pool]:
    made, pool = DrawingRoom(), Pool()
    monkeypatch.setattr(made, "_running", lambda: pool)
    return made, pool


@pytest.fixture(scope="module")
def assessments(knowledge, firms):
    return [assess_fully(firms[name], knowledge, None) for name in ("machine_tool_maker", "city_bank")]


def test_the_same_report_is_drawn_once_and_another_apart(room, assessments):
    made, pool = room
    one = made.ask(assessments[0], "pdf", "zh", "a")
    assert made.ask(assessments[0], "pdf", "zh", "a") is one
    others = [made.ask(assessments[1], "pdf", "zh", "a"), made.ask(assessments[0], "pdf", "en", "a"),
              made.ask(assessments[0], "docx", "zh", "a"), made.ask(assessments[0], "pdf", "zh", "b")]  # fmt: skip
    assert len({job.id for job in (one, *others)}) == 5 == len(pool.futures)


def test_a_report_is_shown_to_its_owner_alone_and_forgotten_with_the_case(room, assessments):
    made, pool = room
    job = made.ask(assessments[0], "pdf", "zh", "a")
    assert made.job(job.id, "a") is job
    assert made.job(job.id, "b") is None
    assert made.job("other", "a") is None
    assert (job.state, made.waiting()) == ("waiting", 1.0)
    pool.futures[0].set_running_or_notify_cancel()
    assert job.state == "drawing"
    pool.futures[0].set_result(b"%PDF")
    assert (job.state, made.waiting()) == ("ready", 0.0)
    made.forget("a")
    assert made.job(job.id, "a") is None


def test_a_report_that_failed_is_tried_anew(room, assessments):
    made, pool = room
    job = made.ask(assessments[0], "pdf", "zh", "a")
    pool.futures[0].set_exception(TimeoutError())
    assert job.state == "failed"
    assert made.ask(assessments[0], "pdf", "zh", "a").id != job.id


def test_too_many_reports_at_a_time_are_refused_and_old_ones_cleared_away(room, assessments, monkeypatch):
    made, pool = room
    for owner in range(drawing.WAITING):
        made.ask(assessments[0], "pdf", "zh", str(owner))
    with pytest.raises(InputError):
        made.ask(assessments[0], "pdf", "zh", "one more")
    for future in pool.futures:
        future.set_result(b"%PDF")
    monkeypatch.setattr(drawing, "KEPT", 3)
    last = made.ask(assessments[0], "pdf", "zh", "one more")
    assert made.job(last.id, "one more") is last
    assert sum(made.job(name, job.owner) is job for name, job in list(made._jobs.items())) <= 4


def test_the_bench_gives_up_what_was_used_longest_ago(knowledge, firms):
    bench, names = Bench(2), ("machine_tool_maker", "city_bank", "seed_company")
    first = bench.assessment(firms[names[0]], knowledge, None)
    assert bench.assessment(Answers(dict(firms[names[0]].given), firms[names[0]].firm), knowledge, None) is first
    for name in names[1:]:
        bench.assessment(firms[name], knowledge, None)
    again = bench.assessment(firms[names[0]], knowledge, None)
    assert again is not first
    assert again == first
    assert bench.document(again, "zh") is bench.document(first, "zh"), "the same result makes one document"


def test_an_assessment_kept_is_at_hand_after_a_restart(own: Services, visitor: Visitor, firms, fill):
    visitor.begin()
    case = fill(visitor, firms["city_bank"])
    made = own.result(own.store.open(visitor.client.get_cookie("case").value, "browser").case)  # type: ignore[union-attr]
    own._told_last.clear()
    again = own.result(own.store.open(visitor.client.get_cookie("case").value, "browser").case)  # type: ignore[union-attr]
    assert again == made
    assert again.assessment is not made.assessment
    assert own.store.saved_assessment(case) is not None


def test_a_visitor_sees_a_report_wait_fail_and_be_ready(visitor: Visitor, firms, fill, by_hand: Pool):
    visitor.begin()
    fill(visitor, firms["small_haulier"])
    where = visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    alone = visitor.read(where)
    assert "being laid out" in alone, "nobody is before it, whether or not the process has begun"
    assert "before yours" not in alone
    assert visitor.get(f"{where}/file").location.endswith(where), "not yet"
    by_hand.futures[0].set_exception(MemoryError())
    assert "could not be made" in visitor.read(where)
    where = visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    by_hand.futures[1].set_result(b"%PDF-1.7")
    assert "ready" in visitor.read(where)
    got = visitor.get(f"{where}/file")
    assert got.get_data() == b"%PDF-1.7"
    assert got.headers["Content-Disposition"] == 'attachment; filename="crm-advisor.zh.pdf"'
    assert visitor.post("/en/result/report", {"form": "exe", "lang": "zh"}).status_code == 404


def test_a_visitor_is_told_how_many_reports_are_before_theirs_and_when_it_takes_long(
    visitor: Visitor, other: Visitor, own: Services, firms, fill, by_hand: Pool
):
    for one, name in ((visitor, "small_haulier"), (other, "city_bank")):
        one.begin()
        fill(one, firms[name])
    visitor.post("/en/result/report", {"form": "pdf", "lang": "zh"})
    where = other.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    assert "Reports before yours: 1." in other.read(where)
    job = own.drawing.job(where.rpartition("/")[2], case_of(own, other).id)
    assert job is not None
    by_hand.futures[0].set_result(b"%PDF-1.7")
    assert "being laid out" in other.read(where)
    job.asked_at -= 500
    said = other.get(where, headers={"X-Requested-With": "advisor"}).get_json()["said"]
    assert "longer than usual" in said
    assert said in other.read(where)


def test_what_is_usual_is_the_time_at_work_and_not_the_time_in_the_queue(room, assessments, monkeypatch):
    made, pool = room
    now = 1000.0
    monkeypatch.setattr(drawing, "time", SimpleNamespace(monotonic=lambda: now))
    jobs = [made.ask(one, "pdf", "zh", "a") for one in assessments]
    for number, job in enumerate(jobs):
        job.asked_at = now + number
    alone = made.usual(jobs[0])
    assert made.usual(jobs[1]) == 2 * alone
    for future in pool.futures:
        now += 20
        future.set_result(b"%PDF")
    assert made.usual(jobs[0]) == 0.25 * alone + 15, "20 seconds each, twice moved half the way there"
    word = made.ask(assessments[0], "docx", "zh", "a")
    assert made.usual(word) == drawing.USUAL["docx"], "another form takes its own time"


def test_a_program_sees_a_report_wait_and_be_ready(app: Flask, by_hand: Pool):
    api = app.test_client()
    ordered = api.post("/api/v1/reports", json={"answers": {"G1": 5}, "form": "html", "lang": "en"})
    assert (ordered.status_code, ordered.get_json()["state"]) == (202, "waiting")
    where = f"/api/v1/reports/{ordered.get_json()['id']}"
    assert api.get(f"{where}/file").status_code == 409
    by_hand.futures[0].set_result(b"<!doctype html>")
    assert api.get(where).get_json()["state"] == "ready"
    assert api.get(api.get(where).get_json()["file"]).get_data() == b"<!doctype html>"
    assert api.get("/api/v1/reports/unknown/file").status_code == 404


def test_a_server_is_bound_before_it_runs_and_goes_unencrypted_to_nobody_else(tmp_path: Path):
    from advisor.web.serving import Server
    from advisor.web.settings import WebSettings

    settings = WebSettings(database=str(tmp_path / "cases.db"))
    with pytest.raises(InputError) as refused:
        Server(settings, "0.0.0.0", 0)
    assert refused.value.key == "unencrypted"
    made = Server(settings, "127.0.0.1", 0)
    assert made.port > 0
    made._server.close()
    made.services.close()
