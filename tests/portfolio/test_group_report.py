"""The report on a group: the same in both languages, every figure backed, no firm named, and what the page itself says."""

from __future__ import annotations

import dataclasses
import re
import subprocess
from pathlib import Path

import pypdf
import pytest

from advisor.knowledge import Knowledge
from advisor.portfolio.benchmark import positions_of
from advisor.portfolio.chapters.benchmark import firm_benchmark
from advisor.portfolio.chapters.need_and_ability import MAX_POINTS
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import compute_figures
from advisor.portfolio.group_report import build_group_report
from advisor.portfolio.portfolio_files import write_portfolio
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.chart_geometry import geometry
from advisor.reporting.charts import Bar, MapChart
from advisor.reporting.data_tables import data_table
from advisor.reporting.document import Chart, Document, Line, Table
from advisor.reporting.html import render_html
from advisor.reporting.word import render_docx
from tests.conftest import ROOT
from tests.document_parts import walk
from tests.portfolio.conftest import make_entry

SHORT = [make_entry(n, need=None, ability=None) for n in range(3)]


def build(entries: list[PortfolioEntry], knowledge: Knowledge, lang: str = "en", failed: int = 0) -> Document:
    return build_group_report(entries, compute_figures(entries, failed), knowledge, lang)  # type: ignore[arg-type]


def said(document: Document) -> str:
    return re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", render_html(document), flags=re.S))


@pytest.fixture(scope="module")
def document(crowd: list[PortfolioEntry], knowledge: Knowledge) -> Document:
    return build(crowd, knowledge, failed=2)


def charts(document: Document) -> list[Chart]:
    return [node for node in walk(document) if isinstance(node, Chart)]


@pytest.mark.parametrize("entries", ["crowd", "none", "few", "lone"])
def test_both_languages_have_the_same_chapters_and_blocks(entries, crowd, knowledge):
    firms = {"crowd": crowd, "none": [], "few": SHORT, "lone": crowd[:1]}[entries]
    zh, en = (build(firms, knowledge, lang) for lang in ("zh", "en"))
    assert [c.id for c in zh.chapters] == [c.id for c in en.chapters]
    for zh_chapter, en_chapter in zip(zh.chapters, en.chapters, strict=True):
        assert [type(block) for block in zh_chapter.blocks] == [type(block) for block in en_chapter.blocks]
    own_words = r"<p class=\"quiet source-about\">.*?</p>|《.+?》|[一-鿿]+〔\d+〕\d+号"
    told = re.sub(own_words, "", said(en)).replace("某某企业", "")
    assert not re.search(r"[一-鿿]", told), "names of works stand in their own language, translated"
    assert render_docx(zh) and render_html(zh)


def test_no_firm_is_named(document: Document, crowd: list[PortfolioEntry]):
    text = said(document)
    assert not [entry.id for entry in crowd if entry.id in text or f"{entry.name.en} " in text or entry.name.zh in text]


def test_every_claim_cited_is_in_the_bibliography(document: Document):
    listed = {name for entry in document.sources for name, _, _ in entry.claims}
    cited = {name for node in walk(document) if isinstance(node, Line) for name in node.cites}
    assert cited and cited == listed


def test_every_drawing_says_what_it_shows_and_stays_inside_its_frame(document: Document):
    assert len(charts(document)) >= 8
    for chart in charts(document):
        assert re.search(r"\d", chart.title + chart.alternative)
        assert data_table(chart, "en").rows
        frame = geometry(chart.drawing)
        page = render_html(
            dataclasses.replace(document, chapters=(dataclasses.replace(document.chapters[0], blocks=(chart,)),))
        )
        for y in re.findall(r' y="([\d.]+)"', page[page.index("<svg") :]):
            assert float(y) <= frame.height


def test_every_width_of_a_table_has_a_style(document: Document):
    css = (ROOT / "templates" / "report" / "report.css").read_text("utf-8")
    for table in (node for node in walk(document) if isinstance(node, Table)):
        assert sum(table.widths) == 100
        assert all(f".w{width} " in css for width in table.widths)
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_map_holds_every_firm_that_can_be_placed_by_verdict(document: Document, crowd: list[PortfolioEntry]):
    drawing = next(c.drawing for c in charts(document) if isinstance(c.drawing, MapChart))
    placed = [entry for entry in crowd if entry.ability.points is not None]
    assert len(drawing.points) == len(placed) == sum(key.count for key in drawing.legend) == 57
    assert {(p.tone, p.shape) for p in drawing.points} == {(key.tone, key.shape) for key in drawing.legend}
    assert len({key.shape for key in drawing.legend}) == 5
    assert "Not on the map, as need or readiness has no points yet: 3." in said(document)
    assert "rows that could not be read: 2" in said(document)


def test_hundreds_of_firms_share_points(crowd: list[PortfolioEntry], knowledge: Knowledge):
    large_crowd = [entry.model_copy(update={"id": f"{entry.id}-{n}"}) for n in range(12) for entry in crowd]
    drawing = next(c.drawing for c in charts(build(large_crowd, knowledge)) if isinstance(c.drawing, MapChart))
    assert len(large_crowd) > MAX_POINTS > len(drawing.points)
    assert sum(key.count for key in drawing.legend) == 57 * 12


def test_no_bar_or_row_is_of_fewer_than_five_firms(document: Document):
    compared = next(chapter for chapter in document.chapters if chapter.id == "groups")
    numbers = [
        int(n) for n in re.findall(r"n\xa0=\xa0(\d+)", " ".join(b.label for b in walk(compared) if isinstance(b, Bar)))
    ]
    assert numbers and min(numbers) >= 5
    for table in (node for node in walk(compared) if isinstance(node, Table)):
        assert sum(int(row[1].line.text) for row in table.rows) == 57
        assert min(int(row[1].line.text) for row in table.rows) >= 5


def test_too_few_firms_have_no_medians_and_the_report_says_so(knowledge: Knowledge):
    entries = [make_entry(n) for n in range(4)]
    text = said(build(entries, knowledge))
    assert "fewer than five known" in text
    assert "groups are not compared" in text
    assert "benchmark" not in {chapter.id for chapter in build(entries, knowledge).chapters}


def test_firms_that_were_not_examined_are_said_to_be(knowledge: Knowledge):
    text = said(build([make_entry(n, path=None, steps=()) for n in range(6)], knowledge))
    assert "No ways to feasible were worked out" in text


def test_a_firm_beside_its_group_makes_a_block_for_its_own_report(crowd: list[PortfolioEntry], knowledge: Knowledge):
    table = firm_benchmark(PortfolioWording(knowledge, "en"), positions_of(crowd[0], crowd))
    assert [row[0].line.text for row in table.rows][:3] == ["Need", "Readiness", knowledge.scores["need_closeness"].label.en]
    assert {row[-1].line.text for row in table.rows} <= {"lowest quarter", "middle half", "top quarter"}
    few = firm_benchmark(PortfolioWording(knowledge, "en"), positions_of(crowd[0], crowd[:4]))
    assert {row[-1].line.text for row in few.rows} == {"under five firms"}


def test_findings_the_knowledge_does_not_know_are_called_by_their_id(knowledge: Knowledge):
    entries = [make_entry(n, conditions=("raise_leadership_factor", "made_up"), risks={"odd": "high"}) for n in range(6)]
    text = said(build(entries, knowledge))
    assert "Strengthen: Leadership" in text and "made_up" in text and "odd" in text


# --- the sample firms, on paper ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def papers(sample_firms: list[PortfolioEntry], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    written = write_portfolio(sample_firms, knowledge, folder, ("zh", "en"), failed=2)
    assert [path.name for path in written] == [
        "index.html", "index.xlsx", "portfolio.zh.pdf", "index.en.html", "index.en.xlsx", "portfolio.en.pdf",
    ]  # fmt: skip
    return folder


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_the_figures_of_the_sample_firms_are_on_the_page(papers: Path, sample_firms: list[PortfolioEntry]):
    figures = compute_figures(sample_firms)
    zh, en = text_of(papers / "portfolio.zh.pdf").replace(" ", ""), " ".join(text_of(papers / "portfolio.en.pdf").split())
    feasible = figures.verdicts["feasible"]
    assert f"27家中{feasible}家现在就可以导入CRM" in zh
    assert f"Ready for CRM now: {feasible} of 27" in en
    for words in (
        "一页总览",
        "需求与实施准备度",
        "最常见的障碍",
        "最常见的风险",
        "做什么能让最多企业达到可行",
        "各组比较",
        "对标基准",
    ):
        assert words in zh
    lifting = figures.common_steps
    assert (
        f"Not feasible yet (on conditions or not yet): {lifting.waiting}. With changes of their own, {lifting.with_path}"
        in en
    )
    assert "�" not in zh + en


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_is_tagged_and_of_a_sensible_length(papers: Path, lang: str):
    reader = pypdf.PdfReader(papers / f"portfolio.{lang}.pdf")
    assert 10 <= len(reader.pages) <= 18
    assert reader.trailer["/Root"]["/Lang"].lower().startswith(lang)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
