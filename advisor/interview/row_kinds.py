"""Which rows of a table are firms, and which are sums, notes, a second head, or firms that answered nothing."""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.errors import Place, Problem, ProblemsError
from advisor.interview.firm_table import TableNote
from advisor.interview.head_words import ABOUT, ID, NAME, REMARKS, comparable, known_heads, match
from advisor.interview.headings import Headings
from advisor.interview.table_units import is_unit_word, names_unit, units_below
from advisor.knowledge.answer_types.shared.words import LEFT_OPEN, word_of
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue, single_line

RowKind = Literal["firm", "blank", "total", "note", "head", "empty", "moved"]
ASIDE: tuple[RowKind, ...] = ("total", "note", "head", "empty")
"""Rows that are set aside and told."""
LONGEST_HEAD = 200
"""Characters of a cell that may be a head."""
SHOWN = 12
"""So many rows of a kind are named in a note."""
MOST_KEPT = 200_000
"""Rows and names among which equal ones are looked for."""
_AMOUNT = re.compile(r"^[-+]?[¥$€£]?\s*[\d.,\s]+(?:e[+-]?\d+)?\s*[%十百千万亿元人kmb]{0,4}$", re.I)

_IN_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]\s*[:：]?\s*$")
_SIGNED = re.compile(r"[^:：]{1,20}[:：]")
_FIRST_WORD = re.compile(r"[:：,，、;；(（]")
_COLON = re.compile(r"[:：]")
_LABEL_ENDS = re.compile(r"[:：()（）【】\[\]]")


@functools.cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(comparable(word) for lang in LANGS for word in catalogue("batch")[key][lang].split("|"))


@dataclass
class RowsTold:
    """What was noticed about rows: those set aside by kind, equal ones, and equal names, each by its number in the file."""

    aside: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    same_rows: list[tuple[int, int]] = field(default_factory=list)
    same_names: list[tuple[int, int, str]] = field(default_factory=list)
    _rows: dict[int, int] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)

    def set_aside(self, kind: RowKind, number: int, label: str) -> None:
        """Note a row that is no firm, or a firm without an answer."""
        self.aside.setdefault(kind, []).append((number, label))

    def firm(self, number: int, name: str, texts: Sequence[str]) -> None:
        """Note a firm, whose answers and name may be those of an earlier one."""
        self.known_firm(number, comparable(name), fingerprint(texts), name)

    def known_firm(self, number: int, plain: str, print_of: int, name: str = "") -> None:
        """Note a firm by its comparable name and its :func:`fingerprint`."""
        if len(self._rows) >= MOST_KEPT:
            return
        first = self._rows.setdefault(print_of, number)
        if first != number:
            self.same_rows.append((number, first))
        elif plain and (other := self._names.setdefault(plain, number)) != number:
            self.same_names.append((number, other, name or plain))

    def notes(self) -> Iterator[TableNote]:
        """What a user must be told of the rows."""
        for kind in ASIDE:
            if rows := self.aside.get(kind):
                listed = [_row(number, label) for number, label in rows]
                yield TableNote(f"note.rows_{kind}", {"count": len(rows), "rows": shown_first(listed)})
        if self.same_rows:
            pairs = [_row(number, "", first) for number, first in self.same_rows]
            yield TableNote("note.rows_same", {"count": len(pairs), "rows": shown_first(pairs)})
        if self.same_names:
            pairs = [_row(number, name, first) for number, first, name in self.same_names]
            yield TableNote("note.names_same", {"count": len(pairs), "rows": shown_first(pairs)})


def moved_heads(place: Place) -> ProblemsError:
    """The error for a row of heads in another order than those above: what stands below it would be read under the wrong
    questions."""
    return ProblemsError([Problem("B115", place)])


def fingerprint(cells: Sequence[str]) -> int:
    """What equal rows have in common, in every process."""
    return zlib.crc32("\x1f".join(cells).encode()) | (len(cells) << 32)


def _row(number: int, label: str, first: int = 0) -> TableNote:
    """A row as a note names it, perhaps with the one before that it is like."""
    key = f"note.{'pair' if first else 'row'}{'_named' if label else ''}"
    return TableNote(key, {"row": number, "first": first, "name": single_line(label)[:30]})


def shown_first(items: Sequence[TableNote]) -> tuple[TableNote, ...]:
    """The first of some places, and how many more there are."""
    more = [TableNote("note.more", {"count": len(items) - SHOWN})] if len(items) > SHOWN else []
    return (*items[:SHOWN], *more)


class RowSorter:
    """Tells firms from other rows under some headings."""

    def __init__(self, headings: Headings, knowledge: Knowledge) -> None:
        self._keys, self._knowledge, self._splits = headings.keys, knowledge, tuple(headings.splits.values())
        self._questions = [column for column, key in headings.keys.items() if not key.startswith("firm.")]
        self._questions += [c for split in headings.splits.values() for c, _ in split.columns if c not in headings.keys]
        self._labels = [c for name in (NAME, ID, ABOUT) for c, key in headings.keys.items() if key == name]
        added = set(headings.exported.columns) if headings.exported else set()
        self._beside = {column for column, key in headings.keys.items() if key == REMARKS} | (added - headings.keys.keys())
        self._name = next((column for column, key in headings.keys.items() if key == NAME), -1)
        self._numbers = added | {column for column, key in headings.keys.items() if key == ID}
        self._leading = next(column for column in itertools.count() if column not in self._numbers)

    def name(self, row: Sequence[str]) -> str:
        """What the firm in a row is called; empty where it has but a number."""
        return row[self._name] if 0 <= self._name < len(row) else ""

    def said(self, row: Sequence[str]) -> Sequence[str]:
        """The cells of a row that say something about the firm: not its number, nor what a form service added."""
        if not self._numbers:
            return row
        if self._leading == len(self._numbers):
            return row[self._leading :]
        return [cell for column, cell in enumerate(row) if column not in self._numbers]

    def kind(self, row: Sequence[str]) -> tuple[RowKind, str]:
        """What a row is, and its name or first words. Cells are clean."""
        width = len(row)
        answered = (row[column] for column in self._questions if column < width and row[column])
        filled = list(itertools.islice(answered, 4))
        label = next((row[column] for column in self._labels if column < width and row[column]), "")
        if len(filled) > 3 and label and not _is_aside(label) and not self._is_head(filled[0]) and not self._is_name(label):
            return "firm", label  # nearly all rows end here
        filled += answered
        cells = [cell for column, cell in enumerate(row) if cell and column not in self._beside]
        first = label or (cells[0] if cells else "")
        if not first:
            return "blank", ""
        if self._moves_heads(row):
            return "moved", first
        if self._repeats_heads(row) or (is_unit_word(first) and units_below(self._keys, row, self._knowledge)):
            return "head", first
        if _is_total(first) and all(map(_is_amount, filled)):
            return "total", first
        if _is_example(first) or _signs(first, cells, filled):
            return "note", first
        if len(cells) <= 2 and any(_is_note(cell, bool(filled)) for cell in cells) and len(filled) <= 1:
            return "note", next(cell for cell in cells if _is_note(cell, bool(filled)))
        if not filled and names_unit(first):
            return "note", first
        if all(word_of(cell) in LEFT_OPEN for cell in filled):
            return ("empty" if label else "note" if cells and not filled else "blank"), first
        return "firm", label

    def _is_head(self, cell: str) -> bool:
        """Whether a cell names a question instead of answering one."""
        return len(cell) > 1 and bool(cell.strip("0123456789.,- ")) and match(cell, self._knowledge) is not None

    def _is_name(self, label: str) -> bool:
        """Whether what stands for a firm's name is the head of such names."""
        return known_heads(self._knowledge).get(comparable(label)) == NAME

    def _moves_heads(self, row: Sequence[str]) -> bool:
        """Whether a row names questions of which one at least is not that of its column: another table begins there."""
        cells = [(column, cell) for column, cell in enumerate(row) if cell]
        found = [(column, match(cell, self._knowledge)) for column, cell in cells if len(cell) <= LONGEST_HEAD]
        named = [(column, head) for column, head in found if head is not None]
        sure = any(head.key == NAME for _, head in named)
        asked = [(c, head.key) for c, head in named if not head.key.startswith("firm.") and (sure or not head.guessed)]
        moved = {column for column, key in asked if self._keys.get(column) != key}
        split = {column for choice in self._splits for column, _ in choice.columns}
        return bool(moved - split) and len(named) > 2 and 2 * len(named) > len(cells)

    def _repeats_heads(self, row: Sequence[str]) -> bool:
        """Whether a row names the questions of its columns over again."""
        said = [(column, row[column]) for column in self._keys if column < len(row) and row[column]]
        same = sum((found := match(cell, self._knowledge)) is not None and found.key == self._keys[c] for c, cell in said)
        return same >= 2 and 2 * same > len(said)


def counts_as_firm(kind: RowKind, has_fault: bool) -> bool:
    """Whether a row gets a report, or is told to be corrected: one that says nothing may, for a cell that cannot be read."""
    return kind == "firm" or (has_fault and kind in ("empty", "note"))


@functools.lru_cache(4096)
def _is_total(label: str) -> bool:
    """Whether a row is called a total: by such a word alone, before a colon with more words (合计：2家), with what it is of
    in brackets (小计（制造业）), or behind words for that (华东小计)."""
    parts = map(comparable, (label, _COLON.split(label)[0], _IN_BRACKETS.sub("", label)))
    return any(part in _words("rows.total") or part.endswith(_words("rows.total_of")) for part in parts)


@functools.lru_cache(4096)
def _is_example(label: str) -> bool:
    """Whether a row is named as one that shows how to fill in the table: 示例, （例）某公司."""
    return any(comparable(part) in _words("rows.example") for part in (label, _first_word(label)))


def _first_word(label: str) -> str:
    """The first words of a label, up to a sign that ends them; those in brackets where it begins with them."""
    return next((part for part in _LABEL_ENDS.split(label) if part.strip()), "")


def _is_aside(label: str) -> bool:
    """Whether a row may be no firm's by its name; of nearly all names the beginning tells that it is none of these."""
    plain = comparable(label)
    if not (plain.startswith(_beginnings()) or plain.endswith(_words("rows.total_of"))):
        return False
    return _is_total(label) or is_unit_word(label) or _is_example(label) or _is_signed(label)


@functools.cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word for key in ("rows.total", "rows.example", "rows.signed", "head.unit") for word in _words(key))


@functools.lru_cache(4096)
def _is_signed(label: str) -> bool:
    """Whether a row is named by a word that somebody signs behind, such as 填表人, alone or before a colon."""
    return comparable(_first_word(label)) in _words("rows.signed")


def _is_amount(cell: str) -> bool:
    word = word_of(cell)
    return word in LEFT_OPEN or _AMOUNT.match(word) is not None


def _signs(first: str, cells: Sequence[str], filled: Sequence[str]) -> bool:
    """Whether a row is a line of signatures, by its first words where no answer is a number, or by all of its cells:
    制表人：王晓东, 审核人：, 日期：2026-11-25."""
    if _is_signed(first) and not any(map(_is_amount, filled)):
        return True
    return len(cells) > 1 and all(
        _SIGNED.match(cell.strip()) and (_is_note(cell, False) or _is_signed(cell)) for cell in cells
    )


def _is_note(cell: str, answered: bool) -> bool:
    """Whether a cell begins as a note does; beside an answer that word stands alone, since firms have names such as
    备注文化."""
    plain = comparable(_FIRST_WORD.split(cell.strip(), maxsplit=1)[0]) if answered else comparable(cell)
    return any(plain == word if answered else plain.startswith(word) for word in _words("rows.note"))
