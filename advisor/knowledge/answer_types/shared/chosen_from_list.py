"""What the types have in common whose answers are chosen from a list."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from advisor.errors import NOTHING_NEAR, InputError, nearest, shortened
from advisor.knowledge.answer_types.shared.base import AnswerType, Refuse, RefusedError
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.answer_types.shared.views import FactView
from advisor.knowledge.answer_types.shared.words import NO_WORDS, NONE, NOTHING_WORDS, YES_WORDS, word_of
from advisor.knowledge.premises import number_word
from advisor.text import LANGS, Lang, Text, normalized

if TYPE_CHECKING:
    from advisor.knowledge.premises import Value

BETWEEN: dict[Lang, str] = {"zh": "；", "en": "; "}
"""What stands between options that are listed."""
MOST_COMMAS = 5
"""No option is called by a name with more commas in it."""
_BRACKET = re.compile(r"\(([^()]*)\)$")
_ABBREVIATION = re.compile(r"[a-z][a-z0-9&-]{1,7}")


class ChosenFromList(AnswerType):
    """Answers are options of a list."""

    def words(self, fact: FactView, raw: object, refuse: Refuse) -> frozenset[str] | None:
        """Options by id; each one that there is not is refused."""
        words = raw if isinstance(raw, list) else [raw]
        strangers = [word for word in words if str(word) not in fact.values]
        for word in strangers:
            refuse("K309", value=word, allowed=", ".join(fact.values))
        return None if strangers else frozenset(map(str, words))

    def word_in_words(self, fact: FactView, word: str, lang: Lang) -> str:
        """What an option is called."""
        return fact.values[word][lang] if word in fact.values else word

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """An option by id."""
        return self.option(fact, "yes" if raw is True else "no" if raw is False else raw)

    def option(self, fact: FactView, raw: Any) -> str:
        """The id of an option as a case names it. Raises :class:`~advisor.errors.InputError` where there is none."""
        word = str(raw)
        if word not in fact.values:
            raise InputError("bad_name", name=word, nearest=nearest(word, fact.values) or "–")
        return word

    def in_words(self, fact: FactView, value: Any) -> Text:
        """What the option is called."""
        return fact.values[str(value)]

    def in_table(self, fact: FactView, value: Any, lang: Lang) -> str:
        """What the option is called."""
        return fact.values[str(value)][lang]

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """One cell to choose in."""
        labels = dict(zip(fact.values, self.labels(fact, lang), strict=True))
        return (FormCell(None if value is None else labels[str(value)], offered=tuple(labels.values())),)

    def allowed(self, fact: FactView) -> Text:
        """All options, as messages list them."""
        sign = " = " if self.numbered else ": "
        listed = {lang: [f"{value}{sign}{text[lang]}" for value, text in fact.values.items()] for lang in LANGS}
        return Text(**{lang: BETWEEN[lang].join(options) for lang, options in listed.items()})

    def member(self, fact: FactView, raw: Any) -> str:
        """The option that ``raw`` names by id, number or words in either language. Raises :class:`RefusedError`."""
        value = raw
        if isinstance(value, bool):
            value = "yes" if value else "no"
        word = number_word(value) if isinstance(value, int | float) else unicodedata.normalize("NFKC", str(value)).strip()
        lower = word_of(word)
        if set(fact.values) == {"yes", "no"} and lower in YES_WORDS | NO_WORDS:
            return "yes" if lower in YES_WORDS else "no"
        if lower in fact.values:
            return lower
        for option, text in fact.values.items():
            names = (word_of(text.zh), word_of(text.en))
            if lower in (option.replace("_", " "), *names, *(f"{option} · {words}" for words in names)):
                return option
        if lower in NOTHING_WORDS and NONE in fact.values:
            return NONE
        if lower in (short := _short_names(fact)):
            return short[lower]
        raise RefusedError("A102", value=shortened(raw), allowed=self.allowed(fact), nearest=_nearest(lower, fact))

    def only(self, fact: FactView, raw: Any) -> str:
        """The one option that ``raw`` names. Raises :class:`RefusedError` for lists and mappings too."""
        if isinstance(raw, list | dict):
            raise RefusedError("A105", found=shortened(raw), allowed=self.allowed(fact))
        return self.member(fact, raw)


def _nearest(word: str, fact: FactView) -> str:
    """The option to name beside a word that is none: the one whose words have it in them where there is but one, else the
    one most like it."""
    around = [text for text in fact.values.values() if len(word) > 1 and any(word in word_of(text[lang]) for lang in LANGS)]
    if len(around) == 1:
        return around[0].zh if word in word_of(around[0].zh) else around[0].en
    words = [*fact.values, *(text.en for text in fact.values.values()), *(text.zh for text in fact.values.values())]
    return nearest(word, words) or NOTHING_NEAR


def _short_names(fact: FactView) -> dict[str, str]:
    """What options with something in brackets are called for short, each with its option: their words without the brackets,
    and an abbreviation in them; none that two share or that another is called by.

    "办公自动化（OA）" is "办公自动化" and "oa".
    """
    names = dict[str, set[str]]()
    for option, text in fact.values.items():
        for words in (word_of(text.zh), word_of(text.en)):
            if bracket := _BRACKET.search(words):
                short = words[: bracket.start()].rstrip()
                for name in (short, bracket[1] if _ABBREVIATION.fullmatch(bracket[1]) else short):
                    names.setdefault(name, set()).add(option)
    taken = {word_of(word) for option, text in fact.values.items() for word in (option, text.zh, text.en)}
    return {name: next(iter(options)) for name, options in names.items() if len(options) == 1 and name not in taken}


def pieces(text: str, fact: FactView) -> list[str]:
    """Several options written one behind the other; commas may be part of what an option is called."""
    names = {normalized(word) for words in fact.values.values() for word in (words.zh, words.en)} | _short_names(fact).keys()
    if all(word in fact.values for word in normalized(text).split()):
        return text.split()  # as some form services write them: the options by their ids
    parts, found, start = re.split(r"([,;、，；\n┋|｜])", text), list[str](), 0
    while start < len(parts):
        ends = range(min(start + MOST_COMMAS * 2 + 1, len(parts)), start, -2)
        end = next((end for end in ends if normalized("".join(parts[start:end])) in names), start + 1)
        found.append("".join(parts[start:end]).strip())
        start = end + 1
    return found
