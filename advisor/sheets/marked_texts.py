"""Texts of a workbook (XLSX) of which parts are struck out, raised or lowered: 120 with a footnote 1 is not 1201.

The reader of values puts all parts together. Here they are written so that what is marked can be seen, and a number with
such a part is asked about: ``120^1``, ``~~80~~ 90``.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from advisor.sheets.cells import At
from advisor.sheets.shared_texts import CELLS, PART
from advisor.sheets.xlsx_parts import column_number
from advisor.sheets.xml_pieces import pieces

MOST_MARKED = 100_000
"""Different texts with marks that are looked for."""
_SIGNS = (b"strike", b"vertAlign")
_TEXT_BEGINS = re.compile(rb"<(?:\w+:)?si[\s/>]")
_RUN_BEGINS = re.compile(rb"<(?:\w+:)?r[\s>]")
_READING = re.compile(rb"<(?:\w+:)?(?:rPh|phoneticPr)\b")
_WORDS = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
_STRUCK = re.compile(rb"""<(?:\w+:)?d?strike\s*(?:val\s*=\s*["'](?:1|true)["']\s*)?/?>""")
_MOVED = re.compile(rb"""<(?:\w+:)?vertAlign\s+val\s*=\s*["']su(?:per|b)script["']""")
_SHARED = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^<>]*\bt\s*=\s*["']s["'])[^<>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^<>]*>\s*"""
    rb"""<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,8})\s*<"""
)
_INLINE = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^<>]*>\s*<(?:\w+:)?is>""")


def marked_texts(content: bytes, path: str) -> dict[At, str]:
    """The texts of a sheet's cells that have marked parts, by place from 0, with their marks."""
    found = dict[At, str]()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = dict(_shared(archive))
        with archive.open(path) as sheet:
            for piece in pieces(sheet, CELLS) if shared or _says(archive, path) else ():
                for cell in _SHARED.finditer(piece) if shared else ():
                    if text := shared.get(int(cell[3]), ""):
                        found[int(cell[2]) - 1, column_number(cell[1])] = text
                for cell in _INLINE.finditer(piece) if any(sign in piece for sign in _SIGNS) else ():
                    end = piece.find(b"is>", cell.end())
                    if text := _with_marks(piece[cell.end() : end if end >= 0 else len(piece)]):
                        found[int(cell[2]) - 1, column_number(cell[1])] = text
    return found


def _says(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part of a workbook marks any text."""
    with archive.open(name) as part:
        rest = b""
        while more := part.read(4_000_000):
            rest = rest[-20:] + more
            if any(sign in rest for sign in _SIGNS):
                return True
    return False


def _shared(archive: zipfile.ZipFile) -> Iterator[tuple[int, str]]:
    """The numbers of shared texts that have marks, with their text."""
    part = next((name for name in archive.namelist() if name.lower() == PART), "")
    if not part or not _says(archive, part):
        return
    content, marked = archive.read(part), 0
    begins = [found.start() for found in _TEXT_BEGINS.finditer(content)]
    for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(content)], strict=True)):
        if (text := _with_marks(content[begin:end])) and marked < MOST_MARKED:
            marked += 1
            yield number, text


def _with_marks(node: bytes) -> str:
    """A text of several parts with marks around those that are struck out, and before those that are raised or lowered
    behind a figure; empty where there is none."""
    if not any(sign in node for sign in _SIGNS):
        return ""
    reading = _READING.search(node)
    node = node[: reading.start()] if reading else node
    begins = [found.start() for found in _RUN_BEGINS.finditer(node)]
    text, marked = "", False
    for begin, end in zip(begins, [*begins[1:], len(node)], strict=True):
        run = node[begin:end]
        words = html.unescape(b"".join(_WORDS.findall(run)).decode("utf-8", "replace"))
        if words.strip() and _STRUCK.search(run):
            words, marked = f"~~{words}~~", True
        elif text[-1:].isdigit() and words.strip()[:1].isdigit() and _MOVED.search(run):
            words, marked = f"^{words}", True
        text += words
    return text if marked else ""
