"""A sheet filled in elsewhere: taken over whole or not at all, whoever filled it in and whatever is in it."""

from __future__ import annotations

import io
import re
import time

import pytest
from flask import Flask

from advisor.interview import Answer, Answers
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import two_lines
from advisor.reporting.forms import answer_file
from advisor.text import LANGS, Text
from advisor.web.services import Services
from tests.filling_in import Filled
from tests.test_tables import LAUGHS, SHEET, repacked, workbook
from tests.web.conftest import Visitor, text_of
from tests.web.test_security import state


def hand_in(visitor: Visitor, content: bytes, name: str, lang: str = "en", **options: object):
    return visitor.post(f"/{lang}/sheet", {"sheet": (io.BytesIO(content), name)}, **options)


def kept(visitor: Visitor, services: Services) -> Answers:
    cookie = visitor.client.get_cookie("case")
    assert cookie is not None
    access = services.store.open(cookie.value, "browser", "return")
    assert access is not None
    return services.store.answers(access.case.id, services.knowledge)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_filled_sheet_begins_a_case_with_all_its_answers(kind: str, lang, app: Flask, services: Services, firms):
    visitor = Visitor(app)
    answers = firms["machine_tool_maker"]
    content, _ = answer_file(services.knowledge, answers, kind, lang)
    response = hand_in(visitor, content, f"C:\\答卷.{kind}", lang)
    assert response.status_code == 302
    assert response.location == f"/{lang}/check?read={len(answers.given)}"
    assert kept(visitor, services).given == answers.given
    assert str(len(answers.given)) in visitor.read(response.location)
    assert visitor.get(f"/{lang}/result/").status_code == 200


def test_every_answer_read_is_shown_for_checking_whichever_edition_was_begun(visitor: Visitor, services: Services, firms):
    visitor.begin()
    answers = firms["machine_tool_maker"]
    page = visitor.read(hand_in(visitor, answer_file(services.knowledge, answers, "csv", "en")[0], "form.csv").location)
    assert "Other answers" in page
    assert all(services.knowledge.questions[name].text["en"] in page for name in answers.given)


def test_an_empty_sheet_is_to_be_had_without_a_case_and_holds_every_question(visitor: Visitor, services: Services):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(visitor.get("/zh/sheet/empty.xlsx").get_data()))
    codes = {row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert codes >= {question.code for question in services.knowledge.questions.values()}
    response = hand_in(visitor, visitor.get("/zh/sheet/empty.xlsx").get_data(), "empty.xlsx")
    assert response.status_code == 422
    assert "no answers in the file" in text_of(response)


def test_answers_given_before_stay_where_the_sheet_says_nothing(visitor: Visitor, services: Services):
    visitor.begin()
    hand_in(visitor, b"code,answer\nF2,none\nG1,5\nfirm,Example Ltd\n", "a.csv")
    hand_in(visitor, b"code,answer\nG1,?\n", "b.csv")
    answers = kept(visitor, services)
    assert {name: a.value or a.status for name, a in answers.given.items()} == {
        "sponsor_level": "none",
        "process_complexity": "unknown",
    }
    assert answers.firm.name is not None
    assert answers.firm.name.en == "Example Ltd"


def test_one_mistake_and_nothing_is_taken_over(visitor: Visitor, services: Services):
    visitor.begin()
    before = state(services)
    response = hand_in(visitor, "编号,答案\nG1,5\nG99,3\nF2,<script>alert(1)</script>\n".encode("gb18030"), "a.csv", "zh")
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert "第3行" in page
    assert "第4行" in page
    assert "<script>alert" not in page
    assert state(services) == before


def test_a_mistake_in_a_form_is_named_by_sheet_and_cell(visitor: Visitor):
    form = Filled(visitor.get("/zh/sheet/empty.xlsx").get_data())
    place = form.put("G1", "很复杂吧")
    page = hand_in(visitor, form.saved(), "form.xlsx", "zh").get_data(as_text=True)
    assert place.replace("!", " · ") in page


BAD = [
    (b"", "a.yaml", "no answers"),
    (b"G1: 5\n", "a.exe", "kind cannot be read"),
    (b"G1: 5\n", "", "No file was chosen"),
    (b"G1: 5\n", "a.xlsx", "do not agree"),
    (b"PK\x03\x04", "a.xlsx", "no table"),
    (workbook(["code", "answer"], ["G1", 5]), "a.csv", "do not agree"),
    (b"a: &x [1]\nb: *x\n", "a.yaml", "Aliases"),
    (b"[" * 60 + b"]" * 60, "a.json", "nested"),
    (b"{" * 5000, "a.json", ""),
    (b"!!python/object/apply:os.system ['true']", "a.yaml", "not allowed"),
    (b"G1: 5\nG1: 4\n", "a.yaml", "repeated"),
    (b"\xff\xfe", "a.json", "UTF-8"),
    (b"just words", "a.yaml", "mapping"),
    (b"a,b\n1,2\n", "a.csv", "lacks a column"),
    (repacked(workbook(["a"]), xl_worksheets_sheet1_xml=b" " * 6_000_000), "a.xlsx", "packed beyond reason"),
    (repacked(workbook(["a"]), xl_worksheets_sheet1_xml=LAUGHS + SHEET % b"i"), "a.xlsx", "no table"),
]


@pytest.mark.parametrize(("content", "name", "said"), BAD, ids=[f"{n}-{name}" for n, (_, name, _) in enumerate(BAD)])
def test_what_is_no_sheet_is_refused_in_words_and_changes_nothing(
    content: bytes, name: str, said: str, app: Flask, services
):
    visitor, before = Visitor(app), state(services)
    response = hand_in(visitor, content, name)
    assert response.status_code == 422
    assert said in text_of(response)
    assert 'id="summary"' in response.get_data(as_text=True), "the error takes the focus"
    assert state(services) == before
    assert visitor.client.get_cookie("case") is None


def test_a_sheet_beyond_the_limit_is_refused_before_it_is_read(visitor: Visitor):
    response = visitor.client.post("/en/sheet", data=b"x" * 1_100_000, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413


def test_a_sheet_from_another_site_is_refused(visitor: Visitor, services: Services):
    before = state(services)
    assert hand_in(visitor, b"G1: 5\n", "a.yaml", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert state(services) == before


@pytest.mark.parametrize(
    "content",
    [
        b"code,answer\n" + b"".join(b"%d_%s,1\n" % (n, b"customer_fil" * 40) for n in range(900)),
        b"code,answer\nI4,\"" + b"erp," * 110_000 + b"\"\n",
        b"code,answer\nI4,\"" + b"," * 450_000 + b"\"\n",
        b"code,answer\nH2," + b"9" * 450_000 + b"\n",
        b"code,answer\n" + b"G1,5\n" * 49_000,
    ],
    ids=["names", "options", "commas", "digits", "repeated"],
)  # fmt: skip
def test_a_sheet_meant_to_keep_the_server_busy_does_not(content: bytes, visitor: Visitor):
    begun = time.process_time()
    assert hand_in(visitor, content, "a.csv").status_code in (302, 422)
    assert time.process_time() - begun < 8, "a second at most on a machine of one's own; hours without bounds"


def test_the_file_is_named_by_no_path_of_ours(visitor: Visitor):
    page = hand_in(visitor, b"a,b\n", "../../etc/passwd.csv").get_data(as_text=True)
    assert "etc/passwd" not in re.sub(r"<[^>]+>", "", page)


def test_a_sheet_of_two_lines_of_business_keeps_the_second(app: Flask, services: Services, firms):
    visitor = Visitor(app)
    sheet = two_lines(
        firms["seed_company"], {"decision_roles": Answer("known", 4.0)}, Text(zh="种植大户", en="Large growers")
    )
    content, _ = answer_file(services.knowledge, sheet, "yaml", "en")
    assert hand_in(visitor, content, "firm.yaml").status_code == 302
    assert kept(visitor, services).lines == sheet.lines
    assert "Large growers" in visitor.read("/en/result/chapters/model")
    page = visitor.get("/en/result/answers.yaml").get_data()
    assert parse_answers(page, "answers.yaml", services.knowledge).lines == sheet.lines
    assert visitor.get("/en/result/answers.xlsx").status_code == 400, "a table has no place for the second line"
    offered = visitor.get("/en/result/take-away").text
    assert "answers.yaml" in offered and "answers.csv" not in offered


def test_a_table_in_other_letters_and_words_is_read_once_that_is_said(visitor: Visitor, services: Services):
    table = "Firm,Kopfzahl,G1\nMüller,120,4\n".encode("cp1252")
    assert "cp1252" in hand_in(visitor, table, "f.csv").get_data(as_text=True)
    mapping = (io.BytesIO(b"columns: {Kopfzahl: A2}"), "map.yaml")
    told = {"sheet": (io.BytesIO(table), "f.csv"), "encoding": "cp1252", "mapping": mapping}
    assert visitor.post("/en/sheet", told).status_code in (200, 303, 302)
    assert kept(visitor, services).value("employees") == 120
    wrong = {"sheet": (io.BytesIO(table), "f.csv"), "mapping": (io.BytesIO(b"columns: {Kopfzahl: A999}"), "map.yaml")}
    assert visitor.post("/en/sheet", wrong).status_code == 422


FORM = """代码,问题,答案（万元）,备注
A2,现有员工多少人？,120,含外包
H1,预算,90,待批
F2,谁牵头？,一把手（张总）,
I2,信息化人员,暂无,
"""


def test_a_form_as_people_make_it_is_read_like_everywhere_and_what_was_read_otherwise_is_told(app, services: Services):
    visitor = Visitor(app)
    page = text_of(hand_in(visitor, FORM.encode(), "form.csv", "zh"))
    read = kept(visitor, services)
    assert read.given == parse_answers(FORM.encode(), "form.csv", services.knowledge).given
    assert read.annotation("employees").note == "含外包" and read.value("initial_budget") == 900_000
    assert "原话留作备注" in page and "万元" in page
