"""The words of the program, in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from advisor.text import Text, catalogue, locale_language, say
from advisor.yaml_source import parse

ROOT = Path(__file__).parents[1]
CATALOGUES = sorted(path.stem for path in (ROOT / "advisor" / "texts").glob("*.yaml"))


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_take_the_same_values(name: str):
    for key, text in catalogue(name).items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(text[lang]) if f} for lang in ("zh", "en")]
        assert fields[0] == fields[1], f"{name}: {key}"


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_text_takes_the_place_of_another_of_the_same_name(name: str):
    path = ROOT / "advisor" / "texts" / f"{name}.yaml"
    parse(path.read_text("utf-8"), path.name)


@pytest.mark.parametrize("name", CATALOGUES)
def test_english_holds_no_chinese_and_chinese_is_chinese(name: str):
    for key, text in catalogue(name).items():
        assert (
            not re.search(r"[一-鿿]", text.en.replace("30万", "").replace("1.2亿", "").replace("80万", ""))
            or key == "K104.what"
        ), key


def test_a_missing_language_fails():
    with pytest.raises(ValueError, match="en"):
        Text(zh="只有中文")  # type: ignore[call-arg]


def test_an_unknown_key_or_a_missing_value_fails():
    with pytest.raises(KeyError):
        say("cli", "no_such_text", "zh")
    with pytest.raises(KeyError):
        say("cli", "next.assess", "zh", other=1)


def test_the_locale_picks_the_language():
    assert locale_language({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB"}) == "zh"
    assert locale_language({"LANG": "de_DE"}) == "en"
    assert locale_language({}) == "en"
