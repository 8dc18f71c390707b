"""Workbooks of a few thousand bytes that would take minutes, or more memory than there is: read or refused at once."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.tables.test_files import flat

READ = "import pathlib, sys; from advisor.batch.table_reader import read_firm_table as read; read(pathlib.Path(sys.argv[1]))"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REFUSED = "advisor.errors.ProblemsError"
FIRMS = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>120</v></c></row>'


def changed(part: str, what: str, to: str, shared: str = "甲厂") -> bytes:
    """A small workbook with a word in one of its parts replaced, and with one text that cells may share."""
    book, out, saved = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["企业名称", "A2"])
    book.active["A1"].number_format = '0"x"'
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith(part):
                assert what in text
                text = text.replace(what, to, 1)
            new.writestr(name, text)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>')
    return out.getvalue()


def read(path: Path, content: bytes, most: int = 4_000_000_000) -> str:
    """The last line that a process of its own says, which may take half a minute and some gigabytes."""
    path.write_bytes(content)
    limits = (most, most)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        timeout=30,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limits),
    )
    assert done.returncode in (0, 1), done.stderr[-300:]
    return done.stderr.decode().strip().rpartition("\n")[2].partition(":")[0]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("<mergeCell " * 150_000, id="tags without an end"),
        pytest.param('<row r="3">' + '<c r="B3"><f>1</f>' * 100_000 + "</row>", id="cells without an end"),
        pytest.param('<row r="3">' + '<c r="B3">' + "<v " * 200_000 + "</row>", id="values without an end"),
    ],
)
def test_a_sheet_that_does_not_end_what_it_begins_is_read_or_refused_at_once(tmp_path, rows):
    read(tmp_path / "x.xlsx", changed("sheet1.xml", "</sheetData>", f"{rows}</sheetData>"))


def test_a_sheet_whose_rows_are_formatted_far_beyond_its_firms_is_read(tmp_path):
    blank = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(3, 90_000))
    assert read(tmp_path / "x.xlsx", changed("sheet1.xml", "</sheetData>", f"{FIRMS}{blank}</sheetData>")) == ""


@pytest.mark.parametrize(("long", "cells"), [(1_000_000, 10_000), (30_000, 300_000)])
def test_a_long_text_in_very_many_cells_is_refused_before_it_is_copied(tmp_path, long, cells):
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ") + "</row>"
        for row in range(3, cells // 10)
    )
    content = changed("sheet1.xml", "</sheetData>", f"{rows}</sheetData>", "x" * long)
    assert read(tmp_path / "x.xlsx", content) == REFUSED


def test_a_number_format_of_any_length_takes_no_time(tmp_path):
    content = changed("styles.xml", 'formatCode="0&quot;x&quot;"', f'formatCode="{"[" * 200_000}"')
    assert read(tmp_path / "x.xlsx", content) == REFUSED


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(f"<table:table-row>{'<table:table-cell/>' * 3_000_000}</table:table-row>", REFUSED, id="one row"),
        pytest.param(f"<table:table-row>{'<table:table-cell/>' * 100}</table:table-row>" * 15_000, "", id="many rows"),
        pytest.param(
            '<table:table-row><table:table-cell><text:p>a<text:s text:c="9000000000"/>b</text:p></table:table-cell>'
            "</table:table-row>",
            "",
            id="one text",
        ),
    ],
)
def test_an_open_document_with_millions_of_cells_or_blanks_is_read_or_refused_at_once(tmp_path, rows, said):
    firm = '<table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", flat(f"{firm}</table:table-row>{rows}", "document-content"))
    assert read(tmp_path / "x.ods", out.getvalue(), 1_500_000_000) == said
