"""``advisor project``: what is known is told with where it is from; what is open says which answer closes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor

FIRM = (
    "answers: {A2: 130, A4a: 36, A5: 2, A6: [firms], A7a: 2100, C2: several_systems, "
    "E8: 4, G2: 3, I4: [erp, finance], I8: 45}"
)


def run(tmp_path: Path, firm: str, *options: str) -> str:
    (tmp_path / "firm.yaml").write_text(firm, "utf-8")
    done = CliRunner().invoke(advisor, [*options, "project", str(tmp_path / "firm.yaml"), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_every_number_says_where_it_is_from(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM))
    users = next(item for item in project["quantities"] if item["quantity"] == "users")
    assert (users["origin"], users["range"], users["codes"]) == ("answered", [45, 45, 45], ["I8"])
    office = next(item for item in project["quantities"] if item["quantity"] == "office_users")
    assert (office["origin"], office["codes"]) == ("worked_out", ["A2"])
    assert project["open"] == []


def test_sums_of_days_are_those_of_the_tasks_and_lines_those_of_the_money(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM))
    for kind in ("own_days", "outside_days"):
        assert project[kind][1] == pytest.approx(sum(task[kind][1] for task in project["tasks"]), abs=0.05)
    for way in project["ways"]:
        paid = sum(line["once"] for line in way["lines"])
        licence = sum(line["yearly"] for line in way["lines"] if line["line"] == "licence")
        assert way["first_year"][1] == pytest.approx(paid + licence, abs=0.1)
        assert way["later_year"][1] == pytest.approx(sum(line["yearly"] for line in way["lines"]), abs=0.1)


def test_an_unknown_head_count_leaves_the_sum_open_and_names_the_answer_that_closes_it(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM.replace("I8: 45", "I8: unknown").replace("A2: 130", "A2: unknown")))
    reference = next(way for way in project["ways"] if way["reference"])
    assert reference["first_year"] is None and reference["user_year"][1] > 0
    assert {"I8", "A2"} <= set(project["open"])


@pytest.mark.parametrize(("lang", "words"), [("en", "estimated from A2"), ("zh", "按A2估算")])
def test_it_is_printed_in_both_languages(lang: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    done = CliRunner().invoke(advisor, ["--lang", lang, "project", str(tmp_path / "firm.yaml")], catch_exceptions=False)
    assert done.exit_code == 0 and words in done.output


def test_papers_alone_say_nothing_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    done = CliRunner().invoke(advisor, ["--papers-only", "project", str(tmp_path / "firm.yaml")])
    assert done.exit_code == 3 and "Traceback" not in done.output
