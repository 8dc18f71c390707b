"""The sentences of one catalogue of ``advisor/texts`` in both languages at once, and texts put together.

>>> phrase = phrases("assessment")
>>> phrase("weak_factor.title", factor=Text(zh="数据", en="data"))["zh"] == "补强：数据"
True
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from advisor.text import LANGS, Text, catalogue, join


class Phrase(Protocol):
    """How the entries of one catalogue are looked up."""

    def __call__(self, key: str, /, **values: object) -> Text:
        """The entry of a key with its placeholders filled; a Text value gives its own language."""


def phrases(name: str) -> Phrase:
    """The entries of catalogue ``name`` by key.

    What it returns raises ``KeyError`` for a key the catalogue does not have or a placeholder that is not given.
    """

    def phrase(key: str, /, **values: object) -> Text:
        return fill(catalogue(name)[key], **values)

    return phrase


def fill(entry: Text, /, **values: object) -> Text:
    """A text with its placeholders filled; a Text value gives its own language."""
    if not values:
        return entry
    return Text(
        **{
            lang: entry[lang].format_map({k: v[lang] if isinstance(v, Text) else v for k, v in values.items()})
            for lang in LANGS
        }
    )


def joined(texts: Sequence[Text]) -> Text:
    """Several texts as a list in running text."""
    return Text(**{lang: join([text[lang] for text in texts], lang) for lang in LANGS})


def quoted(text: Text) -> Text:
    """A question or an answer as it is named inside a sentence; quotations in it become inner ones.

    >>> quoted(Text(zh="谁负责“上线”？", en="Who leads?"))["zh"]
    '“谁负责‘上线’”'
    """
    label = without_question_mark(text)
    inner = str.maketrans("“”", "‘’")
    return Text(**{lang: f"“{label[lang].translate(inner)}”" for lang in LANGS})


def without_question_mark(text: Text) -> Text:
    """A question as a label."""
    return Text(**{lang: text[lang].rstrip("？?") for lang in LANGS})


def alternatives(texts: Sequence[Text]) -> Text:
    """Several texts of which one holds.

    >>> alternatives([Text(zh="甲", en="a"), Text(zh="乙", en="b"), Text(zh="丙", en="c")])["en"]
    'a, b or c'
    """
    *others, last = texts
    return Text(zh=f"{joined(others).zh}或{last.zh}", en=f"{joined(others).en} or {last.en}") if others else last


def sentences(parts: Sequence[Text]) -> Text:
    """Sentences one after another, with a space between where the language has one."""
    return Text(zh="".join(part.zh for part in parts), en=" ".join(part.en for part in parts))


def detailed(text: Text, details: Sequence[Text]) -> Text:
    """A sentence with details: after its colon where it ends in one, else in brackets before its full stop.

    >>> detailed(Text(zh="缺功能。", en="It lacks a function."), [Text(zh="报价", en="quotation")])["en"]
    'It lacks a function (quotation).'
    """
    if not details:
        return text
    listed, zh, en = joined(details), text.zh.rstrip("。"), text.en.rstrip(".")
    return Text(
        zh=f"{zh}{listed.zh}。" if zh.endswith("：") else f"{zh}（{listed.zh}）。",
        en=f"{en} {listed.en}." if en.endswith(":") else f"{en} ({listed.en}).",
    )
