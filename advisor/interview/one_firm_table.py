"""One firm in a table with questions as heads, as a batch has them: its answers by question, as a sheet of its own gives
them."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.errors import Place, Problem, ProblemsError
from advisor.interview.cell_units import clean_cell, in_unit, in_unit_beside
from advisor.interview.firm_table import FirmTable, TableNote, turned
from advisor.interview.head_words import ABOUT, NAME
from advisor.interview.headings import Headings
from advisor.interview.headings_reader import read_headings
from advisor.interview.row_groups import FAULTS_OF_CELLS, Gathered, Gathering
from advisor.interview.row_kinds import RowSorter, RowsTold
from advisor.interview.split_choices import SplitChoice
from advisor.interview.table_shape import is_turned, names_questions
from advisor.knowledge.model import Knowledge
from advisor.workbooks import WorkbookSheet
from advisor.yaml_source import MarkedDict


def firm_in_tables(
    sheets: Sequence[WorkbookSheet], name: str, gathering: Gathering, knowledge: Knowledge
) -> tuple[Gathered, list[Problem]] | None:
    """What the one firm of the first sheet with questions as heads answered, and what is wrong; None where no sheet has
    any."""
    for sheet in sheets:
        cells = [[clean_cell(cell) for cell in row] for row in sheet.rows]
        if names_questions(cells, knowledge):
            table = FirmTable(name, sheet.name, cells, frozenset(), ())
            if is_turned(cells, knowledge):
                table = turned(table)
            try:
                if (found := _firm_of(table, sheet, gathering, knowledge)) is not None:
                    return found
            except ProblemsError as error:
                return gathering.raw, list(error.problems)
    return None


def _firm_of(
    table: FirmTable, sheet: WorkbookSheet, gathering: Gathering, knowledge: Knowledge
) -> tuple[Gathered, list[Problem]] | None:
    headings = read_headings(table.cells, knowledge, table.name)
    sorter, told = RowSorter(headings, knowledge), RowsTold()
    firms = []
    for number, row in enumerate(table.cells[headings.row + 1 :], headings.row + 1):
        kind, label = sorter.kind(row)
        if kind == "firm":
            firms.append(number)
        elif kind != "blank":
            told.set_aside(kind, number + 1, label)
    if not firms:
        return None
    if len(firms) > 1:
        return gathering.raw, [Problem("A157", table.place(firms[1]), {"count": len(firms)})]
    for number in firms:
        _take(table, sheet, headings, number, gathering)
    notes = (*table.notes, *headings.notes(), *told.notes(), *_units(table, headings))
    gathering.raw.notes = tuple(note.problem(Place(table.name, headings.row + 1, 0, sheet.name)) for note in notes)
    return gathering.raw, gathering.problems


def _take(table: FirmTable, sheet: WorkbookSheet, headings: Headings, number: int, gathering: Gathering) -> None:
    """The cells of the firm's row under the keys of their questions."""
    row, raw, firm = table.cells[number], gathering.raw, MarkedDict()
    for column, key in headings.keys.items():
        place = table.place(number, column)
        fault = sheet.faults.get((place.line, place.column))
        if fault:
            values: dict[str, object] = {"code": key, "value": row[column] if column < len(row) else ""}
            gathering.complain(Problem(FAULTS_OF_CELLS[fault], place, values))
        elif text := _text(headings, column, key, row, gathering.knowledge):
            if key in (NAME, ABOUT):
                firm[key.removeprefix("firm.")] = text
                firm.key_marks[key.removeprefix("firm.")] = (place.line, place.column)
            elif not key.startswith("firm."):
                raw[key], raw.key_marks[key], raw.sheets[key] = text, (place.line, place.column), sheet.name
    if firm:
        raw["firm"], raw.key_marks["firm"], raw.sheets["firm"] = firm, (number + 1, 0), sheet.name


def _text(headings: Headings, column: int, key: str, row: Sequence[str], knowledge: Knowledge) -> str:
    text = row[column] if column < len(row) else ""
    split: SplitChoice | None = headings.splits.get(column)
    if split is not None:
        return split.text(row)
    beside = headings.unit_columns.get(column)
    if beside is not None:
        return in_unit_beside(text, key, row[beside] if beside < len(row) else "", knowledge)
    unit = headings.units[column].suffix if column in headings.units else ""
    return in_unit(text, key, unit, knowledge)


def _units(table: FirmTable, headings: Headings) -> list[TableNote]:
    """In which units the columns were read."""
    heads = table.cells[headings.row]
    return [
        TableNote("note.unit_alone", {"head": heads[column][:60], "unit": unit.written})
        for column, unit in headings.units.items()
    ]
