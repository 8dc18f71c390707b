"""The columns of a table of firms with a reader each that knows the unit of its cells, and how they were read, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.interview.cell_units import clean_cell, is_number
from advisor.interview.column_reader import ColumnReader
from advisor.interview.firm_table import TableNote
from advisor.interview.headings import Headings
from advisor.interview.in_words import margin_in_words
from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.text import Text

_WORDS = re.compile(r"[^\d.,\s]")


def column_readers(headings: Headings, knowledge: Knowledge, points_asked: bool = False) -> dict[int, ColumnReader]:
    """A reader for each column with answers; ``points_asked`` where a point may keep thousands apart."""
    return {
        column: ColumnReader(
            key,
            knowledge,
            headings.units[column].suffix if column in headings.units else "",
            points_asked,
            joined=column in headings.splits,
        )
        for column, key in headings.keys.items()
        if not key.startswith("firm.")
    }


def unit_notes(
    headings: Headings,
    rows: Sequence[Sequence[str]],
    knowledge: Knowledge,
    points_asked: bool = False,
    all_rows: Sequence[Sequence[str]] = (),
) -> Iterator[TableNote]:
    """How the columns in other units were read, each with the first number among ``rows``, which begin with the heads; none
    that is asked about (``points_asked``) serves as one. Numbers with a unit of their own are looked for in ``all_rows``
    below the heads, where these are at hand."""
    heads, readers = rows[0], column_readers(headings, knowledge, points_asked)
    for column, unit in headings.units.items():
        values: dict[str, object] = {"head": heads[column][:60], "unit": unit.written}
        cells = (row[column] for row in rows[1:] if column < len(row) and row[column])
        example = next((found for cell in cells if (found := _example(readers[column], cell, knowledge))), None)
        key = "note.unit" if example else "note.unit_alone"
        yield TableNote(key, values | dict(zip(("cell", "read"), example or (), strict=False)))
    for column, reader in readers.items():
        if is_number(reader.key, knowledge) and (converted := _converted(reader, column, all_rows or rows[1:], knowledge)):
            yield TableNote("note.converted", {"head": heads[column][:60], **converted})
    yield from headings.joined_notes(heads)


def _converted(
    reader: ColumnReader, column: int, rows: Sequence[Sequence[str]], knowledge: Knowledge
) -> dict[str, object] | None:
    """The first cell of a column that names a currency or a unit of its own and was brought to that of the question, and
    what it was read as; None where none was."""
    fact = knowledge.reading.facts[reader.key]
    for text in dict.fromkeys(row[column] for row in rows if column < len(row) and _WORDS.search(row[column])):
        text = clean_cell(text)
        said = reader.cell(text)
        answer = said.get(reader.key) if isinstance(said, dict) else None
        if answer is None or answer.status not in ("known", "within") or said != reader.said(text):
            continue
        if fact.type.is_converted(fact, text):
            return {"cell": text[:60], "read": _in_words(answer.value, fact)}
    return None


def _in_words(value: object, fact: Fact) -> Text:
    return margin_in_words(value, fact) if isinstance(value, Margin) else fact.type.in_words(fact, value)


def _example(reader: ColumnReader, cell: str, knowledge: Knowledge) -> tuple[str, Text] | None:
    """A cell that was read in the unit of its column, and what it was read as; None where it was not."""
    text = clean_cell(cell)
    said = reader.cell(text)
    answer = said.get(reader.key) if isinstance(said, dict) else None
    if answer is None or answer.status != "known" or said == reader.said(text):
        return None
    fact = knowledge.reading.facts[reader.key]
    return cell, fact.type.in_words(fact, answer.value)
