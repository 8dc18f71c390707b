"""Works outside the papers: named in the reader's language, and how each was looked up told to whoever checks it alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from docx import Document as WordDocument
from pptx import Presentation

from advisor.assessment.citations import cited_works
from advisor.insight.why import why
from advisor.knowledge.due import due_entries
from advisor.reporting import render
from advisor.reporting.look import Look
from advisor.reporting.reference import build_site
from advisor.reporting.report import build_document
from advisor.text import LANGS
from tests.document_parts import walk

HOST = re.compile(r"\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|cn|org|net|cc|eu|de|gov|edu|uk|ca)\b")
HOW_IT_WAS_READ = re.compile(
    r"not looked up|\bcopy of|\bcopies at|as shown at|[Aa]bstract|\bread on\b|not read|查证|副本|摘要"
)
BIBLIOGRAPHIC = re.compile(r"^[^\u4e00-\u9fff]+ \((about )?\d{4}\)\. [^\u4e00-\u9fff]+\.?$")
"""Author (year). Title. Journal: what stays as it is in any language."""
FOR_CLIENTS = ("client", "summary", "slides", "study")


@pytest.fixture(scope="module")
def assessed(assessed_firm):
    return {name: assessed_firm(name) for name in ("machine_tool_maker", "small_haulier", "online_retailer")}


@pytest.fixture(scope="module")
def citing_all(assessed, knowledge):
    """An assessment that cites every work there is."""
    item = assessed["machine_tool_maker"]
    return item.model_copy(update={"citations": {**item.citations, **cited_works(knowledge, knowledge.external)}})


def texts_of(document):
    for part in walk(document):
        yield from (value for value in vars(part).values() if isinstance(value, str))
    for entry in document.sources:
        yield from (text for claim in entry.claims for text in claim)


def test_a_work_is_cited_in_chinese_on_chinese_pages_unless_it_is_a_foreign_publication(knowledge):
    for name, work in knowledge.external.items():
        if work.citation.zh == work.citation.en:
            assert BIBLIOGRAPHIC.match(work.citation.zh), f"{name}: {work.citation.zh}"
            assert not work.law_of
        else:
            assert len(re.findall("[\u4e00-\u9fff]", work.citation.zh)) >= 4, name
            assert re.search("[A-Za-z]{3}", work.citation.en), name


def test_a_chinese_law_is_cited_as_lawyers_cite_it(knowledge):
    for name, work in knowledge.external.items():
        if work.law_of == "mainland_china":
            assert "《" in work.citation.zh and not re.search(r"[A-Za-z]{3}", work.citation.zh), name
            title = re.search("《[^》]+》", work.citation.zh)[0]
            assert title in work.citation.en and not work.citation.en.startswith("《"), name
            assert ("Article" in work.citation.en) == bool(
                re.search("第[一二三四五六七八九十百、至]+条", work.citation.zh)
            ), name


def test_no_citation_names_the_page_or_the_copy_that_was_read(knowledge):
    for name, work in knowledge.external.items():
        for lang in LANGS:
            assert not HOST.search(work.citation[lang]), name
            assert not HOW_IT_WAS_READ.search(work.citation[lang]), name


@pytest.mark.parametrize("name", ["gdpr_2016", "trade_fee_levels", "pipl_2021", "reid_catterall_2005", "nagle_2017"])
def test_how_a_work_was_looked_up_is_kept(knowledge, name):
    kept = {
        "gdpr_2016": "not read one by one",
        "trade_fee_levels": "not looked up",
        "pipl_2021": "LawRefBook/Laws on GitHub (copy of 19 April 2025)",
        "reid_catterall_2005": "names neither title nor authors",
        "nagle_2017": "retold by T. Nagle in The Irish Times",
    }
    assert kept[name] in knowledge.external[name].read_in["en"]
    assert re.search("[\u4e00-\u9fff]", knowledge.external[name].read_in["zh"])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("edition", FOR_CLIENTS)
def test_no_page_for_a_client_tells_where_a_work_was_read(assessed, citing_all, knowledge, lang, edition):
    read_in = [work.read_in[lang] for work in knowledge.external.values() if work.read_in]
    other = [w.citation.en for w in knowledge.external.values() if lang == "zh" and w.citation.zh != w.citation.en]
    assert read_in
    for item in (*assessed.values(), citing_all):
        printed = "\n".join(texts_of(build_document(item, lang, edition)))
        assert not [words for words in (*read_in, *other) if words in printed]


@pytest.mark.parametrize("lang", LANGS)
def test_the_evidence_tells_where_a_work_was_read(citing_all, knowledge, lang):
    for document in (
        build_document(citing_all, lang, "evidence"),
        build_document(citing_all, lang, "client", annex=True),
    ):
        entries = {entry.title: entry.about for entry in document.sources if entry.work}
        for work in knowledge.external.values():
            if work.citation[lang] in entries and work.read_in:
                assert work.read_in[lang] in entries[work.citation[lang]]
    assert len(entries) > 5


@pytest.mark.parametrize("lang", LANGS)
def test_a_clients_list_has_the_papers_first_and_then_the_works_by_number(assessed, lang):
    cited = 0
    for item in assessed.values():
        entries = build_document(item, lang, "client").sources
        works = [int(entry.claims[0][0]) for entry in entries if entry.work]
        cited += len(works)
        assert works == sorted(works)
        assert [entry.work for entry in entries] == sorted(entry.work for entry in entries)
        assert all(entry.named_alone for entry in entries if entry.work)
        assert len({entry.detail for entry in entries if entry.work}) <= 1
    assert cited > 10


@pytest.mark.parametrize("edition", ["client", "evidence"])
def test_works_share_one_heading(assessed, edition):
    item = assessed["machine_tool_maker"]
    detail = next(entry.detail for entry in build_document(item, "en", edition).sources if entry.work)
    assert render(item, "html", "en", Look(edition)).decode().count(f">{detail}<") == 1
    word = WordDocument(io.BytesIO(render(item, "docx", "en", Look(edition))))
    assert [paragraph.text for paragraph in word.paragraphs].count(detail) == 1


def test_a_speaker_reads_the_name_of_a_work_behind_its_number(assessed):
    deck = Presentation(io.BytesIO(render(assessed["machine_tool_maker"], "pptx", "en", Look("slides"))))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)
    assert re.search(r"^\[\d+\] \S", notes, re.M)
    assert not re.search(r"^\[\d+\]\s*$", notes, re.M)


@pytest.mark.parametrize("lang", LANGS)
def test_whoever_asks_why_or_looks_a_work_up_again_is_told_where_it_was_read(assessed, knowledge, lang):
    item = assessed["machine_tool_maker"]
    cited = next(c for c in item.cited.values() if c.external and c.read_in and c.id == "pipl_2021")
    explained = "\n".join(text for check in item.legal_checks for text in _texts(why(item, check.id), lang))
    assert cited.read_in[lang] in explained and cited.where[lang] in explained
    due = {entry.id: entry for entry in due_entries(knowledge)}
    assert due["pipl_2021"].read_in == cited.read_in and due["pipl_2021"].title == cited.where
    page = build_site(knowledge)[f"{lang}/works.html"]
    assert knowledge.external["pipl_2021"].read_in[lang] in page


def _texts(node, lang) -> Iterator[str]:
    yield node.text[lang]
    for below in node.children:
        yield from _texts(below, lang)
