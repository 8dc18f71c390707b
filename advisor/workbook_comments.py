"""Comments on the cells of a workbook, which a reader of values passes over: who wrote each, and what.

A workbook keeps them in parts of their own, which the relations of a sheet name. Threads are kept twice; what stands in the
older place has a preface for programs that know no threads, and the comment itself after it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_COMMENTS = 2_000
"""Comments of a sheet that are read; nobody writes so many by hand."""
LONGEST = 4_000
"""Characters of a comment that are read."""
OURS = "CRM Advisor"
"""Author of the comments this program writes on cells to be corrected, which say nothing of the firm."""
_THREAD = re.compile(r"^\[Threaded comment\].*?\n\s*Comment:\s*", re.DOTALL)
_NOBODY = {"", "none", "author", "openpyxl", "unknown author"}
"""Names that programs enter where they know none."""


@dataclass(frozen=True)
class CellComment:
    """A comment on a cell; ``author`` is empty where no person is named."""

    text: str
    author: str = ""


def cell_comments(archive: zipfile.ZipFile, sheet_part: str) -> Mapping[tuple[int, int], CellComment]:
    """The comments of a sheet by (row, column), both counted from 1; ``sheet_part`` is the name of its part."""
    members = set(archive.namelist())
    found: dict[tuple[int, int], CellComment] = {}
    for part in _related(archive, sheet_part.lstrip("/"), members):
        found |= _read(archive, part)
    return found


def _related(archive: zipfile.ZipFile, sheet_part: str, members: set[str]) -> list[str]:
    """The parts with comments that the relations of a sheet name."""
    folder, name = posixpath.split(sheet_part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in members:
        return []
    parts = []
    for node in _parsed(archive, relations):
        if node.get("Type", "").endswith("/comments"):
            target = node.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            parts += [part] if part in members else []
    return parts


def _read(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], CellComment]:
    from openpyxl.utils.cell import coordinate_to_tuple

    root = _parsed(archive, part)
    authors = [(node.text or "").strip() for node in root.iter() if _name(node) == "author"]
    found = {}
    for node in [node for node in root.iter() if _name(node) == "comment"][:MAX_COMMENTS]:
        number = node.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = _THREAD.sub("", "".join(piece.text or "" for piece in node.iter() if _name(piece) == "t"))[:LONGEST].strip()
        if author:
            text = text.removeprefix(f"{author}:").removeprefix(f"{author}：").strip()
        if text and author != OURS:
            known = author.lower() not in _NOBODY and not author.startswith("tc=")
            found[coordinate_to_tuple(node.get("ref", "A1"))] = CellComment(text, author if known else "")
    return found


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(part), forbid_dtd=True)


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
