"""What every claim is used for, and what is left unused: knowledge that nothing acts on is dead weight, or a gap.

Enters: a loaded :class:`~advisor.knowledge.model.Knowledge`. Leaves: for each claim its uses, as (kind, name).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import facts_in, findings_in
from advisor.knowledge.questions_behind import OWN_ANSWERS

Use = tuple[str, str]
"""(kind, name): ``("rule", "blocked_by_no_money")``, ``("question", "initial_budget")``, ``("context", "definition")`` …"""


def source_uses(knowledge: Knowledge) -> Mapping[str, tuple[Use, ...]]:
    """Every claim and external work with all that cites it, in the order of the sources."""
    uses: dict[str, list[Use]] = {name: [] for name in (*knowledge.claims, *knowledge.external)}
    for source, use in _all_uses(knowledge):
        if source in uses and use not in uses[source]:
            uses[source].append(use)
    return {name: tuple(found) for name, found in uses.items()}


def _all_uses(knowledge: Knowledge) -> Iterator[tuple[str, Use]]:
    for compiled in knowledge.rules:
        yield from ((source, ("rule", compiled.id)) for source in compiled.rule.sources)
    for question in knowledge.questions.values():
        yield from ((source, ("question", question.id)) for source in question.claims)
    for name, score in knowledge.scores.items():
        cited = [*score.sources, *(source for item in score.inputs for source in item.sources)]
        yield from ((source, ("score", name)) for source in cited)
    for name, kind in knowledge.models.kinds.items():
        yield from ((source, ("model", name)) for source in kind.sources)
    for fact in knowledge.facts.values():
        if fact.band:
            yield from ((source, ("band", fact.name)) for source in fact.band.sources)
    yield from ((source, ("verdict", "verdict")) for source in knowledge.verdict.sources)
    for entry in knowledge.disagreements:
        yield from ((source, ("disagreement", entry.id)) for side in entry.sides for source in side.claims)
    for compiled_check in knowledge.checks:
        yield from ((source, ("check", compiled_check.check.id)) for source in compiled_check.check.sources)
    for task in knowledge.tasks:
        yield from ((source, ("task", task.id)) for source in task.sources)
    for name, weighting in knowledge.weightings.items():
        yield from ((source, ("weighting", name)) for source in weighting.sources)
    for source, context in knowledge.context.items():
        yield source, ("context", context.because)


@dataclass(frozen=True)
class ClaimCount:
    """How many claims of one paper and kind act, how many are context, and which do neither."""

    paper: str
    kind: str
    acting: int
    context: int
    unused: tuple[str, ...]


def claim_counts(knowledge: Knowledge) -> tuple[ClaimCount, ...]:
    """The count for each paper and kind of claim, in order."""
    uses = source_uses(knowledge)
    groups: dict[tuple[str, str], list[str]] = {}
    for name, claim in knowledge.claims.items():
        groups.setdefault((name.split("-")[0], claim.kind), []).append(name)
    counts = []
    for (paper, kind), names in sorted(groups.items()):
        acting = [n for n in names if any(use[0] != "context" for use in uses[n])]
        context = [n for n in names if n not in acting and uses[n]]
        unused = tuple(n for n in names if not uses[n])
        counts.append(ClaimCount(paper, kind, len(acting), len(context), unused))
    return tuple(counts)


@dataclass(frozen=True)
class Links:
    """What a rule is fed by (questions, and the rules behind the findings it asks for) and what it feeds."""

    questions: tuple[str, ...]
    fed_by: tuple[str, ...]
    feeds: tuple[str, ...]


def rule_links(knowledge: Knowledge, rule_id: str) -> Links:
    """The neighbours of a rule. Raises ``KeyError`` for a rule that is not there."""
    compiled = knowledge.rules_by_id[rule_id]
    asked = set(findings_in(compiled.premise))
    mine = {conclusion.target for conclusion in compiled.rule.then} - set(knowledge.models.kinds)
    facts = [knowledge.facts[name] for name in facts_in(compiled.premise)]
    questions = dict.fromkeys(q for f in facts for q in OWN_ANSWERS.get(f.name) or (f.band.of if f.band else f.name,))
    return Links(
        tuple(name for name in questions if name in knowledge.questions),
        _in_order(knowledge, (rule for name in asked for rule in knowledge.makers.get(name, ()))),
        _in_order(knowledge, (rule for name in mine for rule in knowledge.askers.get(name, ()))),
    )


def _in_order(knowledge: Knowledge, rules: Iterable[CompiledRule]) -> tuple[str, ...]:
    """Rules, each once, in the order of the knowledge."""
    return tuple(sorted({rule.id for rule in rules}, key=knowledge.places.__getitem__))
