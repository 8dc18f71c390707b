"""No number on a page has an exponent, and costs above what a system brings are said as what they mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.reporting import build_document
from advisor.rounding import percent, plain_number
from advisor.text import LANGS
from tests.reporting.test_client_pages import texts_in

ADVISOR = Path(__file__).parents[2] / "advisor"
EXPONENT = re.compile(r"\d[eE][+-]?\d")
GENERAL_FORMAT = re.compile(r"\{[^{}\n]*:[,_]?(?:\.\d+)?g\}")
NOT_FOR_PAGES = {"rounding.py", "frames.py", "number.py", "spoken.py", "opendocument.py", "cells.py"}
"""What is reckoned with, read again by the program, or a formula of a workbook."""


@pytest.mark.parametrize("number", [0.00001234, 0.3, 45.0, 999.7, 2886.4, 1e6, 1.23456789e9, 4e15])
@pytest.mark.parametrize("figures", [None, 2, 3])
def test_a_number_is_written_without_an_exponent(number, figures):
    told = plain_number(number, figures)
    assert not EXPONENT.search(told) and float(told) == pytest.approx(number, rel=0.05)
    assert not EXPONENT.search(percent(number))


def test_no_text_is_written_in_the_general_format():
    """``:g`` and ``:.3g`` turn to exponents where a number is large or tiny."""
    found = [
        f"{path.name}: {match}"
        for path in ADVISOR.rglob("*.py")
        if path.name not in NOT_FOR_PAGES
        for match in GENERAL_FORMAT.findall(path.read_text("utf-8"))
    ]
    assert not found


def test_costs_above_what_a_system_brings_are_said_as_what_they_mean(assessed_firm):
    """“2.89e+03% of the base readings taken together pays for it” told nobody that it does not pay."""
    made = assessed_firm("machine_tool_maker")
    value = made.value
    levers = tuple(lever.model_copy(update={"break_even": 28.857}) for lever in value.levers)
    poor = value.model_copy(update={"levers": levers, "cost": 28.857 * value.total[1], "break_even": 28.857})
    for lang in LANGS:
        document = build_document(made.model_copy(update={"value": poor}), lang, "client")
        told = [text for chapter in document.chapters if chapter.id == "value" for text in texts_in(chapter)]
        assert told and not any(EXPONENT.search(text) or re.search(r"\d{3,}%", text) for text in told)
        doubts = {
            "en": ("Does not pay for the system by itself", "do not pay for it"),
            "zh": ("单靠这一项收不回投入", "收不回投入"),
        }
        assert all(any(doubt in text for text in told) for doubt in doubts[lang])
