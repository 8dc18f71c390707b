"""The firms for which every statement has to hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.panel.reading import read_panel
from tests.random_firms import random_firm, random_value

PANEL = Path(__file__).parents[1] / "panel"
RANDOM = 300


@pytest.fixture(scope="session")
def everyone(knowledge: Knowledge, firms: dict[str, Answers]) -> list[Answers]:
    """Samples, panel, and random firms: half of them full, half with any share of answers."""
    draw = random.Random(27)
    asked = [name for name in knowledge.questions if not knowledge.facts[name].type.free]
    full = [
        Answers({name: Answer("known", random_value(knowledge.facts[name], draw)) for name in asked})
        for _ in range(RANDOM // 2)
    ]
    judged = [firm.answers for firm in read_panel(PANEL, knowledge)]
    return [*firms.values(), *judged, *full, *(random_firm(knowledge, draw) for _ in range(RANDOM // 2))]
