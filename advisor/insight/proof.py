"""A statement of a proof, with what it follows from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.text import Text

NodeKind = Literal[
    "verdict",
    "score",
    "finding",
    "rule",
    "answer",
    "model",
    "source",
    "option",
    "product",
    "reason",
    "cost",
    "step",
    "project",
]


@dataclass(frozen=True)
class Node:
    """One statement of a proof with what it follows from; ``id`` names the rule, finding, score, question or source."""

    kind: NodeKind
    id: str
    text: Text
    children: tuple[Node, ...] = ()
