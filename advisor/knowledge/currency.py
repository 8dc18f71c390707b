"""Currencies and how sums are written in them: each an entry of ``texts/currencies.yaml``, with a rate in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from advisor.rounding import plain_number, round_estimate
from advisor.text import LANGS, Lang, Text, catalogue, normalized

NEXT_TO_NOTHING = 0.01
"""A low end under this share of the high one says nothing."""
HOME = "CNY"
"""What answers, rates and all figures of the cost model are in."""


def currency_codes() -> tuple[str, ...]:
    """Every currency by its ISO 4217 code."""
    return tuple(dict.fromkeys(key.partition(".")[0] for key in catalogue("currencies")))


def _known(code: str) -> str:
    if code not in currency_codes():
        raise ValueError(f"a currency is one of: {', '.join(currency_codes())}")
    return code


def _name_all(schema: dict[str, Any]) -> None:
    schema["enum"] = list(currency_codes())


Currency = Annotated[str, AfterValidator(_known), Field(json_schema_extra=_name_all)]


def unit(currency: Currency) -> Text:
    """What stands beside a price that is no sum of the firm's own."""
    return catalogue("currencies")[f"{currency}.unit"]


def marks(currency: Currency) -> tuple[str, ...]:
    """What people write beside a sum in a currency, normalized: its code, where it has no words of its own."""
    written = catalogue("currencies").get(f"{currency}.marks") or Text(zh=currency, en=currency)
    return tuple(mark for lang in LANGS for mark in normalized(written[lang]).split())


def money(amount: float, lang: Lang) -> str:
    """An amount as the language groups it.

    >>> money(18_000_000, "zh"), money(18_000_000, "en"), money(80_000, "en")
    ('1,800万', '18 million', '80,000')
    """
    units = ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, " billion"), (1e6, " million"))
    for size, name in units:
        if amount >= size:
            scaled = round(amount / size, 2)
            return f"{scaled:,.0f}{name}" if scaled == int(scaled) else f"{plain_number(scaled, separator=',')}{name}"
    return f"{amount:,.0f}"


def amount(value: float, currency: Currency = HOME) -> Text:
    """A sum in its currency, as each language writes it.

    >>> amount(18_000_000)["en"], amount(90_000, "EUR")["zh"]
    ('RMB 18 million', '9万欧元')
    """
    return _written({lang: money(value, lang) for lang in LANGS}, currency)


def amounts(low: float, high: float, currency: Currency = HOME) -> Text:
    """A range of sums in their currency, or the one sum; where only the second is in 万 or 亿, the first has the unit too.

    >>> amounts(7_800, 119_000)["zh"], amounts(78_000, 119_000)["zh"]
    ('7,800元至11.9万元', '7.8万至11.9万元')
    >>> amounts(1_190, 1_190)["zh"]
    '1,190元'
    """
    if low == high:
        return amount(low, currency)
    first, second = money(low, "zh"), money(high, "zh")
    unit = catalogue("currencies")[f"{currency}.sum"]["zh"].partition("{amount}")[2]
    apart = first[-1].isdigit() and not second[-1].isdigit()
    ends = {"zh": f"{first}{unit if apart else ''}至{second}", "en": f"{money(low, 'en')} to {money(high, 'en')}"}
    return _written(ends, currency)


def estimate(value: float, currency: Currency = HOME) -> Text:
    """A sum that was worked out, with no more digits than it can bear.

    >>> estimate(123_456)["en"]
    'RMB 123,000'
    """
    return amount(round_estimate(value), currency)


def estimates(low: float, high: float, currency: Currency = HOME) -> Text:
    """A range of sums that were worked out; where the low end is next to nothing beside the high one, the high end alone.

    >>> estimates(7, 2_100, "EUR")["en"], estimates(7, 210, "EUR")["en"]
    ('up to about EUR 2,100', 'EUR 7 to 210')
    """
    if low < high * NEXT_TO_NOTHING:
        most = estimate(high, currency)
        return Text(**{lang: catalogue("project")["up_to"][lang].format(most=most[lang]) for lang in LANGS})
    return amounts(round_estimate(low), round_estimate(high), currency)


def _written(numbers: Mapping[str, str], currency: Currency) -> Text:
    pattern = catalogue("currencies")[f"{currency}.sum"]
    return Text(**{lang: pattern[lang].format(amount=numbers[lang]) for lang in LANGS})
