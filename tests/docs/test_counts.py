"""Counts of what the knowledge holds are the same in every README and true."""

from __future__ import annotations

import re

import pytest

from advisor.knowledge import Knowledge
from tests.conftest import ROOT

COUNTED = {
    "README.md": {"products": r"(\d+) products", "claims": r"(\d+) (?:numbered )?claims"},
    "README.zh.md": {"products": r"(\d+)个产品", "claims": r"(\d+)条编号论点"},
}


@pytest.mark.parametrize("page", COUNTED)
def test_a_readme_counts_what_there_is(page: str, knowledge: Knowledge):
    """The Chinese one spoke of 76 products when there were 80."""
    text = (ROOT / page).read_text("utf-8")
    for name, pattern in COUNTED[page].items():
        told = {int(number) for number in re.findall(pattern, text)}
        assert told == {len(getattr(knowledge, name))}, name
