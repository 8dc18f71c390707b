"""How a table is to be read where its reader is told so: its sheet, its encoding, and what its heads stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from advisor import yaml_source
from advisor.errors import NOTHING_NEAR, Place, Problem, ProblemsError, nearest, shortened
from advisor.files import read_file
from advisor.interview.headings import MappedHead
from advisor.knowledge.model import Knowledge


@dataclass(frozen=True)
class TableOptions:
    """The sheet of a workbook, the encoding of a CSV, and what some heads stand for; empty for what the file itself says."""

    sheet: str = ""
    encoding: str = ""
    mapping: Mapping[str, MappedHead] | None = None


AS_IT_IS = TableOptions()
"""Nothing is told of a table beside what it says itself."""


def read_mapping(path: Path, knowledge: Knowledge) -> dict[str, MappedHead]:
    """What each head stands for, from a file. Raises :class:`~advisor.errors.ProblemsError` with every mistake."""
    return parse_mapping(read_file(path), str(path), knowledge)


def parse_mapping(content: bytes, name: str, knowledge: Knowledge) -> dict[str, MappedHead]:
    """What each head stands for: a question's code or id, or what it says of the firm, with a unit perhaps; nothing for a
    column to leave out. ``name`` is what mistakes call the file."""
    raw = yaml_source.parse_bytes(content, name)
    columns = raw.get("columns") if isinstance(raw, Mapping) else None
    if not isinstance(columns, Mapping):
        raise ProblemsError([Problem("B111", Place(name, 1))])
    found, problems, known = dict[str, MappedHead](), list[Problem](), _keys(knowledge)
    for head, said in columns.items():
        entry = said if isinstance(said, Mapping) else {"question": said}
        key, unit = str(entry.get("question") or ""), str(entry.get("unit") or "")
        if key and key not in known:
            place = Place(name, *yaml_source.locate(raw, ("columns", head)))
            values: dict[str, object] = {"head": shortened(head), "key": shortened(key)}
            problems.append(Problem("B112", place, values | {"nearest": nearest(key, known) or NOTHING_NEAR}))
        found[str(head)] = MappedHead(key, unit)
    if problems:
        raise ProblemsError(problems)
    return found


def _keys(knowledge: Knowledge) -> list[str]:
    reading = knowledge.reading
    return [*reading.questions, *reading.codes, "firm.name", "firm.about", "firm.id"]
