"""The owner's edition has two pages for firms of the panel too, and both languages have as many lines of each kind."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from advisor.insight.full_assessment import assess_fully
from advisor.panel import read_panel
from advisor.reporting import render
from advisor.reporting.chapters.owner_actions import action_page
from advisor.reporting.chapters.owner_room import ROOM, height, sizes
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Bullets, Table
from advisor.reporting.look import Look
from advisor.text import LANGS

FIRMS = ("P03", "R24", "R33")
"""One without a CRM system, and two that have one."""
PANEL = Path(__file__).parents[1] / "panel"


@pytest.fixture(scope="module")
def assessments(knowledge):
    firms = {firm.file.id: firm.answers for firm in read_panel(PANEL, knowledge) if firm.file.id in FIRMS}
    return {name: assess_fully(answers, knowledge, None, engine="columns") for name, answers in firms.items()}


def test_no_line_of_the_owners_pages_runs_over_to_a_third(assessments):
    pytest.importorskip("typst")
    assert assessments.keys() == set(FIRMS)
    for name, made in assessments.items():
        for lang in LANGS:
            pdf = render(made, "pdf", lang, Look("summary", engine="typst"))
            assert len(PdfReader(io.BytesIO(pdf)).pages) == 2, (name, lang)


def test_both_languages_have_as_many_lines_of_each_kind_and_no_more_than_there_is_room_for(assessments):
    for name, made in assessments.items():
        counts = []
        for lang in LANGS:
            blocks = action_page(ReportWording(made, lang)).blocks
            assert height(blocks) <= ROOM, (name, lang)
            counts.append(
                [len(b.rows if isinstance(b, Table) else b.lines) for b in blocks if isinstance(b, Bullets | Table)]
            )
        assert counts[0] == counts[1], name


def test_what_is_tried_later_never_has_more_lines(knowledge):
    for steps in (6, 9):
        risks = [size.risks for size in sizes(steps)]
        assert risks[0] == 3 and risks[-1] == 1
        assert sizes(steps)[0].steps == steps and sizes(steps)[-1].steps == 3
