"""Units that a table says once for many columns: a row of units under its heads, and one unit for all its sums of money."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from advisor.interview.cell_units import is_number
from advisor.interview.head_words import NAME, comparable, match
from advisor.knowledge.answer_types.shared.units import HeadUnit, head_unit
from advisor.knowledge.answer_types.shared.words import LEFT_OPEN, seen, word_of
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue

LAST_ROWS = 20
"""So many rows at the bottom of a table are searched for a note on its unit."""
_BRACKETS = re.compile(r"^[(\[](.*)[)\]]$")
_LABEL = re.compile(r"^(?:计量|金额|货币)?单位(?:均?为|是)?\s*:?\s*|^units?\s*:?\s*", re.I)
_STATED = re.compile(
    r"(?:单位|金额(?!单位))(?:一律|均)?(?:为|是|以|按)?\s*:?\s*([^\s:()\[\],;。，；、/]{1,8})"
    r"|\b(?:units?|currency|amounts?|sums|figures|money)(?:\s+are)?(?:\s+(?:stated|given))?\s*(?:\bin\b|:)\s*([^:()\[\],;.。]{1,20})",
    re.I,
)


def units_below(heads: Mapping[int, str], row: Sequence[str], knowledge: Knowledge) -> dict[int, str] | None:
    """The units in a row under the ``heads`` of a table, each by its column; None where the row is none of units, as that of
    a firm is."""
    found, known = dict[int, str](), 0
    for column, cell in enumerate(row):
        words, bare = _bare(cell)
        if not words or words in LEFT_OPEN:
            continue
        key = heads.get(column, "")
        if key.startswith("firm.") and comparable(words) not in _unit_words():
            return None
        if not is_number(key, knowledge):
            continue
        if _number(words):
            return None
        if bare and bare not in LEFT_OPEN:
            found[column] = bare
            fact = knowledge.reading.facts[key]
            unit = fact.type.head_unit(fact, bare)
            known += unit is not None and unit.known
    return found if known and 2 * known >= len(found) else None


@functools.lru_cache(4096)
def is_unit_word(label: str) -> bool:
    """Whether the name of a row says that units stand in it."""
    return comparable(label) in _unit_words()


@functools.cache
def _unit_words() -> frozenset[str]:
    words = catalogue("batch")["head.unit"]
    return frozenset(comparable(word) for lang in LANGS for word in words[lang].split("|"))


def _bare(cell: str) -> tuple[str, str]:
    """What a cell says, and the same without brackets and the word for unit."""
    words = word_of(unicodedata.normalize("NFKC", cell))
    inner = found[1].strip() if (found := _BRACKETS.match(words)) else words
    return words, _LABEL.sub("", inner).strip()


def _number(words: str) -> bool:
    """Whether a cell holds a number and no span of one, such as the steps of a scale in brackets."""
    return bool(re.search(r"\d", words)) and not _BRACKETS.match(words) and head_unit(words, "money", None) is None


def money_unit(cells: Sequence[Sequence[str]], row: int, keys: Mapping[int, str], knowledge: Knowledge) -> HeadUnit | None:
    """The unit of all sums that a table names above its heads, among them, or in a note at its end, with all that are named
    where they differ; None where it names none."""
    found = {unit.suffix: unit for words in _beside_table(cells, row, keys, knowledge) for unit in _stated(words)}
    if len(found) > 1:
        return HeadUnit(" / ".join(unit.written for unit in found.values()), known=False)
    return next((unit for unit in found.values() if unit.suffix), None)


def _beside_table(cells: Sequence[Sequence[str]], row: int, keys: Mapping[int, str], knowledge: Knowledge) -> Iterator[str]:
    """The cells of a table that are neither heads of questions nor answers."""
    for above in cells[:row]:
        yield from (cell for cell in above if cell and _no_question(cell, knowledge))
    yield from (cell for column, cell in enumerate(cells[row]) if keys.get(column, NAME).startswith("firm."))
    for below in cells[row + 1 :][-LAST_ROWS:]:
        filled = [cell for cell in below if cell]
        if len(filled) == 1:
            yield filled[0]


@functools.lru_cache(4096)
def names_unit(cell: str) -> bool:
    """Whether a cell says in which unit sums are, as a note at the end of a table does."""
    return next(_stated(cell), None) is not None


def _no_question(cell: str, knowledge: Knowledge) -> bool:
    found = match(cell, knowledge)
    return found is None or found.key.startswith("firm.")


def _stated(cell: str) -> Iterator[HeadUnit]:
    """The units of money that a cell states, in brackets or not."""
    for found in _STATED.finditer(unicodedata.normalize("NFKC", seen(cell))):
        written = (found[1] or found[2]).strip()
        unit = head_unit(written, "money", None)
        if unit is not None and unit.known:
            yield HeadUnit(written, unit.suffix)
