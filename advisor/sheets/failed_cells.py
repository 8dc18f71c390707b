"""Cells that show an error in place of a result: what such errors are called, and workbooks with errors of recent programs.

The reader of values knows the errors of old alone and gives up on a workbook that holds any other. They are made texts for
it, as which they are shown.
"""

from __future__ import annotations

import io
import re
import zipfile

CELL = re.compile(rb"""<(?:\w+:)?c\b([^<>]*\bt\s*=\s*["']e["'][^<>]*)>""")
"""The beginning of a cell that holds an error."""
_ERROR = re.compile(r"#(?:[A-Z][A-Z0-9_/]*[!?]|N/A|GETTING_DATA)|Err:\d{3}")
_OF_OLD = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_TYPE = re.compile(rb"""(\bt\s*=\s*["'])e(["'])""")


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where a formula failed.

    >>> [is_error(text) for text in ("#N/A", "#SPILL!", "#GETTING_DATA", "Err:502", "#1", "#CRM", "C#!")]
    [True, True, True, True, False, False, False]
    """
    return _ERROR.fullmatch(text) is not None


def needs_texts(errors: set[str]) -> bool:
    """Whether any of these errors is one that the reader of values does not know."""
    return not errors <= _OF_OLD


def with_texts(content: bytes, path: str) -> bytes:
    """A workbook in whose sheet at ``path`` cells with errors hold texts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, CELL.sub(lambda cell: _TYPE.sub(rb"\1str\2", cell[0], count=1), part) if name == path else part
            )
    return out.getvalue()
