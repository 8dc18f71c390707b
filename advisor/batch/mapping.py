"""What the columns of a table stand for, in a file that can be proposed, corrected, kept and used again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from advisor import yaml_source
from advisor.errors import NOTHING_NEAR, Place, Problem, ProblemsError, nearest, shortened
from advisor.files import read_file
from advisor.interview.firm_table import FirmTable
from advisor.interview.headings import Headings, MappedHead
from advisor.knowledge.model import Knowledge
from advisor.text import Lang, say


def read_mapping(path: Path, knowledge: Knowledge) -> dict[str, MappedHead]:
    """What each head stands for: a question's code or id, or what it says of the firm, with a unit perhaps; nothing for a
    column to leave out. Raises :class:`~advisor.errors.ProblemsError` with every mistake."""
    raw = yaml_source.parse_bytes(read_file(path), str(path))
    columns = raw.get("columns") if isinstance(raw, Mapping) else None
    if not isinstance(columns, Mapping):
        raise ProblemsError([Problem("B111", Place(str(path), 1))])
    found, problems, known = dict[str, MappedHead](), list[Problem](), _keys(knowledge)
    for head, said in columns.items():
        entry = said if isinstance(said, Mapping) else {"question": said}
        key, unit = str(entry.get("question") or ""), str(entry.get("unit") or "")
        if key and key not in known:
            place = Place(str(path), *yaml_source.locate(raw, ("columns", head)))
            values: dict[str, object] = {"head": shortened(head), "key": shortened(key)}
            problems.append(Problem("B112", place, values | {"nearest": nearest(key, known) or NOTHING_NEAR}))
        found[str(head)] = MappedHead(key, unit)
    if problems:
        raise ProblemsError(problems)
    return found


def _keys(knowledge: Knowledge) -> list[str]:
    reading = knowledge.reading
    return [*reading.questions, *reading.codes, "firm.name", "firm.about", "firm.id"]


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
