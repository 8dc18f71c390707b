"""Assessments in files: saved by ``assess --save``, or carried by a report in PDF."""

from __future__ import annotations

from pathlib import Path

from advisor.files import read_file

HEAD_BYTES = 200
"""The format stands among the first bytes of an assessment."""


def is_assessment(content: bytes) -> bool:
    """Whether JSON is an assessment rather than answers."""
    return b'"schema_version"' in content[:HEAD_BYTES]


def saved_assessment(path: Path) -> bytes | None:
    """The JSON of an assessment saved in a file or attached to a report; None for any other file, there or not.

    Raises :class:`~advisor.errors.InputError` for a PDF without one, and for what cannot be read.
    """
    ending = path.suffix.lower()
    if ending not in (".pdf", ".json") or not path.is_file():
        return None
    content = read_file(path)
    if ending == ".json":
        return content if is_assessment(content) else None
    from advisor.reporting.attachment import read_attachment

    return read_attachment(content, path)
