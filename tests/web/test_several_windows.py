"""The same questions in several windows, some of them old: what one saved, no other takes back unasked."""

from __future__ import annotations

import re

import pytest

from advisor.interview import Answer
from advisor.web.services import Services
from tests.web.conftest import Visitor, case_of

PATH = "/en/questions/customer_base"
SCRIPT = {"X-Requested-With": "advisor"}


class Window:
    """A page as a browser holds it: the fields it was loaded with, changed by its user and sent whole."""

    def __init__(self, visitor: Visitor, path: str = PATH) -> None:
        self.visitor, self.path = visitor, path
        page = visitor.get(path).get_data(as_text=True)
        self.fields: dict[str, object] = dict(re.findall(r'type="hidden" name="([\w.]+)" value="(\w+)"', page))
        for name, value in re.findall(r'type="text" name="(\w+)"[^>]* value="([^"]*)"', page):
            self.fields[name] = value
        for name, value in re.findall(r'type="(?:radio|checkbox)" name="([\w.]+)" value="(\w+)" id="[\w.-]+" checked', page):
            self.fields[name] = [*self.fields.get(name, []), value]  # type: ignore[misc]

    def save(self, **changes: object) -> dict[str, object]:
        """What the script does after each change."""
        self.fields.update({name.replace("__", "."): value for name, value in changes.items()})
        response = self.visitor.post(self.path, self.fields, headers=SCRIPT).get_json()
        self.fields.update({f"{name}.was": mark for name, mark in response["marks"].items()})
        return response


def given(services: Services, visitor: Visitor) -> dict[str, Answer]:
    return services.answers(case_of(services, visitor)).given


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_old_window_takes_nothing_back_that_another_saved(visitor: Visitor, services: Services, script: bool):
    visitor.begin("full")
    first, second = Window(visitor), Window(visitor)
    first.save(buyers=["firms"], customer_accounts="300", customer_accounts__status="known")
    before = given(services, visitor)
    assert set(before) == {"buyers", "customer_accounts"}
    spread = {"customer_spread": "3"}
    if script:
        assert second.save(**spread)["saved"] == ["customer_spread"]
    else:
        visitor.post(PATH, {**second.fields, **spread, "go": "on"})
    assert given(services, visitor) == {**before, "customer_spread": Answer("known", 3)}


def test_one_window_may_change_its_mind_and_come_back_to_where_it_began(visitor: Visitor, services: Services):
    visitor.begin("full")
    window = Window(visitor)
    window.save(buyers=["firms"], customer_accounts="300", customer_accounts__status="known")
    window.save(buyers=[], customer_accounts="", customer_accounts__status="known")
    assert given(services, visitor) == {}
    window.save(buyers=["firms"])
    assert set(given(services, visitor)) == {"buyers"}


def test_whoever_changes_a_field_last_has_it(visitor: Visitor, services: Services):
    visitor.begin("full")
    first, second = Window(visitor), Window(visitor)
    first.save(customer_accounts="300", customer_accounts__status="known")
    second.save(customer_accounts="400", customer_accounts__status="known")
    assert given(services, visitor)["customer_accounts"].value == 400
    first.save(customer_spread="3")
    assert given(services, visitor)["customer_accounts"].value == 400


def test_a_window_reloaded_shows_what_is_kept_and_sends_it_back_unchanged(visitor: Visitor, services: Services):
    visitor.begin("full")
    Window(visitor).save(
        buyers=["firms", "public_bodies"],
        customer_accounts="1200",
        customer_accounts__status="known",
        customer_spread="unknown",
    )
    before = given(services, visitor)
    revision = case_of(services, visitor).revision
    assert Window(visitor).save()["saved"] == []
    assert (given(services, visitor), case_of(services, visitor).revision) == (before, revision)


def test_taking_one_answer_back_keeps_what_was_typed_in_the_other_fields(visitor: Visitor, services: Services):
    visitor.begin("full")
    window = Window(visitor)
    window.save(buyers=["firms"])
    fields = {**window.fields, "customer_accounts": "300", "customer_accounts.status": "known", "clear": "buyers"}
    assert visitor.post(PATH, fields).location == f"{PATH}#q-buyers"
    assert set(given(services, visitor)) == {"customer_accounts"}
    wrong = visitor.post(PATH, {**fields, "customer_accounts": "lots"})
    assert wrong.status_code == 422
    assert 'value="lots"' in wrong.get_data(as_text=True)


def test_the_note_says_saved_only_where_all_was(visitor: Visitor):
    visitor.begin("full")
    window = Window(visitor)
    response = window.save(customer_accounts="lots", customer_accounts__status="known", customer_spread="3")
    assert response["saved"] == ["customer_spread"]
    assert str(response["note"]).startswith("Not saved")
    assert set(response["problems"]) == {"customer_accounts"}  # type: ignore[call-overload]
    assert str(window.save(customer_accounts="300")["note"]).startswith("Saved at")


def test_going_on_without_an_answer_counts_as_no_change(visitor: Visitor, services: Services):
    visitor.begin(order="telling")
    page = visitor.get("/en/next").get_data(as_text=True)
    name = re.findall(r'name="question" value="(\w+)"', page)[0]
    before = case_of(services, visitor).revision
    assert "aside=" in visitor.post("/en/next", {"question": name}).location
    assert case_of(services, visitor).revision == before
