"""Office files that come out the same every time, whose text breaks no file and whose cells are never taken for formulas."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_UNFIT = dict.fromkeys(
    (
        *(code for code in range(0xA0) if code < 0x20 or code > 0x7E),  # control characters
        *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,  # no characters at all: no file can hold them
        *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # would turn round what stands after them
    )
)  # fmt: skip
for _kept in "\t\n":
    del _UNFIT[ord(_kept)]
LONGEST = 32_000
"""How many characters a cell may hold."""
MOMENT = (2000, 1, 1, 0, 0, 0)


def plain(text: str) -> str:
    """Text without what no office file may hold; rare characters newer than this program's tables stay.

    >>> plain("<b>&\\x00\\x08")
    '<b>&'
    """
    return text.translate(_UNFIT)


def as_text(cell: Any, value: str) -> Any:
    """Enter a text into a cell of a workbook so that no program takes it for a formula. Returns the cell."""
    cell.value = plain(value)[:LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def settled(content: bytes) -> bytes:
    """A packed file with every time stamp set to one moment and its members in order: the same content, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        first = "[Content_Types].xml"
        for name in sorted(old.namelist(), key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, _without_times(name, old.read(name)))
    return out.getvalue()


def _without_times(name: str, content: bytes) -> bytes:
    """A member without the moments at which it was made and changed."""
    if name != "docProps/core.xml":
        return content
    import re

    return re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)", rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
