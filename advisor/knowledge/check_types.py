"""Whether every type of question has the words by which forms, tables and paper ask for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place, Problem
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS


def check_types(knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for each question whose type lacks words; the types there are have them, so it tells of one being added."""
    for fact in knowledge.facts.values():
        if fact.question is None:
            continue
        try:
            _ask(fact)
        except KeyError as missing:
            place = Place(f"{fact.question.code} ({fact.name})")
            yield Problem("K227", place, {"type": fact.type.name, "key": missing.args[0]})


def _ask(fact: Fact) -> None:
    """Ask for an answer in every way there is. Raises ``KeyError`` for words that are missing."""
    kind, question = fact.type, fact.question
    assert question is not None
    for lang in LANGS:
        kind.prompt(fact, lang)
        kind.how_to(fact, lang)
        kind.range(fact, lang)
        kind.unit(question, lang)
        kind.on_paper(question, lang)
        kind.cells(fact, None, lang)
