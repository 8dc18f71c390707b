"""Words of a respondent's own in a table of firms: what is written into an option, and what is none of a list's options.

A form is filled in by somebody who is not there to be asked. One strange word in a list must not lose the whole firm, and
leaving it out would say that nothing else applies: the question is left open, this is told, and the words are kept as its
note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.errors import Place, Problem
from advisor.interview.answer_parsing import answer_to
from advisor.interview.words_beside import without_words_beside
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.model import Knowledge

LEFT_OPEN = "A185"
"""The code of notes on questions left open because of words that are none of their options."""
_FILLED_IN = re.compile(r"〖[^〖〗]*〗")
"""What a respondent wrote beside an option, as one form service exports it."""


@dataclass(frozen=True)
class OwnWords:
    """A cell as its question reads it, empty where it is left open, with the note that says so, and what to keep as a note
    beside the answer."""

    text: str
    kept: str = ""
    note: Problem | None = None


def own_words(key: str, text: str, knowledge: Knowledge) -> OwnWords:
    """A cell of the column of a question, as far as it holds words of the respondent's own."""
    question = knowledge.reading.questions.get(key)
    if question is None or not knowledge.reading.facts[key].values:
        return OwnWords(text)
    bare = _FILLED_IN.sub("", text)
    kept = text[:MAX_TEXT] if bare != text else ""
    if not question.answer_type.several:
        return OwnWords(bare, kept)
    try:
        answer_to(question, bare, knowledge.reading)
    except RefusedError as refused:
        if refused.code != "A102" or without_words_beside(question, bare, knowledge.reading):
            return OwnWords(bare, kept)
        values = {"code": question.code, "name": question.id, "words": text[:200], **refused.values}
        return OwnWords("", text[:MAX_TEXT], Problem(LEFT_OPEN, Place(""), values, "note"))
    return OwnWords(bare, kept)
