"""The whole way through in Chromium: both languages, with and without script, by keyboard alone, on a small screen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
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
            typed = field.locator("input[type=text]:visible, textarea:visible")  # the note beside an answer is folded
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


def test_what_was_typed_is_saved_though_the_field_was_not_left(visit: Visit):
    page = visit()
    page.goto("/en/")
    page.locator("button[name=edition][value=full]").click()
    page.goto("/en/questions/field_and_branches")
    page.locator("#i-field_staff-1").press_sequentially("41")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(page.locator("#i-field_staff-1")).to_be_focused()
    page.locator("#i-field_staff-1").press_sequentially("7")
    page.goto("/en/tasks")  # at once; what is sent on leaving arrives a moment after
    for _ in range(40):
        page.goto("/en/questions/field_and_branches")
        if page.locator("#i-field_staff-1").input_value() != "41":
            break
        page.wait_for_timeout(250)
    expect(page.locator("#i-field_staff-1")).to_have_value("417")


def test_the_page_says_when_an_answer_was_not_saved(visit: Visit):
    page = visit()
    page.goto("/en/")
    page.locator("button[name=edition][value=full]").click()
    page.goto("/en/questions/field_and_branches")
    note, box = page.locator("[data-saved]"), page.locator("#i-field_staff-1")
    box.press_sequentially("many")
    page.keyboard.press("Tab")
    expect(page.locator("#e-field_staff")).to_contain_text("not a number")
    expect(note).to_contain_text("Not saved")
    page.evaluate("() => { window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline')); }")
    box.fill("12")
    expect(note).to_contain_text("Not saved yet; it will be tried again")
    page.evaluate("() => { window.fetch = window.kept; dispatchEvent(new Event('online')); }")
    expect(note).to_contain_text("Saved at")
    page.context.clear_cookies()
    box.fill("13")
    expect(note).to_contain_text("can no longer be opened from this browser")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_switch_of_language_takes_what_was_typed_along(visit: Visit, script: bool):
    page = visit(java_script_enabled=script)
    page.goto("/en/")
    page.locator("button[name=edition][value=quick]").click()
    page.goto("/en/questions/trade_and_size")
    page.locator("#i-employees-1").fill("many")
    page.locator("button.language").click()
    page.wait_for_url("**/zh/questions/trade_and_size")
    expect(page.locator("#i-employees-1")).to_have_value("many")
    page.goto("/zh/links")
    page.locator("button[name=purpose][value=return]").click()
    link = page.locator("#made").input_value()
    page.locator("button.language").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Save and share")
    assert page.locator("#made").input_value() == link.replace("/zh/", "/en/")
    page.goto("/knowledge/en/papers.html#P4-15")
    page.locator("header a.other").click() if script else page.locator("#P4-15 a.there").click()
    assert page.url.endswith("/knowledge/zh/papers.html#P4-15")


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


def tab_to(page: Page, there: str) -> None:
    """Press Tab until the element in focus is the one meant."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({there!r})"):
            return
    raise AssertionError(f"{there} cannot be reached")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_by_keyboard_alone_from_the_start_to_the_result(visit: Visit, script: bool):
    """Once the first page is open, nothing but keys."""
    page = visit(java_script_enabled=script)
    page.goto("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tab_to(page, "button[name=edition][value=quick]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks")
    tab_to(page, ".tasks a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/trade_and_size")
    tab_to(page, "[name=industry]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=industry]").nth(1)).to_be_checked()
    tab_to(page, "input[name=employees]")
    page.keyboard.type("45")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/field_and_branches")
    tab_to(page, "button[value=on]:not(.unseen)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/customer_base")
    tab_to(page, "a.back")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/field_and_branches")
    tab_to(page, "a.back")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/trade_and_size")
    expect(page.locator("#i-employees-1")).to_have_value("45")
    tab_to(page, "nav a[href='/en/result/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["en"]["verdict"])
    tab_to(page, "a.language")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["zh"]["verdict"])


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
    link.wait_for(timeout=240_000)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "crm-advisor.evidence.en.pdf"


@pytest.mark.parametrize("script", [True, False])
def test_a_table_filled_in_elsewhere_is_handed_in(visit: Visit, script: bool):
    page = visit(java_script_enabled=script)
    page.goto("/zh/")
    page.get_by_role("link", name="下载空白表").click()
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
