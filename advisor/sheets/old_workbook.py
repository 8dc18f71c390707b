"""Old workbooks (XLS) are read by a process of their own, with a bound on its memory and time.

Such a file says in a few bytes how many cells to make room for, and the reader believes it: some thousand bytes may ask for
more memory than there is, and what cannot be given ends the whole process. Here that is a child, and its end is an error.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import Any

from advisor.sheets.cells import FormatExample, SheetCells, Texts, shown, text_rows, value_text
from advisor.sheets.number_formats import is_date, says_something, text_under
from advisor.sheets.old_formats import OldFormats, old_formats

MOST_MEMORY = 1_000_000_000
"""Bytes the child may ask for."""
MOST_SECONDS = 60
MOST_CELLS, MOST_CHARACTERS = 8_000_000, 100_000_000
"""Of all sheets together."""
MOST_SHEETS = 60
TOO_LARGE = 3
"""How the child ends where a file goes beyond these bounds; by anything else it says that the file is broken."""


class OldWorkbookError(Exception):
    """An old workbook that was not read; ``too_large`` where it went beyond the bounds, else it is broken."""

    def __init__(self, too_large: bool) -> None:
        self.too_large = too_large
        super().__init__("too large" if too_large else "broken")


def read_old_workbook(content: bytes) -> tuple[list[SheetCells], frozenset[str]]:
    """The sheets of an old workbook in their order, and the names of hidden ones. Raises :class:`OldWorkbookError`."""
    command = [sys.executable, "-m", __name__]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, os.getcwd()]))}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise OldWorkbookError(too_large=True) from None
    if done.returncode:
        raise OldWorkbookError(too_large=done.returncode == TOO_LARGE or done.returncode < 0)
    read = json.loads(done.stdout)
    return [_cells(sheet) for sheet in read["sheets"]], frozenset(read["hidden"])


def _cells(read: dict[str, Any]) -> SheetCells:
    """A sheet as the child wrote it."""
    unit, scaled = (FormatExample((x[0], x[1]), x[2], x[3]) if (x := read[key]) else None for key in ("unit", "scaled"))
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in read["merged"])
    return SheetCells(
        read["name"], read["rows"], merged=merged, unit_format=unit, scaled_format=scaled, unseen=read["unseen"]
    )


def _bounded() -> None:
    """Bound what this process may use, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(content: bytes) -> dict[str, Any]:
    """The sheets as texts. Raises :class:`OldWorkbookError` where they are too large; a broken file may raise anything."""
    import io

    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_object(io.BytesIO(content))
    tables = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if len(tables) > MOST_SHEETS:
        raise OldWorkbookError(too_large=True)
    beside = old_formats(content)
    sheets, cells, characters = list[dict[str, Any]](), 0, 0
    for meta in tables:
        sheet = book.get_sheet_by_name(meta.name)
        rows = list[list[str]]()
        for row in text_rows(sheet, True, Texts()):
            cells, characters = cells + len(row), characters + sum(map(len, row))
            if cells > MOST_CELLS or characters > MOST_CHARACTERS:
                raise OldWorkbookError(too_large=True)
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        sheets.append({"name": meta.name, "rows": rows, **_with_formats(rows, meta.name, beside)})
    return {"sheets": sheets, "hidden": [meta.name for meta in tables if meta.visible != SheetVisibleEnum.Visible]}


def _with_formats(rows: list[list[str]], name: str, beside: tuple[dict[str, OldFormats], bool] | None) -> dict[str, Any]:
    """Write what numbers show under their formats into the rows of a sheet. What is to be told of that: the first with a
    unit, the first that is scaled, the merged cells, and what was not seen."""
    found = beside[0].get(name) if beside else None
    told: dict[str, Any] = {"unit": None, "scaled": None, "merged": found.merged if found else [], "unseen": "formats"}
    if found is None or beside is None:
        return told
    for (row, column), (number, code) in found.numbers.items():
        if is_date(code) or not says_something(code) or row >= len(rows) or column >= len(rows[row]):
            continue
        text, said = shown(number, code, beside[1])
        example = (row, column, value_text(number), text)
        if said.scaled:
            told["scaled"] = told["scaled"] or example
        elif not said.share:
            told["unit"] = told["unit"] or example
        rows[row][column] = text
    for (row, column), code in found.texts.items():
        if row < len(rows) and column < len(rows[row]) and (text := text_under(code, typed := rows[row][column])) != typed:
            told["unit"] = told["unit"] or (row, column, typed, text)
            rows[row][column] = text
    return told | {"unseen": "comments" if found.comments else ""}


def main() -> int:
    """Read an old workbook from standard input and write its sheets as JSON."""
    _bounded()
    try:
        read = _read(sys.stdin.buffer.read())
    except (MemoryError, OldWorkbookError):
        return TOO_LARGE
    except BaseException:  # a broken file may raise anything, what is no exception to Python among it
        return 1
    sys.stdout.write(json.dumps(read))
    return 0


if __name__ == "__main__":
    sys.exit(main())
