"""One firm in a table with questions as heads, as a batch has them: its answers by question, as a sheet of its own gives
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.errors import Place, Problem, ProblemsError
from advisor.interview.beside_firms import with_notes_beside
from advisor.interview.cell_units import clean_cell, in_unit, in_unit_beside
from advisor.interview.double_columns import conflict, same_answers
from advisor.interview.firm_table import FirmTable, TableNote, turned
from advisor.interview.head_words import ABOUT, NAME, comparable
from advisor.interview.headings import Headings, MappedHead
from advisor.interview.headings_reader import read_headings
from advisor.interview.own_words import OwnWords, own_words
from advisor.interview.reading_notes import beside_nothing, format_notes, own_sheets
from advisor.interview.row_groups import FAULTS_OF_CELLS, Gathered, Gathering
from advisor.interview.row_kinds import RowSorter, RowsTold, moved_heads
from advisor.interview.split_choices import SplitChoice
from advisor.interview.table_shape import SEARCHED_ROWS, is_turned, names_questions
from advisor.knowledge.model import Knowledge
from advisor.workbooks import WorkbookSheet
from advisor.yaml_source import MarkedDict


def firm_in_tables(
    sheets: Sequence[WorkbookSheet],
    name: str,
    gathering: Gathering,
    knowledge: Knowledge,
    mapping: Mapping[str, MappedHead] | None = None,
) -> tuple[Gathered, list[Problem]] | None:
    """What the one firm of the first sheet with questions as heads answered, and what is wrong; None where no sheet has
    any."""
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        cells = [[clean_cell(cell) for cell in row] for row in sheet.rows]
        if names_questions(cells, knowledge) or (mapping and _has_mapped(cells, mapping)):
            others = [other.name for other in sheets if other is not sheet and other.name not in own_sheets() and other.rows]
            unread = TableNote("note.sheets_alone", {"name": sheet.name, "names": ", ".join(others)})
            hidden = [TableNote("note.hidden_read", {"name": sheet.name})] if sheet.hidden else []
            table = FirmTable(name, sheet.name, cells, frozenset(), (*hidden, unread) if others else tuple(hidden))
            if is_turned(cells, knowledge):
                table = turned(table)
            try:
                if (found := _firm_of(table, sheet, gathering, knowledge, mapping)) is not None:
                    return found
            except ProblemsError as error:
                return gathering.raw, list(error.problems)
    return None


def _has_mapped(cells: Sequence[Sequence[str]], mapping: Mapping[str, MappedHead]) -> bool:
    """Whether the first rows hold a head of which the user's own file says what it stands for."""
    heads = {comparable(head) for head in mapping}
    return any(comparable(cell) in heads for row in cells[:SEARCHED_ROWS] for cell in row if cell)


def _firm_of(
    table: FirmTable,
    sheet: WorkbookSheet,
    gathering: Gathering,
    knowledge: Knowledge,
    mapping: Mapping[str, MappedHead] | None,
) -> tuple[Gathered, list[Problem]] | None:
    headings = read_headings(table.cells, knowledge, table.name, mapping, table.turned)
    table, headings = with_notes_beside(table, headings, knowledge)
    sorter, told = RowSorter(headings, knowledge), RowsTold()
    firms = []
    for number, row in enumerate(table.cells[headings.row + 1 :], headings.row + 1):
        kind, label = sorter.kind(row)
        if kind == "firm":
            firms.append(number)
        elif kind == "moved":
            raise moved_heads(table.place(number, 0) if table.turned else table.place(number))
        elif kind != "blank":
            told.set_aside(kind, number + 1, label)
    if not firms:
        return None
    if len(firms) > 1:
        return gathering.raw, [Problem("A157", table.place(firms[1]), {"count": len(firms)})]
    for number in firms:
        _take(table, sheet, headings, number, gathering)
    _comments(table, sheet, headings, firms, gathering)
    formats = format_notes(sheet.source, sheet.kind) if sheet.source else ()
    notes = (*table.notes, *formats, *headings.notes(), *told.notes(), *_units(table, headings))
    gathering.raw.notes = tuple(note.problem(Place(table.name, headings.row + 1, 0, sheet.name)) for note in notes)
    return gathering.raw, gathering.problems


def _comments(
    table: FirmTable, sheet: WorkbookSheet, headings: Headings, firms: Sequence[int], gathering: Gathering
) -> None:
    """Comments on cells: each goes to the question of its cell, or is told."""
    options = {column: split.question for split in headings.splits.values() for column, _ in split.columns}
    for (line, at), comment in sorted(sheet.comments.items()):
        number, column = (at - 1, line - 1) if table.turned else (line - 1, at - 1)
        key, place = headings.keys.get(column, "") or options.get(column, ""), Place(table.name, line, at, sheet.name)
        if number not in firms or not gathering.annotate(key, "note", comment.text, place):
            gathering.notes.append(beside_nothing(comment.text, place))
        elif comment.author:
            gathering.annotate(key, "by", comment.author, place)


def _take(table: FirmTable, sheet: WorkbookSheet, headings: Headings, number: int, gathering: Gathering) -> None:
    """The cells of the firm's row under the keys of their questions."""
    row, raw, firm = table.cells[number], gathering.raw, MarkedDict()
    covered = sheet.source.covered if sheet.source else frozenset()
    for column, key in headings.keys.items():
        place = table.place(number, column)
        fault = sheet.faults.get((place.line, place.column))
        if fault is None and (place.line - 1, place.column - 1) in covered:
            fault = "merged"
        if fault:
            values: dict[str, object] = {"code": key, "value": row[column] if column < len(row) else ""}
            gathering.complain(Problem(FAULTS_OF_CELLS[fault], place, values))
        elif text := _text(headings, column, key, row, gathering.knowledge):
            if key in (NAME, ABOUT):
                firm[key.removeprefix("firm.")] = text
                firm.key_marks[key.removeprefix("firm.")] = (place.line, place.column)
            elif not key.startswith("firm."):
                _answer(headings, column, row, text, replace(place, sheet=sheet.name), gathering)
    for column, (names, part) in headings.beside.items():
        for name in names if column < len(row) and row[column] else ():
            gathering.annotate(name, part, row[column], replace(table.place(number, column), sheet=sheet.name))
    if firm:
        raw["firm"], raw.key_marks["firm"], raw.sheets["firm"] = firm, (number + 1, 0), sheet.name


def _answer(headings: Headings, column: int, row: Sequence[str], text: str, place: Place, gathering: Gathering) -> None:
    """The text of a cell under the key of its question; the same answer in two columns counts once."""
    key, raw = headings.keys[column], gathering.raw
    own = OwnWords(text) if column in headings.splits else own_words(key, text, gathering.knowledge)
    if own.note:
        gathering.notes.append(replace(own.note, place=place))
    if own.kept:
        gathering.annotate(key, "note", own.kept, place)
    if own.text and key not in raw:
        raw[key], raw.key_marks[key], raw.sheets[key] = own.text, (place.line, place.column), place.sheet
    elif own.text and not same_answers(key, raw[key], own.text, gathering.knowledge):
        said = {at: headings.text(at, row) for at in (*headings.asked_before(column), column)}
        gathering.complain(conflict(headings, column, said, place))


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
    """In which units the columns were read, and which together."""
    heads = table.cells[headings.row]
    units = [
        TableNote("note.unit_alone", {"head": heads[column][:60], "unit": unit.written})
        for column, unit in headings.units.items()
    ]
    return [*units, *headings.joined_notes(heads)]
