"""On a terminal of 80 columns no line is longer and no name is cut; what goes elsewhere has no width at all."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.table import Table

from advisor.cli.console import terminal
from advisor.cli.main import advisor
from advisor.cli.wrapping import cells
from tests.conftest import ROOT

SMALL = ["--rules", str(ROOT / "tests/small/rules"), "--questionnaires", str(ROOT / "tests/small/questionnaires")]
FIRM = "firm: {name: 小店}\nA1: shop\npeople: 3\nA3: 2\nA4: 2\nA5: 5 / 3\nbudget: 30万\nsponsor: no\ntools: none\n"
PROSE = "结论依据selection.yaml里的licence_discount和Zoho CRM的价目，" * 6
NAMES = ("Odoo_Enterprise_Edition", "用友YonSuite客户关系管理", "Fxiaoke")


class Screen(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def lines_of(*objects: object, screen: bool = True, **settings: object) -> list[str]:
        output = Screen() if screen else io.StringIO()
        with contextlib.redirect_stdout(output):
            console = terminal()
            for item in objects:
                console.print(item, **settings)
        return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in output.getvalue().splitlines()]

    return lines_of


def price_table() -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("名次", "产品", "部署方式", "理由"):
        table.add_column(head)
    for number, name in enumerate(NAMES, 1):
        table.add_row(str(number), name, "SaaS（订阅制）", "预算够用，界面有中文，数据存放在境内，" * 4)
    return table


def test_running_text_wraps_at_80_and_hangs_under_its_bullet(printed):
    lines = printed(f" • {PROSE}", soft_wrap=True)
    assert len(lines) > 3 and all(cells(line) <= 80 for line in lines)
    assert all(line.startswith("   ") for line in lines[1:])
    for name in ("selection.yaml", "licence_discount"):
        assert sum(line.count(name) for line in lines) == 6, "no name is divided between two lines"


def test_a_table_fits_and_keeps_every_name(printed):
    lines = printed(price_table())
    assert all(cells(line) <= 80 for line in lines)
    assert all(any(name in line for line in lines) for name in ("Odoo_Enterprise_Edition", "YonSuite", "Fxiaoke", "SaaS"))


def test_an_output_that_is_no_terminal_has_no_width(printed):
    (line,) = printed(PROSE, screen=False)
    assert line == PROSE
    rows = printed(price_table(), screen=False)
    assert len(rows) == 1 + len(NAMES) and all(row.count("境内") == 4 for row in rows[1:])


def test_what_a_command_prints_into_a_file_is_whole_lines(tmp_path: Path):
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    words = [*SMALL, "--lang", "en", "why", str(tmp_path / "firm.yaml"), "--depth", "6"]
    lines = CliRunner().invoke(advisor, words, env={"COLUMNS": "40"}).output.splitlines()
    assert max(map(cells, lines)) > 120
