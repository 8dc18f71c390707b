"""The command prints a panel as a table, one firm in full, and all of it for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli.main import advisor
from advisor.text import LANGS
from tests.conftest import SMALL
from tests.panel.small import write_panel


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    """The small panel."""
    return write_panel(tmp_path)


def run(*words: object, lang: str = "en") -> Result:
    knowledge = ["--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires")]
    return CliRunner().invoke(advisor, ["--lang", lang, *knowledge, "rules", "panel", *map(str, words)])


@pytest.mark.parametrize("lang", LANGS)
def test_a_panel_is_a_line_for_each_firm_and_the_totals_of_each_group(lang: str, panel: Path):
    result = run(panel, lang=lang)
    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line for line in result.output.splitlines() if line[:2] in ("A1", "B2")}
    assert "✓ conditional" in rows["A1"]
    assert "1+2/6 ?1" in rows["A1"]
    assert "✗ 1 ?1" in rows["A1"]
    assert "~ feasible" in rows["B2"]
    assert "not_yet | conditional" in rows["B2"]


def test_one_firm_is_told_item_by_item(panel: Path):
    result = run(panel, "--firm", "A1")
    assert "✓ first 1: a sponsor (prominent)\n     lead · it asks for one" in result.output
    assert "✗ first 5: a holiday (absent)\n     nothing speaks of holidays" in result.output
    assert "? first 7: the moon (not yet read)" in result.output
    assert "✗ first 2: ask for a sponsor (said)" in result.output
    assert "A shop that is ready" not in result.output
    assert "Dispute: It is ready." in run(panel, "--firm", "B2").output


def test_for_programs_all_is_there_and_the_same_each_time(panel: Path):
    result = run(panel, "--json")
    content = json.loads(result.output)
    assert [firm["id"] for firm in content["firms"]] == ["A1", "B2"]
    assert [group["group"] for group in content["totals"]] == ["A", "B"]
    assert run(panel, "--json").output == result.output
    assert [firm["id"] for firm in json.loads(run(panel, "--json", "--firm", "B2").output)["firms"]] == ["B2"]


def test_a_firm_there_is_not_and_a_file_with_mistakes_are_refused(panel: Path):
    result = run(panel, "--firm", "A11")
    assert (result.exit_code, "the nearest is: A1" in result.output) == (3, True)
    (panel / "A1.yaml").write_text("id: A1\n", "utf-8")
    result = run(panel)
    assert result.exit_code == 3
    assert "A1.yaml" in result.output
    assert "N102" in result.output
