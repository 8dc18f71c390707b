"""Tables from outside: what programs write is read, and what is meant to harm is refused before it is opened."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from openpyxl import Workbook

from advisor.errors import ProblemsError
from advisor.tables import MAX_BYTES, escape_formula, read_table


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A workbook with some of its parts replaced: ``xl_workbook_xml`` for ``xl/workbook.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return out.getvalue()


def code(content: bytes, name: str, most: int = 50_000_000) -> str:
    with pytest.raises(ProblemsError) as caught:
        read_table(content, name, most)
    return caught.value.problems[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_as_spreadsheets_write_it(encoding: str, mark: str):
    content = f'编号{mark}答案\r\nA1{mark}"机床, 三轴"\r\n'.encode(encoding)
    assert read_table(content, "t.CSV") == [["编号", "答案"], ["A1", "机床, 三轴"]]


def test_a_workbook_is_read_as_text():
    import datetime

    content = workbook(["a", 3.0, 2.5, True, None, datetime.datetime(2026, 5, 1)], ["=1+1"])
    assert read_table(content, "t.xlsx")[0] == ["a", "3", "2.5", "yes", "", "2026-05-01"]
    assert read_table(content, "t.xlsx")[1] == []  # nothing is ever calculated, and the file holds no result


def test_a_formula_kept_out_of_a_csv_comes_back_as_it_was():
    assert read_table(f"a\n{escape_formula('=1+1')}\n".encode(), "t.csv") == [["a"], ["=1+1"]]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "t.xlsx", "C110"),
        (b"a,b\n", "t.xlsx", "C110"),
        (workbook(["a"]), "t.csv", "C110"),
        (b"PK\x03\x04junk", "t.xlsx", "C101"),
        (b"a\x00b", "t.csv", "C101"),
        (b"\x8f\x00\x13junk", "t.xlsx", "C101"),
        ("a,b\n".encode("utf-16"), "t.xls", "C110"),
        (b"\xff\xff\xff", "t.csv", "C114"),
        (b'"' + b"x" * 200_000, "t.csv", "C111"),
        (b"a" * (MAX_BYTES + 1), "t.csv", "C109"),
        (b"\n" * 50_002, "t.csv", "C103"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, name: str, expected: str):
    assert code(content, name) == expected


def test_a_packed_bomb_is_not_opened():
    content = repacked(workbook(["a"]), xl_worksheets_sheet1_xml=b"0" * 3_000_000)
    assert len(content) < 20_000
    assert code(content, "t.xlsx", 2_000_000) == "C109"


def test_the_same_part_twice_is_refused():
    out = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<x/>")
    assert code(out.getvalue(), "t.xlsx") == "C109"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]>"
)
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&%s;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE])
def test_entities_are_refused_in_a_sheet(head: bytes):
    name = b"i" if head is LAUGHS else b"a"
    assert code(repacked(workbook(["a"]), xl_worksheets_sheet1_xml=head + SHEET % name), "t.xlsx") == "C101"


@pytest.mark.parametrize("part", ["xl_workbook_xml", "_Content_Types__xml", "xl__rels_workbook_xml_rels", "xl_styles_xml"])
@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE])
def test_entities_give_nothing_away_in_other_parts(part: str, head: bytes):
    content = workbook(["a"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = {n.replace("/", "_").replace(".", "_"): archive.read(n) for n in archive.namelist()}
    names = {"_Content_Types__xml": "[Content_Types]_xml"}
    key = names.get(part, part)
    body = whole[key].split(b"?>", 1)[-1]
    name = b"&i;" if head is LAUGHS else b"&a;"
    changed = body.replace(b'"Sheet"', b'"%s"' % name, 1) if b'"Sheet"' in body else body
    with contextlib.suppress(ProblemsError):
        assert read_table(repacked(content, **{key: head + changed}), "t.xlsx") == [["a"]]


def test_a_row_far_below_costs_nothing():
    far = SHEET.replace(b'<row r="1"><c r="A1"', b'<row r="1048576"><c r="XFD1048576"') % b"amp"
    assert code(repacked(workbook(["a"]), xl_worksheets_sheet1_xml=far), "t.xlsx") in ("C103", "C101")
