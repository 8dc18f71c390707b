"""Text is measured in one way wherever its room is counted: slides, charts, summaries, typesetting."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.reporting import text_width
from advisor.reporting.text_width import lines_of, measure, pieces, wrap

REPORTING = Path(text_width.__file__).parent


@pytest.mark.parametrize(
    "text", ["as the needs of sales grow", "销售需求增长，客户流失。", "CRM系统 and 客户 data", "a  b", ""]
)
def test_pieces_are_the_text_and_lines_hold_whole_pieces(text: str):
    assert "".join(pieces(text)) == text
    assert lines_of(text, measure(text) or 1) == 1
    assert lines_of(text, 6) >= measure(text) / 6 - 1


def test_words_are_kept_whole_and_no_line_begins_with_a_comma():
    assert lines_of("one two", 5) == 2, "seven letters fill two lines of five, but not one and a half"
    assert lines_of("needs of sales", 7) == 3
    assert wrap("客户资料，分散", 8) == ["客户资", "料，分散"]


def test_nothing_else_counts_how_wide_a_character_is():
    spreadsheets = {"cell_styles.py"}  # their columns have a width of their own
    measuring = {path.name for path in REPORTING.rglob("*.py") if "east_asian_width" in path.read_text("utf-8")}
    assert measuring - spreadsheets == {"text_width.py"}
