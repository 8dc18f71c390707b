"""The way of running a system that is recommended: the one the project is planned for, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from advisor.assessment.course import STAYING, course_of
from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import CandidateItem, OptionItem, OutcomeItem, PairItem
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.questions_behind import STATED_WAY
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.project.funding import BURDEN
from advisor.selection.candidates import Candidate
from advisor.selection.outcome import BEFORE
from advisor.selection.ways_ahead import SHORT, costs_of, why_better, why_not_planned, why_not_the_best
from advisor.text import Text

phrase = phrases("selection")

ASKED = 2
"""So many of the questions that could change the way are named."""
LEVEL = 5.0
"""Ways fewer points apart than this count as level when they are named."""


def recommended_way(
    assessment: Assessment,
    outcome: OutcomeItem,
    options: Sequence[OptionItem],
    items: Sequence[CandidateItem],
    lead: float,
) -> tuple[Deployment | None, Text | None]:
    """The way the project is planned for, with a note why not another that has more points; none, with the reason, where
    no system is advised or no product that is left is run that way. By ``lead`` points a way has to be ahead of the one that
    money is held against."""
    if outcome.name in BEFORE.values():
        return None, phrase(f"way.{outcome.name}")
    if outcome.name == "own_system" and (course := course_of(assessment)) in STAYING:
        return None, phrase(f"way.own_{course}")
    left = ways_left(_every_pair(items))
    if not any(item.rank is not None for item in items):
        return None, phrase("way.no_product")
    planned = assessment.project.reference if assessment.project else None
    if not left or planned is None or assessment.project is None:
        return None, phrase("way.unknown")
    ways = {option.id: option for option in options if option.group == "deployment"}
    titles = {name: option.title for name, option in ways.items()}
    if planned not in left:
        others = joined([titles.get(way, value_label("way", way)) for way in left])
        costs = costs_of(assessment)
        money = [budget.text for way in left[:1] if way in costs for budget in costs[way].budgets if budget.state in SHORT]
        return None, sentences([phrase("way.none_left", way=titles[planned], ways=others), *money])
    gate = assessment.project.held_against
    if gate in ways and gate != planned:
        next_best = phrase("way.next_best", way=titles[planned], other=titles[gate])
        return planned, why_better(assessment, ways[planned], ways[gate]) if gate in left else next_best
    points = ways[planned].points
    ahead = [way for way in ways.values() if way.state != "ruled_out" and way.points - points >= LEVEL]
    return planned, why_not_planned(assessment, ways[planned], ahead, left, lead) if ahead else None


def why_this_way(assessment: Assessment) -> Text | None:
    """Why the way recommended is not the one with most points, in a sentence; None where it is, or none is recommended."""
    ways = _ways(assessment)
    chosen = ways.get((assessment.selection and assessment.selection.recommended_way) or "")
    if chosen is None or assessment.selection is None:
        return None
    ahead = [way for way in ways.values() if way.state != "ruled_out" and way.points - chosen.points >= LEVEL]
    left = ways_left(_every_pair(assessment.selection.candidates))
    offered = [way for way in ahead if way.id in left] or ahead
    best = max(offered, key=lambda way: way.points, default=None)
    return why_not_the_best(assessment, chosen, best, left, assessment.selection.way_ahead) if best else None


def ways_left(pairs: Iterable[CandidateItem | PairItem | Candidate]) -> tuple[Deployment, ...]:
    """The ways in which some product that is left can be run."""
    left = {pair.way for pair in pairs if pair.way and pair.status != "excluded"}
    return tuple(way for way in BURDEN if way in left)


def ways_with_choice(pairs: Sequence[Candidate]) -> tuple[Deployment, ...]:
    """The ways in which products that nothing speaks against can be run, those alone that leave a choice of two where there
    are such."""
    sound = [pair for pair in pairs if not pair.doubted]
    counts = Counter(pair.way for pair in sound if pair.status != "excluded")
    return ways_left(pair for pair in sound if counts[pair.way] > 1) or ways_left(sound)


def _every_pair(items: Sequence[CandidateItem]) -> Iterator[CandidateItem | PairItem]:
    for item in items:
        yield item
        yield from item.other_ways


class DoubtedWay(NamedTuple):
    """The way recommended, the way most likely to take its place, and the codes of the questions that would tell."""

    chosen: OptionItem
    rival: OptionItem
    codes: tuple[str, ...]


def doubted_way(assessment: Assessment) -> DoubtedWay | None:
    """Whether missing answers could still change the way recommended; None where none is, or none could.

    They could where an answer might yet rule it out, lift another far enough over the least it may have, or leave it no
    longer far enough ahead of the way that money is held against.
    """
    ways = _ways(assessment)
    chosen = ways.pop((assessment.selection and assessment.selection.recommended_way) or "", None)
    if chosen is None or assessment.selection is None:
        return None
    left = ways_left(_every_pair(assessment.selection.candidates))
    rivals = [way for way in ways.values() if way.state != "ruled_out"]
    short = {way for way, item in costs_of(assessment).items() if any(budget.state in SHORT for budget in item.budgets)}
    gate, ahead = assessment.project.held_against if assessment.project else None, assessment.selection.way_ahead

    def may_overtake(way: OptionItem) -> bool:
        """Whether an answer still missing could put a way in the place of the one chosen; one that has more points already
        is kept out by something else."""
        lead = ahead if gate in (None, chosen.id) else -ahead if way.id == gate else LEVEL
        enough = way.high - chosen.low >= lead and way.points < chosen.points + max(lead, 0.0)
        return enough and way.id in left and way.id not in short

    over = [way for way in rivals if may_overtake(way)]
    codes = dict.fromkeys((*chosen.hard_open, *chosen.open, *(code for way in over for code in way.open)))
    if not rivals or not codes or not (over or chosen.hard_open):
        return None
    asked = {item.code for item in assessment.answers}
    spared = [way for way in rivals if not set(way.hard_open) & set(chosen.hard_open)]
    rival = max(over or spared or rivals, key=lambda way: way.points)
    return DoubtedWay(chosen, rival, tuple(code for code in codes if code in asked)[:ASKED])


def provisional_way(assessment: Assessment) -> Text | None:
    """That missing answers could still change the way recommended, and which; None where none could."""
    doubt = doubted_way(assessment)
    if doubt is None:
        return None
    texts = {item.code: item.text for item in assessment.answers}
    asked = [quoted(texts[code]) for code in doubt.codes]
    named = joined(asked) if asked else phrase("all_open")
    if doubt.chosen.points - doubt.rival.points > LEVEL and doubt.chosen.hard_open:
        return phrase("way.could_be_closed", way=doubt.chosen.title, questions=named)
    questions = phrase("way.decided_by", questions=named)
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
