"""What travels inside a PDF besides its pages, and where the grounds go."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.assessment import Assessment
from advisor.errors import InputError
from advisor.insight.full_assessment import assess_fully
from advisor.interview.answer_files import parse_answers
from advisor.reporting import build_document, render
from advisor.reporting.attachment import read_attachment
from advisor.reporting.document import sources_cited
from advisor.reporting.editions import EDITIONS, with_evidence
from advisor.reporting.look import Look

SHEET = "firm: {name: Example}\nG1: 4\nF2: chief\nF2_note: nobody is to read this\n"


@pytest.fixture(scope="module")
def assessed(knowledge) -> Assessment:
    return assess_fully(parse_answers(SHEET.encode(), "firm.yaml", knowledge), knowledge, date(2026, 1, 5))


def carried(assessed: Assessment, look: Look) -> str:
    return read_attachment(render(assessed, "pdf", "en", look), "report.pdf").decode()


@pytest.mark.parametrize("edition", ["summary", "client"])
def test_a_report_for_a_client_carries_no_answer_that_its_pages_do_not_show(assessed, edition):
    pytest.importorskip("typst")
    with pytest.raises(InputError, match="carries no assessment"):
        carried(assessed, Look(edition, engine="typst"))
    asked = carried(assessed, Look(edition, engine="typst", attach="assessment"))
    assert '"sponsor_level"' in asked and "nobody is to read this" not in asked


def test_the_evidence_carries_all_unless_nothing_is_asked_for(assessed):
    pytest.importorskip("typst")
    assert carried(assessed, Look("evidence", engine="typst")) == assessed.to_json()
    with pytest.raises(InputError, match="carries no assessment"):
        carried(assessed, Look("evidence", engine="typst", attach="none"))


def test_evidence_inside_stands_behind_the_pages_and_every_note_has_its_place(assessed):
    document = build_document(assessed, "en", "client", annex=True)
    names = [chapter.id for chapter in document.chapters]
    assert len(set(names)) == len(names) and names.index("annex") > names.index("recommendation")
    assert any(name.startswith("annex-") for name in names)
    assert set(sources_cited(document.chapters)) == {name for entry in document.sources for name, _, _ in entry.claims}
    assert all(text for entry in document.sources for _, _, text in entry.claims)


def test_notes_of_a_client_are_one_for_each_place_in_a_source(assessed):
    document = build_document(assessed, "en", "client")
    notes = [name for entry in document.sources for name, _, _ in entry.claims]
    assert sorted(notes, key=int) == [str(number) for number in range(1, len(notes) + 1)]
    assert set(sources_cited(document.chapters)) == set(notes)
    for entry in document.sources:
        places = [where for _, where, _ in entry.claims if where]
        assert len(set(places)) == len(places)


def test_evidence_goes_beside_where_asked_or_where_an_edition_has_no_room_behind_it():
    assert with_evidence(["summary", "client"], "beside") == ("summary", "client", "evidence")
    assert with_evidence(["summary"], "inside") == ("summary", "evidence")
    assert with_evidence(["client"], "none") == ("client",)
    assert not EDITIONS["summary"].annex and EDITIONS["client"].annex
