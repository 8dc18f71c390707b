"""A part of a workbook read a piece at a time, so that no part has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PIECE = 4_000_000
"""So many bytes are read at once."""


def pieces(part: Any, element: bytes) -> Iterator[bytes]:
    """A part in pieces that begin with an element of this name each, with or without a prefix, but for the first."""
    rest = b""
    while more := part.read(PIECE):
        rest += more
        cut = max(rest.rfind(b"<" + element), rest.rfind(b":" + element))
        cut = rest.rfind(b"<", 0, cut + 1) if cut > 0 else -1
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
