"""A client's own base for Word and master for slides: taken where they have what is needed, refused by name where not."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Inches

from advisor.assessment import assess
from advisor.errors import ProblemsError
from advisor.interview.answer_files import parse_answers
from advisor.reporting import build_document
from advisor.reporting.slides import render_pptx
from advisor.reporting.theme import read_theme
from advisor.reporting.word import render_docx

THEME = "name: {zh: 甲, en: A}\n"


def base(without: str = "") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("what stands in the base")
    document.sections[0].header.paragraphs[0].text = "Example head"
    if without:
        document.styles[without].delete()
    document.save(out)
    return out.getvalue()


def master(wide: bool = True, layouts: int = 11) -> bytes:
    presentation, out = pptx.Presentation(), io.BytesIO()
    if wide:
        presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for layout in list(presentation.slide_layouts)[layouts:]:
        presentation.slide_layouts.remove(layout)
    presentation.slides.add_slide(presentation.slide_layouts[0])
    presentation.save(out)
    return out.getvalue()


def told(folder: Path, line: str, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    (folder / "theme.yaml").write_text(f"{THEME}{line}: {name}\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_theme(folder / "theme.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == ("T111", 2)
    return problem.message("en")


def test_what_a_base_or_a_master_lacks_is_named(tmp_path):
    assert "it lacks the style 'Caption'" in told(tmp_path, "word", "base.docx", base(without="Caption"))
    assert "it lacks slides of 16:9" in told(tmp_path, "slides", "m.pptx", master(wide=False))
    lacking = told(tmp_path, "slides", "m.pptx", master(layouts=1))
    assert "a title and nothing else to fill in" in lacking and "subtitle" not in lacking


@pytest.mark.parametrize("content", [b"", b"PK no zip", base()], ids=["empty", "no zip", "Word"])
def test_what_is_no_presentation_is_refused(tmp_path, content):
    assert "broken or of another kind" in told(tmp_path, "slides", "m.pptx", content)


def test_reports_take_the_base_and_the_master_and_leave_out_what_stood_in_them(tmp_path, small):
    (tmp_path / "base.docx").write_bytes(base())
    (tmp_path / "m.pptx").write_bytes(master())
    (tmp_path / "theme.yaml").write_text(f"{THEME}word: base.docx\nslides: m.pptx\n", "utf-8")
    theme = read_theme(tmp_path / "theme.yaml")
    made = assess(parse_answers(b"wish: 5", "firm.yaml", small), small, date(2026, 1, 5))
    document = build_document(made, "en", "evidence")
    content = render_docx(document, theme)
    opened = docx.Document(io.BytesIO(content))
    assert opened.sections[0].header.paragraphs[0].text == "Example head"
    assert not any("stands in the base" in paragraph.text for paragraph in opened.paragraphs)
    slides = render_pptx(document, theme)
    assert len(pptx.Presentation(io.BytesIO(slides)).slides) > 1
    assert (content, slides) == (render_docx(document, theme), render_pptx(document, theme))
