"""The examples of docs/api.md, run as they stand against a running server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import ROOT
from tests.running_server import server
from tests.web.conftest import Visitor

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "code"), EXAMPLES, ids=[kind for kind, _ in EXAMPLES])
def test_an_example_runs_and_prints_a_verdict(tmp_path: Path, kind: str, code: str):
    if kind == "sh" and shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    with server(tmp_path / "cases.db") as (_, port):
        ready = code.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        command = [sys.executable, "-c", ready] if kind == "python" else ["sh", "-c", ready]
        process = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert process.returncode == 0, process.stderr
    assert re.search(r"[Nn]ot enough|CRM|answers", process.stdout)


def test_every_operation_is_on_the_page():
    from advisor.web.api.operations import OPERATIONS
    from advisor.web.api.views import api

    assert api.name == "api"
    for operation in OPERATIONS:
        path = re.sub(r"\{\w+\}", "ID", operation.path)
        assert path in PAGE, operation.path


def test_the_description_of_the_api_is_served_and_names_every_operation(app: Flask, visitor: Visitor):
    description = json.loads(visitor.get("/api/v1/openapi.json").get_data())
    assert description["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, item in description["paths"].items() for method in item}
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    routed = {
        (m, r.rule.replace("<", "{").replace(">", "}")) for r in rules for m in (r.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routed
