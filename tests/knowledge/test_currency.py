"""How sums of money are written: as each language groups them, in the words of their currency."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from advisor.knowledge.currency import HOME, Currency, amount, amounts, currency_codes, money, unit
from advisor.text import LANGS


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (10_000, "1万", "10,000"),
        (12_345, "1.23万", "12,345"),
        (999_999, "100万", "999,999"),
        (1_000_000, "100万", "1 million"),
        (1_254_000, "125.4万", "1.25 million"),
        (99_990_000, "9,999万", "99.99 million"),
        (99_999_999, "10,000万", "100 million"),
        (100_000_000, "1亿", "100 million"),
        (999_999_999, "10亿", "1,000 million"),
        (1_000_000_000, "10亿", "1 billion"),
        (1_234_500_000_000, "12,345亿", "1,234.5 billion"),
    ],
)
def test_a_sum_is_grouped_as_its_language_groups_numbers(value: float, zh: str, en: str):
    assert (money(value, "zh"), money(value, "en")) == (zh, en)


def test_a_sum_stands_in_the_words_of_its_currency():
    assert (HOME, amount(18_000_000)["en"], amount(90_000, "EUR")["zh"]) == ("CNY", "RMB 18 million", "9万欧元")
    assert amounts(90_000, 180_000, "EUR")["zh"] == "9万至18万欧元"
    assert amounts(90_000, 1_800_000)["en"] == "RMB 90,000 to 1.8 million"


def test_every_currency_has_its_words_in_both_languages():
    assert "CNY" in currency_codes()
    for code in currency_codes():
        assert all(unit(code)[lang] and "1" in amount(1, code)[lang] for lang in LANGS), code


def test_a_currency_nobody_wrote_words_for_is_refused_with_those_there_are():
    known = TypeAdapter(Currency)
    assert [known.validate_python(code) for code in currency_codes()] == list(currency_codes())
    with pytest.raises(ValidationError, match="one of: CNY"):
        known.validate_python("XXX")
    assert known.json_schema()["enum"] == list(currency_codes())
