"""Parts of a Word file that python-docx has no call for: bookmarks, links, shades, page numbers, lists that count anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from advisor.office import printable

LINK = RGBColor(0x2F, 0x5D, 0x8A)
MAX_BOOKMARK_NAME = 40
"""Word reads no more of a place's name."""


TOC = 'TOC \\o "1-1" \\h'
"""What a field of contents lists."""


def bookmark_name(name: str) -> str:
    """The name of a place as Word allows it: letters, digits and underscores.

    >>> bookmark_name("c-P4-16")
    'a_c_P4_16'
    """
    safe = "a_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in name)
    if len(safe) <= MAX_BOOKMARK_NAME and name.isascii():
        return safe
    return safe[: MAX_BOOKMARK_NAME - 9] + "_" + hashlib.sha256(name.encode()).hexdigest()[:8]


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make what a paragraph holds so far a place that links lead to; ``number`` differs for each in a document."""
    start = _element("w:bookmarkStart", ("w:id", str(number)), ("w:name", bookmark_name(name)))
    paragraph._p.insert(0 if paragraph._p.pPr is None else 1, start)
    paragraph._p.append(_element("w:bookmarkEnd", ("w:id", str(number))))


def add_link(paragraph: Any, name: str, text: str, size: float | None = None) -> None:
    """A link to a place in the same document."""
    hyperlink = _element("w:hyperlink", ("w:anchor", bookmark_name(name)))
    run = paragraph.add_run(printable(text))
    run.font.color.rgb = LINK
    if size is not None:
        run.font.size = Pt(size)
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)


def shade_cell(cell: Any, colour: str) -> None:
    """Fill a cell with a colour (six hexadecimal digits)."""
    shading = _element("w:shd", ("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour))
    cell._tc.get_or_add_tcPr().append(shading)


def add_page_number(paragraph: Any) -> None:
    """The number of the page, with one to show until Word has counted."""
    for kind in ("begin", "PAGE", "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else "")
        if kind == "PAGE":
            run._r.append(_element("w:instrText"))
            run._r[-1].text = kind
        elif kind != "1":
            run._r.append(_element("w:fldChar", ("w:fldCharType", kind)))


def open_contents_field(paragraph: Any) -> None:
    """Begin a field of contents by headings of the first level; what follows until it is closed is what it shows."""
    for kind in ("begin", TOC, "separate"):
        run = paragraph.add_run()
        if kind == TOC:
            run._r.append(_element("w:instrText", ("xml:space", "preserve")))
            run._r[-1].text = kind
        else:
            run._r.append(_element("w:fldChar", ("w:fldCharType", kind)))


def close_field(paragraph: Any) -> None:
    """End the field that is open."""
    paragraph.add_run()._r.append(_element("w:fldChar", ("w:fldCharType", "end")))


def add_font_alternatives(document: Any, font: str, names: str) -> None:
    """Fonts to take where one is missing, as a list with commas."""
    font_table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    entry = f'<w:font w:name="{font}"><w:altName w:val="{names}"/><w:charset w:val="86"/></w:font></w:fonts>'
    font_table._blob = font_table.blob.replace(b"</w:fonts>", entry.encode())


def new_numbering(document: Any, style: str = "List Number") -> int:
    """A count that begins at one: left alone, Word would go on counting from one list to the next."""
    numbering = document.part.numbering_part.element
    usual = document.styles[style].element.pPr.numPr.numId.val
    count = numbering.add_num(numbering.num_having_numId(usual).abstractNumId.val)
    count.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(count.numId)


def set_numbering(paragraph: Any, count: int) -> None:
    """Count a paragraph in a list of its own."""
    number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = 0
    number.get_or_add_numId().val = count


def keep_together(rows: Sequence[Any]) -> None:
    """Keep rows of a table on one page, where one page can hold them."""
    for row in list(rows)[:-1]:
        for paragraph in row._tr.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def keep_row_whole(row: Any, head: bool = False) -> None:
    """Let no page end within a row; one at the head of a table stands on every page."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(_element(tag))


def _element(tag: str, *attributes: tuple[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes:
        element.set(qn(name), value)
    return element
