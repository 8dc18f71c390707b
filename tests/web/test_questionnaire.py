"""A firm answers the questionnaire: pages follow one another, nothing typed is lost, languages are equal."""

from __future__ import annotations

import re

import pytest

from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.web import navigation
from advisor.web.services import Services
from tests.web.conftest import Visitor, as_posted, case_of, text_of

KEY = re.compile(r"\b(web|report)\.\w+|\{\w+\}")


def test_the_bare_address_leads_to_the_language_of_the_browser(visitor: Visitor):
    assert visitor.get("/").location == "/zh/"
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.9"
    assert visitor.get("/").location == "/en/"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_start_page_says_how_long_what_comes_out_and_what_happens_to_data(visitor: Visitor, lang: str):
    page = visitor.read(f"/{lang}/")
    for words in {"zh": ("57题", "25分钟", "90天", "删除"), "en": ("57 questions", "25 minutes", "90 days", "deleted")}[
        lang
    ]:
        assert words in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["machine_tool_maker", "building_contractor"])
def test_a_firm_answers_page_after_page_to_its_result(
    visitor: Visitor, services: Services, knowledge: Knowledge, firms: dict[str, Answers], lang: str, name: str
):
    answers = firms[name]
    fields = as_posted(knowledge, answers)
    visitor.begin("full", lang)
    tasks = visitor.get(f"/{lang}/tasks").get_data(as_text=True)
    address = re.findall(rf'href="(/{lang}/questions/\w+)"', tasks)[0]
    seen = []
    while "/questions/" in address:
        topic = address.rpartition("/")[2].partition("#")[0]
        assert topic not in seen or "#q-" in address, f"in a circle at {topic}"
        seen.append(topic)
        page = visitor.get(address)
        assert page.status_code == 200
        shown = re.findall(r'data-question="(\w+)"', page.get_data(as_text=True))
        response = visitor.post(address.partition("#")[0], {k: v for k, v in fields.items() if k.partition(".")[0] in shown})
        assert response.status_code == 302, text_of(response)
        address = response.location
        if "/settled" in address:
            address = re.findall(rf'href="(/{lang}/(?:questions/\w+|check))"', visitor.get(address).get_data(as_text=True))[
                -1
            ]
    assert address == f"/{lang}/check"
    kept = services.answers(case_of(services, visitor)).given
    assert kept == {q: a for q, a in answers.given.items() if q in kept}
    missed = set(answers.given) - set(kept)
    assert all(knowledge.questions[q].ask_if for q in missed), "only what does not apply may be left out"
    assert visitor.get(f"/{lang}/result/").status_code == 200


def test_mistakes_are_all_named_at_the_top_and_by_the_field_and_what_was_typed_stays(visitor: Visitor, services: Services):
    visitor.begin()
    response = visitor.post(
        "/en/questions/trade_and_size", {"industry": "logistics!", "employees": "many", "employees.status": "known"}
    )
    body = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "<title>Error: " in body
    assert body.count('id="summary"') == 1
    assert body.count('href="#i-employees-1"') == 1
    assert 'value="many"' in body
    assert services.answers(case_of(services, visitor)).given == {}


def test_a_mistake_in_one_field_does_not_lose_the_others(visitor: Visitor, services: Services):
    visitor.begin()
    visitor.post("/en/questions/trade_and_size", {"industry": "banking", "employees": "-3", "employees.status": "known"})
    assert set(services.answers(case_of(services, visitor)).given) == {"industry"}


def test_autosave_says_what_is_kept_what_is_wrong_and_what_applies_now(visitor: Visitor, services: Services):
    visitor.begin("full")
    said = visitor.post(
        "/en/questions/field_and_branches",
        {"field_staff": "0", "field_staff.status": "known", "own_sites": "some", "own_sites.status": "known"},
        headers={"X-Requested-With": "advisor"},
    ).get_json()
    assert said["saved"] == ["field_staff"]
    assert set(said["problems"]) == {"own_sites"}
    assert said["asked"] == ["field_staff", "own_sites", "partner_sites"], "how widely no staff are dispersed is no question"
    assert said["answered"] == 1


def test_a_question_that_comes_to_apply_is_shown_before_going_on(visitor: Visitor):
    visitor.begin("full")
    path = "/en/questions/field_and_branches"
    visitor.post(path, {"field_staff": "0", "field_staff.status": "known"})
    page = visitor.get(path).get_data(as_text=True)
    assert re.search(r'id="q-field_staff_dispersion"[^>]* hidden', page)
    response = visitor.post(path, {"field_staff": "12", "field_staff.status": "known"})
    assert response.location == f"{path}#q-field_staff_dispersion"


def test_an_answer_can_be_taken_back(visitor: Visitor, services: Services):
    visitor.begin()
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    visitor.post("/en/questions/trade_and_size", {"clear": "industry"})
    assert services.answers(case_of(services, visitor)).given == {}


def test_progress_counts_only_questions_that_apply(visitor: Visitor, services: Services, knowledge: Knowledge):
    visitor.begin("full")
    before = {s.section.id: s for s in navigation.section_states(knowledge, "full", Answers())}
    assert "construction" in before, "while the industry is not known, its questions may apply"
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    after = {
        s.section.id: s for s in navigation.section_states(knowledge, "full", services.answers(case_of(services, visitor)))
    }
    assert "construction" not in after
    assert "Building contractors" not in visitor.read("/en/tasks")


def test_a_change_from_the_check_page_leads_back_to_it(visitor: Visitor):
    visitor.begin()
    assert "from=check" in visitor.get("/en/check").get_data(as_text=True)
    response = visitor.post("/en/questions/trade_and_size?from=check", {"industry": "banking"})
    assert response.location == "/en/check#t-trade_and_size"


def test_answers_that_do_not_go_together_are_named_on_the_check_page_with_links_to_both(visitor: Visitor):
    visitor.begin("full")
    assert "to clarify" not in visitor.read("/en/check")
    visitor.post("/en/questions/trade_and_size", {"employees": "600"})
    visitor.post("/en/questions/field_and_branches", {"field_staff": "700"})
    page = visitor.get("/en/check").get_data(as_text=True)
    assert "outnumber all employees (600 people)" in page
    remark = page[page.index('id="clarify-1"') :].partition("</li>")[0]
    assert "#q-field_staff" in remark and "#q-employees" in remark
    assert page.count('href="#clarify-1"') == 2
    assert "outnumber" not in visitor.read("/zh/check") and "多于全部员工" in visitor.read("/zh/check")


def test_the_news_that_all_is_settled_comes_once(visitor: Visitor, services: Services, knowledge: Knowledge, firms, fill):
    from advisor.assessment.outlook import verdict_outlook

    settled = next(a for a in firms.values() if verdict_outlook(knowledge, a).settled)
    visitor.begin("full")
    fill(visitor, settled)
    topic = next(page.topic.id for page in navigation.topic_pages(knowledge, "full", settled))
    assert "/settled" in visitor.post(f"/en/questions/{topic}").location
    assert "settled" in visitor.read(f"/en/settled?after={topic}")
    assert "/settled" not in visitor.post(f"/en/questions/{topic}").location


def test_asked_one_at_a_time_the_questions_end_when_no_more_can_change_the_verdict(
    visitor: Visitor, services: Services, knowledge: Knowledge, firms: dict[str, Answers]
):
    fields = as_posted(knowledge, firms["machine_tool_maker"])
    visitor.begin(order="telling")
    address, asked = "/en/next", []
    for _ in range(80):
        page = visitor.get(address)
        if page.status_code == 302:
            break
        name = re.findall(r'name="question" value="(\w+)"', page.get_data(as_text=True))[0]
        assert name not in asked
        asked.append(name)
        data = {k: v for k, v in fields.items() if k.partition(".")[0] == name}
        aside = re.findall(r'action="([^"]+)"', page.get_data(as_text=True))[0].replace("&amp;", "&")
        address = visitor.post(aside, {"question": name, **data}).location
    assert visitor.get(address).location.endswith("/settled")  # in either language: a page's first form may switch it
    assert len(asked) < 57
    assert visitor.get("/en/settled").status_code == 200


@pytest.mark.parametrize("path", ["tasks", "questions/trade_and_size", "next", "check", "settled", "links", "delete"])
def test_without_a_case_a_visitor_is_led_to_the_start_and_told_why(visitor: Visitor, path: str):
    assert visitor.get(f"/en/{path}").location == "/en/?lost=1"
    assert "no questionnaire in progress" in visitor.read(f"/en/{path}")


def test_an_unknown_topic_is_not_found(visitor: Visitor):
    visitor.begin()
    for topic in ("nowhere", "developers", "..%2f..%2fetc"):
        assert visitor.get(f"/en/questions/{topic}").status_code == 404


def test_every_page_is_said_in_its_language_with_no_gap(visitor: Visitor, firms: dict[str, Answers], fill):
    visitor.begin("full")
    fill(visitor, firms["machine_tool_maker"])
    chapters = re.findall(r'/en/result/chapters/(\w+)"', visitor.get("/en/result/").get_data(as_text=True))
    paths = ["", "tasks", "check", "links", "delete", "privacy", "questions/customer_files", "result/", "result/what-if"]
    paths += ["result/take-away", "result/sources", "result/why/verdict", "result/why-not?what=feasible"]
    for path in [*paths, *(f"result/chapters/{name}" for name in dict.fromkeys(chapters))]:
        english, chinese = visitor.read(f"/en/{path}"), visitor.read(f"/zh/{path}")
        assert not KEY.search(english), path
        assert not KEY.search(chinese), path
        left = re.findall(r"[\u4e00-\u9fff]", english)
        assert len(left) < 0.03 * len(english), (path, left[:9])  # names of products and papers, and signs such as 万
        assert len(re.findall(r"[\u4e00-\u9fff]", chinese)) > 30, path


def test_the_firms_name_goes_onto_the_report(visitor: Visitor):
    visitor.begin()
    visitor.post("/en/tasks", {"firm": "  Miller & Söhne <b>\u0007 "})
    assert "Miller & Söhne <b>" in visitor.read("/en/result/")
    visitor.post("/en/tasks", {"firm": ""})
    assert "Miller" not in visitor.read("/en/result/")
    assert visitor.post("/en/tasks", {"firm": "x" * 900}).status_code == 400


def test_changing_the_edition_keeps_every_answer(visitor: Visitor, services: Services):
    visitor.begin("quick")
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    visitor.post("/en/tasks", {"edition": "full"})
    assert "of 138" in visitor.read("/en/tasks") or "1 of 1" in visitor.read("/en/tasks")
    assert set(services.answers(case_of(services, visitor)).given) == {"industry"}


def test_the_menu_marks_the_questions_on_every_page_of_a_case(visitor: Visitor):
    def page(path: str) -> str:
        return visitor.get(path, follow_redirects=True).get_data(as_text=True)

    visitor.begin()
    marked = re.compile(r'href="/en/tasks" aria-current="true"')
    first = re.search(r"/en/questions/\w+", page("/en/tasks"))
    assert first
    for path in ("/en/tasks", "/en/check", first.group()):
        assert marked.search(page(path)), path
    assert not marked.search(page("/en/"))
