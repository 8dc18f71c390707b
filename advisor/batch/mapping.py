"""What the columns of a table are taken for, proposed as a file that can be corrected, kept and used again."""

from __future__ import annotations

import json

from advisor.interview.firm_table import FirmTable
from advisor.interview.headings import Headings
from advisor.knowledge.model import Knowledge
from advisor.text import Lang, say


def proposed_mapping(table: FirmTable, headings: Headings, knowledge: Knowledge, lang: Lang) -> str:
    """The columns of a table as they were understood, as a mapping to correct: with the question in words beside each, and
    the nearest one beside a column that was not."""
    lines = [f"# {line}" for line in say("batch", "mapping.intro", lang).splitlines()] + ["columns:"]
    nearest_to = {column: key for column, _, key in headings.ignored}
    beside = {column for split in headings.splits.values() for column, _ in split.columns} - headings.keys.keys()
    for column, head in enumerate(table.cells[headings.row]):
        if not head or column in beside or column in headings.unit_columns.values():
            continue
        key, quoted = headings.keys.get(column, ""), json.dumps(head, ensure_ascii=False)
        unit = headings.units[column].written if column in headings.units else ""
        value = _code(key, knowledge)
        if unit:
            value = f"{{question: {value}, unit: {json.dumps(unit, ensure_ascii=False)}}}"
        remark = _words(key or nearest_to.get(column, ""), knowledge, lang)
        maybe = "" if key or not remark else say("batch", "mapping.maybe", lang)
        lines.append(f"  {quoted}: {value}".rstrip() + (f"  # {maybe}{remark}" if remark else ""))
    return "\n".join(lines) + "\n"


def _code(key: str, knowledge: Knowledge) -> str:
    question = knowledge.reading.questions.get(key)
    return question.code if question else key


def _words(key: str, knowledge: Knowledge, lang: Lang) -> str:
    question = knowledge.reading.questions.get(key)
    return f"{question.code} {question.text[lang]}" if question else ""
