"""Comments on cells of tables: kept as notes beside answers, never read as part of a cell, and told where on none."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from advisor.batch.readers import read_firms
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import Annotation

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
Cells = list[list[tuple[str, str]]]
"""Rows of cells, each with the comment on it."""
FORM: Cells = [
    [("编号", ""), ("问题", ""), ("答案", "")],
    [("A2", ""), ("", ""), ("120", "HR口径\n含外包")],
    [("H1", ""), ("", ""), ("", "还没定")],
    [("I4", ""), ("", ""), ("ERP\nCRM", "在用")],
]
FIRMS: Cells = [
    [("企业名称", ""), ("A2", "表头的批注"), ("H1", ""), ("I4", "")],
    [("甲", ""), ("120", "HR口径\n含外包"), ("", "还没定"), ("ERP\nCRM", "在用")],
    [("合计", "合计的批注"), ("120", ""), ("", ""), ("", "")],
]
KEPT = {
    "employees": Annotation(note="HR口径\n含外包", by="王敏"),
    "initial_budget": Annotation(note="还没定", by="王敏"),
    "existing_systems": Annotation(note="在用", by="王敏"),
}


def opendocument(rows: Cells, root: str = "document") -> bytes:
    """A flat document with comments as office:annotation, and lines of a cell kept apart by an element."""

    def cell(text: str, comment: str) -> str:
        lines = "".join(f"<text:p><text:span>{escape(line)}</text:span></text:p>" for line in comment.split("\n"))
        said = f"<office:annotation><dc:creator>王敏</dc:creator><dc:date>2026-01-01</dc:date>{lines}</office:annotation>"
        shown = f"<text:p>{escape(text).replace(chr(10), '<text:line-break/>')}</text:p>" if text else ""
        return f'<table:table-cell office:value-type="string">{said if comment else ""}{shown}</table:table-cell>'

    table = "".join(f"<table:table-row>{''.join(cell(*one) for one in row)}</table:table-row>" for row in rows)
    sheet = f'<table:table table:name="S">{table}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    return f'<office:{root} {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">{body}</office:{root}>'.encode()


def packed(rows: Cells) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", opendocument(rows, "document-content"))
    return out.getvalue()


def xlsx(rows: Cells) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for number, row in enumerate(rows, 1):
        for column, (text, comment) in enumerate(row, 1):
            cell = book.active.cell(number, column, text or None)
            cell.comment = Comment(comment, "王敏") if comment else None
    book.save(out)
    return out.getvalue()


MADE = {"fods": opendocument, "ods": packed, "xlsx": xlsx}


@pytest.mark.parametrize("kind", MADE)
def test_comments_in_a_form_are_notes_and_no_part_of_the_answers(knowledge, kind):
    read = parse_answers(MADE[kind](FORM), f"f.{kind}", knowledge)
    assert (read.value("employees"), read.value("existing_systems")) == (120, frozenset({"erp", "crm"}))
    assert read.annotations == KEPT


@pytest.mark.parametrize("kind", MADE)
def test_comments_in_a_table_of_firms_are_notes_and_those_on_no_firm_are_told(tmp_path, knowledge, kind):
    path = tmp_path / f"f.{kind}"
    path.write_bytes(MADE[kind](FIRMS))
    firms = read_firms(path, knowledge)
    (row,) = firms.rows
    assert (row.answers.value("employees"), row.answers.value("existing_systems")) == (120, frozenset({"erp", "crm"}))
    assert row.answers.annotations == KEPT
    (told,) = [note.message("zh") for note in firms.notes if note.key == "note.comments"]
    assert "B1“表头的批注”" in told and "A3“合计的批注”" in told
    alone = parse_answers(path.read_bytes(), path.name, knowledge)
    assert alone.annotations == KEPT and [note.code for note in alone.notes].count("A164") == 2
