"""Text in the product's two languages, and the catalogues that hold our own words.

Enters: YAML catalogues in ``advisor/texts``. Leaves: :class:`Text` pairs and formatted strings.
Knowledge (questions, rules, sources) brings its own texts; the catalogues hold what the program itself says.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from advisor.languages import LANGS as LANGS
from advisor.languages import Lang as Lang
from advisor.languages import locale_language as locale_language

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Text(BaseModel):
    """The same thing said in Chinese and in English; neither may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @field_validator("zh", "en")
    @classmethod
    def _is_plain(cls, value: str) -> str:
        """No control characters: a text is printed on terminals and pages as it is."""
        if _CONTROL.search(value):
            raise ValueError("a text must not hold control characters")
        return value

    def __getitem__(self, lang: Lang) -> str:
        """The text in ``lang``.

        >>> Text(zh="需求", en="need")["en"]
        'need'
        """
        return self.zh if lang == "zh" else self.en


def same(words: object) -> object:
    """A text whose words are the same in both languages, from one string; anything else comes back as it is.

    >>> same("Marketing Management 13(5)")
    {'zh': 'Marketing Management 13(5)', 'en': 'Marketing Management 13(5)'}
    """
    return dict.fromkeys(LANGS, words) if isinstance(words, str) else words


TextOrSame = Annotated[Text, BeforeValidator(same, json_schema_input_type=Annotated[str, Field(min_length=1)] | Text)]
"""A text that may be written as one string where it is the same in both languages, as the name of a foreign article is."""


@functools.cache
def catalogue(name: str) -> dict[str, Text]:
    """The entries of ``advisor/texts/<name>.yaml`` by dotted key.

    Raises ``ValueError`` where an entry lacks a language: a gap is a bug and must fail the build.
    """
    source = resources.files("advisor").joinpath("texts", f"{name}.yaml").read_text("utf-8")
    entries: dict[str, Text] = {}

    def walk(prefix: str, node: dict[str, object]) -> None:
        for key, value in node.items():
            path = f"{prefix}{key}"
            if not isinstance(value, dict):
                raise ValueError(f"{name}.yaml: {path} is neither a text nor a group of texts")
            if set(value) <= {"zh", "en"}:
                entries[path] = Text(**value)
            else:
                walk(f"{path}.", value)

    walk("", yaml.load(source, yaml.CSafeLoader))
    return entries


def say(name: str, key: str, lang: Lang, /, **values: object) -> str:
    """One sentence of catalogue ``name`` in ``lang`` with its placeholders filled.

    Raises ``KeyError`` for a key the catalogue does not have or a placeholder that is not given.
    """
    text = catalogue(name)[key][lang]
    return text.format_map(values) if values else text


def join(items: list[str], lang: Lang) -> str:
    """A list as it is written in running text: ``甲、乙`` or ``a, b``."""
    return ("、" if lang == "zh" else ", ").join(items)


def normalized(text: str) -> str:
    """Text as it is compared: full-width and half-width characters, upper and lower case, count as the same.

    >>> normalized(" ＥＲＰ ")
    'erp'
    """
    return unicodedata.normalize("NFKC", text).strip().lower()


def single_line(text: str) -> str:
    """Text without control characters, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def long_date(day: datetime.date, lang: Lang) -> str:
    """A day as the language writes it out.

    >>> long_date(datetime.date(2027, 3, 31), "zh"), long_date(datetime.date(2027, 3, 31), "en")
    ('2027年3月31日', '31 March 2027')
    """
    from babel.dates import format_date  # loads slowly, and most commands write no date

    return str(format_date(day, "long", locale="zh_CN" if lang == "zh" else "en_GB"))
