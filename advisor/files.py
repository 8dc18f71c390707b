"""Reading files within bounds, and writing them so that an interruption never leaves half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from advisor.errors import InputError

MAX_READ = 16_000_000
"""No file that people write is larger; what is, is refused before it fills the memory."""


def read_whole(path: Path, limit: int = MAX_READ) -> bytes:
    """The content of a regular file of at most ``limit`` bytes.

    Raises :class:`~advisor.errors.InputError` for a file that is not there, cannot be read, is too large, or is no file
    at all (a folder, a pipe, a device).
    """
    try:
        if not path.exists():
            raise InputError("no_file", path=path)
        if not path.is_file():
            raise InputError("no_regular_file", path=path)
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError("unreadable", path=path, detail=getattr(error, "strerror", None) or error) from None
    if len(content) > limit:
        raise InputError("too_large", path=path, limit=f"{limit / 1e6:g}")
    return content


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write ``content`` beside ``path`` and rename it into place; make missing folders. Returns ``path``."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    return path
