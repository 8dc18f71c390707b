"""The feasibility study: every chapter that bodies which approve expect, in their order, with the firm's own facts."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from advisor.insight.full_assessment import assess_fully
from advisor.interview.answer_files import parse_answers
from advisor.reporting import build_document, render
from advisor.reporting.document import Bullets, Table
from advisor.reporting.look import Look
from advisor.text import LANGS

ORDER = [
    "总论",
    "现状与必要性",
    "方案比选",
    "建设方案",
    "投资估算",
    "资金筹措",
    "效益分析",
    "风险分析与对策",
    "实施进度",
    "结论与建议",
]
FIRMS = ("machine_tool_maker", "small_haulier")


@pytest.fixture(scope="module")
def studied(knowledge, firms):
    made = {name: assess_fully(firms[name], knowledge, date(2026, 1, 5)) for name in FIRMS}
    made["nothing known"] = assess_fully(parse_answers(b"G1: 3", "firm.yaml", knowledge), knowledge, date(2026, 1, 5))
    return made


def test_every_chapter_is_there_in_the_order_that_is_expected_whatever_is_known(studied):
    for made in studied.values():
        for lang in LANGS:
            document = build_document(made, lang, "study")
            assert all(chapter.blocks for chapter in document.chapters)
            if lang == "zh":
                assert [chapter.title for chapter in document.chapters] == ORDER


def test_doing_nothing_is_compared_with_every_way_of_running_a_system(studied):
    for name in FIRMS:
        made = studied[name]
        chapter = next(c for c in build_document(made, "en", "study").chapters if c.id == "options")
        table = next(block for block in chapter.blocks if isinstance(block, Table))
        assert table.rows[0][0].line.text == "Doing nothing"
        ways = [option for option in made.selection.options if option.group == "deployment"]
        assert len(table.rows) == 1 + len(made.lighter) + len(ways)
        advised = [row for row in table.rows if row[3].line.text.startswith("Advised")]
        assert bool(advised) == (made.verdict.name in ("feasible", "conditional") or bool(made.lighter))


def test_the_applicant_is_told_in_what_the_firm_said(studied):
    document = build_document(studied["machine_tool_maker"], "zh", "study")
    said = {item.says.zh for item in studied["machine_tool_maker"].answers if item.says}
    first = next(block for block in document.chapters[0].blocks if isinstance(block, Bullets))
    assert first.lines and {line.text for line in first.lines} <= said


def test_in_word_it_has_its_charts_as_pictures_that_are_told_in_words(studied):
    pytest.importorskip("typst")
    content = render(studied["machine_tool_maker"], "docx", "zh", Look("study"))
    opened = docx.Document(io.BytesIO(content))
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(told) >= 4 and all(told)
    headings = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[: len(ORDER)] == ORDER
    assert content == render(studied["machine_tool_maker"], "docx", "zh", Look("study"))
