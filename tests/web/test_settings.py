"""What the environment tells a server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from advisor.cli.main import advisor
from advisor.errors import SettingsError
from advisor.text import LANGS
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import LOCAL_HOSTS, WebSettings
from tests.web.conftest import Visitor

NAMES = ("DATABASE", "DATA_KEY", "HOSTS", "HTTPS", "RETENTION_DAYS", "RATE_LIMITS")
SECRET = "not-a-key-and-never-shown"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing yet."""
    for name in NAMES:
        monkeypatch.delenv(f"ADVISOR_{name}", raising=False)
    return monkeypatch


def test_an_empty_environment_gives_a_guarded_server_for_this_machine_alone(environment: pytest.MonkeyPatch):
    environment.setenv("ADVISOR_RETENTION_DAYS", "")
    settings = WebSettings.read()
    assert settings.hosts == LOCAL_HOSTS
    assert settings.rate_limits is True
    assert settings.https is False
    assert settings.retention == timedelta(days=90)
    assert Path(settings.database).name == "cases.db"


def test_the_environment_and_then_the_options_decide(environment: pytest.MonkeyPatch):
    values = {
        "DATABASE": "a.db",
        "HOSTS": "a.example, b.example",
        "HTTPS": "1",
        "RETENTION_DAYS": "30",
        "RATE_LIMITS": "off",
    }
    for name, value in values.items():
        environment.setenv(f"ADVISOR_{name}", value)
    settings = WebSettings.read(database="b", hosts=None, retention_days=7)
    assert (settings.database, settings.hosts, settings.https) == ("b", ("a.example", "b.example"), True)
    assert (settings.retention, settings.rate_limits) == (timedelta(days=7), False)


@pytest.mark.parametrize("hosts", ["http://x/", "crm.example.org/", "*", "a b", "a,http://x", ",", "[::1", "user@x"])
def test_what_is_no_host_name_is_refused(environment: pytest.MonkeyPatch, hosts: str):
    environment.setenv("ADVISOR_HOSTS", hosts)
    with pytest.raises(SettingsError, match="E103"):
        WebSettings.read()


@pytest.mark.parametrize(
    "host", ["crm.example.org", ".example.org", "localhost:8000", "[::1]", "10.0.0.1", "bücher.example"]
)
def test_host_names_are_taken(environment: pytest.MonkeyPatch, host: str):
    environment.setenv("ADVISOR_HOSTS", host)
    assert WebSettings.read().hosts == (host,)


def test_a_blank_database_is_refused_and_makes_no_file(
    environment: pytest.MonkeyPatch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    environment.setenv("ADVISOR_DATABASE", " ")
    with pytest.raises(SettingsError, match="E104"):
        WebSettings.read()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["RULES", "DRAWERS", "RELOAD_SECONDS"])
def test_no_further_variable_is_read(environment: pytest.MonkeyPatch, name: str):
    environment.setenv(f"ADVISOR_{name}", "anything")
    assert set(WebSettings.read().model_dump()) == {name.lower() for name in NAMES}


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("RETENTION_DAYS", "0", "1 to 99999"),
        ("RETENTION_DAYS", "-1", "1 to 99999"),
        ("RETENTION_DAYS", "many", "1 to 99999"),
        ("RETENTION_DAYS", "100000", "1 to 99999"),
        ("HTTPS", "perhaps", "on or off"),
        ("RATE_LIMITS", "none", "on or off"),
        ("HOSTS", " , ", "crm.example.com"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_can(
    environment: pytest.MonkeyPatch, name: str, value: str, allowed: str
):
    environment.setenv(f"ADVISOR_{name}", value)
    with pytest.raises(SettingsError) as refused:
        WebSettings.read()
    (problem,) = refused.value.problems
    for lang in LANGS:
        assert problem.line(lang).startswith(f"ADVISOR_{name}: E1")
    assert allowed in problem.line("en")


def test_the_shortest_and_the_longest_time_and_a_single_host_can_be_used(environment: pytest.MonkeyPatch):
    environment.setenv("ADVISOR_HOSTS", "crm.example.com")
    for days in (1, 99_999):
        environment.setenv("ADVISOR_RETENTION_DAYS", str(days))
        assert WebSettings.read().retention == timedelta(days=days)
    assert WebSettings.read().hosts == ("crm.example.com",)


def test_a_host_that_is_no_name_is_told_as_a_mistake_in_the_hosts():
    with pytest.raises(SettingsError, match="ADVISOR_HOSTS: E103"):
        WebSettings.read(hosts=["crm.example.com", 5])


def test_settings_neither_change_nor_show_what_was_wrong_with_them():
    settings = WebSettings.read()
    with pytest.raises(ValidationError):
        settings.rate_limits = False
    with pytest.raises(ValidationError) as refused:
        WebSettings(https=SECRET)
    assert SECRET not in str(refused.value)


def test_all_variables_that_cannot_be_used_are_named_at_once_and_no_secret_is_shown(environment: pytest.MonkeyPatch):
    environment.setenv("ADVISOR_HTTPS", "perhaps")
    environment.setenv("ADVISOR_RETENTION_DAYS", "soon")
    environment.setenv("ADVISOR_DATA_KEY", SECRET)
    result = CliRunner().invoke(advisor, ["serve"])
    assert result.exit_code == 3
    assert "ADVISOR_HTTPS: E101" in result.output
    assert "ADVISOR_RETENTION_DAYS: E102" in result.output
    assert SECRET not in result.output


def test_a_bad_key_is_refused_without_being_shown(environment: pytest.MonkeyPatch, tmp_path: Path):
    environment.setenv("ADVISOR_DATA_KEY", SECRET)
    result = CliRunner().invoke(advisor, ["serve", "--database", str(tmp_path / "cases.db")])
    assert result.exit_code == 3
    assert "ADVISOR_DATA_KEY" in result.output
    assert SECRET not in result.output
    assert SECRET not in repr(WebSettings.read())


def test_a_server_left_to_its_defaults_limits_how_often_one_may_ask(environment: pytest.MonkeyPatch, tmp_path: Path):
    environment.setenv("ADVISOR_DATABASE", str(tmp_path / "cases.db"))
    app = create_app(WebSettings.read())
    visitor = Visitor(app)
    codes = [visitor.post("/en/start", {"edition": "quick"}).status_code for _ in range(31)]
    get_services(app).close()
    assert codes[-1] == 429
