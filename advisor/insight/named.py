"""What is meant by what somebody typed: an id, a title in either language, or the code of a question."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from advisor.errors import nearest
from advisor.phrases import phrases
from advisor.text import LANGS, Text

phrase = phrases("insight")


def meant(typed: str, titles: Mapping[str, Text]) -> str | None:
    """The id in ``titles`` that was typed, or whose title was: whole, or as the only one that has these words in it.

    Capitals, full-width letters and marks around the words do not count. None where nothing is meant, or more than one.

    >>> titles = {"leader": Text(zh="高层牵头", en="A leader from the top"), "goals": Text(zh="目标", en="Clear goals")}
    >>> meant("leader", titles), meant("clear goals.", titles), meant("top", titles), meant("e", titles)
    ('leader', 'goals', 'leader', None)
    """
    if typed in titles:
        return typed
    wanted = plain(typed)
    if not wanted:
        return None
    spellings = {name: {plain(title[lang]) for lang in LANGS} for name, title in titles.items()}
    equal = [name for name, words in spellings.items() if wanted in words]
    containing = equal or [name for name, words in spellings.items() if any(wanted in text for text in words)]
    return containing[0] if len(containing) == 1 else None


def near(typed: str, titles: Mapping[str, Text]) -> Text | None:
    """The id nearest to what was typed, by itself or by its title, with its title; None where nothing comes near."""
    by_words = {plain(title[lang]): name for name, title in titles.items() for lang in LANGS}
    by_words |= {name: name for name in titles}
    match = nearest(typed, by_words) or nearest(plain(typed), by_words)
    if match is None:
        return None
    name = by_words[match]
    return phrase("named", id=name, title=titles[name]) if titles[name].en != name else titles[name]


def plain(words: str) -> str:
    """Words without capitals, wide letters and the marks around them.

    >>> plain("“Ｆ２”。")
    'f2'
    """
    return unicodedata.normalize("NFKC", words).casefold().strip(" \t\n.,;:!?。，；：！？、“”\"'()（）")
