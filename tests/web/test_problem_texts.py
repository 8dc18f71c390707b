"""A firm is told of its mistakes in the words of the questions; files and programs are told the ids, too."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Visitor, text_of
from tests.web.test_uploads import hand_in


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_beside_a_question_no_code_and_no_id_is_shown(visitor: Visitor, lang: str):
    visitor.begin("full")
    path, sent = f"/{lang}/questions/trade_and_size", {"employees": "many", "employees.status": "known"}
    for page in (
        text_of(visitor.post(path, sent)),
        str(visitor.post(path, sent, headers={"X-Requested-With": "advisor"}).get_json()["problems"]),
    ):
        assert {"zh": "“many”不是数字", "en": "'many' is not a number"}[lang] in page
        assert not re.search(r"A2|（employees）|\(employees\)", page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_sheet_a_mistake_is_told_by_the_code_that_stands_in_it_and_the_words(visitor: Visitor, lang: str):
    page = text_of(hand_in(visitor, b"code,answer\nA2,many\nF2,boss\n", "a.csv", lang))
    assert {"zh": "“many”不是数字", "en": "'many' is not a number"}[lang] in page
    assert "A2" in page
    for internal in ("employees）", "(employees)", "sponsor_level", "chief:", "department_head"):
        assert internal not in page, internal
    assert {"zh": "一把手", "en": "The head of the firm"}[lang].lower() in page.lower(), (
        "what may be answered is told in words"
    )


def test_a_program_is_told_code_and_id(visitor: Visitor):
    response = visitor.client.post(
        "/api/v1/assess", json={"answers": {"employees": "many"}}, headers={"Accept-Language": "en"}
    ).get_json()
    assert response["errors"][0]["field"] == "employees"
    assert "(employees)" in response["errors"][0]["message"]
