from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answers
from advisor.selection import select


@pytest.fixture(scope="session")
def whole(knowledge):
    """The assessment of any sheet of answers, with its selection."""

    def of(answers: Answers, settings=None, by=None, on=None):
        by = by or knowledge
        assessment = assess(answers, by, settings=settings, engine="columns")
        return assessment.model_copy(update={"selection": select(assessment, answers, by, settings, on)})

    return of


@pytest.fixture(scope="session")
def chosen(whole):
    """The selection of any sheet of answers."""
    return lambda *firm, **given: whole(*firm, **given).selection
