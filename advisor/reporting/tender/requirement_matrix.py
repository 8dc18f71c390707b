"""The requirement matrix for vendors, a workbook: what is asked for and why, a column to answer in, and points that add up.

The points are the only formulas, all of them ours; everything a firm or a catalogue says is entered as text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import Selection
from advisor.office import reproducible, set_text
from advisor.phrases import phrases
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.source_marks import source_mark
from advisor.text import Lang

phrase = phrases("project")

HEAD = PatternFill("solid", fgColor="1F3A5F")
FIELD = PatternFill("solid", fgColor="FFF8E1")
LINE = Border(bottom=Side(style="thin", color="D5DAE0"))
TOP = Alignment(vertical="top", wrap_text=True)
ANSWERS = ("yes", "add_on", "custom", "build", "no")
POINTS = {"yes": 100, "add_on": 65, "custom": 80, "build": 40, "no": 0}
"""Points of a vendor's answer: our proposal, in the legend for the firm to change."""
SPARE_YEARS = 5
OFFERED_LINES = ("licence_once", "licence", "work", "management", "equipment", "improvement")
"""The lines of money that a vendor is asked to price."""


def requirement_matrix(assessment: Assessment, lang: Lang) -> bytes:
    """The workbook in one language; the same assessment gives the same bytes."""
    assert assessment.selection is not None
    words = ReportWording(assessment, lang)
    book = Workbook()
    _requirements(book.active, words, assessment.selection)
    _conditions(book.create_sheet(), words, assessment.selection)
    _prices(book.create_sheet(), words, assessment.selection)
    _legend(book.create_sheet(), words)
    _sources(book.create_sheet(), words, assessment.selection)
    for sheet in book.worksheets:
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def _head(sheet: Any, words: ReportWording, title: str, columns: Sequence[str], widths: Sequence[int]) -> int:
    """Title, a line on how to fill the sheet in, and the head of the table; returns the row the table begins in."""
    sheet.title = words(f"tender.sheet.{title}")
    set_text(sheet.cell(1, 1), words(f"tender.{title}.title")).font = Font(bold=True, size=14)
    set_text(sheet.cell(2, 1), words(f"tender.{title}.note")).font = Font(italic=True, color="5D6875")
    for column, (name, width) in enumerate(zip(columns, widths, strict=True), 1):
        cell = set_text(sheet.cell(4, column), words(f"tender.column.{name}"))
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), HEAD, TOP
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C5"
    return 5


def _put(sheet: Any, row: int, column: int, value: str | float) -> Any:
    """Enter a value: a text as text, a number as a number."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        set_text(cell, value)
    else:
        cell.value = value
    cell.alignment, cell.border = TOP, LINE
    return cell


def _field(sheet: Any, row: int, column: int, value: float | None = None) -> None:
    """A cell to fill in: left empty, or with a number to change."""
    cell = sheet.cell(row, column)
    cell.value, cell.alignment, cell.border, cell.fill = value, TOP, LINE, FIELD


def _formula(sheet: Any, row: int, column: int, formula: str) -> Any:
    cell = sheet.cell(row, column)
    cell.value, cell.alignment, cell.border = formula, TOP, LINE
    return cell


def _requirements(sheet: Any, words: ReportWording, selection: Selection) -> None:
    columns = ("number", "function", "what", "priority", "weight", "why", "sources", "answer", "effort", "remarks", "points")
    row = first = _head(sheet, words, "requirements", columns, (6, 24, 40, 10, 9, 44, 18, 16, 18, 30, 10))
    functions = {item.id: item for item in words.assessment.functions}
    legend = words("tender.sheet.legend")
    choices = DataValidation(type="list", formula1=f"'{legend}'!$A$5:$A${4 + len(ANSWERS)}", allow_blank=True)
    sheet.add_data_validation(choices)
    for number, wanted in enumerate(selection.wanted, 1):
        item = functions.get(wanted.function)
        why = words.why(item).text if item else words("tender.own_wish")
        cells: tuple[str | float, ...] = (
            number,
            words.of(wanted.title),
            words.of(item.text) if item else "",
            words(f"functions.priority.{wanted.priority}"),
            wanted.weight,
            why,
            " ".join(map(source_mark, item.sources)) if item else "",
        )
        for column, value in enumerate(cells, 1):
            _put(sheet, row, column, value)
        for column in (8, 9, 10):
            _field(sheet, row, column)
        choices.add(sheet.cell(row, 8))
        lookup = f"VLOOKUP(H{row},'{legend}'!$A$5:$B${4 + len(ANSWERS)},2,FALSE)"
        _formula(sheet, row, 11, f'=IF(H{row}="","",E{row}*{lookup}/100)')
        row += 1
    last = row - 1
    if last < first:
        return
    must = words("functions.priority.must")
    missing = words("tender.answer.no")
    for label, formula in (
        ("total", f'=IF(COUNTA(H{first}:H{last})=0,"",ROUND(100*SUM(K{first}:K{last})/SUM(E{first}:E{last}),1))'),
        ("answered", f'=COUNTA(H{first}:H{last})&" / {last - first + 1}"'),
        ("musts_missing", f'=COUNTIFS(D{first}:D{last},"{must}",H{first}:H{last},"{missing}")'),
    ):
        row += 1
        _put(sheet, row, 6, words(f"tender.{label}")).font = Font(bold=True)
        _formula(sheet, row, 11, formula).font = Font(bold=True)


def _conditions(sheet: Any, words: ReportWording, selection: Selection) -> None:
    """Every question the filters leave to vendors, each once, with room for answer and proof."""
    row = _head(sheet, words, "conditions", ("number", "condition", "question", "answer", "proof"), (6, 24, 70, 34, 34))
    questions: dict[str, tuple[str, str]] = {}
    for candidate in selection.candidates:
        for remark in candidate.asks:
            questions.setdefault(remark.filter, (words.of(remark.title), words.of(remark.text)))
    questions |= {f"tender.{i}": (words.of(part.title), words.of(ask)) for i, (part, ask) in enumerate(_asks(selection))}
    for number, (title, question) in enumerate(questions.values(), 1):
        cells: tuple[str | float, ...] = (number, title, question)
        for column, value in enumerate(cells, 1):
            _put(sheet, row, column, value)
        for column in (4, 5):
            _field(sheet, row, column)
        row += 1


def _asks(selection: Selection) -> list[tuple[Any, Any]]:
    return [(part, ask) for part in selection.tender for ask in part.ask]


def _prices(sheet: Any, words: ReportWording, selection: Selection) -> None:
    """The form of the offer: every component by year, with sums; the same for every vendor."""
    years = selection.years
    names = ("component", *(f"year_{n}" for n in range(1, years + 1)), "sum", "remarks")
    row = first = _head(sheet, words, "prices", names, (30, *[14] * years, 14, 40))
    for line in OFFERED_LINES:
        _put(sheet, row, 1, words.of(phrase(f"line.{line}")))
        for column in range(2, years + 2):
            _field(sheet, row, column)
        start, end = get_column_letter(2), get_column_letter(years + 1)
        _formula(sheet, row, years + 2, f"=SUM({start}{row}:{end}{row})")
        _field(sheet, row, years + 3)
        row += 1
    if row > first:
        _put(sheet, row, 1, words("tender.sum")).font = Font(bold=True)
        for column in range(2, years + 3):
            letter = get_column_letter(column)
            _formula(sheet, row, column, f"=SUM({letter}{first}:{letter}{row - 1})").font = Font(bold=True)
    row += 2
    _put(sheet, row, 1, words("tender.also_priced")).font = Font(bold=True)
    for text in selection.forgotten:
        row += 1
        _put(sheet, row, 1, words.of(text))


def _legend(sheet: Any, words: ReportWording) -> None:
    row = _head(sheet, words, "legend", ("answer", "points", "meaning"), (20, 10, 80))
    for name in ANSWERS:
        _put(sheet, row, 1, words(f"tender.answer.{name}"))
        _field(sheet, row, 2, POINTS[name])
        _put(sheet, row, 3, words(f"tender.meaning.{name}"))
        row += 1


def _sources(sheet: Any, words: ReportWording, selection: Selection) -> None:
    row = _head(sheet, words, "sources", ("number", "source", "place", "says"), (10, 44, 30, 80))
    functions = {item.id: item for item in words.assessment.functions}
    cited_names = {
        name for wanted in selection.wanted if wanted.function in functions for name in functions[wanted.function].sources
    }
    for name in sorted(cited_names):
        cited = words.assessment.cited[name]
        for column, value in enumerate((name, words.of(cited.source_title), words.of(cited.where), words.of(cited.text)), 1):
            _put(sheet, row, column, value)
        row += 1
