"""The index in a real browser, from disk: filters, order, no script, hostile names, small screens, and what axe says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from advisor.knowledge import Knowledge
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import compute_figures
from advisor.portfolio.index_page import index_pages
from advisor.portfolio.index_rows import relative_href
from advisor.text import Text
from tests.portfolio.conftest import make_entry

pytestmark = pytest.mark.slow
NASTY = [
    "</script><img src=x onerror=window.hit=1>",
    "<script>window.hit=1</script>",
    '"><svg onload=window.hit=1>',
    "{{ 7*7 }}{% raw %}",
    "</title></style><script>window.hit=1</script>",
    "'; window.hit=1; //",
]


def write(folder: Path, entries: Sequence[PortfolioEntry], knowledge: Knowledge) -> Path:
    figures = compute_figures(entries, failed=3)
    for lang in ("zh", "en"):
        for name, page in index_pages(entries, figures, knowledge, lang, ("zh", "en"), {"PDF": f"portfolio.{lang}.pdf"}):
            (folder / name).write_bytes(page)
    return folder


@pytest.fixture(scope="module")
def folder(crowd: list[PortfolioEntry], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("index"), crowd, knowledge)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file without a network; at the end nothing else was asked for, and nothing complained."""
    windows: list[BrowserContext] = []
    faults: list[str] = []

    def open_file(path: Path, **options: object) -> Page:
        window = chromium.new_context(offline=True, **options)  # type: ignore[arg-type]
        windows.append(window)
        page = window.new_page()
        page.on(
            "request", lambda request: None if request.url.startswith(path.parent.as_uri()) else faults.append(request.url)
        )
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_file
    for window in windows:
        window.close()
    assert faults == []


def shown(page: Page) -> int:
    return page.locator("tbody tr:visible").count()


def test_filters_leave_the_firms_that_fit_and_say_how_many(visit, folder: Path, crowd: list[PortfolioEntry]):
    page = visit(folder / "index.en.html")
    assert shown(page) == len(crowd)
    page.get_by_label("Verdict").select_option(label=f"Feasible ({sum(e.verdict == 'feasible' for e in crowd)})")
    fit = [e for e in crowd if e.verdict == "feasible"]
    assert shown(page) == len(fit)
    expect(page.get_by_role("status")).to_have_text(f"Showing {len(fit)} of {len(crowd)}")
    models = [e for e in fit if e.model == "project"]
    page.get_by_label("Operating model").select_option(label=f"Project ({sum(e.model == 'project' for e in crowd)})")
    assert shown(page) == len(models) > 0
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("status")).to_have_text(f"Showing {len(crowd)} of {len(crowd)}")


def test_by_industry_and_by_risk(visit, folder: Path, crowd: list[PortfolioEntry], knowledge: Knowledge):
    page = visit(folder / "index.html")
    industry = page.get_by_label("行业").locator("option").nth(1)
    page.get_by_label("行业").select_option(industry.get_attribute("value"))
    assert shown(page) == int(industry.inner_text().rsplit("(", 1)[1].rstrip(")"))
    page.get_by_role("button", name="清除筛选").click()
    risk = crowd[0].risks and next(iter(crowd[0].risks))
    fit = sum(risk in entry.risks for entry in crowd)
    page.get_by_label("风险").select_option(label=f"{knowledge.findings[risk].title.zh} ({fit})")
    expect(page.get_by_role("status")).to_have_text(f"显示{fit}家，共{len(crowd)}家")
    page.get_by_label("查找").fill("没有这样的企业")
    expect(page.get_by_text("没有符合条件的企业。")).to_be_visible()


def test_search_takes_several_words_in_any_case(visit, folder: Path):
    page = visit(folder / "index.en.html")
    page.get_by_label("Search").fill("row 18 SUCH-and-such 17")
    assert shown(page) == 1
    expect(page.locator("tbody tr:visible th")).to_contain_text("Such-and-such 17")


def test_columns_sort_both_ways_and_say_so(visit, folder: Path, crowd: list[PortfolioEntry]):
    page = visit(folder / "index.en.html")
    head = page.get_by_role("columnheader", name="Readiness")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    values = page.locator("tbody td:nth-child(4)").evaluate_all("cells => cells.map(c => c.dataset.v)")
    known = [float(value) for value in values if value]
    assert known == sorted(known) and len(known) == sum(e.ability.points is not None for e in crowd)
    assert values[-1] == ""
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    page.get_by_role("columnheader", name="Firm").get_by_role("button").click()
    names = page.locator("tbody th").evaluate_all("cells => cells.map(c => c.firstChild.textContent.trim())")
    assert names[:3] == ["Such-and-such 1", "Such-and-such 2", "Such-and-such 3"]


def test_without_script_all_firms_are_there(visit, folder: Path, crowd: list[PortfolioEntry]):
    page = visit(folder / "index.html", java_script_enabled=False)
    assert shown(page) == len(crowd)
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("summary").first.click()
    expect(page.locator("details[open] li").first).to_be_visible()
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url.endswith("/index.en.html")


def test_reports_are_linked_beside_the_index(visit, folder: Path):
    page = visit(folder / "index.html")
    link = page.get_by_role("link", name="某某企业1：中文 PDF", exact=True)
    assert link.get_attribute("href") == "reports/firm_1.zh.pdf"
    assert page.get_by_role("link", name="PDF", exact=True).get_attribute("href") == "portfolio.zh.pdf"


def test_hostile_names_are_only_ever_text(visit, knowledge: Knowledge, tmp_path: Path):
    entries = [
        make_entry(
            n, id=f"x{n}", name=Text(zh=nasty, en=nasty), industry=nasty, size=nasty, blockers=(nasty,),
            risks={nasty: "high"},
            files={nasty: f"reports/{nasty}", "zh.pdf": "javascript:window.hit=1", "en.pdf": "//host/../x"},
        )
        for n, nasty in enumerate(NASTY)
    ]  # fmt: skip
    write(tmp_path, entries, knowledge)
    page = visit(tmp_path / "index.en.html")
    for nasty in NASTY:
        expect(page.locator("tbody th", has_text=nasty).first).to_be_visible()
    page.get_by_label("Industry").select_option(index=2)
    assert shown(page) == 1
    page.get_by_label("Search").fill(NASTY[0])
    assert page.evaluate("window.hit") is None
    assert page.locator("img, svg").count() == 0
    assert page.locator("script").count() == 1
    for href in page.locator("tbody a").evaluate_all("links => links.map(a => a.href)"):
        assert href.startswith(tmp_path.as_uri())


@pytest.mark.parametrize(("name", "scheme"), [("index.html", "light"), ("index.en.html", "dark")])
def test_axe_finds_nothing_serious(
    visit, crowd: list[PortfolioEntry], knowledge: Knowledge, tmp_path: Path, name: str, scheme: str
):
    page = visit(write(tmp_path, crowd[:8], knowledge) / name, color_scheme=scheme, bypass_csp=True)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations if v["impact"] in ("serious", "critical")] == []


def test_nothing_is_cut_off_on_a_small_screen(visit, folder: Path):
    page = visit(folder / "index.en.html")
    for width in (1300, 1281, 800, 360):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("tbody td[data-label=Readiness]").first).to_be_visible()
    page.get_by_role("button", name="Need").click()
    assert shown(page) == 60


def test_many_firms_are_dealt_out_over_pages(visit, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("advisor.portfolio.index_page.FIRMS_PER_PAGE", 4)
    write(tmp_path, [make_entry(n) for n in range(10)], knowledge)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "index-2.html", "index-3.html", "index.en-2.html", "index.en-3.html", "index.en.html", "index.html",
    ]  # fmt: skip
    page = visit(tmp_path / "index.en.html")
    page.get_by_role("link", name="3", exact=True).click()
    assert shown(page) == 2
    expect(page.get_by_text("Page 3 of 3")).to_be_visible()
    page.get_by_role("link", name="中文", exact=True).click()
    assert page.url.endswith("/index-3.html")


def test_no_firms_at_all_make_a_page(visit, knowledge: Knowledge, tmp_path: Path):
    page = visit(write(tmp_path, [], knowledge) / "index.en.html")
    expect(page.get_by_text("No firm fits these filters.")).to_be_visible()


def test_the_same_entries_give_the_same_pages(crowd: list[PortfolioEntry], knowledge: Knowledge):
    figures = compute_figures(crowd)
    first, second = (dict(index_pages(crowd, figures, knowledge, "zh", ("zh",), {})) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", ["/etc/passwd", "../up.pdf", "a/../../up.pdf", "..\\up.pdf", "//host/share", ""])
def test_paths_that_lead_elsewhere_are_no_links(path: str):
    assert relative_href(path) is None


def test_the_policy_of_a_page_lets_no_script_run_but_its_own(chromium: Browser, folder: Path, tmp_path: Path):
    inject = '<script>window.hit=1</script><img src="x" onerror="window.hit=2"><style>body{display:none}</style></main>'
    (tmp_path / "index.html").write_text((folder / "index.html").read_text("utf-8").replace("</main>", inject), "utf-8")
    page = chromium.new_page(offline=True)
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("#filters")).to_be_visible()
    assert page.evaluate("window.hit") is None
    page.close()
