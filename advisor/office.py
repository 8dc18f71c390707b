"""Office files with reproducible bytes, free of characters that break them, and with no cell taken for a formula."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

_FORBIDDEN = dict.fromkeys(
    (
        *(code for code in range(0xA0) if code < 0x20 or code > 0x7E),  # control characters
        *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,  # no characters at all: no file can hold them
        *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # would turn round what stands after them
    )
)  # fmt: skip
for _allowed in "\t\n":
    del _FORBIDDEN[ord(_allowed)]
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What spreadsheet programs take for the code of a character: it is written with its own code, and read back as it was."""
LONGEST = 32_000
"""How many characters a cell may hold."""
FIXED_TIME = (2000, 1, 1, 0, 0, 0)


def printable(text: str) -> str:
    """Text without the characters that no office file may hold.

    >>> printable("<b>&\\x00\\x08")
    '<b>&'
    """
    return text.translate(_FORBIDDEN)


def set_text(cell: Any, value: str) -> Any:
    """Write text into a cell of a workbook so that no program takes it for a formula. Returns the cell."""
    cell.value = _ESCAPE.sub("_x005F_", printable(value))[:LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def reproducible(content: bytes) -> bytes:
    """A zip file with every time stamp set to :data:`FIXED_TIME` and its members sorted: same content, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        first = "[Content_Types].xml"
        for name in sorted(source.namelist(), key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, _without_times(name, source.read(name)))
    return out.getvalue()


def _without_times(name: str, content: bytes) -> bytes:
    """A member without the times at which it was created and modified; the same for a workbook inside a presentation."""
    if name.startswith("ppt/embeddings/") and name.endswith(".xlsx"):
        return reproducible(content)
    if name != "docProps/core.xml":
        return content
    return re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)", rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
