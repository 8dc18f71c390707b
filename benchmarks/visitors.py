"""Visitors answering at the same time: does the server hold them, and how long does each kind of page take?

    python -m benchmarks.visitors [SECONDS] [VISITORS]

Starts a server of its own on loopback. Each visitor begins a case, goes from topic to topic choosing answers, saves each
page as the script does, goes on, looks at the result and begins again; between two pages it waits like a quick reader (2 s).
"""

from __future__ import annotations

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from advisor import load_knowledge
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Question

PAUSE = 2.0
OWN = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


class Visitor(threading.Thread):
    """One visitor with a connection of its own."""

    def __init__(self, port: int, until: float, seed: int, knowledge: Knowledge) -> None:
        super().__init__(daemon=True)
        self.port, self.until, self.draw, self.knowledge = port, until, random.Random(seed), knowledge
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []

    def ask(self, page: str, method: str, path: str, fields: dict[str, object] | None = None, **headers: str) -> str:
        sent = {**OWN, **headers, **({"Cookie": self.cookie} if self.cookie else {})}
        began = time.perf_counter()
        self.connection.request(method, path, urlencode(fields or {}, doseq=True), sent)
        answer = self.connection.getresponse()
        body = answer.read()
        self.times[page].append(time.perf_counter() - began)
        if answer.status not in (200, 302):
            self.errors.append(f"{method} {path}: {answer.status}")
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer.getheader("Location") or body.decode()

    def run(self) -> None:
        time.sleep(self.draw.random() * PAUSE)
        while time.monotonic() < self.until:
            try:
                self.visit()
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(type(error).__name__)
                self.connection.close()

    def visit(self) -> None:
        self.cookie = ""
        lang = self.draw.choice(("zh", "en"))
        self.ask("start", "GET", f"/{lang}/")
        self.ask("begin", "POST", f"/{lang}/start", {"edition": "quick"})
        tasks = self.ask("tasks", "GET", f"/{lang}/tasks")
        where = re.findall(rf'"(/{lang}/questions/\w+)"', tasks)[0]
        while "/questions/" in where and time.monotonic() < self.until:
            path = where.partition("#")[0]
            page = self.ask("question", "GET", path)
            names = re.findall(r'data-question="(\w+)"(?! hidden)', page)
            fields = self.fields([self.knowledge.questions[name] for name in names])
            self.ask("autosave", "POST", path, fields, **{"X-Requested-With": "advisor"})
            time.sleep(PAUSE * (0.5 + self.draw.random()))
            where = self.ask("continue", "POST", path, fields)
            if "/settled" in where:
                where = re.findall(rf'"(/{lang}/(?:questions/\w+|check))"', self.ask("settled", "GET", where))[-1]
        if time.monotonic() >= self.until:
            return  # the bell rang: had everyone gone to the result at once, only that would have been measured
        self.ask("check", "GET", f"/{lang}/check")
        result = self.ask("result, first time", "GET", f"/{lang}/result/")
        for chapter in re.findall(rf'"(/{lang}/result/chapters/\w+)"', result)[3:12:3]:
            time.sleep(PAUSE)
            self.ask("result, a chapter", "GET", chapter)

    def fields(self, questions: list[Question]) -> dict[str, object]:
        found: dict[str, object] = {}
        for question in questions:
            values = list(self.knowledge.facts[question.id].values or ())
            if values:
                found[question.id] = self.draw.choice(values)
            elif question.type == "list":
                found[f"{question.id}.status"] = "unknown"
            else:
                found[question.id], found[f"{question.id}.status"] = str(self.draw.randint(1, 20)), "known"
        return found


def main() -> int:
    """Have them visit; gives 0 where all went well."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "advisor",
            "--lang",
            "en",
            "serve",
            "--port",
            "0",
            "--database",
            f"{folder}/cases.db",
        ]
        environ = {**os.environ, "PYTHONUNBUFFERED": "1", "ADVISOR_RATE_LIMITS": "off"}
        log = Path(folder, "log").open("w")  # noqa: SIM115 (closed below, after the server)
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environ)
        assert server.stdout is not None
        port = int(server.stdout.readline().rpartition(":")[2].partition("/")[0])
        visitors = [Visitor(port, time.monotonic() + seconds, seed, knowledge) for seed in range(count)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        server.terminate()
        server.wait(20)
        log.close()
    return told(visitors, seconds)


def told(visitors: Sequence[Visitor], seconds: float) -> int:
    """Print errors and the times of each page. Gives 1 where there were errors: a run that failed must not pass for one."""
    times: dict[str, list[float]] = defaultdict(list)
    for visitor in visitors:
        for page, taken in visitor.times.items():
            times[page] += taken
    errors = [error for visitor in visitors for error in visitor.errors]
    asked = sum(map(len, times.values()))
    print(f"{len(visitors)} visitors, {seconds:g} s, {asked} requests, {len(errors)} errors {errors[:3] or ''}")
    print(f"{'page':20} {'requests':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}")
    for page, taken in sorted(times.items(), key=lambda item: -len(item[1])):
        cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 99
        print(f"{page:20} {len(taken):8} " + " ".join(f"{1000 * cuts[n]:8.1f}" for n in (49, 94, 98)))
    return 1 if errors or not times else 0


if __name__ == "__main__":
    sys.exit(main())
