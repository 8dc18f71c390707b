from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answers
from advisor.selection import select


@pytest.fixture(scope="session")
def chosen(knowledge):
    """The selection of any sheet of answers."""

    def of(answers: Answers, settings=None, by=None, on=None):
        by = by or knowledge
        return select(assess(answers, by), answers, by, settings, on)

    return of
