"""The sheets of the index workbook as cells, independent of the file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.portfolio.benchmark import ABILITY, NEED, BenchmarkPosition
from advisor.portfolio.common_steps import StepCount
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import VERDICTS, FindingCount, PortfolioFigures
from advisor.portfolio.formats import range_text
from advisor.portfolio.groups import GROUPINGS
from advisor.portfolio.index_rows import relative_href
from advisor.portfolio.quartiles import Quartiles
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.tones import VERDICT_TONES, Tone

PERCENT, WHOLE = "0%", "0"
SHOWN_RISKS = 5
MAX_LINKS = 60_000
"""A spreadsheet program refuses a sheet with more than 65,530 links; above this paths are written as text."""
MAX_BENCHMARKED = 10_000
"""Firms that are each compared with the group, in twice as many columns as the first sheet has."""
MAX_FILES = 12


@dataclass(frozen=True)
class SheetCell:
    """A value, how a number is shown, where it leads, and what sets it apart."""

    value: str | float | None
    tone: Tone | None = None
    strong: bool = False
    link: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class IndexSheet:
    """A table with its title, a note on how to read it, rows ``above`` its head, and columns with their widths."""

    title: str
    heading: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: Iterable[tuple[SheetCell, ...]]
    above: tuple[tuple[SheetCell, ...], ...] = ()
    filtered: bool = False
    frozen: int = 0


def index_sheets(
    words: PortfolioWording, entries: Sequence[PortfolioEntry], figures: PortfolioFigures
) -> Iterator[IndexSheet]:
    """Every sheet, in order."""
    yield _firms_sheet(words, entries)
    yield _group_sheet(words, figures)
    yield _steps_sheet(words, figures)
    yield _benchmark_sheet(words, entries, figures)


def _firms_sheet(words: PortfolioWording, entries: Sequence[PortfolioEntry]) -> IndexSheet:
    files = list(dict.fromkeys(key for entry in entries for key in entry.files))[:MAX_FILES]
    linked = len(entries) * len(files) <= MAX_LINKS
    widths = {
        "name": 30, "row": 7, "verdict": 20, "certainty": 11, "need": 9, "need_range": 11, "ability": 9, "ability_range": 11,
        "model": 18, "industry": 20, "size": 22, "blockers": 34, "conditions": 44, "risks": 44, "step": 30,
        "answered": 9, "applicable": 11, "remarks": 11,
    }  # fmt: skip
    columns = [(words(f"column.{name}"), float(width)) for name, width in widths.items()]
    columns += [(words("sheet.report", file=key), 16.0) for key in files]
    note = words("sheet.note.firms", firms=words.firms(len(entries)))
    rows = (_firm_row(words, entry, files, linked) for entry in entries)
    return IndexSheet(words("sheet.firms"), words("index.title"), note, tuple(columns), rows, filtered=True, frozen=1)


def _firm_row(words: PortfolioWording, entry: PortfolioEntry, files: Sequence[str], linked: bool) -> tuple[SheetCell, ...]:
    def listed(names: Iterable[str]) -> SheetCell:
        return SheetCell(words("list").join(words.finding(name) for name in names))

    return (
        SheetCell(words.firm(entry), strong=True),
        SheetCell(entry.row or None),
        SheetCell(words.verdict_title(entry.verdict), tone=VERDICT_TONES[entry.verdict]),
        SheetCell(words.certainty(entry.certainty)),
        _points_cell(entry.need.points),
        SheetCell(range_text(entry.need)),
        _points_cell(entry.ability.points),
        SheetCell(range_text(entry.ability)),
        SheetCell(words.model(entry)),
        SheetCell(words.class_name("industry", entry.industry)),
        SheetCell(words.class_name("size", entry.size)),
        listed(entry.blockers),
        listed(entry.conditions),
        listed(list(entry.risks)[:SHOWN_RISKS]),
        SheetCell(words.step(entry)),
        SheetCell(entry.answered),
        SheetCell(entry.applicable),
        SheetCell(entry.remarks),
        *(_report_cell(entry, key, linked) for key in files),
    )


def _report_cell(entry: PortfolioEntry, key: str, linked: bool) -> SheetCell:
    path = entry.files.get(key, "")
    href = relative_href(path)
    if not href or not linked:
        return SheetCell(path if href else "")
    return SheetCell(path.rsplit("/", 1)[-1], link=href)


def _group_sheet(words: PortfolioWording, figures: PortfolioFigures) -> IndexSheet:
    names = ("what", "firms_column", "share", "high", "n", "low", "middle", "top")
    columns = ((words("sheet.part"), 20.0), *((words(f"sheet.{name}"), 46.0 if name == "what" else 13.0) for name in names))
    rows = _group_rows(words, figures)
    return IndexSheet(words("sheet.group"), words("report.title"), words("sheet.note.group"), columns, rows, filtered=True)


def _group_rows(words: PortfolioWording, figures: PortfolioFigures) -> Iterator[tuple[SheetCell, ...]]:
    n = figures.firms
    for name in VERDICTS:
        count = _count_cells(figures.verdicts[name], n)
        yield SheetCell(words("sheet.verdicts")), SheetCell(words.verdict_title(name), tone=VERDICT_TONES[name]), *count
    yield SheetCell(words("sheet.failed")), SheetCell(words("sheet.failed")), SheetCell(figures.failed)
    for part, tallies in (("blockers", figures.blockers), ("conditions", figures.conditions), ("risks", figures.risks)):
        for tally in tallies:
            yield (
                SheetCell(words(f"sheet.{part}")),
                SheetCell(words.finding(tally.id)),
                *_finding_cells(tally, n, part == "risks"),
            )
    for score, group_quartiles in figures.quartiles.items():
        yield SheetCell(words("sheet.scores")), SheetCell(words.score(score)), *_quartile_cells(words, group_quartiles)
    for kind in GROUPINGS:
        for group in figures.groups[kind]:
            for score, group_quartiles in ((NEED, group.need), (ABILITY, group.ability)):
                label = words("titled", title=words.group(kind, group), text=words.score(score))
                yield (
                    SheetCell(words("sheet.groups", kind=words.kind(kind).lower())),
                    SheetCell(label),
                    *_quartile_cells(words, group_quartiles),
                )


def _count_cells(k: int, n: int) -> tuple[SheetCell, SheetCell]:
    return SheetCell(k), SheetCell(k / n if n else None, form=PERCENT)


def _finding_cells(tally: FindingCount, n: int, graded: bool) -> tuple[SheetCell, ...]:
    return (*_count_cells(tally.firms, n), SheetCell(tally.high if graded else None))


def _quartile_cells(words: PortfolioWording, group_quartiles: Quartiles | None) -> tuple[SheetCell, ...]:
    blank = (SheetCell(None), SheetCell(None), SheetCell(None))
    if group_quartiles is None:
        return (*blank, SheetCell(words("sheet.too_few")))
    return (
        *blank,
        SheetCell(group_quartiles.n),
        _points_cell(group_quartiles.low),
        _points_cell(group_quartiles.median),
        _points_cell(group_quartiles.high),
    )


def _steps_sheet(words: PortfolioWording, figures: PortfolioFigures) -> IndexSheet:
    common_steps = figures.common_steps
    columns = (
        (words("sheet.part"), 24.0), (words("sheet.order"), 8.0), (words("sheet.step"), 50.0),
        (words("sheet.on_way"), 20.0), (words("sheet.reached"), 24.0), (words("sheet.share"), 10.0),
    )  # fmt: skip

    def rows(part: str, steps: Iterable[StepCount], reached: bool) -> Iterator[tuple[SheetCell, ...]]:
        for number, step in enumerate(steps, 1):
            numbers = (SheetCell(None), SheetCell(step.firms)) if reached else (SheetCell(step.firms), SheetCell(None))
            share = SheetCell(step.firms / common_steps.with_path, form=PERCENT)
            yield (
                SheetCell(words(f"sheet.{part}")),
                SheetCell(number),
                SheetCell(step.title[words.lang], strong=True),
                *numbers,
                share,
            )

    step_rows = [*rows("steps", common_steps.steps, False), *rows("together", common_steps.together, True)]
    note = words("sheet.note.lifts", waiting=common_steps.waiting, found=common_steps.with_path)
    return IndexSheet(words("sheet.lifts"), words("lifts.title"), note, columns, step_rows, filtered=True)


def _benchmark_sheet(words: PortfolioWording, entries: Sequence[PortfolioEntry], figures: PortfolioFigures) -> IndexSheet:
    """Each firm compared with the group, whose own figures stand above the head."""
    quartiles = figures.quartiles
    columns = [(words("column.name"), 30.0)]
    for score in quartiles:
        columns += [(words.score(score), 12.0), (words("column.place", score=words.score(score)), 18.0)]
    above = []
    for name, field in (("n", "n"), ("low", "low"), ("middle", "median"), ("top", "high")):
        cells = [SheetCell(words(f"sheet.{name}"), strong=True)]
        for group_quartiles in quartiles.values():
            value: float | None = getattr(group_quartiles, field) if group_quartiles else None
            cells += [_points_cell(value), SheetCell(None if group_quartiles else words("sheet.too_few"))]
        above.append(tuple(cells))
    too_many = len(entries) > MAX_BENCHMARKED
    note = words("sheet.too_many", limit=f"{MAX_BENCHMARKED:,}") if too_many else words("sheet.note.places")
    rows = (
        ()
        if too_many
        else (_benchmark_row(words, entry, figures.benchmark.positions(entry), list(quartiles)) for entry in entries)
    )
    title = words("sheet.places")
    return IndexSheet(title, words("benchmark.title"), note, tuple(columns), rows, tuple(above), filtered=True, frozen=1)


def _benchmark_row(
    words: PortfolioWording, entry: PortfolioEntry, positions: Sequence[BenchmarkPosition], scores: Sequence[str]
) -> tuple[SheetCell, ...]:
    known = {position.score: position for position in positions}
    cells = [SheetCell(words.firm(entry), strong=True)]
    for score in scores:
        position = known.get(score)
        cells.append(_points_cell(position.points if position else None))
        cells.append(SheetCell(words(f"band.{position.band}") if position and position.band else ""))
    return tuple(cells)


def _points_cell(value: float | None) -> SheetCell:
    return SheetCell(None if value is None else round(value, 2), form=WHOLE)
