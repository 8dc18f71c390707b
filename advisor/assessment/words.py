"""Answers and values in words, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.assessment.upgrades import Upgrade
from advisor.interview.answers import Answer
from advisor.knowledge.facts import Fact
from advisor.text import LANGS, Text, catalogue, join


def phrase(key: str, /, **values: object) -> Text:
    """An entry of the assessment catalogue with its placeholders filled; a Text value gives its own language."""
    return filled(catalogue("assessment")[key], **values)


def filled(entry: Text, /, **values: object) -> Text:
    """A text with its placeholders filled; a Text value gives its own language."""
    filled: dict[str, str] = {}
    for lang in LANGS:
        own = {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}
        filled[lang] = entry[lang].format_map(own) if own else entry[lang]
    return Text(**filled)


def joined(texts: list[Text]) -> Text:
    """Several texts as a list in running text."""
    return Text(**{lang: join([text[lang] for text in texts], lang) for lang in LANGS})


def answer_in_words(answer: Answer | None, fact: Fact) -> Text:
    """An answer as a report shows it."""
    if answer is None:
        return phrase("answer.unanswered")
    return fact.type.in_words(fact, answer.value) if answer.status == "known" else phrase(f"answer.{answer.status}")


def upgrade_note(upgraded: Upgrade | None, program: str) -> Text | None:
    """That an assessment was saved in an earlier format by a version of the program, and what was not worked out then; None
    where nothing is missing."""
    if upgraded is None or not upgraded.lacks:
        return None
    parts = joined([phrase(f"part.{part}") for part in upgraded.lacks])
    return phrase("upgraded", format=upgraded.written_as, program=program, parts=parts)


def detailed(text: Text, details: Sequence[Text]) -> Text:
    """A sentence with details: after its colon where it ends in one, else in brackets before its full stop.

    >>> detailed(Text(zh="缺功能。", en="It lacks a function."), [Text(zh="报价", en="quotation")])["en"]
    'It lacks a function (quotation).'
    """
    if not details:
        return text
    told, zh, en = joined(list(details)), text.zh.rstrip("。"), text.en.rstrip(".")
    return Text(
        zh=f"{zh}{told.zh}。" if zh.endswith("：") else f"{zh}（{told.zh}）。",
        en=f"{en} {told.en}." if en.endswith(":") else f"{en} ({told.en}).",
    )
