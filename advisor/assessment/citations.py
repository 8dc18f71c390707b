"""What an assessment cites: each source once, and the disagreements between the sources that bear on the firm."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from advisor.assessment.base import Citation
from advisor.assessment.model import DisagreementItem, HurdleItem, ScoreItem, SideItem, Support
from advisor.assessment.model.project import ProjectFactItem
from advisor.knowledge.model import Knowledge


def disagreement_items(
    knowledge: Knowledge, trace: tuple[Support, ...], scores: dict[str, ScoreItem]
) -> tuple[DisagreementItem, ...]:
    """The disagreements that bear on this firm: those whose handling shows in a rule that fired or a finding it drew."""
    shown = {name for support in trace for name in (support.rule, *support.concludes)}
    shown |= {name for name, score in scores.items() if score.points is not None}
    return tuple(
        DisagreementItem(
            id=entry.id,
            title=entry.title,
            sides=tuple(SideItem(claims=tuple(side.claims), says=side.says) for side in entry.sides),
            handling=entry.handling,
            why=entry.why,
        )
        for entry in knowledge.disagreements
        if shown & set(entry.concerns)
    )


def citations_of(
    knowledge: Knowledge,
    scores: dict[str, ScoreItem],
    trace: tuple[Support, ...],
    conditions: tuple[HurdleItem, ...],
    disagreements: tuple[DisagreementItem, ...],
    project_facts: tuple[ProjectFactItem, ...],
) -> dict[str, Citation]:
    """Every source the assessment refers to, in order of id."""
    used: set[str] = set(knowledge.verdict.sources)
    for score in scores.values():
        used.update(score.sources, *(item.sources for item in score.inputs))
    for kind in knowledge.models.kinds.values():
        used.update(kind.sources)
    for support in trace:
        used.update(support.sources)
    for entry in disagreements:
        used.update(claim for side in entry.sides for claim in side.claims)
    for condition in conditions:
        used.update(condition.sources)
    for fact in project_facts:
        used.update(fact.sources)
    return cited_works(knowledge, used)


def cited_works(knowledge: Knowledge, names: Iterable[str]) -> dict[str, Citation]:
    """Each source as a report cites it, in order of id."""
    return {name: _citation(knowledge, name) for name in sorted(set(names))}


@lru_cache(maxsize=5000)
def _citation(knowledge: Knowledge, name: str) -> Citation:
    """One source as every report cites it."""
    cited = knowledge.citation(name)
    paper = knowledge.sources.get(cited.source)
    return Citation(
        id=cited.id,
        text=cited.text,
        source=cited.source,
        source_title=paper.title if paper else cited.where,
        where=cited.where,
        year=cited.year,
        dated=cited.dated,
        external=cited.external,
        expires=cited.expires,
        note=cited.note,
        read_in=cited.read_in,
    )
