"""Answers known only roughly on the web: taken as typed, shown again so that they read the same, and never lost."""

from __future__ import annotations

from advisor.interview import Answer, Answers
from advisor.knowledge.margins import Margin
from advisor.web.services import Services
from tests.web.conftest import Visitor
from tests.web.test_several_windows import PATH, Window, given


def test_a_number_known_roughly_is_kept_as_typed_and_shown_again(visitor: Visitor, services: Services):
    visitor.begin("full")
    assert "about 120 (taken as 20% either way)" in visitor.read(PATH)
    Window(visitor).save(buyers=["firms"], customer_accounts="约300", customer_accounts__status="known")
    assert given(services, visitor)["customer_accounts"] == Answer("within", Margin(240.0, 360.0, whole=True))
    again = Window(visitor)
    assert again.fields["customer_accounts"] == "240-360"
    again.save(customer_accounts="300-200")
    assert given(services, visitor)["customer_accounts"].status == "within", "what cannot be read changes nothing"


def test_two_steps_of_a_scale_from_a_sheet_outlive_a_page_that_shows_no_such_choice(
    visitor: Visitor, services: Services, fill
):
    between = Answer("within", Margin(3, 4, whole=True))
    fill(visitor.begin("full"), Answers({"process_complexity": between}))
    page = Window(visitor, "/en/questions/processes")
    page.save(process_specificity="2")
    visitor.post("/en/questions/processes", page.fields)
    kept = given(services, visitor)
    assert (kept["process_complexity"], kept["process_specificity"].value) == (between, 2)
    assert "between “" in visitor.read("/en/check")
