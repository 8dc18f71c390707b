"""A folder with the files that the documentation's commands are typed over, and the ``advisor`` command to type them to."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook

from advisor.cli.main import advisor
from advisor.interview import Answers
from advisor.interview.answer_table_writer import written
from advisor.knowledge import Knowledge
from advisor.store.database import open_database
from tests.conftest import ROOT, SAMPLES

SAMPLE = "machine_tool_maker"
PANEL = ("P02", "P03")
TABLE = ("small_haulier", "city_bank")
THEME = "name: {zh: 某某咨询, en: Example Consulting}\n"
WRITE_FORMS = (("questionnaire", "export"), ("batch", "template"))


class Desk:
    """The folder ``place`` while a page is typed. A form that a command writes is filled in before it is used."""

    def __init__(self, place: Path, knowledge: Knowledge, firms: dict[str, Answers]) -> None:
        self.place, self.knowledge, self.firms = place, knowledge, firms
        self.by_hand: dict[str, Callable[[Path], object]] = {
            "client.yaml": self._sheet, "firm.yaml": self._sheet, "my_firm.yaml": self._sheet,
            "ceo.yaml": self._sheet, "sales.yaml": self._sheet,
            "firms.xlsx": self._workbook, "firms.csv": self._csv,
            "mine.yaml": self._theme, "clients/example/theme.yaml": self._theme,
        }  # fmt: skip
        for name, fill in self.by_hand.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            fill(place / name)
        (place / "reports").mkdir()
        for name in ("rules", "questionnaires", "reports/gallery"):
            (place / name).symlink_to(ROOT / name)
        shutil.copytree(ROOT / "rules", place / "my_rules")
        for folder in (place / "my_panel", place / "tests" / "panel"):
            folder.mkdir(parents=True)
            for name in PANEL:
                shutil.copy(ROOT / "tests" / "panel" / f"{name}.yaml", folder)
        for name in TABLE:
            shutil.copy(SAMPLES / f"{name}.yaml", place / "clients")
        open_database(str(place / "cases.db")).close()

    def type(self, *words: str) -> str:
        """Run one command; what it printed. Raises ``AssertionError`` where it fails."""
        forms = [name for name in self.by_hand if name in words and words[:2] in WRITE_FORMS]
        for name in forms:
            (self.place / name).unlink()
        batch = words[0] == "batch" and words[1:2] != ("template",)
        result = CliRunner().invoke(advisor, [*words, *(("--jobs", "0") if batch else ())], input="q\n" * 3)
        assert result.exit_code == 0, f"advisor {' '.join(words)}: exit code {result.exit_code}\n{result.output}"
        for name in forms:
            assert (self.place / name).is_file(), f"advisor {' '.join(words)} did not write {name}"
            self.by_hand[name](self.place / name)
        return result.output

    def _sheet(self, path: Path) -> None:
        shutil.copy(SAMPLES / f"{SAMPLE}.yaml", path)

    def _theme(self, path: Path) -> None:
        path.write_text(THEME, "utf-8")

    def _rows(self) -> list[list[str]]:
        names = list(self.knowledge.questions)
        rows = [["firm", *names]]
        for firm in TABLE:
            given = self.firms[firm].given
            asked = self.knowledge.questions
            rows.append([firm, *(written(asked[n], given[n], self.knowledge, "en") if n in given else "" for n in names)])
        return rows

    def _csv(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(self._rows())

    def _workbook(self, path: Path) -> None:
        book = Workbook()
        for row in self._rows():
            book.active.append(row)
        book.save(path)
