"""The server itself: started as a user starts it, stopped, killed, and fed knowledge while it runs."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import subprocess
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.knowledge import Knowledge, data_folder
from advisor.store import Store, open_database
from advisor.web.live_knowledge import LiveKnowledge
from tests.conftest import ROOT
from tests.running_server import SERVE, server

pytestmark = pytest.mark.slow


class Browser:
    """Just enough of a browser: one connection and a cookie."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.cookie = ""

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        sent = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded", **headers}
        if self.cookie:
            sent["Cookie"] = self.cookie
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        if cookie := response.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        content = response.read()
        return response.status, content

    def close(self) -> None:
        self.connection.close()


KILLED = (60, 130)
"""After how many of 200 autosaves the server is killed, each time with one under way."""
LATER = (0.0, 0.004)
"""How long after the next save was sent, in seconds."""


def test_killed_in_the_middle_of_200_autosaves_it_loses_no_answer_it_had_confirmed(tmp_path: Path, knowledge: Knowledge):
    database, token, sent = tmp_path / "cases.db", "", 0
    confirmed: dict[str, str] = {}
    names = [(topic.id, name) for _, topic in knowledge.topics.values() for name in topic.questions][:150]
    saves = [(*where, word) for word in ("unknown", "not_applicable") for where in names]
    for stop, wait in zip((*KILLED, 200), (*LATER, None), strict=True):
        with server(database) as (process, port), closing(Browser(port)) as browser:
            if token:
                browser.cookie = f"case={token}"
            else:
                browser.ask("POST", "/en/start", "edition=full")
                token = browser.cookie.partition("=")[2]
            for number, (topic, name, word) in enumerate(saves[sent:stop], sent):
                said = save(browser, knowledge, topic, name, word)
                assert said == [name] or (said == [] and number in KILLED), "the one under way may have been saved"
                confirmed[name] = word
            sent = stop
            if wait is not None:
                killer = threading.Timer(wait, process.send_signal, (signal.SIGKILL,))
                killer.start()
                under_way = saves[stop]
                with suppress(OSError, http.client.HTTPException):
                    save(browser, knowledge, *under_way)
                    confirmed[under_way[1]], sent = under_way[2], stop + 1
                killer.join()
                process.wait(10)
        assert kept(database, token, knowledge).items() >= confirmed.items(), f"after {sent} saves"
    assert sent == 200
    assert "not_applicable" in confirmed.values(), "some answers have taken the place of others"


def save(browser: Browser, knowledge: Knowledge, topic: str, name: str, word: str) -> list[str]:
    """Save one answer as the script does; what the server says it saved."""
    field = f"{name}.status" if knowledge.questions[name].answer_type.typed else name
    status, said = browser.ask("POST", f"/en/questions/{topic}", f"{field}={word}", **{"X-Requested-With": "advisor"})
    assert status == 200
    return list(json.loads(said)["saved"])


def kept(database: Path, token: str, knowledge: Knowledge) -> dict[str, str]:
    """What is kept of a case, in a database that is whole."""
    store = Store(open_database(database))
    access = store.open(token, "browser")
    assert access is not None
    with store.database.engine.connect() as connection:
        assert connection.exec_driver_sql("pragma integrity_check").scalar() == "ok"
    found = {name: answer.status for name, answer in store.answers(access.case.id, knowledge).given.items()}
    store.database.close()
    return found


def test_told_to_stop_it_stops_and_says_so(tmp_path: Path):
    with server(tmp_path / "cases.db") as (process, port):
        with closing(Browser(port)) as browser:
            assert browser.ask("GET", "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert process.stdout is not None
        assert "Stopped." in process.stdout.read()


def test_it_is_ready_counts_for_prometheus_on_a_port_apart_and_hides_what_it_runs_on(tmp_path: Path):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        metrics = free.getsockname()[1]
    with server(tmp_path / "cases.db", "--metrics-port", str(metrics)) as (_, port), closing(Browser(port)) as browser:
        status, body = browser.ask("GET", "/readyz")
        assert (status, json.loads(body)["database"]) == (200, True)
        browser.ask("POST", "/en/start", "edition=quick")
        assert browser.ask("GET", "/en/tasks")[0] == 200
        assert browser.ask("GET", "/metrics")[0] == 404
        browser.connection.request("GET", "/healthz")
        response = browser.connection.getresponse()
        response.read()
        assert "waitress" not in str(response.headers).lower()
        with closing(Browser(metrics)) as prometheus:
            counted = prometheus.ask("GET", "/metrics")[1].decode()
        assert "advisor_cases 1.0" in counted
        assert re.search(r'advisor_requests_total\{method="GET",route="[^"]*/tasks",status="200"\} 1\.0', counted)


def test_in_the_open_it_runs_only_behind_encryption(tmp_path: Path):
    command = [*SERVE, "--host", "0.0.0.0", "--database", str(tmp_path / "x.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "--https" in done.stderr


def test_sound_new_rules_take_over_and_broken_ones_are_refused(tmp_path: Path):
    rules = tmp_path / "rules"
    shutil.copytree(data_folder("rules"), rules)
    live = LiveKnowledge(rules)
    first = live.knowledge.version
    assert live.reload() is False
    target = next(rules.glob("risks/*.yaml"))
    sound = target.read_text("utf-8")
    target.write_text(sound + "\nrules: [{id: broken", "utf-8")
    assert live.reload() is False
    assert live.load_error is not None
    assert live.knowledge.version == first
    target.write_text(sound + "\n# a remark\n", "utf-8")
    assert live.reload() is True
    assert live.load_error is None
    assert live.knowledge.version != first
    shutil.rmtree(rules)
    assert live.reload() is False
    assert live.knowledge.version != first, "files gone for a moment end nothing"


def test_a_server_is_bound_before_it_runs_and_goes_unencrypted_to_nobody_else(tmp_path: Path):
    from advisor.web.server import Server
    from advisor.web.settings import WebSettings

    settings = WebSettings(database=str(tmp_path / "cases.db"))
    with pytest.raises(InputError) as refused:
        Server(settings, "0.0.0.0", 0)
    assert refused.value.key == "unencrypted"
    made = Server(settings, "127.0.0.1", 0)
    assert made.port > 0
    made._server.close()
    made.services.close()
