"""How much room the texts of a workbook take that its cells share.

A text may stand in a workbook once and be the content of a million cells, and the reader of values makes a copy for each: a
file of some thousand bytes may ask for more memory than there is, and what cannot be given ends the whole process. So the
room is worked out before the cells are read.
"""

from __future__ import annotations

import io
import re
import zipfile

import numpy as np

from advisor.sheets.xml_pieces import pieces

MOST_BYTES = 1_000_000_000
"""Bytes that the shared texts of one sheet may take, each as often as a cell holds it."""
_BEGINS = re.compile(rb"<(?:\w+:)?si[\s/>]")
_NUMBER = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,8})\s*<""")
PART = "xl/sharedstrings.xml"
CELLS = b"c "
"""How the cells of a sheet begin."""


def takes_too_much(content: bytes, path: str, cells: int) -> bool:
    """Whether the shared texts of the sheet at ``path``, of which so many ``cells`` may hold one, take more room than they
    may."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = [part for part in archive.infolist() if part.filename.lower() == PART]
        if sum(part.file_size for part in shared) * cells <= MOST_BYTES:
            return False
        lengths = np.array([size for part in shared for size in _lengths(archive.read(part))], np.int64)
        if len(shared) == 1 and int(lengths.max(initial=0)) * cells <= MOST_BYTES:
            return False
        room = 0
        with archive.open(path) as sheet:
            for piece in pieces(sheet, CELLS):
                numbers = np.array(_NUMBER.findall(piece), np.int64)
                room += int(lengths[numbers[numbers < len(lengths)]].sum())
                if room > MOST_BYTES or len(shared) > 1:
                    return True
    return False


def _lengths(texts: bytes) -> list[int]:
    """The bytes of each shared text, with what is written around it."""
    begins = [found.start() for found in _BEGINS.finditer(texts)]
    return [end - begin for begin, end in zip(begins, [*begins[1:], len(texts)], strict=True)]
