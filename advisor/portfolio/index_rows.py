"""Firms as rows of the index, and the facets to filter them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import quote

from advisor.portfolio.entry import SIZE, PortfolioEntry
from advisor.portfolio.figures import VERDICTS
from advisor.portfolio.formats import points_text, range_text, short_label
from advisor.portfolio.groups import UNSTATED, Grouping, class_of
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.tones import VERDICT_TONES, Tone
from advisor.rounding import plain_number
from advisor.text import LANGS, say

SHOWN_RISKS = 3
FacetName = Grouping | Literal["verdict", "risk"]
FACETS: tuple[FacetName, ...] = ("verdict", "model", "industry", "size", "risk")


class FilterOption(NamedTuple):
    """An option of a facet, and how many firms have it."""

    id: str
    label: str
    firms: int


@dataclass(frozen=True)
class Facet:
    """A property to filter firms by."""

    name: str
    label: str
    options: tuple[FilterOption, ...]


class ReportLink(NamedTuple):
    """A report of a firm: where it is and what it is called."""

    href: str
    label: str


@dataclass(frozen=True)
class IndexRow:
    """A firm in words, with its sort keys; ``facets`` holds positions of options, never names from outside."""

    name: str
    row: str
    reports: tuple[ReportLink, ...]
    facets: dict[str, str]
    verdict: str
    tone: Tone
    order: int
    certainty: str
    remarks: str
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


class IndexRows:
    """The rows of some firms and the filters that fit them."""

    def __init__(self, words: PortfolioWording, entries: Sequence[PortfolioEntry]) -> None:
        self.words, self.entries = words, entries
        self.facets = tuple(_facet(words, name, entries) for name in FACETS)
        self._places = {facet.name: {option.id: n for n, option in enumerate(facet.options)} for facet in self.facets}
        fact = words.knowledge.facts.get(SIZE)
        self._sizes = {name: str(place) for place, name in enumerate(fact.values)} if fact else {}

    def __iter__(self) -> Iterator[IndexRow]:
        return (self._row(entry) for entry in self.entries)

    def _row(self, entry: PortfolioEntry) -> IndexRow:
        words = self.words
        counts = {"blockers": len(entry.blockers), "conditions": len(entry.conditions)}
        hurdles = [words("hurdles.blocker", title=words.finding(name)) for name in entry.blockers]
        return IndexRow(
            name=words.firm(entry),
            row=words("index.row", row=entry.row) if entry.row else "",
            reports=tuple(report_links(entry)),
            facets={
                name: " ".join(str(self._places[name][value]) for value in facet_values(entry, name)) for name in FACETS
            },
            verdict=words.verdict_title(entry.verdict),
            tone=VERDICT_TONES[entry.verdict],
            order=VERDICTS.index(entry.verdict),
            certainty=words.certainty(entry.certainty),
            remarks=words("index.remarks", count=entry.remarks) if entry.remarks else "",
            need=points_text(entry.need.points),
            need_reach=range_text(entry.need),
            need_points=_sort_key(entry.need.points),
            ability=points_text(entry.ability.points),
            ability_reach=range_text(entry.ability),
            ability_points=_sort_key(entry.ability.points),
            model=words.model(entry),
            industry=words.class_name("industry", entry.industry),
            size=short_label(words.class_name("size", entry.size)),
            size_order=self._sizes.get(entry.size or "", ""),
            hurdle_count=words("index.hurdles", **counts),
            hurdles=(*hurdles, *(words.finding(name) for name in entry.conditions)),
            weight=100 * counts["blockers"] + counts["conditions"],
            risks=tuple(words.finding(name) for name in list(entry.risks)[:SHOWN_RISKS]),
            risk_count=len(entry.risks),
            more_risks=words("index.more_risks", count=len(entry.risks)) if len(entry.risks) > SHOWN_RISKS else "",
            step=words.step(entry),
        )


def facet_values(entry: PortfolioEntry, facet: FacetName) -> tuple[str, ...]:
    """The values of a firm in a facet."""
    match facet:
        case "risk":
            return tuple(entry.risks)
        case "verdict":
            return (entry.verdict,)
        case _:
            return (class_of(entry, facet),)


def _facet(words: PortfolioWording, name: FacetName, entries: Sequence[PortfolioEntry]) -> Facet:
    counts = Counter(value for entry in entries for value in facet_values(entry, name))
    order = (
        [value for value in VERDICTS if counts[value]] if name == "verdict" else [value for value, _ in counts.most_common()]
    )
    order.sort(key=lambda value: value == UNSTATED)  # firms that did not say come last; the rest stays as it is
    label = words("index.risk") if name == "risk" else words(f"column.{name}")
    return Facet(
        name, label, tuple(FilterOption(value, _option_label(words, name, value), counts[value]) for value in order)
    )


def _option_label(words: PortfolioWording, facet: FacetName, name: str) -> str:
    match facet:
        case "risk":
            return words.finding(name)
        case "verdict":
            titles: dict[str, str] = {verdict: words.verdict_title(verdict) for verdict in VERDICTS}
            return titles[name]
        case _:
            return words.class_name(facet, name)


def report_links(entry: PortfolioEntry) -> Iterator[ReportLink]:
    """The reports of a firm that lie beside or below the index, and no other."""
    for key, path in entry.files.items():
        if href := relative_href(path):
            lang, _, form = key.partition(".")
            language = next((known for known in LANGS if known == lang and form), None)
            yield ReportLink(href, f"{say('portfolio', 'index.language', language)} {form.upper()}" if language else key)


def relative_href(path: str) -> str | None:
    """A path below the folder of the index as an address; None for any that leads elsewhere.

    >>> relative_href("reports/某厂 1.zh.pdf"), relative_href("javascript:alert(1)")
    ('reports/%E6%9F%90%E5%8E%82%201.zh.pdf', 'javascript%3Aalert%281%29')
    >>> relative_href("../x.pdf"), relative_href("//host/x"), relative_href("a/..\\\\..\\\\x")
    (None, None, None)
    """
    if not path or path.startswith("/") or ".." in path.replace("\\", "/").split("/"):
        return None
    return quote(path, safe="/", errors="replace")


def _sort_key(value: float | None) -> str:
    return "" if value is None else plain_number(value)
