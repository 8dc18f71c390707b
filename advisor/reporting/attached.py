"""The assessment attached to a PDF of ours, read out of a file that may be anybody's.

Only the list of attached files is looked at: no page is read, and whatever the file says of itself is believed within
bounds alone. What cannot be read strictly as PDF is refused rather than repaired.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from advisor.errors import InputError
from advisor.files import MAX_FILE_BYTES
from advisor.reporting.attaching import NAME

MOST_FILES = 20
"""Attached files looked at; ours have one."""


def attached(content: bytes, path: object) -> bytes:
    """The JSON of the assessment that a PDF carries; ``path`` is what messages call it.

    Raises :class:`~advisor.errors.InputError` for what is no PDF, is broken, locked or too large, and for one without it.
    """
    if not content.startswith(b"%PDF-"):
        raise InputError("bad_pdf", path=path, detail="%PDF-")
    try:
        found = _find(content)
    except InputError:
        raise
    except (Exception, RecursionError) as error:  # a hostile file may make a parser fail in any way
        raise InputError("bad_pdf", path=path, detail=f"{type(error).__name__}: {error}"[:200]) from None
    if found is None:
        raise InputError("no_attachment", path=path)
    if len(found) > MAX_FILE_BYTES:
        raise InputError("too_large", path=f"{path}: {NAME}", limit=f"{MAX_FILE_BYTES / 1e6:g}")
    return found


def _find(content: bytes) -> bytes | None:
    """The attached file of our name; None where there is none."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would warn of is an error here
    reader = PdfReader(io.BytesIO(content), strict=True)
    if reader.is_encrypted:
        raise ValueError("encrypted")
    for spec in _specs(reader):
        if spec.get("/UF", spec.get("/F")) == NAME:
            stream = spec["/EF"].get_object()["/F"].get_object()
            return bytes(stream.get_data())
    return None


def _specs(reader: Any) -> Iterator[Any]:
    """The file specifications of a flat list of attached files, as we write it."""
    node: Any = reader.trailer["/Root"].get_object()
    for key in ("/Names", "/EmbeddedFiles", "/Names"):
        if key not in node:
            return
        node = node[key].get_object()
    for item in list(node)[1 : 2 * MOST_FILES : 2]:
        yield item.get_object()
