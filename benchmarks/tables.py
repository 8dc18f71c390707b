"""How long a workbook of very many firms takes to read: its cells, its heads, and which rows are firms.

Run with ``./run bench tables``; processor time and the most memory used.
"""

from __future__ import annotations

import gc
import random
import resource
import tempfile
import time
import zipfile
from pathlib import Path

from advisor.batch.readers import firm_table
from advisor.cli.main import GC_THRESHOLDS
from advisor.interview.column_units import unit_notes
from advisor.interview.row_kinds import RowSorter, RowsTold
from advisor.interview.table_options import TableOptions
from advisor.knowledge import Knowledge, load_knowledge

ROWS, QUESTIONS, DIFFERENT = 100_000, 57, 500
NAMES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def main() -> None:
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firms.xlsx"
        write(path, knowledge)
        gc.set_threshold(*GC_THRESHOLDS)  # as commands do
        begun = time.process_time()
        table, headings = firm_table(path, knowledge, TableOptions())
        read = time.process_time()
        sorter, told = RowSorter(headings, knowledge), RowsTold()
        for number, row in enumerate(table.cells[headings.row + 1 :], headings.row + 2):
            kind, label = sorter.kind(row)
            told.firm(number, sorter.name(row), sorter.said(row)) if kind == "firm" else told.set_aside(kind, number, label)
        notes = [
            *table.notes,
            *headings.notes(),
            *unit_notes(headings, table.cells[headings.row :][:200], knowledge),
            *told.notes(),
        ]
        done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{ROWS:,} rows of {QUESTIONS + 1} columns: cells {read - begun:.1f} s, rows sorted {done - read:.1f} s, {memory} MB"
    )
    print("\n".join(note.message("en")[:120] for note in notes))


def write(path: Path, knowledge: Knowledge) -> None:
    """A workbook as programs write them: texts shared, numbers in the cells, a budget in 万元."""
    draw = random.Random(1)
    questions = list(knowledge.edition_questions("quick"))[:QUESTIONS]
    rows = [[cell(knowledge, question.id, draw) for question in questions] for _ in range(DIFFERENT)]
    heads = ["企业名称", *(f"{q.code} {q.text.zh}{'（万元）' if q.type == 'money' else ''}" for q in questions)]
    shared: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        book = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{book}</Relationships>')
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{NAMES}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        targets = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{NAMES}"><sheetData>'.encode())
            part.write(line(1, heads, shared))
            for number in range(ROWS):
                part.write(line(number + 2, [f"企业{number}", *rows[number % DIFFERENT]], shared))
            part.write(b"</sheetData></worksheet>")
        texts = "".join(f"<si><t>{text.replace('&', '&amp;').replace('<', '&lt;')}</t></si>" for text in shared)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{NAMES}">{texts}</sst>')


def line(number: int, cells: list[str | int], shared: dict[str, int]) -> bytes:
    from openpyxl.utils import get_column_letter

    parts = []
    for column, value in enumerate(cells, 1):
        kind, stored = ("", value) if isinstance(value, int) else (' t="s"', shared.setdefault(value, len(shared)))
        parts.append(f'<c r="{get_column_letter(column)}{number}"{kind}><v>{stored}</v></c>')
    return f'<row r="{number}">{"".join(parts)}</row>'.encode()


def cell(knowledge: Knowledge, name: str, draw: random.Random) -> str | int:
    """An answer as a table may hold it."""
    fact, question = knowledge.facts[name], knowledge.questions[name]
    if fact.values:
        option = draw.choice(list(fact.values))
        return int(option) if question.type == "scale" else fact.values[option].zh
    return draw.choice([1, 5, 20, 37, 60, 88]) if question.answer_type.numeric else "—"


if __name__ == "__main__":
    main()
