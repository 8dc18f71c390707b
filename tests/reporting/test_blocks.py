"""Every kind of block is drawn by every renderer, and none leaves one out in silence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

import pytest

from advisor.assessment import assess
from advisor.reporting import build_document
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.document import (
    Block,
    Branch,
    Bullets,
    Callout,
    Card,
    Cards,
    Cell,
    Chapter,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    Table,
)
from advisor.reporting.html import render_html
from advisor.reporting.look import PLAIN_THEME
from advisor.reporting.typst import render_typst
from advisor.reporting.word import render_docx

LINE = Line("A line")
BLOCKS = (
    Heading("A heading"),
    Paragraph(LINE),
    Bullets((LINE,)),
    Callout("A callout", (LINE,)),
    KeyFigures((KeyFigure("Label", "1", "note"),)),
    Table("A table", ("Column",), (100,), ((Cell(LINE),),)),
    Cards((Card("A card", "badge", "plain", (("Label", LINE),)),)),
    Outline((Branch(LINE, (Branch(LINE),)),)),
    Chart("A chart", "In words", BarChart((Bar("A bar", 50, 40, 60, "plain", "50"),), ())),
)


def typst(document):
    pytest.importorskip("typst")
    return render_typst(document, PLAIN_THEME)


RENDERERS = {"html": render_html, "word": render_docx, "typst": typst}


@dataclass(frozen=True)
class StrangeBlock:
    """A block no renderer was told of."""


@pytest.fixture(scope="module")
def with_block(small):
    from advisor.interview.answer_files import parse_answers

    document = build_document(
        assess(parse_answers(b"wish: 5", "firm.yaml", small), small, date(2026, 1, 5)), "en", "evidence"
    )
    return lambda block: replace(document, chapters=(Chapter("only", "The only one", (block,)),))


def test_each_kind_of_block_has_an_example_here():
    assert {type(block) for block in BLOCKS} == {*get_args(Block), Heading}


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_of_every_kind_is_drawn(name, block, with_block):
    drawn = RENDERERS[name]
    assert drawn(with_block(block)) != drawn(replace(with_block(block), chapters=(Chapter("only", "The only one", ()),)))


@pytest.mark.parametrize("name", RENDERERS)
def test_a_block_no_renderer_knows_is_refused_and_not_left_out(name, with_block):
    with pytest.raises(TypeError, match="StrangeBlock"):
        RENDERERS[name](with_block(StrangeBlock()))
