"""Which question each column of a table of firms answers, and how its cells are brought to one text a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.interview.beside_answers import Beside
from advisor.interview.cell_units import UNIT_MARK
from advisor.interview.firm_table import FirmTable, TableNote
from advisor.interview.form_services import Exported
from advisor.interview.split_choices import SplitChoice
from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.model import Knowledge
from advisor.text import Text, single_line


@dataclass(frozen=True)
class MappedHead:
    """What a file of the user's own says of a column: the key it stands for, empty for none, and its unit."""

    key: str
    unit: str = ""


@dataclass(frozen=True)
class Double:
    """A column that asks what an earlier one asks, the ``first``, with the heads of both."""

    first: int
    head: str
    first_head: str


@dataclass(frozen=True)
class Headings:
    """The headings of a table: their row (from 0), the key of each column, and the columns that are not used.

    ``keys`` are question ids, codes or one of the names above, by column from 0. ``ignored`` are columns that are no
    question, each with the nearest one; ``doubles`` are columns that ask what an earlier one asks; ``retired`` are the
    headings of questions of earlier versions, each with the codes of those of today that its answers are carried over to.
    ``units`` are units of columns other than the one asked for, ``unit_columns`` the columns that give a unit for each row,
    ``splits`` the columns that tell of one option each, all by the column with the key. ``guessed`` are columns read by
    another name of the question, ``unread`` words in heads that say nothing, ``beside`` columns with what stands beside
    answers, ``exported`` the columns that a form service added, ``in_own_unit`` those whose head names the
    unit that is asked for, ``nearly`` what the nearest keys of ignored columns are called, ``not_there`` heads that the
    user's own file speaks of and the table does not have.
    """

    row: int
    keys: dict[int, str]
    ignored: tuple[tuple[int, str, str], ...]
    doubles: Mapping[int, Double] = field(default_factory=dict)
    retired: tuple[tuple[str, tuple[str, ...]], ...] = ()
    units: Mapping[int, HeadUnit] = field(default_factory=dict)
    unit_columns: Mapping[int, int] = field(default_factory=dict)
    splits: Mapping[int, SplitChoice] = field(default_factory=dict)
    guessed: tuple[tuple[str, str, Text], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    beside: Beside = field(default_factory=dict)
    exported: Exported | None = None
    in_own_unit: frozenset[int] = frozenset()
    nearly: Mapping[str, Text] = field(default_factory=dict)
    not_there: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        """How many columns hold answers, those that ask the same counted once."""
        return sum(not key.startswith("firm.") for column, key in self.keys.items() if column not in self.doubles)

    @property
    def joined(self) -> frozenset[int]:
        """The columns whose text is made of several cells."""
        return frozenset((*self.unit_columns, *self.splits))

    def columns(self, knowledge: Knowledge) -> dict[str, int]:
        """The column (from 0) that answers each question, the first of several."""
        return {name: column for column, key in reversed(self.keys.items()) for name in questions_of(key, knowledge)}

    def asked_before(self, column: int) -> tuple[int, ...]:
        """The columns before one that ask what it asks."""
        first = self.doubles[column].first
        return first, *(at for at, double in self.doubles.items() if double.first == first and at < column)

    def text(self, column: int, row: Sequence[str]) -> str:
        """What a row says under a heading: its cell, with the unit beside it, or the options of which it says yes."""
        cell = row[column] if column < len(row) else ""
        if column in self.splits:
            return self.splits[column].text(row)
        if (beside := self.unit_columns.get(column)) is not None and cell and beside < len(row) and row[beside]:
            return f"{cell}{UNIT_MARK}{row[beside]}"
        return cell

    def notes(self) -> Iterator[TableNote]:
        """Notes on columns that are no questions; those that resemble one get a note each: their answers are lost."""
        if self.exported is not None:
            names = _heads(head for column, head in self.exported.columns.items() if column not in self.keys)
            yield TableNote("note.service", {"service": self.exported.service.name, "names": names})
        if unlike := [heading for _, heading, closest in self.ignored if not closest]:
            yield TableNote("note.ignored", {"names": _heads(unlike)})
        if carried := [f"{single_line(heading)[:60]} → {', '.join(codes)}" for heading, codes in self.retired if codes]:
            yield TableNote("note.retired", {"names": "; ".join(carried)})
        if dropped := [heading for heading, codes in self.retired if not codes]:
            yield TableNote("note.dropped", {"names": _heads(dropped)})
        for _, heading, closest in self.ignored:
            if closest:
                yield TableNote(
                    "note.nearly", {"head": single_line(heading)[:60], "nearest": self.nearly.get(closest, closest)}
                )
        if self.not_there:
            yield TableNote("note.not_there", {"names": _heads(self.not_there)})
        for heading, code, text in self.guessed:
            yield TableNote("note.guessed", {"head": single_line(heading)[:60], "code": code, "text": text})
        for double in self.doubles.values():
            yield TableNote(
                "note.double", {"head": single_line(double.head)[:60], "first": single_line(double.first_head)[:60]}
            )
        for heading, words in self.unread:
            yield TableNote("note.unread", {"head": single_line(heading)[:60], "words": words[:60]})

    def joined_notes(self, heads: Sequence[str]) -> Iterator[TableNote]:
        """Which columns were read together: a number with its unit, and the options of one question."""
        for column, beside in self.unit_columns.items():
            yield TableNote("note.unit_column", {"head": heads[column][:60], "beside": heads[beside][:60]})
        for choice in self.splits.values():
            yield TableNote("note.split", {"head": heads[choice.columns[0][0]][:60], "count": len(choice.columns)})


def _heads(heads: Iterable[str]) -> tuple[str, ...]:
    """Heads as a note names them, each on one line."""
    return tuple(single_line(head)[:40] for head in heads)


def questions_of(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that a column's key stands for."""
    return knowledge.reading.codes.get(key, (key,))


def heading_of(table: FirmTable | None, headings: Headings | None, column: int) -> str:
    """The text of the heading above ``column``, counted from 1; empty where there is none."""
    if table is None or headings is None or not column:
        return ""
    row = table.cells[headings.row]
    return row[column - 1] if column <= len(row) else ""
