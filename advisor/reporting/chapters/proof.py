"""The chapter on how the verdict follows, as an outline."""

from __future__ import annotations

from advisor.insight.proof import Node
from advisor.insight.why import why
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Branch,
    Chapter,
    Line,
    Outline,
    Paragraph,
)

PROOF_DEPTH = 3


def proof_chapter(words: ReportWording) -> Chapter:
    """How the verdict follows: from the verdict through scores and findings to rules and answers, as an outline."""
    proof = why(words.assessment)
    outline = Outline((outline_branch(words, proof, PROOF_DEPTH),))
    return Chapter("proof", words("proof.title"), (Paragraph(Line(words("proof.intro"))), outline), page=True)


def outline_branch(words: ReportWording, node: Node, depth: int) -> Branch:
    """A statement with what it follows from; its sources stand behind it rather than under it."""
    cites = tuple(child.id for child in node.children if child.kind == "source")
    aside = _rule_note(words, node) if node.kind == "rule" else ""
    below = [child for child in node.children if child.kind not in ("source", "answer")] if depth > 1 else []
    line = Line(words.of(node.text), words.cite(*cites), (), aside)
    return Branch(line, tuple(outline_branch(words, child, depth - 1) for child in below))


def _rule_note(words: ReportWording, node: Node) -> str:
    answers = words("list").join(words.of(child.text) for child in node.children if child.kind == "answer")
    return words("proof.rule", rule=node.id, answers=answers) if answers else words("proof.rule_alone", rule=node.id)
