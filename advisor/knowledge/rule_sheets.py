"""A file of the knowledge as sheets of cells and back: what a consultant may write in a spreadsheet.

A row is an entry, a column a field. A column named ``text (zh)`` holds the Chinese of a text, ``when (yaml)`` a condition
or list written as in YAML, any other a plain word; ``cases fires (yaml)`` is the field ``fires`` of ``cases``. What is no
table of entries stands in the sheet ``other``, section by section. Comments of a file are lost on the way, nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from advisor import yaml_source
from advisor.errors import Place, Problem, ProblemsError
from advisor.knowledge.draft import Path
from advisor.knowledge.yaml_writer import file_text, line_text
from advisor.workbooks import Cells, WorkbookSheet

ABOUT, OTHER = "about", "other"
TABLES = ("rules", "findings", "tasks", "questions", "checks", "claims", "external", "context", "retired")
"""Sections that are tables of entries; of the mappings among them the first column is the key."""
KEYED = ("claims", "external", "context")
KEY = "id"
MAX_CELL = 32_000
"""Characters that a cell of a spreadsheet surely holds."""
_HEAD = re.compile(r"(?P<names>\w+(?: \w+)?)(?: \((?P<form>zh|en|yaml)\))?")


def to_sheets(raw: Mapping[str, Any], file: str) -> dict[str, Cells]:
    """The sheets of one file by name; ``file`` is its path under ``rules`` or ``questionnaires``."""
    tables = {section: _table(section, content) for section, content in raw.items() if section in TABLES and content}
    fitting = {name: rows for name, rows in tables.items() if all(len(cell) <= MAX_CELL for row in rows for cell in row)}
    rest = {section: content for section, content in raw.items() if section not in fitting}
    about = [["file", file], ["sections", ", ".join(raw)]]
    other = [["section", "yaml"], *(row for section, content in rest.items() for row in _chunks(section, content))]
    return {ABOUT: about, **fitting, OTHER: other}


def _table(section: str, content: Any) -> Cells:
    entries = [{KEY: key, **value} for key, value in content.items()] if section in KEYED else content
    rows = [dict(_cells(entry)) for entry in entries]
    heads = list(dict.fromkeys(name for row in rows for name in row))
    return [heads, *([row.get(head, "") for head in heads] for row in rows)]


def _cells(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The cells of an entry by the heads of their columns."""
    for name, value in entry.items():
        if isinstance(value, dict) and set(value) == {"zh", "en"} and all(map(_is_plain, value.values())):
            yield from ((f"{name} ({lang})", value[lang]) for lang in ("zh", "en"))
        elif name == "cases" and isinstance(value, dict) and value:
            yield from ((f"{name} {part} (yaml)", line_text(given)) for part, given in value.items())
        elif _is_plain(value):
            yield name, value
        else:
            yield f"{name} (yaml)", line_text(value)


def _is_plain(value: object) -> bool:
    """Whether a value is a word that a cell gives back as it is."""
    return isinstance(value, str) and bool(value) and value == value.strip() and "\r" not in value


def _chunks(section: str, content: Any) -> Iterator[list[str]]:
    """The YAML of a section, over as many rows as it needs; no line of it is parted."""
    chunk = ""
    for line in file_text(content).splitlines(keepends=True):
        if len(chunk) + len(line) > MAX_CELL:
            yield [section, chunk.rstrip("\n")]
            chunk = ""
        chunk += line
    yield [section, chunk.rstrip("\n")]


# --- back -------------------------------------------------------------------------------------------------------------


@dataclass
class SheetContent:
    """What the sheets of a workbook say: the path of the file, its content, the cell behind each part of it,
    and by sheet and field the column a field would stand in."""

    file: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, Place] = field(default_factory=dict)
    columns: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def from_sheets(sheets: list[WorkbookSheet], book: str) -> SheetContent:
    """The content of a workbook; ``book`` is what problems call it. Mistakes are gathered, each with its cell."""
    found = SheetContent()
    sections: list[str] = []
    for sheet in sheets:
        for (row, column), fault in sheet.faults.items():
            found.problems.append(Problem("C122", Place(book, row, column, sheet.name), {"fault": fault}))
        if sheet.name == ABOUT:
            said = {row[0]: row[1] for row in sheet.rows if len(row) > 1}
            found.file, sections = said.get("file", ""), [s.strip() for s in said.get("sections", "").split(",")]
        elif sheet.name == OTHER:
            _read_other(sheet, book, found)
        elif sheet.name in TABLES:
            _read_table(sheet, book, found)
        else:
            allowed = ", ".join((ABOUT, *TABLES, OTHER))
            found.problems.append(Problem("C121", Place(book, sheet=sheet.name), {"allowed": allowed}))
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*\.yaml", found.file):
        found.problems.append(Problem("C120", Place(book, 1, 2, ABOUT), {"found": found.file or "–"}))
    order = {name: place for place, name in enumerate(sections)}
    found.raw = dict(sorted(found.raw.items(), key=lambda item: order.get(item[0], len(order))))
    return found


def _read_other(sheet: WorkbookSheet, book: str, found: SheetContent) -> None:
    texts: dict[str, list[str]] = {}
    for number, row in enumerate(sheet.rows[1:], 2):
        if row and row[0]:
            found.cells.setdefault((row[0],), Place(book, number, 2, sheet.name))
            texts.setdefault(row[0], []).append(row[1] if len(row) > 1 else "")
    for section, parts in texts.items():
        _parse("\n".join(parts), found.cells[section,], found, found.raw, section)


def _read_table(sheet: WorkbookSheet, book: str, found: SheetContent) -> None:
    heads = [_HEAD.fullmatch(head) for head in (sheet.rows[0] if sheet.rows else [])]
    for column, head in enumerate(heads, 1):
        if head:
            found.columns.setdefault((sheet.name, head["names"]), column)
        if head is None or head[0] in [other[0] for other in heads[: column - 1] if other]:
            found.problems.append(Problem("C123", Place(book, 1, column, sheet.name), {"found": sheet.rows[0][column - 1]}))
    entries: list[dict[str, Any]] = []
    keyed: dict[str, Any] = {}
    for number, row in enumerate(sheet.rows[1:], 2):
        if not any(row):
            continue
        entry: dict[str, Any] = {}
        start: Path = (sheet.name, len(entries))
        if sheet.name in KEYED:
            start = _key(sheet, row, number, keyed, book, found)
        found.cells[start] = Place(book, number, 1, sheet.name)
        for column, (head, text) in enumerate(zip(heads, row, strict=False), 1):
            if head and text and not (sheet.name in KEYED and head[0] == KEY):
                _enter(entry, head, text, Place(book, number, column, sheet.name), start, found)
        _note_gaps(heads, row, entry, Place(book, number, 0, sheet.name), start, found)
        entries.append(entry)
        keyed[str(start[1])] = entry
    if entries:
        found.raw[sheet.name] = keyed if sheet.name in KEYED else entries


def _key(
    sheet: WorkbookSheet, row: list[str], number: int, keyed: Mapping[str, Any], book: str, found: SheetContent
) -> Path:
    """The path of an entry that goes by a key; a key that is missing or was there before is a mistake."""
    column = sheet.rows[0].index(KEY) if KEY in sheet.rows[0] else 0
    key, place = row[column] if column < len(row) else "", Place(book, number, column + 1, sheet.name)
    if not key:
        found.problems.append(Problem("K101", place, {"path": KEY}))
    elif key in keyed:
        found.problems.append(Problem("K002", place, {"key": key, "first": found.cells[sheet.name, key].line}))
    return (sheet.name, key)


def _enter(entry: dict[str, Any], head: re.Match[str], text: str, place: Place, start: Path, found: SheetContent) -> None:
    """Put one cell where its column says."""
    names, form = head["names"].split(), head["form"]
    path, target = [*names, form] if form in ("zh", "en") else names, entry
    for length, step in enumerate(path, 1):
        found.cells.setdefault((*start, *path[:length]), place)
        if length < len(path):
            inner = target.setdefault(step, {})
            if not isinstance(inner, dict):  # the field stands in another column as well
                found.problems.append(Problem("C123", place, {"found": head[0]}))
                return
            target = inner
    if form == "yaml":
        _parse(text, place, found, target, path[-1])
    else:
        target[path[-1]] = text


def _note_gaps(
    heads: list[re.Match[str] | None], row: list[str], entry: dict[str, Any], place: Place, start: Path, found: SheetContent
) -> None:
    """Of a text that is there in one language, the cell of the other: what is missing is told of it."""
    for column, head in enumerate(heads, 1):
        empty = column > len(row) or not row[column - 1]
        if head and empty and head["form"] in ("zh", "en") and head["names"] in entry:
            found.cells[*start, head["names"]] = replace(place, column=column)


def _parse(text: str, place: Place, found: SheetContent, target: dict[str, Any], name: str) -> None:
    """Read the YAML of a cell; a mistake in it is told of the cell."""
    try:
        target[name] = yaml_source.parse(text, place.file)
    except ProblemsError as error:
        found.problems += [Problem(p.code, place, p.values, p.severity) for p in error.problems]


def place_of(problem: Problem, content: SheetContent, text: str, file: str) -> Problem:
    """A problem of the file that was made of a workbook, told of the cell it comes from; others as they are."""
    if problem.place.file != file:
        return problem
    marked = yaml_source.parse(text, file)
    marks = [(yaml_source.locate(marked, path), len(path), cell) for path, cell in content.cells.items()]
    here = (problem.place.line, problem.place.column or 1)
    before = [mark for mark in marks if mark[0] <= here]
    cell = max(before, key=lambda mark: mark[:2])[2] if before else Place(next(iter(content.cells.values())).file)
    if problem.code == "K101":  # what is missing has no mark: its column is known, and its row from its neighbours
        missing = str(problem.values["path"]).rpartition(".")[2]
        cell = replace(cell, column=content.columns.get((cell.sheet, missing), cell.column))
    return Problem(problem.code, cell, problem.values, problem.severity)
