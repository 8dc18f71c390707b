"""The parts of a report's document, for tests that look for some of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator


def walk(node: object) -> Iterator[object]:
    """Every dataclass inside a document."""
    if dataclasses.is_dataclass(node):
        yield node
        for field in dataclasses.fields(node):
            yield from walk(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from walk(item)
