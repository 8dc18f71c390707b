"""``advisor project``: what is known is told with where it is from; what is open says which answer closes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor

FIRM = (
    "answers: {A2: 130, A4a: 36, A13: 2, A6: [firms], A7a: 2100, C2: several_systems, "
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
    assert project["open"] == []
    estimated = json.loads(run(tmp_path, FIRM.replace(", I8: 45", "")))
    office = next(item for item in estimated["quantities"] if item["quantity"] == "office_users")
    assert (office["origin"], office["codes"]) == ("worked_out", ["A2"])


def test_sums_of_days_are_those_of_the_tasks_and_lines_those_of_the_money(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM))
    core = [task for task in project["tasks"] if task["core"]]
    further = [task["own_days"][1] for task in project["tasks"] if not task["core"]]
    assert project["go_live"][1] == max(task["start"] + task["weeks"] for task in core if task["phase"] == "roll_out")
    for kind in ("own_days", "outside_days"):
        assert project[kind][1] == pytest.approx(sum(task[kind][1] for task in core), abs=0.05)
    assert project["further_days"][1] == pytest.approx(sum(further), abs=0.05)
    for way in project["ways"]:
        assert way["first_year"][1] == pytest.approx(sum(line["first"] for line in way["lines"]), abs=0.1)
        assert way["later_year"][1] == pytest.approx(sum(line["later"] for line in way["lines"]), abs=0.1)
        assert way["total"][1] == pytest.approx(way["first_year"][1] + 4 * way["later_year"][1], abs=0.1)


def test_an_unknown_head_count_leaves_the_sum_open_and_names_the_answer_that_closes_it(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM.replace("I8: 45", "I8: unknown").replace("A2: 130", "A2: unknown")))
    possible = [way for way in project["ways"] if way["candidate"]]
    assert [way["first_year"] for way in possible] == [None] and possible[0]["user_year"][1] > 0
    assert {"I8", "A2"} <= set(project["open"])
    assert project["reference"] == "hosted", "which is cheaper is not known either, and the lightest is planned for"


def test_only_what_keeps_something_open_is_asked_for(tmp_path: Path) -> None:
    project = json.loads(run(tmp_path, FIRM.replace("E8: 4, ", "")))
    assert project["open"] == [], "users are answered, so that service needs no estimate"
    assert "service_users" not in {item["quantity"] for item in project["quantities"]}


def test_what_may_still_change_the_deployment_is_named(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, FIRM))["may_change"] == ["L15", "I6"]
    settled = json.loads(
        run(tmp_path, FIRM.replace("I8: 45", "I8: 45, L15: none, I6: [own_premises], I7: on_premise, I2: 3"))
    )
    assert (settled["reference"], settled["may_change"]) == ("on_premise", [])
    assert [way["way"] for way in settled["ways"] if way["ruled_out"]] == ["hosted", "private_cloud"]


@pytest.mark.parametrize(("lang", "words"), [("en", "estimated from C2"), ("zh", "按C2估算")])
def test_it_is_printed_in_both_languages(lang: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    done = CliRunner().invoke(advisor, ["--lang", lang, "project", str(tmp_path / "firm.yaml")], catch_exceptions=False)
    assert done.exit_code == 0 and words in done.output


def test_papers_alone_say_nothing_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    done = CliRunner().invoke(advisor, ["--papers-only", "project", str(tmp_path / "firm.yaml")])
    assert done.exit_code == 3 and "Traceback" not in done.output
