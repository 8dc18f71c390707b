"""Every text a client reads uses the terms of docs/glossary.yaml; what older texts still say otherwise only gets less."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GLOSSARY: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load((ROOT / "docs/glossary.yaml").read_text("utf-8"))
DEBT: dict[str, dict[str, int]] = yaml.safe_load((Path(__file__).parent / "glossary_debt.yaml").read_text("utf-8"))
TEXT_FOLDERS = ("advisor/texts", "questionnaires", "rules")
"""Texts for people; what a firm answered (`samples`) and the papers' own words (`sources`) are not ours to word."""
NOT_OURS = {"samples", "sources"}
LANGUAGES = ("en", "zh")
AVOIDED = [
    (lang, phrase) for entry in GLOSSARY.values() for lang in LANGUAGES for phrase in entry.get("avoid", {}).get(lang, ())
]


def texts_in(entry: object, lang: str) -> Iterator[str]:
    """Every text of one language anywhere inside a YAML document."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key == lang and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value, lang)
    elif isinstance(entry, list):
        for value in entry:
            yield from texts_in(value, lang)


@cache
def all_texts(lang: str) -> tuple[str, ...]:
    files = sorted(path for folder in TEXT_FOLDERS for path in (ROOT / folder).rglob("*.yaml"))
    ours = [path for path in files if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(text for path in ours for text in texts_in(yaml.load(path.read_text("utf-8"), loader), lang))


def uses(phrase: str, lang: str) -> int:
    """How many texts use a phrase to be avoided; English is matched by whole words."""
    pattern = re.compile(rf"\b(?:{phrase})\b" if lang == "en" else phrase, re.IGNORECASE)
    return sum(bool(pattern.search(text)) for text in all_texts(lang))


@pytest.mark.parametrize(("lang", "phrase"), AVOIDED)
def test_no_text_uses_a_word_the_glossary_replaces(lang: str, phrase: str) -> None:
    count, allowed = uses(phrase, lang), DEBT[lang].get(phrase, 0)
    assert count <= allowed, f"{count} texts say {phrase!r}, {allowed} did before: docs/glossary.yaml has the term"
    assert count >= allowed, f"only {count} texts still say {phrase!r}: lower its number in glossary_debt.yaml"


def test_the_debt_speaks_of_nothing_else() -> None:
    assert {(lang, phrase) for lang, phrases in DEBT.items() for phrase in phrases} <= set(AVOIDED)


def test_every_concept_has_one_term_and_a_meaning_in_both_languages() -> None:
    for name, entry in GLOSSARY.items():
        assert all(entry[part].get(lang) for part in ("term", "meaning") for lang in LANGUAGES), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_concepts_share_a_term(lang: str) -> None:
    counts = Counter(entry["term"][lang] for entry in GLOSSARY.values())
    assert [term for term, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_term_is_itself_one_to_avoid(lang: str) -> None:
    for _, phrase in (pair for pair in AVOIDED if pair[0] == lang):
        pattern = re.compile(rf"\b(?:{phrase})\b" if lang == "en" else phrase, re.IGNORECASE)
        assert [e["term"][lang] for e in GLOSSARY.values() if pattern.search(e["term"][lang])] == []
