"""Reading files within bounds, and writing them so that an interruption never leaves half of one."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from advisor.errors import InputError
from advisor.rounding import plain_number

MAX_FILE_BYTES = 16_000_000
"""No file that people write is larger; what is, is refused before it fills the memory."""


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
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
        raise InputError("too_large", path=path, limit=plain_number(limit / 1e6))
    return content


def write_file(path: Path, content: bytes | str, mode: int = 0o666) -> Path:
    """Write ``content`` beside ``path`` and rename it into place; make missing folders. Returns ``path``.

    A file that is there keeps its permissions, a new one has those of ``mode`` that the user's umask leaves, and a link
    keeps pointing where it does. Raises :class:`~advisor.errors.InputError` where nothing can be written or ``path`` is no
    regular file.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        target = path.resolve()
    except (OSError, RuntimeError):  # links that lead round in a circle
        raise InputError("no_regular_file", path=path) from None
    temporary = None
    try:
        if target.exists() and not target.is_file():
            raise InputError("no_regular_file", path=path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:60]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, stat.S_IMODE(target.stat().st_mode) if target.exists() else mode & ~_umask())
        os.replace(temporary, target)
    except BaseException as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        if isinstance(error, OSError):
            raise InputError("unwritable", path=path, detail=error.strerror or error) from None
        raise
    return path


def same_file(first: Path, second: Path) -> bool:
    """Whether two paths lead to one file, there or not yet there."""
    return first.resolve() == second.resolve()


def _umask() -> int:
    """The permissions that new files go without; the only way to read it is to set it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
