"""Office files that come out the same every time, and whose cells are never taken for formulas."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))
LONGEST = 32_000
"""How many characters a cell may hold."""
MOMENT = (2000, 1, 1, 0, 0, 0)


def as_text(cell: Any, value: str) -> Any:
    """Enter a text into a cell of a workbook so that no program takes it for a formula. Returns the cell."""
    cell.value = value.translate(_CONTROL)[:LONGEST]
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
