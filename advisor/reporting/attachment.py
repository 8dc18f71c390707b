"""The data of an assessment inside its PDF: a file attached to the document, as PDF/UA allows it, and read out again.

WeasyPrint attaches files too, but dates them and says what they are to the document in PDF/A alone. Here nothing depends
on the clock, and the file is named as the data the document was made from. A PDF that is read may be anybody's: only its
list of attached files is looked at, within bounds, and what cannot be read strictly as PDF is refused rather than repaired.
"""

from __future__ import annotations

import hashlib
import io
import logging
import time
from collections.abc import Iterator
from typing import Any

from advisor.errors import InputError
from advisor.files import MAX_FILE_BYTES
from advisor.rounding import plain_number

ATTACHMENT_NAME = "assessment.json"
ATTACHMENT_DESCRIPTION = "The assessment as data; advisor open reads it again."
MAX_ATTACHMENTS = 20
"""Attached files looked at; ours have one."""
MAX_SECONDS = 15.0
"""Processor time that finding an attached file may take; ours takes a tenth of it at most."""
STRUCTURE_BOUNDS: dict[str, Any] = {
    "zlib_maximum_output_length": 5_000_000,
    "zlib_maximum_recovery_input_length": 0,
    "stream_decoding_work_maximum_length": 10_000_000,
    "stream_filters_maximum_length": 1,
}
"""How far the parts of a PDF that hold its objects may unpack; the objects of a report of 70 pages take 1.1 MB."""


def attach(pdf: Any, content: bytes) -> None:
    """Attach ``content`` as :data:`ATTACHMENT_NAME` to a PDF that is being finished."""
    import pydyf

    params = pydyf.Dictionary({"Size": len(content), "CheckSum": f"<{_checksum(content).hex()}>"})
    kind = {"Type": "/EmbeddedFile", "Subtype": "/application#2fjson", "Params": params}
    stream = pydyf.Stream([content], kind, compress=True)
    pdf.add_object(stream)
    names = {
        "F": pydyf.String(ATTACHMENT_NAME),
        "UF": pydyf.String(ATTACHMENT_NAME),
        "Desc": pydyf.String(ATTACHMENT_DESCRIPTION),
    }
    embedded = {"Type": "/Filespec", "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})}
    spec = pydyf.Dictionary({**embedded, **names, "AFRelationship": "/Source"})
    pdf.add_object(spec)
    files = pydyf.Dictionary({"Names": pydyf.Array([pydyf.String(ATTACHMENT_NAME), spec.reference])})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = files
    pdf.catalog["AF"] = pydyf.Array([spec.reference])


def read_attachment(content: bytes, path: object) -> bytes:
    """The JSON of the assessment that a PDF carries; ``path`` is what messages call it.

    Raises :class:`~advisor.errors.InputError` for what is no PDF, is broken, locked or too large, and for one without it.
    """
    if not content.startswith(b"%PDF-"):
        raise InputError("bad_pdf", path=path, detail="%PDF-")
    try:
        attachment = _attachment_content(content)
    except InputError:
        raise
    except (Exception, RecursionError) as error:  # a hostile file may make a parser fail in any way
        raise InputError("bad_pdf", path=path, detail=f"{type(error).__name__}: {error}"[:200]) from None
    if attachment is None:
        raise InputError("no_attachment", path=path)
    if len(attachment) > MAX_FILE_BYTES:
        raise InputError("too_large", path=f"{path}: {ATTACHMENT_NAME}", limit=plain_number(MAX_FILE_BYTES / 1e6))
    return attachment


class _TimedFile(io.BytesIO):
    """A file that can be read for :data:`MAX_SECONDS` only. A parser comes back to it for every object, so this bounds them
    all, whatever each is made of."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._end = time.thread_time() + MAX_SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        if time.thread_time() > self._end:
            raise TimeoutError(f"{plain_number(MAX_SECONDS)} s")
        return super().read(size)


def _attachment_content(content: bytes) -> bytes | None:
    """The attached file of our name; None where there is none."""
    from pypdf import PdfReader, apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would warn of is an error here
    with apply_configuration(**STRUCTURE_BOUNDS):
        reader = PdfReader(_TimedFile(content), strict=True)
        if reader.is_encrypted:
            raise ValueError("encrypted")
        specs = [s for s in _file_specifications(reader) if s.get("/UF", s.get("/F")) == ATTACHMENT_NAME]
        stream = specs[0]["/EF"].get_object()["/F"].get_object() if specs else None
    if stream is None:
        return None
    if stream.get("/Filter") not in (None, "/FlateDecode") or stream.get("/DecodeParms") is not None:
        raise ValueError("Filter")  # the others may take minutes or gigabytes, and no report was ever packed by them
    with apply_configuration(**STRUCTURE_BOUNDS | {"zlib_maximum_output_length": MAX_FILE_BYTES}):
        attached = bytes(stream.get_data())
    checksum = stream.get("/Params", {}).get_object().get("/CheckSum") if "/Params" in stream else None
    if checksum is not None and checksum.original_bytes != _checksum(attached):  # pypdf unpacks damaged streams too
        raise ValueError("CheckSum")
    return attached


def _checksum(content: bytes) -> bytes:
    """The checksum PDF has for attached files (ISO 32000, 7.11.4); it tells damage, not who wrote them."""
    return hashlib.md5(content, usedforsecurity=False).digest()


def _file_specifications(reader: Any) -> Iterator[Any]:
    """The file specifications of a flat list of attached files, as we write it."""
    node: Any = reader.trailer["/Root"].get_object()
    for key in ("/Names", "/EmbeddedFiles", "/Names"):
        if key not in node:
            return
        node = node[key].get_object()
    for item in list(node)[1 : 2 * MAX_ATTACHMENTS : 2]:
        yield item.get_object()
