"""How rules stand to one another: unreachable, equal, subsumed, at odds. Found by looking at every case they can tell apart.

Enters: a loaded :class:`~advisor.knowledge.model.Knowledge`. Leaves: warnings with code K4…, in the order of the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from advisor.errors import Place, Problem
from advisor.knowledge.facts import SIGN_FACTS, Fact
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import All, Any, Found, Not, Premise, facts_in, findings_in
from advisor.knowledge.questions_behind import OWN_ANSWERS
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Conclusion, EvidenceThen, FunctionThen, OptionThen, RiskThen
from advisor.knowledge.worlds import implies, satisfiable, worlds

_STRENGTH = {"low": 0, "medium": 1, "high": 2, "drop": -1, "could": 0, "should": 1, "must": 2}


def check_relations(knowledge: Knowledge) -> Iterator[Problem]:
    """Every rule that cannot fire, says again what another says, or contradicts one."""
    makers = _makers(knowledge)
    for compiled in knowledge.rules:
        if satisfiable(unfold(compiled.premise, makers), knowledge.facts) is False:
            yield _problem("K401", compiled)
    for target, rules in makers.items():
        for index, one in enumerate(rules):
            for other in rules[index + 1 :]:
                if set(facts_in(one.premise)) & set(facts_in(other.premise)) or _share_findings(one, other):
                    yield from _compare(one, other, target, knowledge)


def check_expiry(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    """Every work outside the papers, and every source of a product's facts, that was to be looked at again before ``on``."""
    for name, work in knowledge.external.items():
        if work.expires < on:
            yield Problem("K405", Place("rules/sources"), {"name": name, "expires": work.expires}, "warning")
    for product in knowledge.products.values():
        for name, evidence in product.evidence.items():
            if evidence.expires and evidence.expires < on:
                values = {"name": f"{product.id}.{name}", "expires": evidence.expires}
                yield Problem("K405", Place(f"rules/catalogue/{product.id}.yaml"), values, "warning")


def check_monotone(knowledge: Knowledge) -> Iterator[Problem]:
    """Every condition or blocker that a better answer can bring about, where its rules do not say why."""
    better = better_answers(knowledge)
    for rules in _makers(knowledge).values():
        if rules[0].rule.kind not in ("condition", "blocker") or any(rule.rule.not_monotone for rule in rules):
            continue
        premise = Any(tuple(rule.premise for rule in rules))
        for fact in facts_in(premise):
            if fact in better and not falls_with(premise, fact, better[fact], knowledge.facts):
                yield _problem("K406", next(rule for rule in rules if fact in facts_in(rule.premise)), fact=fact)


def check_changeable(knowledge: Knowledge) -> Iterator[Problem]:
    """Every answer that bears on the verdict of which nothing says whether a firm can change it, where tasks move any."""
    if knowledge.raised_by:
        for name in verdict_questions(knowledge):
            if name not in knowledge.raised_by and name not in knowledge.fixed:
                yield Problem("K407", Place("rules/tasks"), {"name": name}, "warning")


def verdict_questions(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions a verdict is drawn from: under need and ability, and in the rules of its hurdles; in catalogue order."""
    found = set(knowledge.facts_under((knowledge.verdict.need, knowledge.verdict.ability)))
    makers = _makers(knowledge)
    for rule in knowledge.rules:
        if rule.rule.kind in ("condition", "blocker", "lighter"):
            found.update(facts_in(unfold(rule.premise, makers)))
    if SIGN_FACTS.keys() & found:
        found.update(n for sign in knowledge.verdict.signs for n in facts_in(sound_premise(sign.when, knowledge.facts)))
    sources = {source for name in found for source in _answered_by_the_firm(knowledge, name)}
    return tuple(name for name in knowledge.questions if name in sources)


def _answered_by_the_firm(knowledge: Knowledge, fact: str) -> Iterable[str]:
    """The question a fact is read from; of one that is read off the project, what the firm has and not what it asks for."""
    band = knowledge.bands.get(fact)
    return OWN_ANSWERS.get(fact) or (band.of if band else fact,)


def unfold(premise: Premise, makers: Mapping[str, list[CompiledRule]], depth: int = 3) -> Premise:
    """A premise with each finding that must hold replaced by what leads to it, as far as ``depth`` steps back."""
    match premise:
        case Found(finding) if depth and (rules := makers.get(finding)):
            ways = tuple(unfold(rule.premise, makers, depth - 1) for rule in rules)
            return ways[0] if len(ways) == 1 else Any(ways)
        case All(parts):
            return All(tuple(unfold(part, makers, depth) for part in parts))
        case Any(parts):
            return Any(tuple(unfold(part, makers, depth) for part in parts))
        case Not():
            return premise
    return premise


def _makers(knowledge: Knowledge) -> dict[str, list[CompiledRule]]:
    """The rules that conclude each finding, or speak for each model."""
    makers: dict[str, list[CompiledRule]] = {}
    for compiled in knowledge.rules:
        for conclusion in compiled.rule.then:
            makers.setdefault(conclusion.target, []).append(compiled)
    return makers


def _share_findings(one: CompiledRule, other: CompiledRule) -> bool:
    return bool(set(findings_in(one.premise)) & set(findings_in(other.premise)))


def _compare(one: CompiledRule, other: CompiledRule, target: str, knowledge: Knowledge) -> Iterator[Problem]:
    forward = implies(one.premise, other.premise, knowledge.facts)
    backward = implies(other.premise, one.premise, knowledge.facts)
    if not forward and not backward:
        return
    mine, theirs = _conclusion(one, target), _conclusion(other, target)
    one_way, other_way = _points(mine), _points(theirs)
    if one_way is not None and other_way is not None:
        if one_way * other_way < 0:
            yield _problem("K404", one, other=other.id, name=target)
        elif forward and backward:
            yield _problem("K402", one, other=other.id, name=target)
        return
    if forward and backward:
        yield _problem("K402", one, other=other.id, name=target)
    elif forward and _strength(theirs) >= _strength(mine):
        yield _problem("K403", one, other=other.id, name=target)
    elif backward and _strength(mine) >= _strength(theirs):
        yield _problem("K403", other, other=one.id, name=target)


def _conclusion(compiled: CompiledRule, target: str) -> Conclusion:
    return next(conclusion for conclusion in compiled.rule.then if conclusion.target == target)


def _points(conclusion: Conclusion) -> float | None:
    """What a conclusion adds to a sum; None for one that does not add up."""
    if isinstance(conclusion, EvidenceThen):
        return conclusion.weight
    return conclusion.points if isinstance(conclusion, OptionThen) else None


def _strength(conclusion: Conclusion) -> int:
    if isinstance(conclusion, FunctionThen):
        return _STRENGTH[conclusion.priority]
    return _STRENGTH[conclusion.likelihood] if isinstance(conclusion, RiskThen) else 0


def _problem(code: str, compiled: CompiledRule, **values: object) -> Problem:
    file, _, line = compiled.place.partition(":")
    number = line.split(":")[0]
    return Problem(code, Place(file, int(number) if number else 0), {"rule": compiled.id, **values}, "warning")


def better_answers(knowledge: Knowledge) -> dict[str, bool]:
    """The facts that ability rests on, and whether a higher (True) or a lower value (False) is the better one."""
    better: dict[str, bool] = {}

    def visit(name: str, upward: bool) -> None:
        for item in knowledge.scores[name].inputs:
            way = upward != item.reversed
            if item.score:
                visit(item.score, way)
            elif item.fact and knowledge.facts[item.fact].type.ordered:
                rising = item.points is None or sorted(item.points.items())[0][1] <= sorted(item.points.items())[-1][1]
                better[item.fact] = way == rising

    visit(knowledge.verdict.ability, True)
    return better


def falls_with(premise: Premise, fact: str, upward: bool, facts: Mapping[str, Fact]) -> bool:
    """Whether a better value of ``fact``, all else the same, never makes ``premise`` hold where it did not."""
    found = worlds([premise], facts)
    if found is None:
        return True
    rows: dict[object, list[tuple[float, bool]]] = {}
    for world in found:
        value = world.value(fact)
        if isinstance(value, int | float):
            rest = tuple((n, v) for n, v in world.values.items() if n != fact)
            key = (rest, tuple(world.missing.items()), tuple(world.findings.items()))
            rows.setdefault(key, []).append((value if upward else -value, premise.holds(world) is True))
    return all(truths == sorted(truths, reverse=True) for truths in ([t for _, t in sorted(row)] for row in rows.values()))
