"""A client's own base for Word and master for slides: opened once when a theme is read, and held to what reports need of it.

What is handed in may be anything: it has to be a zip file of bounded size that the library opens, and macros are refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

from advisor.text import Text, catalogue

Kind = Literal["word", "slides"]
MAX_BASE_BYTES = 10_000_000
MAX_UNPACKED = 80_000_000
"""How far a base may unpack."""
STYLES = (
    "Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Bullet 2", "List Bullet 3", "List Number",
    "Table Grid",
)  # fmt: skip
"""The styles a report in Word is written in, by their names in English, as Word stores them."""
WIDE = (1.7, 1.85)
"""The proportions of slides that are 16:9, between these."""
TITLES = (1, 3)
"""The types of placeholders that hold a title: TITLE and CENTER_TITLE."""
SUBTITLE = 4


def check_base(content: bytes, kind: Kind) -> Text | None:
    """What is wrong with a base for Word or a master for slides, or what it lacks; None where nothing is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                return _told("unpacks", limit=MAX_UNPACKED // 1_000_000)
            if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
                return _told("macros")
        missing = list(_lacking_styles(content) if kind == "word" else _lacking_layouts(content))
    except Exception:  # a library may fail in any way on a file that is broken on purpose
        return _told("broken")
    if not missing:
        return None
    parts = {lang: catalogue("report")["join"][lang].join(text[lang] for text in missing) for lang in ("zh", "en")}
    text = catalogue("problems")["base.lacks"]
    return Text(zh=text.zh.format(missing=parts["zh"]), en=text.en.format(missing=parts["en"]))


def layouts_of(presentation: Any) -> tuple[Any, Any]:
    """The layout of a cover (a title and a subtitle) and that of a slide (a title and nothing to fill in); None where a
    master has none."""
    cover = slide = None
    for layout in presentation.slide_layouts:
        kinds = {int(shape.placeholder_format.type) for shape in layout.placeholders if shape.placeholder_format.type}
        titled = bool(kinds & set(TITLES))
        cover = cover or (layout if titled and SUBTITLE in kinds else None)
        slide = slide or (layout if titled and not kinds - set(TITLES) - {13, 15, 16} else None)  # number, footer, date
    return cover, slide


def _lacking_styles(content: bytes) -> Iterator[Text]:
    from docx import Document

    names = {style.name for style in Document(io.BytesIO(content)).styles}
    for name in STYLES:
        if name not in names:
            yield _told("style", name=name)


def _lacking_layouts(content: bytes) -> Iterator[Text]:
    from pptx import Presentation

    presentation = Presentation(io.BytesIO(content))
    least, most = WIDE
    if not least < (presentation.slide_width or 0) / (presentation.slide_height or 1) < most:
        yield _told("wide")
    cover, slide = layouts_of(presentation)
    if cover is None:
        yield _told("cover")
    if slide is None:
        yield _told("slide")


def _told(key: str, **values: object) -> Text:
    text = catalogue("problems")[f"base.{key}"]
    return Text(zh=text.zh.format_map(values), en=text.en.format_map(values))
