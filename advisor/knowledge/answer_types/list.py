"""``list``: free lines, which are kept and shown but never tested."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from advisor.errors import shortened
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, Refuse, RefusedError
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.answer_types.shared.views import FactView
from advisor.knowledge.answer_types.shared.words import (
    MAX_TEXT,
    NONE,
    NONE_WORDS,
    NOT_APPLICABLE_WORDS,
    UNKNOWN_WORDS,
    word_of,
)
from advisor.knowledge.premises import Test, Value
from advisor.text import LANGS, Lang, Text, catalogue, join, normalized, say, single_line

MAX_LINES = 20
USUAL_CELLS, MOST_CELLS = 5, 20
"""Cells for free lines: as many as are usual, and the most that are read."""
AS_TEXT = "@"
"""The format of a cell whose content no spreadsheet makes a number of."""


class ListAnswer(AnswerType):
    """Lines of text in the order they were given."""

    name = "list"
    widget = "web/fields/list.html"
    free = True
    typed = True
    remark = "lines"
    lines_on_paper = 4

    def words(self, fact: FactView, raw: object, refuse: Refuse) -> frozenset[str] | None:
        """None: free text is not compared."""
        refuse("K304")
        return None

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """Some text: nothing can be asked of it but whether it is there."""
        yield ""

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """A list of lines, or a text of several; a word for none gives no lines."""
        items = raw if isinstance(raw, list) else raw.split("\n") if isinstance(raw, str) else [raw]
        for item in items:
            if not isinstance(item, str | int | float | None):
                raise RefusedError("A116", found=shortened(item))
        cleaned = (single_line(str(item)) for item in items if item is not None)
        lines = tuple(line for line in cleaned if line and word_of(line) not in NONE_WORDS)
        if len(lines) > MAX_LINES:
            raise RefusedError("A117", found=len(lines), limit=MAX_LINES)
        if any(len(line) > MAX_TEXT for line in lines):
            raise RefusedError("A111", limit=MAX_TEXT)
        return lines

    def plain(self, value: Any) -> Any:
        """The lines, or the word for none."""
        return list(value) or NONE

    def in_words(self, fact: FactView, value: Any) -> Text:
        """The lines one behind the other."""
        if not value:
            return catalogue("assessment")["answer.none"]
        lines = [Text(zh=line, en=line) for line in value]
        return Text(**{lang: join([line[lang] for line in lines], lang) for lang in LANGS})

    def from_words(self, fact: FactView, words: Text) -> AnswerValue:
        """The lines. They read alike in both languages, so what differs is the marks between them."""
        if words == catalogue("assessment")["answer.none"]:
            return ()
        lines, at = [""], 0
        for letter in words.zh:
            if words.en[at : at + 1] == letter:
                lines[-1], at = lines[-1] + letter, at + 1
            else:
                lines, at = [*lines, ""], at + len(join(["", ""], "en"))
        return self.read(fact, lines)

    def in_table(self, fact: FactView, value: Any, lang: Lang) -> str:
        """A line each."""
        return "\n".join(value) if value else say("interview", "table.none", lang)

    def in_yaml(self, value: Any) -> str:
        """A list of quoted lines."""
        return f"[{', '.join(json.dumps(line, ensure_ascii=False) for line in value)}]" if value else NONE

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """A cell for each line and some more."""
        lines = [] if value is None else apart(self.in_table(fact, value, lang))
        count = min(max(USUAL_CELLS, len(lines) + 1), max(MOST_CELLS, len(lines)))
        another = say("interview", "table.another", lang)
        filled = [*lines, *[""] * (count - len(lines))]
        return tuple(FormCell(line or None, another if place else "", AS_TEXT) for place, line in enumerate(filled))

    def in_field(self, value: Any) -> str:
        """A line each."""
        return "\n".join(value) if value else NONE

    def from_field(self, text: str) -> Any:
        """The lines; the word for none where it stands alone."""
        lines = [line for line in text.split("\n") if line.strip()]
        return NONE if len(lines) == 1 and lines[0].strip() == NONE else lines


def apart(text: str) -> list[str]:
    """Free lines as they stand in rows, the first in the question's own. A lone line that is a word such as "unknown" leaves
    that row blank, where the word would be taken for the answer."""
    lines = text.split("\n")
    mistakable = len(lines) == 1 and normalized(lines[0]) in UNKNOWN_WORDS | NOT_APPLICABLE_WORDS
    return ["", *lines] if mistakable else lines


LIST: AnswerType = ListAnswer()
