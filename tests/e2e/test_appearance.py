"""How pages look and whether everybody can use them: small screens, light, dark and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from advisor.knowledge import Knowledge

pytestmark = pytest.mark.slow
Visit = Callable[..., Page]
Options = dict[str, object]
FIRM = "building_contractor"
PLACES = [
    "", "tasks", "next", "settled", "check", "links", "delete", "privacy", "sheet", "nowhere", "shared/",
    "result/", "result/chapters/ability", "result/chapters/risks", "result/chapters/cost", "result/chapters/plan",
    "result/chapters/answers", "result/sources", "result/why/verdict", "result/why-not?what=feasible", "result/what-if",
    "result/take-away", "/knowledge/{lang}/index.html", "/knowledge/{lang}/scores.html",
]  # fmt: skip
CHAPTERS = [f"result/chapters/{name}" for name in ("model", "path", "functions", "products", "rests", "proof")]
"""Of the same parts as chapters among the places above; their widths differ."""
SMALL = ["tasks", "questions/trade_and_size", "result/", "result/chapters/cost", "/knowledge/{lang}/index.html"]
DARK = [
    "", "tasks", "questions/trade_and_size", "questions/customer_base", "check", "links", "delete", "result/",
    "result/chapters/ability", "result/chapters/risks", "result/chapters/plan", "result/chapters/rests", "result/why-not",
    "result/what-if", "result/take-away", "/knowledge/{lang}/index.html", "/knowledge/{lang}/scores.html",
]  # fmt: skip
UNFOLDED_WIDTH = """() => {
  document.querySelectorAll("[hidden]").forEach((one) => { one.hidden = false; });
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  return document.documentElement.scrollWidth;
}"""
COLOURS_OF = """(e) => {
  const look = getComputedStyle(e);
  return [look.color, look.backgroundColor].map((colour) => colour.match(/[\\d.]+/g).map(Number));
}"""
COLOURS = ["color-contrast", "link-in-text-block"]
ALL: Options = {"resultTypes": ["violations"]}
ONLY_COLOURS: Options = {"runOnly": COLOURS}
ALL_BUT_COLOURS: Options = {**ALL, "rules": {name: {"enabled": False} for name in COLOURS}}
"""Colours cost axe half its time and are the same in both languages: they are looked at in one."""


def kinds_of_topic(knowledge: Knowledge) -> list[str]:
    """Topics that between them show every type of question, with and without a help text, short lists and long ones."""
    seen_kinds: set[tuple[str, bool, bool]] = set()
    chosen = []
    for name, (_, topic) in knowledge.topics.items():
        questions = [knowledge.questions[q] for q in topic.questions]
        kinds = {(q.type, bool(q.help), len(knowledge.facts[q.id].values or ()) > 12) for q in questions}
        if not kinds <= seen_kinds:
            chosen.append(f"questions/{name}")
            seen_kinds |= kinds
    return chosen


def open_case(visit: Visit, return_link: Callable[..., str], lang: str, **options: object) -> Page:
    """A browser page on a case with answers in the full edition, which also holds a link to read its result."""
    page = visit(bypass_csp=True, **options)
    page.goto(return_link(FIRM, lang, "full"))
    page.goto(return_link(FIRM, lang, "full", "share"))
    return page


def tour(page: Page, lang: str, places: list[str]) -> Iterator[str]:
    """Go to each place in turn."""
    for place in places:
        address = place.format(lang=lang) if place.startswith("/") else f"/{lang}/{place}"
        response = page.goto(address)
        assert response is not None
        assert response.ok or place == "nowhere", place
        yield place


def with_errors(page: Page, lang: str) -> Iterator[str]:
    """Pages that say what cannot be understood."""
    page.goto(f"/{lang}/questions/trade_and_size")
    page.locator("#i-employees-1").fill("many")
    page.locator("main form button[value=on]").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "a question page with an error"
    page.goto(f"/{lang}/sheet")
    page.set_input_files("#sheet", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"code,answer\nG1,perhaps\n"})
    page.locator("main form button").click()
    expect(page.locator("#summary")).to_be_visible()
    yield "a table with an error"


def while_drawn(page: Page, lang: str) -> Iterator[str]:
    """The page of a report being drawn, held as it is."""

    def hold(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
        else:
            route.fulfill(json={"state": "drawing", "seconds": 1, "usual": 6})

    page.route("**/result/report/*", hold)
    page.goto(f"/{lang}/result/take-away")
    page.locator("button[name=form][value=docx]").first.click()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)  # the page's script has taken over
    yield "a report being drawn"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_scrolls_sideways_on_a_small_screen(visit: Visit, return_link, knowledge: Knowledge, lang: str):
    page = open_case(visit, return_link, lang, viewport={"width": 360, "height": 800})
    topics = [f"questions/{name}" for name in knowledge.topics]
    problems = []
    for place in tour(page, lang, [*topics, *PLACES, *CHAPTERS]):
        wide = page.evaluate(UNFOLDED_WIDTH)
        if wide > 360:
            problems.append(f"{place}: {wide} px wide")
    for place in with_errors(page, lang):
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            problems.append(place)
    assert problems == []


@pytest.mark.parametrize(("lang", "options"), [("zh", ALL), ("en", ALL_BUT_COLOURS)], ids=["zh", "en"])
def test_no_page_has_a_serious_fault(visit: Visit, return_link, knowledge: Knowledge, lang: str, options: Options):
    page = open_case(visit, return_link, lang, viewport={"width": 1280, "height": 800})
    problems = []
    for where in (tour(page, lang, [*kinds_of_topic(knowledge), *PLACES]), with_errors(page, lang), while_drawn(page, lang)):
        for place in where:
            problems += faults(page, place, options)
    assert problems == []


def test_no_page_is_hard_to_read_in_the_dark(visit: Visit, return_link):
    page = open_case(visit, return_link, "zh", viewport={"width": 1280, "height": 800}, color_scheme="dark")
    problems = []
    for where in (tour(page, "zh", DARK), with_errors(page, "zh")):
        for place in where:
            problems += faults(page, place, ONLY_COLOURS)
    assert problems == []


def test_a_small_screen_has_no_faults_of_its_own(visit: Visit, return_link):
    page = open_case(visit, return_link, "en", viewport={"width": 360, "height": 800})
    assert [fault for place in tour(page, "en", SMALL) for fault in faults(page, place, ALL)] == []


def faults(page: Page, place: str, options: Options) -> list[str]:
    """What axe finds that keeps people from using a page."""
    violations = Axe().run(page, options=options).response["violations"]
    grave = [fault for fault in violations if fault["impact"] in ("serious", "critical")]
    return [f"{place}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in grave]


def test_on_a_small_screen_charts_are_whole_and_contents_folded_without_script(visit: Visit, return_link):
    page = visit(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto(return_link(FIRM, "en", "full"))
    for name in ("", "chapters/ability", "chapters/plan", "chapters/cost"):
        page.goto(f"/en/result/{name}")
        expect(page.locator(".side li a").first).to_be_hidden()
        for figure in page.locator("figure").all():
            drawing = figure.locator("svg").locator("visible=true")
            expect(drawing).to_have_count(1)
            box, room = drawing.bounding_box(), figure.bounding_box()
            assert box and room
            assert room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"]
            assert box["width"] > 280
    page.locator(".side summary").click()
    expect(page.locator(".side li a").first).to_be_visible()


def test_beside_the_page_the_contents_stand_open_without_script(visit: Visit, return_link):
    page = visit(viewport={"width": 1280, "height": 720}, java_script_enabled=False)
    page.goto(return_link(FIRM, "en", "full"))
    page.goto("/en/result/")
    expect(page.locator(".side li a").first).to_be_visible()
    box = page.locator(".side > details").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 720


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_paper_is_light_and_shows_the_tables_behind_charts(visit: Visit, return_link, script: bool):
    page = visit(viewport={"width": 1000, "height": 800}, color_scheme="dark", java_script_enabled=script)
    page.goto(return_link(FIRM, "en", "full"))
    page.goto("/en/result/")
    table = page.locator("figure details table").first
    expect(table).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    expect(table).to_be_visible()
    for place in (".callout", "figure", "body"):
        ink, ground = page.locator(place).first.evaluate(COLOURS_OF)
        assert sum(ink[:3]) < 300, (place, ink)
        assert sum(ground[:3]) > 600 or ground[3:] == [0], (place, ground)
