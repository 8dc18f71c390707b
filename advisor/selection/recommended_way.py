"""The way of running a system that is recommended: one that a listed product has, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import CandidateItem, OptionItem, OutcomeItem
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.questions_behind import STATED_WAY
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.selection.ranking import leading_pairs
from advisor.text import Text

phrase = phrases("selection")

BURDEN: tuple[Deployment, ...] = ("hosted", "private_cloud", "on_premise", "open_source", "custom")
"""Ways of running a system by how much of it falls to the firm's own people."""
ASKED = 2
"""So many of the questions that could change the way are named."""
LEVEL = 5.0
"""Ways fewer points apart than this count as level when they are named."""


def recommended_way(
    outcome: OutcomeItem, options: Sequence[OptionItem], items: Sequence[CandidateItem], scheme: SelectionScheme
) -> tuple[Deployment | None, Text | None]:
    """The way of the leading pairs, with a note where another way has more points; none, with the reason, where too little
    is known or no product is left."""
    if outcome.name == "answers_first":
        return None, phrase("way.answers_first")
    points = {option.id: option.points for option in options if option.group == "deployment" and option.state != "ruled_out"}
    named = [item for item in items if item.product in outcome.products and item.rank is not None]
    leading = leading_pairs(named or items, scheme.top)
    if not leading:
        return None, phrase("way.no_product")
    level = [item for item in leading if item.way and (leading[0].total or 0.0) - (item.total or 0.0) < scheme.near_tie]
    ways = dict.fromkeys(item.way for item in level if item.way)
    if not ways:
        return None, phrase("way.unknown")
    way = max(ways, key=lambda name: (points.get(name, 0.0), -BURDEN.index(name)))
    best = max((name for name in BURDEN if name in points), key=lambda name: points[name], default=way)
    if points.get(best, 0.0) - points.get(way, 0.0) < scheme.near_tie:
        return way, None
    named_ways = {option.id: option.title for option in options if option.group == "deployment"}
    titles = {"way": named_ways.get(way, value_label("way", way)), "best": named_ways[best]}
    figures = {"points": f"{points.get(way, 0.0):.0f}", "more": f"{points[best]:.0f}"}
    offered = any(item.way == best for item in items if item.rank is not None)
    return way, phrase("way.behind" if offered else "way.not_offered", **titles, **figures)


class DoubtedWay(NamedTuple):
    """The way recommended, the way most likely to take its place, and the codes of the questions that would tell."""

    chosen: OptionItem
    rival: OptionItem
    codes: tuple[str, ...]


def doubted_way(assessment: Assessment) -> DoubtedWay | None:
    """Whether missing answers could still change the way recommended; None where none is, or none could.

    They could where an answer might yet rule it out, or lift another way over the least it may have.
    """
    ways = _ways(assessment)
    chosen = ways.pop((assessment.selection and assessment.selection.recommended_way) or "", None)
    if chosen is None:
        return None
    rivals = sorted((way for way in ways.values() if way.state != "ruled_out"), key=lambda way: -way.points)
    over = [way for way in rivals if way.high > chosen.low]
    codes = dict.fromkeys((*chosen.hard_open, *chosen.open, *(code for way in over for code in way.open)))
    if not rivals or not codes or not (over or chosen.hard_open):
        return None
    asked = {item.code for item in assessment.answers}
    return DoubtedWay(chosen, (over or rivals)[0], tuple(code for code in codes if code in asked)[:ASKED])


def provisional_way(assessment: Assessment) -> Text | None:
    """That missing answers could still change the way recommended, and which; None where none could."""
    doubt = doubted_way(assessment)
    if doubt is None:
        return None
    texts = {item.code: item.text for item in assessment.answers}
    asked = [quoted(texts[code]) for code in doubt.codes]
    questions = phrase("way.decided_by", questions=joined(asked) if asked else phrase("all_open"))
    return sentences([provisional_points(doubt), questions])


def provisional_points(doubt: DoubtedWay) -> Text:
    """The points of a way in doubt beside those of its rival."""
    return phrase(
        "way.provisional",
        way=doubt.chosen.title,
        points=f"{doubt.chosen.points:.0f}",
        other=doubt.rival.title,
        others=f"{doubt.rival.points:.0f}",
    )


def ways_level_with(assessment: Assessment) -> tuple[OptionItem, ...]:
    """The ways open to the firm whose points are within :data:`LEVEL` of those of the way recommended, that one first."""
    ways = _ways(assessment)
    chosen = ways.get((assessment.selection and assessment.selection.recommended_way) or "")
    if chosen is None:
        return ()
    level = [way for way in ways.values() if way.state != "ruled_out" and abs(way.points - chosen.points) < LEVEL]
    return tuple(sorted(level, key=lambda way: (way is not chosen, -way.points)))


def unmet_wish(assessment: Assessment) -> OptionItem | None:
    """The way the firm said it favours, where another is recommended."""
    wish = next((item.value for item in assessment.answers if item.question == STATED_WAY), None)
    recommended = assessment.selection and assessment.selection.recommended_way
    return _ways(assessment).get(str(wish)) if recommended and wish != recommended else None


def _ways(assessment: Assessment) -> dict[str, OptionItem]:
    options = assessment.selection.options if assessment.selection else ()
    return {option.id: option for option in options if option.group == "deployment"}
