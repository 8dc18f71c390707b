"""Charts and logos as pictures for Word, each with its words for whoever cannot see it."""

from __future__ import annotations

import io
from typing import Any

from docx.shared import Mm

from advisor.errors import RenderError
from advisor.office import printable
from advisor.reporting.document import Chart
from advisor.reporting.look import Theme

DOTS = 180.0
"""Resolution of pictures, in dots an inch."""
CHART_WIDTHS = {"map": 112.0, "matrix": 120.0}
"""How wide some kinds of chart are, in millimetres; others fill the line."""
FULL_WIDTH = 160.0
LOGO_HEIGHT, LOGO_WIDTH = 14.0, 50.0


def chart_picture(chart: Chart, share: float = 1.0) -> tuple[bytes, float] | None:
    """A chart as PNG with its width in millimetres, ``share`` of the usual one; None on a machine that cannot draw it."""
    from advisor.reporting.typst.block_data import drawing_svg
    from advisor.reporting.typst.renderer import typesetter

    width = share * CHART_WIDTHS.get(chart.drawing.kind, FULL_WIDTH)
    try:
        return typesetter().png(drawing_svg(chart), width, DOTS), width
    except RenderError:
        return None


def logo_picture(theme: Theme) -> bytes | None:
    """The logo of a theme as a picture that Word takes; None where there is none, or no way to draw it."""
    if not theme.logo or theme.logo_type != "image/svg+xml":
        return theme.logo
    from advisor.reporting.typst.renderer import typesetter

    try:
        return typesetter().png(theme.logo.decode("utf-8", "replace"), LOGO_WIDTH, DOTS)
    except RenderError:
        return None


def add_picture(paragraph: Any, content: bytes, width: float, told: str) -> None:
    """A picture ``width`` millimetres wide in a paragraph, and what it shows in words."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width))
    shape._inline.docPr.set("descr", printable(told))


def add_logo(paragraph: Any, content: bytes, told: str) -> None:
    """A logo no larger than its room."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content), height=Mm(LOGO_HEIGHT))
    if shape.width > Mm(LOGO_WIDTH):
        shape.height, shape.width = round(shape.height * Mm(LOGO_WIDTH) / shape.width), Mm(LOGO_WIDTH)
    shape._inline.docPr.set("descr", printable(told))
