"""Which kind of file something is, by what it holds; and of every kind that is no table what it is and how to save it."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from advisor.errors import Place, Problem, ProblemsError
from advisor.text import catalogue

Kind = Literal["xlsx", "xls", "ods", "fods", "csv"]
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".fods")
TABLE_SUFFIXES = (".csv", ".tsv", ".tab", *WORKBOOK_SUFFIXES)
"""How the files end that are read as tables."""
OTHER_SUFFIXES = (
    ".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".ppt", ".pptx", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif",
    ".tiff", ".heic", ".webp", ".numbers", ".pages", ".zip", ".rar", ".7z", ".gz", ".htm", ".html", ".xlsb", ".db",
    ".sqlite", ".mdb", ".parquet", ".sav",
)  # fmt: skip
"""How files of other kinds end, which are told by name."""
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""How old workbooks begin, and those with a password: OLE containers."""
ZIP_SIGNATURE = b"PK\x03\x04"
_BEGINNINGS = {
    b"%PDF": "pdf", b"\x89PNG": "image", b"\xff\xd8\xff": "image", b"GIF8": "image", b"BM": "image", b"II*\0": "image",
    b"MM\0*": "image", b"{\\rtf": "rtf", b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive",
    b"SQLite format 3": "database", b"PAR1": "database",
}  # fmt: skip
_STREAMS = (("Workbook", "xls"), ("Book", "xls"), ("EncryptedPackage", "password"), ("WordDocument", "doc"),
            ("PowerPoint Document", "ppt"), ("ETDocument", "xls"))  # fmt: skip
_PARTS = (
    ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "binary"), ("word/document.xml", "doc"),
    ("ppt/presentation.xml", "ppt"), ("Index/Document.iwa", "numbers"), ("Index.zip", "numbers"), ("index.xml", "numbers"),
)  # fmt: skip


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a file of tables. Raises :class:`~advisor.errors.ProblemsError` for one of another kind, by its name, with
    how to save it; an old workbook with a password, and one that is none inside, among them."""
    if content.startswith(ZIP_SIGNATURE):
        return _zipped(content, name)
    if content.startswith(OLE_SIGNATURE):
        return _ole(content, name)
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    for beginning, kind in _BEGINNINGS.items():
        if start.startswith(beginning) and (kind != "image" or b"\0" in content[:4096] or len(beginning) > 2):
            raise other_kind(kind, name)
    lower = start[:2048].lower()
    if lower.startswith((b"<?xml", b"<office:document")) and b"office:document" in lower:
        return "fods"
    if lower.startswith((b"<html", b"<!doctype html", b"<table")) or (lower.startswith(b"<?xml") and b"<html" in lower):
        raise other_kind("html", name)
    if lower.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in lower:
        raise other_kind("xml2003", name)
    return "csv"


def is_binary(content: bytes) -> bool:
    """Whether a file begins like a workbook, a picture or anything else that is no text to type."""
    return content.startswith((ZIP_SIGNATURE, OLE_SIGNATURE, *_BEGINNINGS)) and b"\0" in content


def _zipped(content: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise ProblemsError([Problem("C101", Place(name), {"detail": type(error).__name__})]) from None
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    lower = {part.lower() for part in names}
    for part, kind in _PARTS:
        if part.lower() in lower:
            if kind == "xlsx":
                return "xlsx"
            raise other_kind(kind, name)
    if b"opendocument" in mimetype:
        raise other_kind("doc", name)
    if "[content_types].xml" in lower or any(part.startswith("xl/") for part in lower):
        return "xlsx"
    raise other_kind("archive", name)


def _ole(content: bytes, name: str) -> Kind:
    """The kind of an OLE container by the names of its streams, which stand in its directory in UTF-16."""
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in content:
            if kind == "xls":
                return "xls"
            if kind == "password":
                break
            raise other_kind(kind, name)
    raise ProblemsError([Problem("C112", Place(name))])


def other_kind(kind: str, name: str) -> ProblemsError:
    """The error for a file of a kind that is no table."""
    values: dict[str, object] = {part: catalogue("problems")[f"kinds.{kind}.{part}"] for part in ("what", "how")}
    return ProblemsError([Problem("C113", Place(name), {"kind": values["what"], "how": values["how"]})])
