"""What each page costs the server: medians of processor time over the seven sample firms, without network or browser.

Run with ``./run bench pages``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import structlog
from flask.testing import FlaskClient

from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers, read_answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import data_folder
from advisor.reporting import render
from advisor.reporting.forms import answer_file
from advisor.reporting.look import Look
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
from benchmarks.timing import print_medians

RUNS = 5
PAGES = {
    "start": "/zh/",
    "sections": "/zh/tasks",
    "a page of questions": "/zh/questions/trade_and_size",
    "check of all answers": "/zh/check",
    "result": "/zh/result/",
    "a chapter of the result": "/zh/result/chapters/risks",
    "what if": "/zh/result/what-if",
}
OWN = {"Sec-Fetch-Site": "same-origin"}


def main() -> None:
    """Print what each page costs."""
    with tempfile.TemporaryDirectory() as folder:
        structlog.configure(processors=[_hush])
        app = create_app(WebSettings(database=str(Path(folder, "cases.db")), rate_limits=False))
        services = get_services(app)
        files = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))
        firms = {file.stem: read_answers(file, services.knowledge) for file in files}
        visitors: dict[str, FlaskClient] = {}
        cases: dict[str, str] = {}
        for name, answers in firms.items():
            visitors[name] = app.test_client()
            visitors[name].post("/zh/start", data={"edition": "full"}, headers=OWN)
            cookie = visitors[name].get_cookie(services.cookies.case)
            access = services.store.open(cookie.value, "browser") if cookie else None
            assert access is not None
            cases[name] = access.case.id
            services.store.save_answers(cases[name], answers.given, services.knowledge)
        day = services.today()
        tables = {name: answer_file(services.knowledge, answers, "xlsx", "zh")[0] for name, answers in firms.items()}

        def page(path: str) -> Callable[[str], object]:
            return lambda name: _ask(visitors[name], path)

        def saved(name: str) -> object:
            fields = {"process_complexity": "5", "process_complexity.status": "known"}
            topic = next(t.id for _, t in services.knowledge.topics.values() if "process_complexity" in t.questions)
            headers = {**OWN, "X-Requested-With": "advisor"}
            return visitors[name].post(f"/zh/questions/{topic}", data=fields, headers=headers)

        work: dict[str, Callable[[str], object]] = {
            "result, worked out for the first time": lambda name: assess_fully(
                Answers(dict(firms[name].given), firms[name].firm), services.knowledge, day
            ),
            **{title: page(path) for title, path in PAGES.items()},
            "a page saved by the script": saved,
            "an assessment kept": lambda name: services.store.save_assessment(
                cases[name], 1, services.cache.assessment(firms[name], services.knowledge, day)
            ),
            "an Excel form read": lambda name: parse_answers(tables[name], "a.xlsx", services.knowledge),
            "a Word report": lambda name: render(
                services.cache.assessment(firms[name], services.knowledge, day), "docx", "zh", Look("evidence")
            ),
        }
        print_medians(work, firms, RUNS)
        services.close()


def _hush(*_: object) -> dict[str, object]:
    raise structlog.DropEvent


def _ask(visitor: FlaskClient, path: str) -> object:
    answer = visitor.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data()


if __name__ == "__main__":
    main()
