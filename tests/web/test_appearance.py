"""What pages add to drawings: a form for narrow screens that leaves nothing out, colours that follow light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask import Flask

from advisor.assessment import Assessment
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.load import data_folder
from advisor.reporting import build_document
from advisor.reporting.document import Chart
from advisor.reporting.reference import build_page
from advisor.reporting.tones import TONE_COLOURS
from advisor.text import LANGS, Lang
from advisor.web.narrow_charts import WIDTH, text_width
from tests.web.conftest import Visitor

STYLE = (data_folder("templates") / "web" / "static" / "advisor.css").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def results(assessed_firm) -> list[Assessment]:
    return [assessed_firm(name) for name in ("machine_tool_maker", "small_haulier", "building_contractor")]


def charts(results: list[Assessment]) -> Iterator[Chart]:
    for lang in LANGS:
        for result in results:
            for chapter in build_document(result, lang, "evidence").chapters:
                yield from (block for block in chapter.blocks if isinstance(block, Chart))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_drawing_for_narrow_screens_says_all_and_stays_within_its_frame(app: Flask, results: list[Assessment]):
    kinds = set()
    for chart in charts(results):
        drawing = chart.drawing
        drawn = ElementTree.fromstring(app.jinja_env.globals["narrow_drawing"](chart).strip())[0]
        kinds.add(drawing.kind)
        texts = drawn.findall(f"{SVG}text")
        whole = squeezed("".join(text.text or "" for text in texts))
        for item in (
            *getattr(drawing, "bars", ()),
            *getattr(drawing, "regions", ()),
            *getattr(drawing, "points", ()),
        ):
            assert squeezed(item.label) in whole, (chart.title, item.label)
        height = float(drawn.attrib["height"])
        for text in texts:
            assert float(text.attrib["font-size"]) >= 11, text.text
            left, right, base = reach(text)
            assert -0.5 <= left < right <= WIDTH + 0.5, (chart.title, text.text)
            assert 0 < base < height, (chart.title, text.text)
    assert kinds == {"map", "bars", "swings", "matrix", "gantt"}


def reach(text: ElementTree.Element) -> tuple[float, float, float]:
    """How far a text goes to left and right, and where it stands; of one turned up, only that it is there."""
    x, base = float(text.attrib["x"]), float(text.attrib["y"])
    if "transform" in text.attrib:
        return x, x + 1, base
    wide = text_width(text.text or "", float(text.attrib["font-size"]))
    left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.attrib.get("text-anchor", "start")]
    return left, left + wide, base


def test_every_colour_of_a_drawing_follows_light_and_dark():
    used = {colour for pair in TONE_COLOURS.values() for colour in pair}
    for name in ("report/charts.html", "web/narrow_chart.html"):
        used |= set(re.findall(r"#[0-9a-f]{6}\b", (data_folder("templates") / name).read_text("utf-8")))
    for colour in sorted(used):
        assert f'.drawing [fill="{colour}"]' in STYLE, colour


def test_dark_colours_are_for_screens_only():
    assert "prefers-color-scheme: dark" in STYLE
    assert re.findall(r"@media ([^{]*)prefers-color-scheme: dark", STYLE) == ["screen and ("]


@pytest.mark.parametrize(
    ("firm", "lang", "said"),
    [
        ("small_haulier", "en", "for now something simpler will do, so the verdict is “not needed now”"),
        ("small_haulier", "zh", "眼下用轻量替代方案就够了，所以结论是“目前不需要”"),
        ("machine_tool_maker", "en", ""),
    ],
)
def test_the_map_says_why_the_verdict_is_not_where_the_firm_stands(
    visitor: Visitor, firms: dict[str, Answers], fill, firm: str, lang: str, said: str
):
    fill(visitor.begin("full"), firms[firm])
    page = visitor.read(f"/{lang}/result/")
    assert said in page
    assert ('class="differs"' in visitor.get(f"/{lang}/result/").get_data(as_text=True)) is bool(said)


def test_blockers_decide_and_not_the_averages(visitor: Visitor, firms: dict[str, Answers], fill):
    bank = firms["city_bank"]
    assert bank.given["initial_budget"].value
    nothing = dict.fromkeys(("initial_budget", "running_budget"), Answer("known", 0.0))
    fill(visitor.begin("full"), Answers(given={**bank.given, **nothing}))
    page = visitor.read("/en/result/")
    assert "By scores alone the firm would lie in “feasible”" in page
    assert "no score makes the verdict anything but “not yet”" in page
    assert "图中已计入否决项" in visitor.read("/zh/result/")


def test_the_contents_begin_folded_and_need_no_script(visitor: Visitor, firms: dict[str, Answers], fill):
    fill(visitor.begin("full"), firms["machine_tool_maker"])
    body = visitor.get("/en/result/chapters/model").get_data(as_text=True)
    assert "<details><summary>Contents</summary>" in body
    assert "::details-content" in STYLE


@pytest.mark.parametrize("lang", LANGS)
def test_the_reference_site_leads_back_and_alone_leads_nowhere_else(visitor: Visitor, knowledge: Knowledge, lang: Lang):
    page = visitor.begin().get(f"/knowledge/{lang}/works.html").get_data(as_text=True)
    for address in (f"/{lang}/", f"/{lang}/tasks", f"/{lang}/result/"):
        assert f'href="{address}"' in page
    assert 'href="/' not in build_page(knowledge, lang, "works")
