"""Firms as rows of the index, and what they may be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import quote

from advisor.portfolio.entry import SIZE, Entry
from advisor.portfolio.figures import VERDICTS
from advisor.portfolio.groups import UNTOLD, Kind, class_of
from advisor.portfolio.words import Words, brief, points, reach
from advisor.reporting.tones import VERDICT_TONES, Tone
from advisor.text import LANGS, say

RISKS = 3
FacetName = Kind | Literal["verdict", "risk"]
FACETS: tuple[FacetName, ...] = ("verdict", "model", "industry", "size", "risk")


class Option(NamedTuple):
    """A choice of a filter, and how many firms have it."""

    id: str
    label: str
    firms: int


@dataclass(frozen=True)
class Facet:
    """Something to filter by."""

    name: str
    label: str
    options: tuple[Option, ...]


class Report(NamedTuple):
    """A report of a firm: where it is and what it is called."""

    href: str
    label: str


@dataclass(frozen=True)
class Row:
    """A firm in words, with what it is sorted and filtered by; ``facets`` are numbers of options, not names from outside."""

    name: str
    row: str
    reports: tuple[Report, ...]
    facets: dict[str, str]
    verdict: str
    tone: Tone
    order: int
    certainty: str
    need: str
    need_reach: str
    need_points: str
    ability: str
    ability_reach: str
    ability_points: str
    model: str
    industry: str
    size: str
    size_order: str
    hurdle_count: str
    hurdles: tuple[str, ...]
    weight: int
    risks: tuple[str, ...]
    risk_count: int
    more_risks: str
    step: str


class Rows:
    """The rows of some firms and the filters that fit them."""

    def __init__(self, words: Words, entries: Sequence[Entry]) -> None:
        self.words, self.entries = words, entries
        self.facets = tuple(_facet(words, name, entries) for name in FACETS)
        self._places = {facet.name: {option.id: n for n, option in enumerate(facet.options)} for facet in self.facets}
        fact = words.knowledge.facts.get(SIZE)
        self._sizes = {name: str(place) for place, name in enumerate(fact.values)} if fact else {}

    def __iter__(self) -> Iterator[Row]:
        return (self._row(entry) for entry in self.entries)

    def _row(self, entry: Entry) -> Row:
        words = self.words
        counts = {"blockers": len(entry.blockers), "conditions": len(entry.conditions)}
        hurdles = [words("hurdles.blocker", title=words.finding(name)) for name in entry.blockers]
        return Row(
            name=words.firm(entry),
            row=words("index.row", row=entry.row) if entry.row else "",
            reports=tuple(reports(entry)),
            facets={name: " ".join(str(self._places[name][one]) for one in classes(entry, name)) for name in FACETS},
            verdict=words.verdict_title(entry.verdict),
            tone=VERDICT_TONES[entry.verdict],
            order=VERDICTS.index(entry.verdict),
            certainty=words(f"certainty.{entry.certainty}"),
            need=points(entry.need.points),
            need_reach=reach(entry.need),
            need_points=_sorted_by(entry.need.points),
            ability=points(entry.ability.points),
            ability_reach=reach(entry.ability),
            ability_points=_sorted_by(entry.ability.points),
            model=words.model(entry),
            industry=words.class_name("industry", entry.industry),
            size=brief(words.class_name("size", entry.size)),
            size_order=self._sizes.get(entry.size or "", ""),
            hurdle_count=words("index.hurdles", **counts),
            hurdles=(*hurdles, *(words.finding(name) for name in entry.conditions)),
            weight=100 * counts["blockers"] + counts["conditions"],
            risks=tuple(words.finding(name) for name in list(entry.risks)[:RISKS]),
            risk_count=len(entry.risks),
            more_risks=words("index.more_risks", count=len(entry.risks)) if len(entry.risks) > RISKS else "",
            step=words.step(entry),
        )


def classes(entry: Entry, facet: FacetName) -> tuple[str, ...]:
    """What a firm counts as under a filter."""
    match facet:
        case "risk":
            return tuple(entry.risks)
        case "verdict":
            return (entry.verdict,)
        case _:
            return (class_of(entry, facet),)


def _facet(words: Words, name: FacetName, entries: Sequence[Entry]) -> Facet:
    counts = Counter(one for entry in entries for one in classes(entry, name))
    order = [one for one in VERDICTS if counts[one]] if name == "verdict" else [one for one, _ in counts.most_common()]
    order.sort(key=lambda one: one == UNTOLD)  # firms that did not say come last; the rest stays as it is
    label = words("index.risk") if name == "risk" else words(f"column.{name}")
    return Facet(name, label, tuple(Option(one, _called(words, name, one), counts[one]) for one in order))


def _called(words: Words, facet: FacetName, name: str) -> str:
    match facet:
        case "risk":
            return words.finding(name)
        case "verdict":
            titles: dict[str, str] = {verdict: words.verdict_title(verdict) for verdict in VERDICTS}
            return titles[name]
        case _:
            return words.class_name(facet, name)


def reports(entry: Entry) -> Iterator[Report]:
    """The reports of a firm that lie beside or below the index, and no other."""
    for key, path in entry.files.items():
        if href := beside(path):
            lang, _, form = key.partition(".")
            language = next((known for known in LANGS if known == lang and form), None)
            yield Report(href, f"{say('portfolio', 'index.language', language)} {form.upper()}" if language else key)


def beside(path: str) -> str | None:
    """A path below the folder of the index as an address; None for any that leads elsewhere.

    >>> beside("reports/某厂 1.zh.pdf"), beside("javascript:alert(1)")
    ('reports/%E6%9F%90%E5%8E%82%201.zh.pdf', 'javascript%3Aalert%281%29')
    >>> beside("../x.pdf"), beside("//host/x"), beside("a/..\\\\..\\\\x")
    (None, None, None)
    """
    if not path or path.startswith("/") or ".." in path.replace("\\", "/").split("/"):
        return None
    return quote(path, safe="/", errors="replace")


def _sorted_by(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
