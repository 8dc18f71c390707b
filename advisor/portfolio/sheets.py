"""What stands on each sheet of the workbook, as cells; nothing here knows of a file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisor.portfolio.entry import Entry
from advisor.portfolio.figures import VERDICTS, Figures, Tally
from advisor.portfolio.groups import KINDS
from advisor.portfolio.lifting import Lift
from advisor.portfolio.rows import beside
from advisor.portfolio.spreads import Spread
from advisor.portfolio.standing import ABILITY, NEED, Place
from advisor.portfolio.words import Words, reach
from advisor.reporting.tones import VERDICT_TONES, Tone

PERCENT, WHOLE = "0%", "0"
RISKS = 5
MOST_LINKS = 60_000
"""A spreadsheet program refuses a sheet with more than 65,530 links; above this paths are written as text."""
MOST_PLACED = 10_000
"""Firms that are each held against the group: twice as many columns as the first sheet has."""
MOST_FILES = 12


@dataclass(frozen=True)
class Cell:
    """A value, how a number is shown, where it leads, and what sets it apart."""

    value: str | float | None
    tone: Tone | None = None
    strong: bool = False
    link: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with its title, a note on how to read it, rows ``above`` its head, and columns with their widths."""

    title: str
    heading: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: Iterable[tuple[Cell, ...]]
    above: tuple[tuple[Cell, ...], ...] = ()
    filtered: bool = False
    frozen: int = 0


def sheets(words: Words, entries: Sequence[Entry], figures: Figures) -> Iterator[Sheet]:
    """Every sheet, in order."""
    yield _firms(words, entries)
    yield _group(words, figures)
    yield _lifts(words, figures)
    yield _places(words, entries, figures)


def _firms(words: Words, entries: Sequence[Entry]) -> Sheet:
    files = list(dict.fromkeys(key for entry in entries for key in entry.files))[:MOST_FILES]
    linked = len(entries) * len(files) <= MOST_LINKS
    widths = {
        "name": 30, "row": 7, "verdict": 20, "certainty": 11, "need": 9, "need_range": 11, "ability": 9, "ability_range": 11,
        "model": 18, "industry": 20, "size": 22, "blockers": 34, "conditions": 44, "risks": 44, "step": 30,
        "answered": 9, "applicable": 11,
    }  # fmt: skip
    columns = [(words(f"column.{name}"), float(width)) for name, width in widths.items()]
    columns += [(words("sheet.report", file=key), 16.0) for key in files]
    note = words("sheet.note.firms", firms=words.firms(len(entries)))
    rows = (_firm(words, entry, files, linked) for entry in entries)
    return Sheet(words("sheet.firms"), words("index.title"), note, tuple(columns), rows, filtered=True, frozen=1)


def _firm(words: Words, entry: Entry, files: Sequence[str], linked: bool) -> tuple[Cell, ...]:
    def listed(names: Iterable[str]) -> Cell:
        return Cell(words("list").join(words.finding(name) for name in names))

    return (
        Cell(words.firm(entry), strong=True),
        Cell(entry.row or None),
        Cell(words.verdict_title(entry.verdict), tone=VERDICT_TONES[entry.verdict]),
        Cell(words(f"certainty.{entry.certainty}")),
        _points(entry.need.points),
        Cell(reach(entry.need)),
        _points(entry.ability.points),
        Cell(reach(entry.ability)),
        Cell(words.model(entry)),
        Cell(words.class_name("industry", entry.industry)),
        Cell(words.class_name("size", entry.size)),
        listed(entry.blockers),
        listed(entry.conditions),
        listed(list(entry.risks)[:RISKS]),
        Cell(words.step(entry)),
        Cell(entry.answered),
        Cell(entry.applicable),
        *(_report(entry, key, linked) for key in files),
    )


def _report(entry: Entry, key: str, linked: bool) -> Cell:
    path = entry.files.get(key, "")
    href = beside(path)
    if not href or not linked:
        return Cell(path if href else "")
    return Cell(path.rsplit("/", 1)[-1], link=href)


def _group(words: Words, figures: Figures) -> Sheet:
    names = ("what", "firms_column", "share", "high", "n", "low", "middle", "top")
    columns = ((words("sheet.part"), 20.0), *((words(f"sheet.{name}"), 46.0 if name == "what" else 13.0) for name in names))
    rows = _group_rows(words, figures)
    return Sheet(words("sheet.group"), words("report.title"), words("sheet.note.group"), columns, rows, filtered=True)


def _group_rows(words: Words, figures: Figures) -> Iterator[tuple[Cell, ...]]:
    n = figures.firms
    for name in VERDICTS:
        count = _count(figures.verdicts[name], n)
        yield Cell(words("sheet.verdicts")), Cell(words.verdict_title(name), tone=VERDICT_TONES[name]), *count
    yield Cell(words("sheet.failed")), Cell(words("sheet.failed")), Cell(figures.failed)
    for part, tallies in (("blockers", figures.blockers), ("conditions", figures.conditions), ("risks", figures.risks)):
        for tally in tallies:
            yield Cell(words(f"sheet.{part}")), Cell(words.finding(tally.id)), *_tally(tally, n, part == "risks")
    for score, spread in figures.spreads.items():
        yield Cell(words("sheet.scores")), Cell(words.score(score)), *_spread(words, spread)
    for kind in KINDS:
        for group in figures.groups[kind]:
            for score, spread in ((NEED, group.need), (ABILITY, group.ability)):
                said = words("titled", title=words.group(kind, group), text=words.score(score))
                yield Cell(words("sheet.groups", kind=words.kind(kind).lower())), Cell(said), *_spread(words, spread)


def _count(k: int, n: int) -> tuple[Cell, Cell]:
    return Cell(k), Cell(k / n if n else None, form=PERCENT)


def _tally(tally: Tally, n: int, graded: bool) -> tuple[Cell, ...]:
    return (*_count(tally.firms, n), Cell(tally.high if graded else None))


def _spread(words: Words, spread: Spread | None) -> tuple[Cell, ...]:
    blank = (Cell(None), Cell(None), Cell(None))
    if spread is None:
        return (*blank, Cell(words("sheet.too_few")))
    return (*blank, Cell(spread.n), _points(spread.low), _points(spread.middle), _points(spread.high))


def _lifts(words: Words, figures: Figures) -> Sheet:
    lifting = figures.lifting
    columns = (
        (words("sheet.part"), 24.0), (words("sheet.order"), 8.0), (words("sheet.step"), 50.0),
        (words("sheet.on_way"), 20.0), (words("sheet.reached"), 24.0), (words("sheet.share"), 10.0),
    )  # fmt: skip

    def rows(part: str, steps: Iterable[Lift], reached: bool) -> Iterator[tuple[Cell, ...]]:
        for place, step in enumerate(steps, 1):
            numbers = (Cell(None), Cell(step.firms)) if reached else (Cell(step.firms), Cell(None))
            share = Cell(step.firms / lifting.found, form=PERCENT)
            yield Cell(words(f"sheet.{part}")), Cell(place), Cell(step.title[words.lang], strong=True), *numbers, share

    both = [*rows("steps", lifting.steps, False), *rows("together", lifting.together, True)]
    note = words("sheet.note.lifts", waiting=lifting.waiting, found=lifting.found)
    return Sheet(words("sheet.lifts"), words("lifts.title"), note, columns, both, filtered=True)


def _places(words: Words, entries: Sequence[Entry], figures: Figures) -> Sheet:
    """Each firm beside the group; the group's own figures stand above the head."""
    spreads = figures.spreads
    columns = [(words("column.name"), 30.0)]
    for score in spreads:
        columns += [(words.score(score), 12.0), (words("column.place", score=words.score(score)), 18.0)]
    above = []
    for name, field in (("n", "n"), ("low", "low"), ("middle", "middle"), ("top", "high")):
        cells = [Cell(words(f"sheet.{name}"), strong=True)]
        for spread in spreads.values():
            value: float | None = getattr(spread, field) if spread else None
            cells += [_points(value), Cell(None if spread else words("sheet.too_few"))]
        above.append(tuple(cells))
    many = len(entries) > MOST_PLACED
    note = words("sheet.too_many", limit=f"{MOST_PLACED:,}") if many else words("sheet.note.places")
    rows = () if many else (_standing(words, entry, figures.benchmark.standing(entry), list(spreads)) for entry in entries)
    title = words("sheet.places")
    return Sheet(title, words("benchmark.title"), note, tuple(columns), rows, tuple(above), filtered=True, frozen=1)


def _standing(words: Words, entry: Entry, places: Sequence[Place], scores: Sequence[str]) -> tuple[Cell, ...]:
    known = {place.score: place for place in places}
    cells = [Cell(words.firm(entry), strong=True)]
    for score in scores:
        place = known.get(score)
        cells.append(_points(place.points if place else None))
        cells.append(Cell(words(f"band.{place.band}") if place and place.band else ""))
    return tuple(cells)


def _points(value: float | None) -> Cell:
    return Cell(None if value is None else round(value, 2), form=WHOLE)
