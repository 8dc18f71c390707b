"""Reads the firms of an input.

An input is a table (XLSX, CSV) with a row a firm, a file of JSON lines, or a folder of sheets (YAML, JSON, CSV, XLSX).
A row with mistakes never stops the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.batch.file_names import FileNames
from advisor.batch.firms import BatchInput, FirmRow
from advisor.batch.table_reader import read_firm_table
from advisor.batch.table_rows import RowReader
from advisor.errors import InputError, Place, Problem, ProblemsError, shortened
from advisor.files import read_file
from advisor.insight.scenarios import parse_scenarios, scenario_file
from advisor.interview import read_answers
from advisor.interview.answer_files import answers_in
from advisor.interview.answer_table_heads import form_heads
from advisor.interview.beside_firms import with_notes_beside
from advisor.interview.column_units import unit_notes
from advisor.interview.firm_table import FirmTable, TableNote, turned
from advisor.interview.headings import Headings, MappedHead
from advisor.interview.headings_reader import read_headings
from advisor.interview.row_kinds import RowSorter, RowsTold, counts_as_firm, moved_heads, shown_first
from advisor.interview.table_options import AS_IT_IS, TableOptions
from advisor.interview.table_shape import is_turned, names_questions
from advisor.knowledge.model import Knowledge
from advisor.selection.settings import parse_settings, settings_file
from advisor.sheets.kinds import OTHER_SUFFIXES, TABLE_SUFFIXES, kind_of
from advisor.text import Text, single_line

SHEET_SUFFIXES = (".yaml", ".yml", ".json", *TABLE_SUFFIXES)
MAX_LINES_FILE = 400_000_000
A_FORM = "B114"
"""The code of the problem with a form where a table of firms is wanted."""
SEARCHED = 200
"""Rows among which the first number of a column is looked for, to show how it was read."""


def read_firms(
    path: Path,
    knowledge: Knowledge,
    sheet: str = "",
    encoding: str = "",
    mapping: Mapping[str, MappedHead] | None = None,
) -> BatchInput:
    """The firms in a table, a file of JSON lines, or a folder of sheets; the options are those of :class:`TableOptions`.

    Raises :class:`~advisor.errors.InputError` or :class:`~advisor.errors.ProblemsError` where nothing can be read at all.
    """
    if path.is_dir():
        return _read_folder(path, knowledge, TableOptions("", encoding, mapping))
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return _read_lines(path, knowledge)
    if suffix in TABLE_SUFFIXES:
        return _read_table(path, knowledge, TableOptions(sheet, encoding, mapping))
    if suffix in OTHER_SUFFIXES and path.is_file():
        with path.open("rb") as file:
            kind_of(file.read(1_000_000), str(path))
    raise InputError("bad_batch_input", path=path, tables=" ".join(TABLE_SUFFIXES))


def firm_table(path: Path, knowledge: Knowledge, options: TableOptions) -> tuple[FirmTable, Headings]:
    """A table of firms as cells, with a firm in each row, and its headings. Raises
    :class:`~advisor.errors.ProblemsError` where it is none, such as a form that one firm filled in."""

    def has_heads(rows: Sequence[Sequence[str]]) -> bool:
        return names_questions(rows, knowledge)

    table = read_firm_table(path, options.sheet, options.encoding, has_heads)
    if form_heads(table.cells, knowledge) is not None:
        raise ProblemsError([Problem(A_FORM, Place(table.name, 0, 0, table.sheet))])
    if is_turned(table.cells, knowledge):
        table = turned(table)
    headings = read_headings(table.cells, knowledge, table.name, options.mapping, table.turned)
    return with_notes_beside(table, headings, knowledge)


def _read_table(path: Path, knowledge: Knowledge, options: TableOptions) -> BatchInput:
    try:
        table, headings = firm_table(path, knowledge, options)
    except ProblemsError as error:
        form = _read_sheet(1, path, FileNames().take(path.stem, "", 1), knowledge, options)
        is_form = error.problems[0].code == A_FORM
        if not is_form and (form.answers is None or not form.answers.given):
            raise
        return BatchInput(path, (form,))  # a form that one firm filled in
    reader, sorter, told, rows = RowReader(table, headings, knowledge), RowSorter(headings, knowledge), RowsTold(), []
    for number, cells in enumerate(table.cells[headings.row + 1 :], headings.row + 1):
        kind, label = sorter.kind(cells)
        if counts_as_firm(kind, table.has_fault(number)):
            told.firm(number + 1, sorter.name(cells), sorter.said(cells))
            rows.append(reader.row(number, cells))
        elif kind == "moved":
            raise moved_heads(table.place(number, 0) if table.turned else table.place(number))
        elif kind != "blank":
            told.set_aside(kind, number + 1, label)
    searched = table.cells[headings.row : headings.row + 1 + SEARCHED]
    units = unit_notes(headings, searched, knowledge, table.points_asked, table.cells[headings.row + 1 :])
    notes = (*table.notes, *headings.notes(), *units, *told.notes(), *_stray_comments(table, rows))
    return BatchInput(path, tuple(rows), notes, table, headings)


def _stray_comments(table: FirmTable, rows: Sequence[FirmRow]) -> Iterator[TableNote]:
    """A note on the comments that stand in no firm's row, and are kept with none."""
    firms = {row.number - 1 for row in rows}
    if stray := sorted(place for place in table.comments if place[0] not in firms):
        listed = [
            TableNote("note.comment", {"cell": table.place(*at).cell, "text": single_line(table.comments[at].text)[:30]})
            for at in stray
        ]
        yield TableNote("note.comments", {"count": len(stray), "places": shown_first(listed)})


def _read_lines(path: Path, knowledge: Knowledge) -> BatchInput:
    names, rows = FileNames(), []
    for number, line in enumerate(read_file(path, MAX_LINES_FILE).split(b"\n"), 1):
        if not line.strip():
            continue
        answers, problems, firm_number = None, tuple[Problem, ...](), ""
        try:
            raw = json.loads(line.decode("utf-8-sig"), parse_int=yaml_source.read_int, object_pairs_hook=_unique_keys)
            firm_number = str(raw.get("id") or "") if isinstance(raw, dict) else ""
            if isinstance(raw, dict):
                raw.pop("id", None)
            answers = answers_in(raw, str(path), knowledge)
        except ProblemsError as error:
            problems = tuple(_at_line(problem, number) for problem in error.problems)
        except (ValueError, RecursionError) as error:
            problems = (Problem("A108", Place(str(path), number), {"detail": str(error)[:120]}),)
        if answers is not None and not answers.given and answers.firm.name is None:
            continue  # a template's line nobody filled in
        firm_name = answers.firm.name.en if answers and answers.firm.name else ""
        rows.append(FirmRow(number, names.take(firm_number, firm_name, number), answers, problems))
    return BatchInput(path, tuple(rows))


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping from pairs; raises ``ValueError`` for a repeated key."""
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        repeated = next(key for key, _ in pairs if sum(key == other_key for other_key, _ in pairs) > 1)
        raise ValueError(f"'{shortened(repeated)}' twice")
    return mapping


def _at_line(problem: Problem, line: int) -> Problem:
    """A problem of a line with its place in the file."""
    return Problem(problem.code, Place(problem.place.file, line, problem.place.column), problem.values, problem.severity)


def _read_folder(folder: Path, knowledge: Knowledge, options: TableOptions) -> BatchInput:
    files = sorted(
        file for file in folder.iterdir() if file.suffix.lower() in SHEET_SUFFIXES and not file.name.startswith((".", "~"))
    )
    files = [file for file in files if not any(file.stem.endswith(end) for end in (".scenarios", ".selection"))]
    if not files:
        raise InputError("empty_batch_folder", path=folder)
    names, rows = FileNames(), []
    for number, file in enumerate(files, 1):
        rows.append(_read_sheet(number, file, names.take(file.stem, "", number), knowledge, options))
    return BatchInput(folder, tuple(rows))


def _read_sheet(number: int, file: Path, name: str, knowledge: Knowledge, options: TableOptions = AS_IT_IS) -> FirmRow:
    """The firm in a file of its own, with the scenarios and settings saved next to it."""
    side_files = [scenario_file(file), settings_file(file)]
    try:
        scenarios, settings = (read_file(path) if path.exists() else b"" for path in side_files)
        answers = read_answers(file, knowledge, options)
        parsed_scenarios = parse_scenarios(scenarios, str(side_files[0]), knowledge) if scenarios else {}
        parse_settings(settings, str(side_files[1]), knowledge)
    except ProblemsError as error:
        return FirmRow(number, name, None, error.problems)
    except InputError as error:
        detail = Text(zh=single_line(error.message("zh")), en=single_line(error.message("en")))
        return FirmRow(number, name, None, (Problem("B106", Place(str(file)), {"detail": detail}),))
    upgrade_notes = tuple(note for scenario in parsed_scenarios.values() for note in scenario.notes)
    return FirmRow(number, name, answers, (), scenarios, settings, upgrade_notes)
