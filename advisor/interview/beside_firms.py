"""Columns of notes beside the firms of a table that lists its questions at the left: ``问题 | 答案 | 备注``.

Enters: such a table with rows and columns exchanged, so that the notes stand in a row of their own. Leaves: the table with
each note in the row of its firm, in a column of its own beside the answer, as ``A2_note`` is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.interview.answer_table_heads import beside_parts
from advisor.interview.firm_table import FirmTable, TableNote
from advisor.interview.head_words import NAME, comparable
from advisor.interview.headings import Headings, questions_of
from advisor.knowledge.model import Knowledge


def with_notes_beside(table: FirmTable, headings: Headings, knowledge: Knowledge) -> tuple[FirmTable, Headings]:
    """A table with a firm in each column, its rows and columns exchanged, in which notes stand in the row of their firm. Of
    those that may be any firm's this is told, and they are left out."""
    if not table.turned:
        return table, headings
    labels = [*range(min(headings.keys)), *(column for column, key in headings.keys.items() if key == NAME)]
    parts = {number: part for number in range(headings.row + 1, len(table.cells)) if (part := _part(table, number, labels))}
    if not parts:
        return table, headings
    owners = _owners(table, headings, parts)
    cells, notes = [list(row) for row in table.cells], list(table.notes)
    beside, origins = dict(headings.beside), dict(table.origins)
    for number, part in parts.items():
        row, cells[number] = cells[number], []
        owner = owners.get(number)
        if owner is None:
            if any(row[column] for column in headings.keys if column < len(row)):
                head = next(row[column] for column in labels if column < len(row) and row[column])
                notes.append(TableNote("note.beside_nobody", {"head": head[:60]}))
            continue
        label = next(column for column in labels if column < len(row) and row[column])
        for column, text in enumerate(row):
            key = headings.keys.get(column, NAME)
            if not text or column == label:
                continue
            if key.startswith("firm."):
                notes.append(TableNote("note.beside_no_question", {"value": text[:60]}))
                continue
            at = max(map(len, (*cells, table.cells[headings.row])))
            cells[owner] += [""] * (at - len(cells[owner])) + [text]
            beside[at] = (questions_of(key, knowledge), part)
            origins[owner, at] = (number, column)
    moved = replace(table, cells=cells, notes=tuple(notes), origins=origins)
    return moved, replace(headings, beside=beside)


def _part(table: FirmTable, number: int, labels: Sequence[int]) -> str:
    """What a row holds beside answers, by its label; empty where it is none of notes."""
    row = table.cells[number]
    label = next((row[column] for column in labels if column < len(row) and row[column]), "")
    return beside_parts().get(comparable(label), "") if label else ""


def _owners(table: FirmTable, headings: Headings, parts: Mapping[int, str]) -> dict[int, int]:
    """The row of the firm that each row of notes is about: the only one, or, where notes follow every firm, the last one
    above."""
    rows = range(headings.row + 1, len(table.cells))
    firms = [number for number in rows if number not in parts and _says(table, number, headings)]
    if len(firms) == 1:
        return dict.fromkeys(parts, firms[0])
    owners = dict(_above(firms, parts))
    kinds = {tuple(parts[number] for number in parts if owners.get(number) == firm) for firm in firms}
    return owners if len(kinds) == 1 and () not in kinds else {}


def _above(firms: Sequence[int], parts: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    for number in parts:
        above = [firm for firm in firms if firm < number]
        if above:
            yield number, above[-1]


def _says(table: FirmTable, number: int, headings: Headings) -> bool:
    """Whether a row answers any question."""
    row = table.cells[number]
    return any(row[column] for column, key in headings.keys.items() if column < len(row) and not key.startswith("firm."))
