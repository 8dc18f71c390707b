"""What is said in one place is said there for all: one more, planted there, is seen everywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.reporting.editions import EDITIONS
from advisor.reporting.look import EDITION_NAMES
from advisor.text import LANGS, catalogue
from advisor.web.api import API_PREFIX
from tests.conftest import ROOT, SAMPLES

AUD = """
from advisor.text import Text, catalogue
catalogue("currencies").update({
    "AUD.sum": Text(zh="{amount}澳元", en="AUD {amount}"), "AUD.unit": Text(zh="澳元", en="AUD"),
})
"""
"""What one more entry of currencies.yaml comes to."""


def run(code: str, *arguments: str) -> str:
    """What a fresh Python prints that runs ``code``."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The product's rules with a rate for the Australian dollar, and one product priced in it."""
    folder = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    for path, before, after in (
        ("project/cost.yaml", "SGD: 5.5}", "SGD: 5.5, AUD: 4.8}"),
        ("catalogue/odoo.yaml", "29.90, currency: EUR", "29.90, currency: AUD"),
    ):
        text = (folder / path).read_text("utf-8")
        assert before in text
        (folder / path).write_text(text.replace(before, after), "utf-8")
    return folder


@pytest.mark.slow
def test_a_new_currency_is_an_entry_and_a_rate(rules: Path):
    command = f"{AUD}\nfrom advisor.cli.main import advisor\nadvisor()"
    firm = str(SAMPLES / "machine_tool_maker.yaml")
    asked = ["--rules", str(rules), "cost", firm, "--currency", "AUD"]
    assert "AUD " in run(command, "--lang", "en", *asked)
    assert "澳元" in run(command, "--lang", "zh", *asked)
    assert json.loads(run(command, *asked, "--json"))["currency"] == "AUD"
    assert "AUD" in run(command, "cost", "--help")
    assert "AUD" in run(command, "--lang", "en", "--rules", str(rules), "catalogue", "show", "odoo")
    described = (
        f"{AUD}\nfrom advisor.assessment.model.selection import SettingsItem\nprint(SettingsItem.model_json_schema())"
    )
    assert "'enum': ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'SGD', 'AUD']" in run(described)


def test_a_currency_without_a_rate_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADVISOR_CACHE", str(tmp_path))
    command = f"""{AUD}
from advisor.errors import KnowledgeError
from advisor.knowledge import load_knowledge
try:
    load_knowledge()
except KnowledgeError as error:
    print(error)
"""
    assert "`rates` needs: AUD" in run(command)


def test_the_api_moves_as_a_whole(tmp_path: Path):
    code = """
import json, sys
import advisor.web.api
advisor.web.api.API_PREFIX = "/api/v9"
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
app = create_app(WebSettings(database=sys.argv[1]))
answer = app.test_client().get("/api/v9/openapi.json")
print(json.dumps([sorted(answer.get_json()["paths"]), [str(r) for r in app.url_map.iter_rules() if "/api/" in str(r)]]))
get_services(app).close()
"""
    paths, routes = json.loads(run(code, str(tmp_path / "cases.db")).splitlines()[-1])
    assert paths and routes
    assert all(path.startswith("/api/v9/") for path in [*paths, *routes])


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_the_docs_name_the_api_that_is_served(page: Path):
    assert set(re.findall(r"/api/v\d+", page.read_text("utf-8"))) <= {API_PREFIX}


def missing_of(edition: str) -> list[str]:
    """What an edition of the report still lacks."""
    told = {
        "chapters": edition in EDITIONS,
        "title": f"cover.{edition}.title" in catalogue("report"),
        "help": all(re.search(rf"\b{edition}\b", catalogue("cli")["help.report_edition"][lang], re.A) for lang in LANGS),
        "docs": re.search(rf"--edition [\w,]*\b{edition}\b", (ROOT / "docs" / "command-line.md").read_text("utf-8")),
    }
    return [place for place, there in told.items() if not there]


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_an_edition_offered_is_an_edition_made_and_told_of(edition: str):
    assert missing_of(edition) == []


def test_an_edition_named_and_not_made_is_seen():
    assert missing_of("board") == ["chapters", "title", "help", "docs"]
    assert tuple(EDITIONS) == EDITION_NAMES, "every edition is offered, in one order"
