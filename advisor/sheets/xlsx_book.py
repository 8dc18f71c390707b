"""The parts of a workbook (XLSX and its relatives): where each sheet is, the formats of numbers, how days are counted."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.sheets.number_formats import (
    DATE,
    DATE_IDS,
    MONTH,
    MONTH_IDS,
    PERCENT_IDS,
    SHARE,
    is_date,
    says_of_texts,
    says_something,
)

LONGEST_FORMAT = 1_000
"""Characters of a format; spreadsheets allow a quarter of it."""


class BrokenWorkbookError(Exception):
    """A workbook that is not as one must be; the text says in what."""


@dataclass(frozen=True)
class BookParts:
    """The parts of a workbook: sheets by name with the path of each, the format of each style, how days are counted, and
    whether formulas are first to be calculated by whoever opens it: programs that cannot write 0 for the result of each."""

    sheets: Mapping[str, str]
    formats: tuple[str, ...]
    date1904: bool
    uncalculated: bool = False


def book_parts(content: bytes) -> BookParts:
    """The parts of a workbook. Raises :class:`BrokenWorkbookError` where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        if "xl/workbook.xml" not in names:
            raise BrokenWorkbookError("xl/workbook.xml")
        book = _tree(archive, names["xl/workbook.xml"])
        targets = _targets(archive, names, "xl/workbook.xml")
        sheets = {
            sheet.get("name", ""): targets[target]
            for sheet in book.iter()
            if _tag(sheet) == "sheet" and (target := _relation(sheet)) in targets
        }
        settings = next((node for node in book.iter() if _tag(node) == "workbookPr"), None)
        date1904 = settings is not None and settings.get("date1904", "0") in ("1", "true")
        styles = _styles(_tree(archive, names["xl/styles.xml"])) if "xl/styles.xml" in names else ()
        calculation = next((node for node in book.iter() if _tag(node) == "calcPr"), None)
        uncalculated = calculation is not None and calculation.get("fullCalcOnLoad", "0") in ("1", "true")
        return BookParts({n: names.get(path.lower(), path) for n, path in sheets.items()}, styles, date1904, uncalculated)


def _tree(archive: zipfile.ZipFile, path: str) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(path), forbid_dtd=True)


def _tag(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _relation(node: Any) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == "id" and "}" in key), "")


def _targets(archive: zipfile.ZipFile, names: Mapping[str, str], path: str) -> dict[str, str]:
    """The parts that a part refers to, by the name of the relation."""
    folder, base = posixpath.split(path)
    rels = names.get(f"{folder}/_rels/{base}.rels".lower())
    if rels is None:
        return {}
    found = {}
    for node in _tree(archive, rels):
        target = node.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[node.get("Id", "")] = whole
    return found


def _styles(tree: Any) -> tuple[str, ...]:
    """The format of every style, empty where it says nothing of its own."""
    codes = {int(node.get("numFmtId", 0)): node.get("formatCode", "") for node in tree.iter() if _tag(node) == "numFmt"}
    if any(len(code) > LONGEST_FORMAT for code in codes.values()):
        raise BrokenWorkbookError("numFmt")
    formats = next((node for node in tree.iter() if _tag(node) == "cellXfs"), ())
    ids = [int(node.get("numFmtId", 0)) for node in formats if _tag(node) == "xf"]
    return tuple(codes.get(i) or built_in_format(i) for i in ids)


def built_in_format(number: int) -> str:
    """A format that a workbook uses without saying what it is."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    if number in MONTH_IDS:
        return MONTH
    return SHARE if number in PERCENT_IDS else str(BUILTIN_FORMATS.get(number, DATE)) if number in DATE_IDS else ""


def telling_styles(formats: tuple[str, ...]) -> list[int]:
    """The styles that say something beside the number or the text."""
    return [style for style, code in enumerate(formats) if code and code != "General" and _tells(code)]


def _tells(code: str) -> bool:
    return is_date(code) or says_something(code) or says_of_texts(code)
