"""What is said of how a file of a table was read: its encoding, formulas, the formats of its numbers, sheets left unread."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place, Problem, shortened
from advisor.interview.firm_table import TableNote
from advisor.interview.row_kinds import shown_first
from advisor.sheets.cells import SheetCells
from advisor.sheets.workbook import place_name
from advisor.text import catalogue

LISTED = 12
"""So many columns are named in a note."""


def encoding_notes(encoding: str) -> tuple[TableNote, ...]:
    """What is said of the encoding a text was read in."""
    if encoding in ("utf-8-sig", "utf-8"):
        return ()
    return (TableNote("note.gb18030", {}) if encoding == "gb18030" else TableNote("note.encoding", {"encoding": encoding}),)


def format_notes(found: SheetCells, kind: str) -> list[TableNote]:
    """What is said of formulas and of the formats of numbers."""
    notes = [TableNote("note.formulas", {"count": len(found.formulas)})] if found.formulas else []
    if (unit := found.unit_format) is not None:
        values: dict[str, object] = {"cell": place_name(unit.at), "value": unit.number, "read": unit.text}
        notes.append(TableNote("note.formats", values))
    if found.scaled_format is not None:
        notes.append(TableNote("note.scaled", {"cell": place_name(found.scaled_format.at)}))
    notes += _hidden(found)
    if found.unseen:
        notes.append(TableNote(f"note.no_{found.unseen}", {}))
    return notes


def _hidden(found: SheetCells) -> Iterator[TableNote]:
    """Rows and columns that hold something and that nobody sees: they were read all the same."""
    if rows := sorted(row for row in found.hidden_rows if row < len(found.rows) and any(found.rows[row])):
        listed = shown_first([TableNote("note.row", {"row": row + 1}) for row in rows])
        yield TableNote("note.hidden_rows", {"count": len(rows), "rows": listed})
    if not found.hidden_columns:
        return
    filled = {column for row in found.rows for column in found.hidden_columns if column < len(row) and row[column]}
    if filled:
        names = ", ".join(place_name((0, column)).rstrip("1") for column in sorted(filled)[:LISTED])
        yield TableNote("note.hidden_columns", {"count": len(filled), "names": names})


def beside_nothing(text: str, place: Place) -> Problem:
    """That a comment or a note stands beside no question, and is not kept."""
    return Problem("A164", place, {"value": shortened(text)}, "note")


def own_sheets() -> set[str]:
    """The sheets of our own template that hold no firms: the guide, and the answers that cells offer."""
    return {*dict(catalogue("batch")["template.guide"]).values(), *dict(catalogue("forms")["lists"]).values()}
