"""A date as people write it: read where it can mean one day only, else refused with what to write instead."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import Place, Problem
from advisor.interview import Answer, parse_answer
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.text import long_date

END = datetime.date(2027, 3, 31)


def read(raw: object, dated) -> object:
    return parse_answer(dated.questions["contract_end"], raw, dated, Place("firm.yaml", 3))


@pytest.mark.parametrize(
    "raw",
    [
        "2027-03-31", "2027-3-31", "2027/3/31", "2027.03.31", "2027年3月31日", "2027 年 3 月 31 日", "２０２７年３月３１日",
        "2027年03月31号", "31 March 2027", "31 Mar 2027", "31st March 2027", "March 31, 2027", "march 31st 2027",
        "31-Mar-2027", "31/3/2027", "3/31/2027", "31.03.2027", END, datetime.datetime(2027, 3, 31, 9, 30), " 2027-03-31 ",
        "2027-03-31T00:00:00Z", "2027-03-31 00:00:00", "2027-03-31T00:00:00.000+08:00", "2027-03-31 00:00",
    ],
)  # fmt: skip
def test_every_way_of_writing_one_day_is_read_as_that_day(raw, dated):
    assert read(raw, dated) == Answer("known", END)


@pytest.mark.parametrize(
    ("raw", "code", "says"),
    [
        ("03/04/2027", "A144", ("3 April 2027", "4 March 2027", "2027-04-03", "2027-03-04")),
        ("3.4.2027", "A144", ("3 April 2027", "4 March 2027")),
        ("2027-03", "A143", ("2027-03-01", "2027-03-31")),
        ("2028年2月", "A143", ("2028-02-01", "2028-02-29")),
        ("March 2027", "A143", ("2027-03-31",)),
        (2027.3, "A143", ("2027-03-31",)),
        ("2027-02-30", "A145", ("2027-02-30", "calendar")),
        ("31/4/2027", "A145", ("31/4/2027",)),
        ("2027年13月1日", "A145", ("2027年13月1日",)),
        ("0000-01-01", "A145", ("0000-01-01",)),
        (46477, "A142", ("46477", "format of a date")),
        ("46477", "A142", ("46477",)),
        (46477.5, "A142", ("46477.5",)),
        ("20270331", "A142", ("20270331",)),
        ("31-Mar-27", "A141", ("four digits",)),
        ("3/31/27", "A141", ("four digits",)),
        ("soon", "A141", ("soon", "31 March 2027")),
        ("31 Mai 2027", "A141", ("31 mai 2027",)),
        ("2027-03/31", "A141", ("2027-03/31",)),
        (True, "A141", ("True",)),
        (["2027-03-31"], "A141", ()),
        ({"year": 2027}, "A141", ()),
        ("9" * 5000, "A141", ("…",)),
        ("2025-12-31", "A146", ("31 December 2025", "1 January 2026", "31 December 2035")),
        ("20270-03-31", "A141", ()),
        ("2027-03-31T23:30:00Z", "A141", ("23:30",)),
        ("2027-3T00:00", "A141", ()),
    ],
)
def test_what_is_no_single_day_is_refused_with_what_to_write(raw, code, says, dated):
    problem = read(raw, dated)
    assert isinstance(problem, Problem)
    assert problem.code == code
    told = f"{problem.message('en')} {problem.hint('en')}"
    assert all(part.lower() in told.lower() for part in says), told
    assert "contract_end" in told and problem.message("zh") and problem.hint("zh")


def test_the_same_day_and_month_can_be_read_in_one_way_only(dated):
    assert read("3/3/2027", dated) == Answer("known", datetime.date(2027, 3, 3))


def test_no_answer_stays_no_answer(dated):
    assert [read(raw, dated) for raw in ("unknown", "不适用", "", None)] == [UNKNOWN, NOT_APPLICABLE, None, None]


@settings(deadline=None)
@given(day=st.dates(datetime.date(2026, 1, 1), datetime.date(2035, 12, 31)))
def test_whatever_is_written_for_people_is_read_back(day, dated):
    kind = dated.facts["contract_end"].type
    for written in (
        str(day),
        long_date(day, "zh"),
        long_date(day, "en"),
        kind.plain(day),
        kind.in_yaml(day),
        kind.stored(day),
    ):
        assert read(written, dated) == Answer("known", day)


@settings(deadline=None)
@given(
    raw=st.one_of(st.text(max_size=60), st.from_regex(r"[0-9]{1,4}[-/.年 ][0-9]{1,3}([-/.月 ][0-9]{1,4})?日?"), st.floats())
)
def test_nothing_that_can_be_written_breaks_the_reader(raw, dated):
    found = read(raw, dated)
    assert found is None or isinstance(found, Answer | Problem)
