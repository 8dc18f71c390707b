"""Tables of answers read back, from one sheet or many: every row brought to its question, with the cell it stands in.

A sheet counts where one of its first rows heads a column of codes and one of answers, in either language; rows without an
answer are passed over, and so are sheets of the user's own. A question of which several answers may be chosen stands in one
cell, or in a row for each option beneath the question's own, with ``yes`` beside what is chosen; a question answered in free
lines in one cell, or in several rows of the same code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from advisor.errors import Place, Problem
from advisor.interview.annotations import TYPED
from advisor.interview.answer_table_heads import HEADS, NEEDED, FormHeads, form_heads
from advisor.interview.answer_table_writer import FIRM_FIELDS
from advisor.interview.cell_units import in_unit_beside, visible
from advisor.interview.firm_table import TableNote
from advisor.interview.form_units import FormUnits
from advisor.interview.headings import MappedHead
from advisor.interview.one_firm_table import firm_in_tables
from advisor.interview.reading_notes import beside_nothing, own_sheets
from advisor.interview.row_groups import FAULTS_OF_CELLS, LONGEST, Gathered, Gathering, Row, named
from advisor.interview.table_shape import names_questions
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, Text, normalized, say
from advisor.workbooks import WorkbookSheet

LARGEST = 2_000_000
"""Bytes a workbook with a firm's answers may unpack to; one with every question and answer takes two fifths of it."""
LOST = 3
"""A sheet without heads that holds this many codes of questions is taken for a form that lost them."""
_LEAD = re.compile(r"^\s*(?:备注|注|说明|note|remark|comment)\s*[:：]\s*", re.IGNORECASE)
"""How a remark in a column without a head may begin."""


def gathered(
    sheets: Sequence[WorkbookSheet], name: str, knowledge: Knowledge, mapping: Mapping[str, MappedHead] | None = None
) -> tuple[Gathered, list[Problem], list[Problem]]:
    """What stands in ``sheets`` as a mapping that answers are read from, what is wrong with the shape of the tables, and
    notes on what was left aside; ``name`` is what they call the file, ``mapping`` says what
    heads that are questions stand for."""
    gathering = Gathering(name, knowledge)
    heads = [form_heads(sheet.rows, knowledge) for sheet in sheets]
    if not any(heads) and (gathered_firm := firm_in_tables(sheets, name, gathering, knowledge, mapping)):
        return (*gathered_firm, gathering.notes)
    if not any(heads):
        gathering.complain(_no_heads(sheets[0], name) if sheets else Problem("A121", Place(name, 1)))
    known: dict[tuple[str, str, str], str] = {}
    gathering.notes += _told_of_sheets(sheets, heads, name, knowledge)
    for sheet, found in zip(sheets, heads, strict=True):
        if found:
            again = list[Place]()
            for row in _rows(sheet, found, name, gathering):
                first = known.setdefault((row.key, row.question, row.value), sheet.name)
                if first == sheet.name:
                    gathering.take(row)
                else:  # a backup of another sheet says nothing new
                    again.append(row.place)
            if again:
                gathering.notes.append(Problem("A186", again[0], {"count": len(again), "sheet": sheet.name}, "note"))
            _comments(sheet, found, name, gathering)
        elif any(heads) and _lost_its_heads(sheet, knowledge):
            gathering.complain(_no_heads(sheet, name))
    gathering.finish()
    return gathering.raw, gathering.problems, gathering.notes


def _told_of_sheets(
    sheets: Sequence[WorkbookSheet], heads: Sequence[object], name: str, knowledge: Knowledge
) -> Iterator[Problem]:
    """Hidden sheets with answers, which are read, and sheets that have questions as heads beside those that have answers in
    rows, which are not."""
    read = next((sheet.name for sheet, found in zip(sheets, heads, strict=True) if found), "")
    for sheet, found in zip(sheets, heads, strict=True):
        if found and sheet.hidden:
            yield TableNote("note.hidden_read", {"name": sheet.name}).problem(Place(name, 1, 0, sheet.name))
        elif not found and read and sheet.name not in own_sheets() and names_questions(sheet.rows, knowledge):
            values: dict[str, object] = {"name": read, "names": sheet.name}
            yield TableNote("note.sheets_alone", values).problem(Place(name, 1, 0, sheet.name))


def _no_heads(sheet: WorkbookSheet, name: str) -> Problem:
    first = {normalized(cell) for row in sheet.rows[:1] for cell in row if len(cell) <= LONGEST}
    missing = ", ".join(head for head in NEEDED if first.isdisjoint(named(head)))
    columns = {lang: ", ".join(say("interview", f"table.{head}", lang) for head in NEEDED) for lang in LANGS}
    return Problem("A121", Place(name, 1, 0, sheet.name), {"missing": missing, "columns": Text(**columns)})


def _lost_its_heads(sheet: WorkbookSheet, knowledge: Knowledge) -> bool:
    """Whether codes of questions head rows of a sheet: its answers are not passed over in silence."""
    return len({row[0] for row in sheet.rows if row and row[0] in knowledge.codes}) >= LOST


def _beside(row: Sequence[str], heads: FormHeads) -> Iterator[tuple[str, str, int]]:
    """What stands beside the answer of a row, and in which column: in columns of its own, and as a remark in those without
    a head."""
    for part in TYPED:
        at = heads.columns.get(part, len(row))
        if at < len(row) and row[at]:
            yield part, row[at], at + 1
    for at in (*heads.nameless, *range(len(heads.cells), len(row))):
        if at < len(row) and row[at]:
            yield "note", _LEAD.sub("", row[at]), at + 1


def _comments(sheet: WorkbookSheet, heads: FormHeads, name: str, gathering: Gathering) -> None:
    """Comments on cells: each goes to the question of its row, or is told."""
    code = heads.columns["code"]
    for (line, at), comment in sorted(sheet.comments.items()):
        row = sheet.rows[line - 1] if heads.row < line <= len(sheet.rows) else []
        key, place = row[code] if code < len(row) else "", Place(name, line, at, sheet.name)
        if not gathering.annotate(key, "note", comment.text, place):
            gathering.notes.append(beside_nothing(comment.text, place))
        elif comment.author:
            gathering.annotate(key, "by", comment.author, place)


def _rows(sheet: WorkbookSheet, heads: FormHeads, name: str, gathering: Gathering) -> Iterator[Row]:
    code, question, answer, beside = (heads.columns.get(head, -1) for head in HEADS)
    units, unused = FormUnits(sheet.rows, heads, gathering.knowledge), dict[int, None]()
    for line, row in enumerate(sheet.rows[heads.row :], heads.row + 1):
        key, value, asked, unit = (row[at] if 0 <= at < len(row) else "" for at in (code, answer, question, beside))
        place = Place(name, line, answer + 1, sheet.name)
        value = visible(value)
        value = in_unit_beside(value, key, unit, gathering.knowledge) if unit else units.read(key, value, asked, line)
        for part, text, at in _beside(row, heads):
            kept = gathering.annotate(key, part, text, Place(name, line, at, sheet.name))
            if not kept and key.partition(".")[0] in FIRM_FIELDS:
                gathering.notes.append(beside_nothing(text, Place(name, line, at, sheet.name)))
        unused |= dict.fromkeys(at for at in heads.unused if key and at < len(row) and row[at])
        fault = sheet.faults.get((line, answer + 1))
        if fault and (key or value):
            gathering.complain(Problem(FAULTS_OF_CELLS[fault], place, {"code": key[:LONGEST], "value": value[:LONGEST]}))
        elif value:
            yield Row(key, asked, value, place)
    gathering.notes += [
        note.problem(Place(name, line, answer + 1 if line > heads.row else 0, sheet.name)) for line, note in units.notes()
    ]
    if unused:
        note = TableNote("note.heads_alone", {"names": ", ".join(heads.cells[at][:40] for at in unused)})
        gathering.notes.append(note.problem(Place(name, heads.row, 0, sheet.name)))
