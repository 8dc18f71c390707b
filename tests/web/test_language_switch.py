"""The switch of language keeps place and answers on every page, and Enter never presses it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.web.conftest import Visitor, text_of


class Buttons(HTMLParser):
    """The buttons of a page in the order in which they stand, each with the form it sends."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.form, self.found = "", list[dict[str, str]]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = values.get("id", "-")
        if tag == "button" and values.get("type", "submit") == "submit":
            self.found.append({"form": self.form, **values})

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = ""

    def of(self, form: str) -> list[dict[str, str]]:
        return [button for button in self.found if button["form"] == form]


@pytest.mark.parametrize(
    ("path", "form"), [("questions/trade_and_size", "questions"), ("next", "questions"), ("result/what-if", "what-if")]
)
def test_enter_in_a_field_sends_the_form_and_does_nothing_else(visitor: Visitor, path: str, form: str):
    """A browser presses the first button of the form, wherever it stands."""
    visitor.begin()
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    first = Buttons(visitor.get(f"/en/{path}").get_data(as_text=True)).of(form)[0]
    assert first["value"] == "on"
    assert "formaction" not in first
    assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true"), "it is there for Enter alone"


def switch(page: str, form: str) -> str:
    """Where the switch of language sends a form."""
    return unescape(next(button["formaction"] for button in Buttons(page).of(form) if button.get("value") == "language"))


def test_on_a_question_page_what_was_typed_goes_along_though_it_cannot_be_read(visitor: Visitor):
    visitor.begin()
    path = "/en/questions/trade_and_size?from=check"
    address = switch(visitor.get(path).get_data(as_text=True), "questions")
    assert address == path.replace("/en/", "/zh/")
    sound = visitor.post(address, {"employees": "45", "employees.status": "known", "go": "language"})
    assert sound.location == address
    assert 'value="45"' in visitor.get(sound.location).get_data(as_text=True)
    broken = visitor.post(address, {"employees": "many", "employees.status": "known", "go": "language"})
    page = broken.get_data(as_text=True)
    assert 'lang="zh-CN"' in page[:200]
    assert 'value="many"' in page
    assert switch(page, "questions") == path, "and back again"


def test_asked_one_at_a_time_the_same_question_is_shown_and_none_is_set_aside(visitor: Visitor):
    visitor.begin(order="telling")
    page = visitor.get("/en/next").get_data(as_text=True)
    name = re.findall(r'name="question" value="(\w+)"', page)[0]
    other = visitor.post(switch(page, "questions"), {"question": name, "go": "language"}).location
    assert other == f"/zh/next?question={name}"
    again = visitor.get(other).get_data(as_text=True)
    assert f'name="question" value="{name}"' in again
    assert "aside" not in other
    back = visitor.post(switch(again, "questions"), {"question": name, name: "unknown", "go": "language"}).location
    kept = visitor.get(back).get_data(as_text=True)
    assert f'name="question" value="{name}"' in kept
    assert re.search(r'value="unknown"[^>]* checked', kept)
    onward = visitor.get(visitor.post("/en/next", {"question": name, name: "unknown"}).location).get_data(as_text=True)
    assert f'name="question" value="{name}"' not in onward


def test_what_was_tried_out_is_shown_in_the_other_language(visitor: Visitor):
    visitor.begin()
    tried = {"changed": ["sponsor_level"], "sponsor_level": "chief"}
    page = visitor.post("/en/result/what-if", tried).get_data(as_text=True)
    other = visitor.post(switch(page, "what-if"), {**tried, "go": "language"})
    assert other.status_code == 200
    assert "改动前后对照" in text_of(other)
    assert re.search(r'value="chief"[^>]* checked', other.get_data(as_text=True))


def test_a_link_just_made_is_shown_in_the_other_language_and_no_second_one_is_made(visitor: Visitor, other: Visitor):
    visitor.begin()
    page = visitor.post("/en/links", {"purpose": "return"}).get_data(as_text=True)
    token = re.findall(r'value="http://localhost/en/return/([\w-]{32})"', page)[0]
    assert switch(page, "again") == "/zh/links"
    posted = {"made": token, "purpose": "return", "go": "language"}
    again = visitor.post("/zh/links", posted).get_data(as_text=True)
    assert f"/zh/return/{token}" in again
    assert len(re.findall('name="name"', again)) == 1
    other.begin()
    assert token not in other.post("/zh/links", posted).get_data(as_text=True), "only to whose case it leads"


def test_elsewhere_the_switch_is_a_link_to_the_same_page(visitor: Visitor):
    visitor.begin()
    paths = ("", "tasks", "check", "privacy", "links", "delete", "sheet", "result/", "result/why-not?what=feasible")
    for path in paths:
        page = visitor.get(f"/en/{path}").get_data(as_text=True)
        assert f'href="/zh/{path}"' in page, path
    refused = visitor.post("/en/sheet", {})
    assert refused.status_code == 422
    assert 'href="/zh/sheet"' in refused.get_data(as_text=True)


@pytest.mark.parametrize(("path", "said"), [("/zh/nowhere", "没有这个页面"), ("/knowledge/en/nowhere.html", "no such page")])
def test_a_page_that_is_not_there_is_told_in_the_language_of_its_address(visitor: Visitor, path: str, said: str):
    for browser in ("en-GB", "zh-CN"):
        visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = browser
        response = visitor.get(path)
        assert response.status_code == 404
        assert said in text_of(response)
