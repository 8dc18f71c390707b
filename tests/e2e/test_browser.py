"""The whole way through in Chromium: both languages, with and without script, by keyboard alone, on a small screen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.filling_in import Filled

pytestmark = pytest.mark.slow
Visit = Callable[..., Page]
WORDS = {
    "zh": {"begin": "开始", "continue": "继续", "result": "查看结果", "saved": "已保存", "verdict": "评估结果"},
    "en": {"begin": "Start", "continue": "Continue", "result": "See the result", "saved": "Saved", "verdict": "Your result"},
}


def answer_everything(page: Page, lang: str) -> None:
    """Go from page to page, choosing the middle of every scale and typing every number, until the check."""
    for _ in range(60):
        if "/questions/" not in page.url:
            break
        for field in page.locator("fieldset.question:visible").all():
            typed = field.locator("input[type=text], textarea")
            if typed.count():
                typed.first.fill("12")
            else:
                choices = field.locator(".choices:not(.apart) input")
                choices.nth(choices.count() // 2).check()
        page.get_by_role("button", name=WORDS[lang]["continue"]).click()
        if "/settled" in page.url:
            page.locator("main a.second").click()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_firm_walks_from_start_to_result(visit: Visit, lang: str, script: bool):
    page = visit(java_script_enabled=script)
    page.goto(f"/{lang}/")
    page.locator("button[name=edition][value=quick]").click()
    page.locator(".tasks a").first.click()
    answer_everything(page, lang)
    assert page.url.endswith("/check")
    page.get_by_role("link", name=WORDS[lang]["result"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[lang]["verdict"])
    expect(page.locator("figure svg[role=img]").first).to_be_visible()
    before = page.url
    page.locator("a.language").click()
    other = "en" if lang == "zh" else "zh"
    assert page.url == before.replace(f"/{lang}/", f"/{other}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[other]["verdict"])


def test_answers_are_saved_as_they_are_given(visit: Visit):
    page = visit()
    page.goto("/en/")
    page.locator("button[name=edition][value=full]").click()
    page.goto("/en/questions/field_and_branches")
    page.locator("#i-field_staff-1").fill("0")
    page.locator("#i-field_staff-1").blur()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(page.locator("#i-field_staff-known")).to_be_checked()
    expect(page.locator("#q-field_staff_dispersion")).to_be_hidden()
    page.locator("label[for=i-field_staff-unknown]").click()
    expect(page.locator("#i-field_staff-1")).to_have_value("")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("#i-field_staff-unknown")).to_be_checked()


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(visit: Visit):
    page = visit()
    page.goto("/en/")
    page.locator("button[name=edition][value=quick]").click()
    page.goto("/en/questions/trade_and_size")
    page.locator("#i-employees-1").fill("many")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.locator("#summary a").click()
    expect(page.locator("#i-employees-1")).to_be_focused()
    expect(page.locator("#i-employees-1")).to_have_value("many")


def test_by_keyboard_alone(visit: Visit):
    page = visit()
    page.goto("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    button = page.locator("button[name=edition][value=quick]")
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks")
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.tasks a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/trade_and_size")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'industry'"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=industry]").nth(1)).to_be_checked()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'employees'"):
            break
    page.keyboard.type("45")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value === 'on'"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/field_and_branches")
    page.goto("/en/questions/trade_and_size")
    expect(page.locator("#i-employees-1")).to_have_value("45")


def test_what_if_follows_each_change(visit: Visit, return_link):
    page = visit()
    page.goto(return_link("machine_tool_maker"))
    page.goto("/en/result/what-if")
    page.locator("fieldset .choices:not(.apart) input[type=radio]:not([value=known])").last.check()
    expect(page.locator("#outcome table")).to_be_visible()
    page.locator("#more").select_option("sponsor_level")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#q-sponsor_level")).to_be_visible()
    expect(page.locator("#outcome table")).to_be_visible()


def test_a_report_comes_with_its_progress(visit: Visit, return_link):
    page = visit()
    page.goto(return_link("machine_tool_maker"))
    page.goto("/en/result/take-away")
    page.locator("button[name=form][value=pdf]").last.click()
    expect(page.locator("progress")).to_be_visible()
    link = page.get_by_role("link", name="Download it")
    link.wait_for(timeout=90_000)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "crm-advisor.en.pdf"


@pytest.mark.parametrize("script", [True, False])
def test_a_table_filled_in_elsewhere_is_handed_in(visit: Visit, script: bool):
    page = visit(java_script_enabled=script)
    page.goto("/zh/")
    page.get_by_role("link", name="下载空表").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel表格").click()
    form = Filled(download.value.path().read_bytes())
    place = form.put("G1", "看不懂的答案")
    form.put("F2", "一把手（董事长、总经理或老板）")
    taken = Path(tempfile.mkdtemp()) / "答卷.xlsx"
    taken.write_bytes(form.saved())
    page.set_input_files("#sheet", taken)
    page.get_by_role("button", name="读入答案").click()
    expect(page.locator("#summary")).to_be_focused()
    expect(page.locator("#summary")).to_contain_text(place.replace("!", " · "))
    form.put("G1", 5)
    taken.write_bytes(form.saved())
    page.set_input_files("#sheet", taken)
    page.get_by_role("button", name="读入答案").click()
    expect(page.get_by_text("已读入2题的答案")).to_be_visible()
    shutil.rmtree(taken.parent)


PATHS = [
    "", "tasks", "questions/trade_and_size", "questions/customer_base", "next", "settled", "check", "links", "delete",
    "privacy", "sheet",
    "result/", "result/chapters/model", "result/chapters/ability", "result/chapters/path", "result/chapters/risks",
    "result/chapters/functions", "result/chapters/products", "result/chapters/cost", "result/chapters/plan",
    "result/chapters/rests", "result/chapters/proof", "result/chapters/answers", "result/sources", "result/why/verdict",
    "result/why-not?what=feasible", "result/what-if", "result/take-away", "nowhere",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_no_page_has_a_serious_fault_or_scrolls_sideways(visit: Visit, return_link, lang: str, width: int, scheme: str):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page.goto(return_link("machine_tool_maker", lang))
    found = []
    for path in PATHS:
        response = page.goto(f"/{lang}/{path}")
        assert response is not None
        assert response.ok or path == "nowhere", path
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path}: {page.evaluate('document.documentElement.scrollWidth')} px wide")
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found.append(f"{path}: {fault['id']}: {fault['nodes'][0]['html'][:160]}")
    assert found == []
