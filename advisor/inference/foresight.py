"""Scores with the range that missing answers leave, also to what is read off the project of a firm."""

from __future__ import annotations

from advisor.inference.column_engine import column_engine
from advisor.inference.facts import FactTable
from advisor.inference.outcome import RuleOutcome
from advisor.inference.scores import ScoreTable, scorer_of


def score_table(
    facts: FactTable,
    names: tuple[str, ...] | None = None,
    today: RuleOutcome | None = None,
    foreseen: RuleOutcome | None = None,
) -> ScoreTable:
    """Some scores of all firms of a table, by default all.

    ``today`` has the project facts as answers stand, ``foreseen`` what they may turn out to be; worked out where not given.
    """
    knowledge = facts.knowledge
    if not knowledge.project_facts:
        return scorer_of(knowledge, names).score(facts)
    engine = column_engine(knowledge, (), knowledge.project_facts)
    ranges = (foreseen or engine.foresee(facts)).steps()
    steps = {name: steps.within(ranges[name]) for name, steps in (today or engine.today(facts)).steps().items()}
    return scorer_of(knowledge, names).score(facts, steps)
