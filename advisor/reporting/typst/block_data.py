"""Blocks as plain data for Typst's templates: strings, numbers, lists and dictionaries, nothing to be read as markup.

What Typst cannot work out cheaply is worked out here: which words are too long for their line, what is too tall to be kept
on one page, and the drawings of charts.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from advisor.office import printable
from advisor.reporting.chart_geometry import geometry
from advisor.reporting.document import (
    Block,
    Branch,
    Bullets,
    Callout,
    Card,
    Cards,
    Cell,
    Chart,
    Heading,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    Table,
)
from advisor.reporting.html import template_environment
from advisor.reporting.typst.line_breaks import LineBox, clean

Data = dict[str, Any]

BODY = LineBox(170, 9.5)
"""A line of running text; its width in millimetres, its type in points."""
HEADING = LineBox(170, 11.5)
CALLOUT = LineBox(157, 14)
CARD = LineBox(131, 8.6)
CARD_TITLE = LineBox(140, 10.5)
PADDING = 3.2
"""What a cell of a table keeps free beside its text, in millimetres."""
MAX_LINES_TOGETHER = 30
"""Lines up to which a row, a card or a callout is kept on one page; a page has some fifty."""
MAX_HEAD_LINES = 6
"""Lines up to which the head of a table stands on each of its pages."""
MAX_DRAWING_HEIGHT = 230
"""Height in millimetres that no drawing exceeds."""
DRAWING_WIDTHS = {"map": 64, "matrix": 82}
"""Percent of the line that a kind of drawing fills where it is not all of it."""
TEXT_BELOW = ("map", "swings")
"""Drawings under which their text alternative is printed as well."""


def _line(line: Line, box: LineBox = BODY) -> Any:
    """A line as a string, or as a dictionary where more goes with it."""
    extras: Data = {}
    if line.marks:
        extras["marks"] = [box.break_words(mark) for mark in line.marks]
    if line.aside:
        extras["aside"] = box.break_words(line.aside)
    if line.cites:
        extras["cites"] = list(line.cites)
    text = box.break_words(line.text)
    return {"text": text, **extras} if extras else text


def _tall(lines: float) -> bool:
    return lines > MAX_LINES_TOGETHER


@singledispatch
def block_data(block: Block | Heading) -> Data:
    """A block as the template's function for its kind takes it."""
    raise TypeError(f"no drawing for {type(block).__name__}")


@block_data.register
def _(block: Heading) -> Data:
    return {"kind": "heading", "text": HEADING.break_words(block.text)}


@block_data.register
def _(block: Paragraph) -> Data:
    return {"kind": "paragraph", "tone": block.tone, "line": _line(block.line)}


@block_data.register
def _(block: Bullets) -> Data:
    return {"kind": "bullets", "numbered": block.numbered, "lines": [_line(line) for line in block.lines]}


@block_data.register
def _(block: Callout) -> Data:
    height = sum(CALLOUT.count_lines(line.text) for line in block.lines)
    return {
        "kind": "callout",
        "tone": block.tone,
        "title": CALLOUT.break_words(block.title),
        "lines": [_line(line) for line in block.lines],
        "tall": _tall(height),
    }


@block_data.register
def _(block: KeyFigures) -> Data:
    width = BODY.width / len(block.figures) - 6
    value, note = LineBox(width, 19), LineBox(width, 8)
    figures = [
        {
            "label": note.break_words(figure.label),
            "value": value.break_words(figure.value),
            "note": note.break_words(figure.note),
        }
        for figure in block.figures
    ]
    return {"kind": "figures", "figures": figures}


@block_data.register
def _(block: Table) -> Data:
    size, whole = 8.0 if block.small else 8.6, sum(block.widths)
    boxes = [LineBox(BODY.width * share / whole - PADDING, size) for share in block.widths]
    height = max(
        (box.count_lines(cell.line.text) for row in block.rows for box, cell in zip(boxes, row, strict=True)), default=0
    )
    head = max(box.count_lines(column) for box, column in zip(boxes, block.columns, strict=True))
    return {
        "kind": "table",
        "repeated": head <= MAX_HEAD_LINES,
        "caption": BODY.break_words(block.caption),
        "columns": [box.break_words(column) for box, column in zip(boxes, block.columns, strict=True)],
        "widths": list(block.widths),
        "numeric": [cell.numeric for cell in block.rows[0]] if block.rows else [False] * len(block.columns),
        "rows": [[_cell(cell, box) for cell, box in zip(row, boxes, strict=True)] for row in block.rows],
        "small": block.small,
        "together": block.together and len(block.rows) < MAX_LINES_TOGETHER and not _tall(height),
        "tall": _tall(height),
    }


def _cell(cell: Cell, box: LineBox) -> Any:
    """A cell as its line, or as a dictionary where it is set apart."""
    extras: Data = {}
    if cell.tone != "plain":
        extras["tone"] = cell.tone
    if cell.numeric:
        extras["numeric"] = True
    if cell.strong:
        extras["strong"] = True
    line = _line(cell.line, box)
    return {"line": line, **extras} if extras else line


@block_data.register
def _(block: Cards) -> Data:
    return {"kind": "cards", "cards": [_card(card) for card in block.cards]}


def _card(card: Card) -> Data:
    height = sum(CARD.count_lines(line.text + line.aside) for _, line in card.fields)
    return {
        "title": CARD_TITLE.break_words(card.title),
        "badge": CARD_TITLE.break_words(card.badge),
        "tone": card.tone,
        "fields": [[CARD.break_words(label), _line(line, CARD)] for label, line in card.fields],
        "tall": _tall(height),
    }


@block_data.register
def _(block: Outline) -> Data:
    return {"kind": "outline", "branches": [_branch(branch) for branch in block.branches]}


def _branch(branch: Branch, depth: int = 1) -> Data:
    data: Data = {"line": _line(branch.line, LineBox(max(BODY.width - 5 * depth, 20), BODY.size))}
    if branch.below:
        data["below"] = [_branch(below, depth + 1) for below in branch.below]
    return data


def drawing_svg(chart: Chart) -> str:
    """The drawing of a chart by itself."""
    template = template_environment().get_template("report/drawing.svg")
    return printable(template.render(drawing=chart.drawing, g=geometry(chart.drawing)))


@block_data.register
def _(block: Chart) -> Data:
    frame, kind = geometry(block.drawing), block.drawing.kind
    drawing = drawing_svg(block)
    width = DRAWING_WIDTHS.get(kind, 100)
    fitting = 100 * MAX_DRAWING_HEIGHT / BODY.width * frame.width / frame.height
    return {
        "kind": "chart",
        "title": BODY.break_words(block.title),
        "alternative": clean(block.alternative),
        "drawing": drawing,
        "width": min(width, fitting),
        "said": kind in TEXT_BELOW,
    }
