"""A logo handed in: looked at before it comes near a page. PNG and JPEG are decoded once; an SVG may only draw."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from advisor.text import Text, catalogue

MAX_LOGO_BYTES = 500_000
MAX_PIXELS = 4000
"""The largest width or height of a picture."""
MAX_ELEMENTS = 3000
MAX_DEPTH = 30
DRAWING_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "lineargradient", "radialgradient", "stop", "clippath", "style"),
    )
)
"""The elements an SVG may have: those that draw, and none that run, fetch, repeat or move."""
EXTERNAL_REFERENCE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|javascript:|expression\s*\(|\\", re.IGNORECASE)
"""What in a value leads out of the drawing, or could hide that it does."""


def check_logo(content: bytes) -> tuple[str, Text | None]:
    """The media type of a picture, and what is wrong with it; None where nothing is."""
    if len(content) > MAX_LOGO_BYTES:
        return "", _problem_text("size", limit=MAX_LOGO_BYTES // 1000)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return ("image/png" if content[1:4] == b"PNG" else "image/jpeg"), _check_bitmap(content)
    if b"<svg" in content[:2000]:
        return "image/svg+xml", _check_svg(content)
    return "", _problem_text("kind")


def _check_bitmap(content: bytes) -> Text | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > MAX_PIXELS:
                return _problem_text("pixels", limit=MAX_PIXELS)
            picture.verify()  # every part is there: to decode alone is lenient once WeasyPrint is loaded
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except Exception:  # a decoder may fail in any way on a file that is broken on purpose
        return _problem_text("broken")
    return None


def _check_svg(content: bytes) -> Text | None:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return _problem_text("entities")
    except (ParseError, ValueError, LookupError, RecursionError):
        return _problem_text("broken")
    for number, (element, depth) in enumerate(_elements_with_depth(root)):
        if number > MAX_ELEMENTS or depth > MAX_DEPTH:
            return _problem_text("intricate")
        if problem := _check_element(element):
            return problem
    return None


def _elements_with_depth(root: Any) -> Iterator[tuple[Element, int]]:
    waiting: list[tuple[Element, int]] = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in element)


def _check_element(element: Element) -> Text | None:
    """What an element would do beyond drawing."""
    tag = _local_name(element.tag)
    if tag not in DRAWING_ELEMENTS:
        return _problem_text("element", name=tag)
    if tag == "style" and EXTERNAL_REFERENCE.search(element.text or ""):
        return _problem_text("outward", name=tag)
    for name, value in element.attrib.items():
        attribute = _local_name(name)
        if attribute.startswith("on") or attribute in ("href", "base", "src") or EXTERNAL_REFERENCE.search(value):
            return _problem_text("outward", name=attribute)
    return None


def _local_name(name: Any) -> str:
    """A name without its namespace; comments and the like have none."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else "?"


def _problem_text(key: str, **values: object) -> Text:
    text = catalogue("problems")[f"logo.{key}"]
    return Text(zh=text.zh.format_map(values), en=text.en.format_map(values))
