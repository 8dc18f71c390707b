"""The assessment inside its PDF: there, the same every time, read back; and files that are not what they say."""

from __future__ import annotations

import hashlib
import io
import random
import zlib
from datetime import date

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, NumberObject

from advisor.assessment import Assessment, assess
from advisor.errors import InputError
from advisor.reporting import render
from advisor.reporting.attachment import ATTACHMENT_NAME, read_attachment
from advisor.reporting.look import Look, Theme
from advisor.reporting.weasyprint.fonts import row_differences
from advisor.text import Text

PARAMETERS = DictionaryObject({NameObject("/Predictor"): NumberObject(12), NameObject("/Columns"): NumberObject(12)})
OWNER = Look("summary", Theme(Text(zh="某某咨询", en="Example Consulting")), attach="full")


@pytest.fixture(scope="module")
def assessment(small) -> Assessment:
    from advisor.interview.answer_files import parse_answers

    return assess(parse_answers(b"wish: 5", "firm.yaml", small), small, date(2026, 1, 5))


@pytest.fixture(scope="module")
def pdf(assessment) -> bytes:
    return render(assessment, "pdf", "en", OWNER)


def with_attachment(name: str, content: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(name, content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.slow
def test_what_goes_in_comes_out(pdf, assessment):
    assert read_attachment(pdf, "report.pdf").decode() == assessment.to_json()
    assert Assessment.from_json(read_attachment(pdf, "report.pdf")) == assessment


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes(pdf, assessment):
    assert render(assessment, "pdf", "en", OWNER) == pdf


@pytest.mark.slow
def test_the_file_is_named_as_the_source_and_the_pdf_stays_accessible(pdf):
    root = PdfReader(io.BytesIO(pdf), strict=True).trailer["/Root"]
    (spec,) = (item.get_object() for item in root["/AF"])
    assert (spec["/F"], spec["/UF"], spec["/AFRelationship"]) == (ATTACHMENT_NAME, ATTACHMENT_NAME, "/Source")
    assert spec["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


@pytest.mark.slow
def test_title_author_language_and_bookmarks_are_set(pdf):
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    root = reader.trailer["/Root"]
    assert reader.metadata.title.startswith("CRM assessment: management summary")
    assert reader.metadata.author == "Example Consulting"
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert len(chapters) == len(reader.pages) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read as a PDF"),
        (b"wish: 5", "cannot be read as a PDF"),
        (b"%PDF-1.7\n%%EOF", "cannot be read as a PDF"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "cannot be read as a PDF"),
        (with_attachment("other.json", b"{}"), "carries no assessment"),
    ],
)
def test_a_file_without_an_assessment_is_refused_in_words(content, says):
    with pytest.raises(InputError, match=says):
        read_attachment(content, "report.pdf")


def test_a_locked_pdf_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(ATTACHMENT_NAME, b"{}")
    writer.encrypt("", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="encrypted"):
        read_attachment(out.getvalue(), "report.pdf")


def test_an_attachment_that_unpacks_into_gigabytes_is_refused():
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(1_000_000)) for _ in range(400)) + packed.flush()
    content = with_attachment(ATTACHMENT_NAME, b"@" * len(body)).replace(b"@" * len(body), body)
    content = content.replace(b"/Type /EmbeddedFile", b"/Filter /FlateDecode /Type /EmbeddedFile", 1)
    with pytest.raises(InputError, match=r"cannot be read as a PDF"):
        read_attachment(content, "report.pdf")


@pytest.mark.parametrize(
    "packing",
    [
        {"/Filter": NameObject("/ASCII85Decode")},
        {"/Filter": ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])},
        {"/Filter": NameObject("/FlateDecode"), "/DecodeParms": PARAMETERS},
    ],
    ids=["text", "twice", "predicted"],
)
def test_an_attachment_packed_as_no_report_packs_it_is_refused_and_not_unpacked(packing):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(ATTACHMENT_NAME, b"z" * 40)
    (spec,) = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1:]
    attached = spec.get_object()["/EF"]["/F"].get_object()
    attached.update({NameObject(key): value for key, value in packing.items()})
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="Filter"):
        read_attachment(out.getvalue(), "report.pdf")


def test_a_pdf_that_sends_the_parser_round_is_left_after_a_while(monkeypatch):
    monkeypatch.setattr("advisor.reporting.attachment.MAX_SECONDS", 0.05)
    with pytest.raises(InputError, match="TimeoutError"):
        read_attachment(b"%PDF-1.7\n" + b"startxref\n" * 1_000_000, "report.pdf")


def test_what_the_attachment_holds_is_read_as_an_assessment_or_not_at_all():
    content = read_attachment(with_attachment(ATTACHMENT_NAME, b'{"schema_version": "3"}'), "report.pdf")
    with pytest.raises(InputError):
        Assessment.from_json(content)


def test_an_attachment_whose_bytes_are_not_those_that_were_attached_is_refused(pdf, assessment):
    checksum = hashlib.md5(assessment.to_json().encode(), usedforsecurity=False).hexdigest().encode()
    assert pdf.count(checksum) == 1
    with pytest.raises(InputError, match="CheckSum"):
        read_attachment(pdf.replace(checksum, bytes(reversed(checksum))), "report.pdf")


def test_a_report_carries_the_checksum_of_what_is_attached(pdf, assessment):
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    spec = reader.trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    checksum = spec["/EF"]["/F"].get_object()["/Params"]["/CheckSum"]
    assert checksum.original_bytes == hashlib.md5(assessment.to_json().encode(), usedforsecurity=False).digest()


@pytest.mark.slow
def test_a_broken_report_is_read_whole_or_refused(pdf, assessment):
    chance = random.Random(20260105)
    whole = assessment.to_json().encode()
    for _ in range(150):
        broken = bytearray(pdf)
        for _ in range(chance.choice((1, 8, 200))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        del broken[chance.randrange(len(broken)) :: chance.choice((10**9, 10**9, 1))]
        try:
            assert read_attachment(bytes(broken), "report.pdf") == whole
        except InputError:
            continue


def test_a_font_packed_by_differences_is_read_back_byte_for_byte():
    chance = random.Random(7)
    for length in (0, 1, 11, 12, 13, 5000):
        content = chance.randbytes(length)
        encoded = EncodedStreamObject()
        encoded.update({NameObject("/Filter"): NameObject("/FlateDecode"), NameObject("/DecodeParms"): PARAMETERS})
        encoded._data = zlib.compress(row_differences(content))
        assert encoded.get_data().rstrip(b"\0") == content.rstrip(b"\0")


@pytest.mark.slow
def test_fonts_take_little_room_and_are_whole(pdf):
    fonts = [
        descriptor["/FontFile3"].get_object()
        for page in PdfReader(io.BytesIO(pdf), strict=True).pages
        for font in page["/Resources"]["/Font"].values()
        for descriptor in [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()]
    ]
    assert fonts
    for font in fonts:
        assert len(font._data) < 60_000
        assert TTFont(io.BytesIO(font.get_data()))["maxp"].numGlyphs > 100
