"""The client's edition: no code on a page, numbered notes that lead somewhere, finding titles, a dozen pages."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from pypdf import PdfReader

from advisor.reporting import render
from advisor.reporting.document import sources_cited
from advisor.reporting.look import Look
from advisor.reporting.report import build_document
from advisor.text import LANGS
from tests.document_parts import walk

CODE = re.compile(r"\b(?:P[1-6]-\d|[A-L]\d{1,2}[a-e]?\b)|[a-z]+_[a-z]+")
"""A claim, a question or an id of ours."""
CLIENT = Look("client", engine="typst")


def texts_of(chapter):
    """All text of a chapter that is printed."""
    for part in walk(chapter):
        for field in dataclasses.fields(part):
            value = getattr(part, field.name)
            if isinstance(value, str) and field.name not in ("id", "about", "tone", "kind", "shape"):
                yield value


@pytest.fixture(scope="module")
def assessed(firms, assessed_firm):
    return {name: assessed_firm(name) for name in firms}


@pytest.fixture(scope="module")
def documents(assessed):
    return {(name, lang): build_document(item, lang, "client") for name, item in assessed.items() for lang in LANGS}


def test_no_code_stands_on_a_page(documents):
    for key, document in documents.items():
        for chapter in document.chapters:
            shown = list(texts_of(chapter))
            assert shown
            for text in shown:
                assert not CODE.search(text), (key, chapter.id, text)


def test_every_note_leads_to_its_place_and_notes_are_numbered_as_they_come(documents):
    for document in documents.values():
        cited = list(dict.fromkeys(sources_cited(document.chapters)))
        assert cited == [str(number) for number in range(1, len(cited) + 1)]
        assert sorted(cited) == sorted(name for entry in document.sources for name, _, _ in entry.claims)


def test_titles_say_what_a_page_finds_and_pages_with_nothing_to_say_are_left_out(documents, assessed):
    for (name, lang), document in documents.items():
        ids = [chapter.id for chapter in document.chapters]
        assert ids[0] == "recommendation" and len(ids) == len(set(ids))
        assert len({chapter.title for chapter in document.chapters}) == len(ids), (name, lang)
        follows = assessed[name].verdict.name in ("feasible", "conditional")
        assert ("functions" in ids) <= follows and ("money" in ids) <= follows
        assert ("preconditions" in ids) == bool(assessed[name].blockers or assessed[name].conditions)


@pytest.mark.parametrize("lang", LANGS)
def test_a_client_reads_a_dozen_pages_and_half_of_them_where_no_system_follows(assessed, lang):
    for name, assessment in assessed.items():
        pages = len(PdfReader(io.BytesIO(render(assessment, "pdf", lang, CLIENT))).pages)
        fewest, most = (11, 15) if assessment.verdict.name in ("feasible", "conditional") else (5, 9)
        assert fewest <= pages <= most, (name, pages)
