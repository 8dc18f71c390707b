"""A document for a client: sources become numbered notes, and questions stand in words where a text names their code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from advisor.reporting.document import Document, Line, SourceEntry, sources_cited

CODE = re.compile(r"(?<![A-Za-z0-9])[A-L]\d{1,2}[a-e]?(?![A-Za-z0-9])")
"""The code of a question."""
BY_CODE = ("answers",)
"""Chapters that list questions by code, and what a firm wrote word for word."""


def without_codes(document: Document, questions: Mapping[str, str], whole: bool = True) -> Document:
    """A document with its sources numbered in the order pages first cite them, and questions, by code, in words. Unless the
    notes are told ``whole``, there is one for each place in a source, and what is claimed there is left to the evidence."""
    listed = () if whole else enumerate(document.sources)
    places = {name: (n, where) for n, entry in listed for name, where, _ in entry.claims if where}
    cited = dict.fromkeys(sources_cited(document.chapters))
    order = {place: str(number) for number, place in enumerate(dict.fromkeys(places.get(name, name) for name in cited), 1)}
    numbers = {name: order[places.get(name, name)] for name in cited}
    entries = (_numbered(entry, numbers, whole) for entry in document.sources)
    return replace(
        document,
        chapters=tuple(
            _without_codes(chapter, numbers, {} if chapter.id in BY_CODE else questions) for chapter in document.chapters
        ),
        sources=tuple(entry for entry in entries if entry.claims),
    )


def _without_codes(part: Any, numbers: Mapping[str, str], questions: Mapping[str, str]) -> Any:
    """A part of a document without ids of sources and codes of questions."""
    if isinstance(part, Line):
        text, aside = (_in_words(text, questions) for text in (part.text, part.aside))
        return replace(part, text=text, aside=aside, cites=tuple(dict.fromkeys(numbers[name] for name in part.cites)))
    if isinstance(part, tuple):
        return tuple(_without_codes(item, numbers, questions) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        parts = {field.name: getattr(part, field.name) for field in fields(part) if field.init}
        return replace(part, **{name: _without_codes(value, numbers, questions) for name, value in parts.items()})
    return part


def _in_words(text: str, questions: Mapping[str, str]) -> str:
    """A text with questions in words where it names them by code."""
    return CODE.sub(lambda found: questions.get(found[0], found[0]), text)


def _numbered(entry: SourceEntry, numbers: Mapping[str, str], whole: bool) -> SourceEntry:
    """A source with its claims by number, lowest first; without what it is about where its claims are not told."""
    claims = sorted((int(numbers[name]), where, text) for name, where, text in entry.claims if name in numbers)
    if whole:
        return replace(entry, claims=tuple((str(number), where, text) for number, where, text in claims))
    places = dict.fromkeys((str(number), where, "") for number, where, _ in claims)
    return replace(entry, about="", claims=tuple(places))
