"""A logo handed in: looked at before it comes near a page. PNG and JPEG are decoded once; an SVG may only draw."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from advisor.text import Text, catalogue

MOST_BYTES = 500_000
MOST_PIXELS = 4000
"""The largest width or height of a picture."""
MOST_ELEMENTS = 3000
DEEPEST = 30
DRAWING = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "lineargradient", "radialgradient", "stop", "clippath", "style"),
    )
)
"""The elements an SVG may have: those that draw, and none that run, fetch, repeat or move."""
OUTWARD = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|javascript:|expression\s*\(|\\", re.IGNORECASE)
"""What in a value leads out of the drawing, or could hide that it does."""


def look_at(content: bytes) -> tuple[str, Text | None]:
    """The media type of a picture, and what is wrong with it; None where nothing is."""
    if len(content) > MOST_BYTES:
        return "", _said("size", limit=MOST_BYTES // 1000)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return ("image/png" if content[1:4] == b"PNG" else "image/jpeg"), _bitmap(content)
    if b"<svg" in content[:2000]:
        return "image/svg+xml", _drawing(content)
    return "", _said("kind")


def _bitmap(content: bytes) -> Text | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > MOST_PIXELS:
                return _said("pixels", limit=MOST_PIXELS)
            picture.verify()  # every part is there: to decode alone is lenient once WeasyPrint is loaded
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except Exception:  # a decoder may fail in any way on a file that is broken on purpose
        return _said("broken")
    return None


def _drawing(content: bytes) -> Text | None:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return _said("entities")
    except (ParseError, ValueError, LookupError, RecursionError):
        return _said("broken")
    for number, (element, depth) in enumerate(_walk(root)):
        if number > MOST_ELEMENTS or depth > DEEPEST:
            return _said("intricate")
        if wrong := _outward(element):
            return wrong
    return None


def _walk(root: Any) -> Iterator[tuple[Element, int]]:
    waiting: list[tuple[Element, int]] = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in element)


def _outward(element: Element) -> Text | None:
    """What an element would do beyond drawing."""
    tag = _local(element.tag)
    if tag not in DRAWING:
        return _said("element", name=tag)
    if tag == "style" and OUTWARD.search(element.text or ""):
        return _said("outward", name=tag)
    for name, value in element.attrib.items():
        attribute = _local(name)
        if attribute.startswith("on") or attribute in ("href", "base", "src") or OUTWARD.search(value):
            return _said("outward", name=attribute)
    return None


def _local(name: Any) -> str:
    """A name without its namespace; comments and the like have none."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else "?"


def _said(key: str, **values: object) -> Text:
    text = catalogue("problems")[f"logo.{key}"]
    return Text(zh=text.zh.format_map(values), en=text.en.format_map(values))
