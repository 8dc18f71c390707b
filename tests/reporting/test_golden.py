"""The whole text of one report in each language. After a change that is meant: UPDATE_GOLDEN=1 ./run test -k golden"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from advisor.assessment import assess
from advisor.insight.examine import examine
from advisor.reporting import build_document
from advisor.reporting.document import (
    Bullets,
    Callout,
    Cards,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    Table,
)

FOLDER = Path(__file__).parents[1] / "golden"


def said(line: Line) -> str:
    marks = "".join(f" ({mark})" for mark in line.marks)
    return line.text + marks + (f" [{' '.join(line.cites)}]" if line.cites else "")


def outlined(branch, depth: int = 0) -> list[str]:
    below = [line for inner in branch.below for line in outlined(inner, depth + 1)]
    return ["  " * depth + "- " + said(branch.line), *below]


def lines_of(block) -> list[str]:
    match block:
        case Heading(text):
            return [f"## {text}"]
        case Paragraph(line, _):
            return [said(line)]
        case Bullets(lines, _):
            return [f"- {said(line)}" for line in lines]
        case Callout(title, lines, _):
            return [f"! {title}", *(f"  {said(line)}" for line in lines)]
        case KeyFigures(figures):
            return [f"= {f.label}: {f.value} ({f.note})" for f in figures]
        case Table(caption=caption, columns=columns, rows=rows):
            cells = ["  " + " | ".join(said(cell.line) for cell in row) for row in rows]
            return [f"| {caption}: {' | '.join(columns)}", *cells]
        case Cards(cards):
            return [
                f"* {c.title} ({c.badge}) " + " ".join(f"{label}: {said(line)}" for label, line in c.fields) for c in cards
            ]
        case Outline(branches):
            return [line for branch in branches for line in outlined(branch)]
        case Chart(title, alternative, _):
            return [f"[{title}] {alternative}"]
    raise AssertionError(block)


def as_text(document: Document) -> str:
    """Every word of the report, a block after the other."""
    out = [document.title, document.firm, document.about, document.date, f"{document.verdict}: {document.sentence}"]
    for chapter in document.chapters:
        out.append(f"\n# {chapter.title}")
        for block in chapter.blocks:
            out += lines_of(block)
    out.append(f"\n# {document.sources_title}")
    for entry in document.sources:
        out.append(f"{entry.detail}: {entry.title}")
        out += [f"  {id} {where}: {text}" for id, where, text in entry.claims]
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_golden_text_of_the_demo_report(lang, knowledge, firms):
    firm = firms["machine_tool_maker"]
    whole = examine(assess(firm, knowledge, date(2026, 11, 23)), firm, knowledge)
    text = as_text(build_document(whole, lang, "evidence"))
    path = FOLDER / f"machine_tool_maker.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
