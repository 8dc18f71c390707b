"""The firm that docs/method.md works out by hand comes to the same yuan in the program."""

from __future__ import annotations

import re

import pytest

from advisor.assessment import assess
from advisor.interview.answer_files import parse_answers
from advisor.selection import select
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "method.md"


@pytest.fixture(scope="module")
def assessment(knowledge):
    (sheet,) = blocks(PAGE, "yaml")
    answers = parse_answers(sheet.encode(), "method.yaml", knowledge)
    assessment = assess(answers, knowledge, engine="columns")
    return assessment.model_copy(update={"selection": select(assessment, answers, knowledge)})


@pytest.fixture(scope="module")
def hosted(assessment):
    return next(way for way in assessment.project.ways if way.way == "hosted")


def rows() -> dict[str, list[str]]:
    """The rows of the tables by their first cell."""
    lines = re.findall(r"^\| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    cells = [[cell.strip().replace(",", "") for cell in line.split("|")] for line in lines]
    return {first: rest for first, *rest in cells}


def test_the_outside_days_of_each_task(assessment):
    by_title = {task.title.en: task for task in assessment.project.tasks}
    table = {name: float(cells[1]) for name, cells in rows().items() if name in by_title}
    assert len(table) == 6
    for name, days in table.items():
        assert by_title[name].outside_days[1] == pytest.approx(days, abs=0.005)
    assert assessment.project.outside_days[1] == pytest.approx(float(rows()["all"][1]), abs=0.005)


def test_every_line_to_the_yuan(hosted):
    lines = {line.line: line for line in hosted.lines}
    named = {"Licences": "licence", "Outside work": "work", "Steering": "management", "Contingency": "contingency"}
    for name, line in named.items():
        assert round(lines[line].first) == int(rows()[name][1])
    assert round(lines["improvement"].later) == int(rows()["Maintenance and improvement"][3])
    assert (round(hosted.first_year[1]), round(hosted.later_year[1])) == tuple(
        int(rows()["paid to others"][n]) for n in (1, 3)
    )


def test_five_years_one_product_and_own_days_to_the_yuan(assessment, hosted):
    text = PAGE.read_text("utf-8").replace(",", "")
    fxiaoke = next(item for item in assessment.selection.candidates if item.product == "fxiaoke")
    assert f"= {round(hosted.total[1])}." in text
    assert f"and the first year {round(fxiaoke.first_year[1])}." in text
    assert f"put in {round(hosted.own_days[1])} days besides" in text
