"""Why not: for anything not concluded, the nearest rules and exactly which of their premises failed or are not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.assessment.model.insight import NearMissItem
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook
from advisor.assessment.verdict import VERDICTS, least_for, verdict_name
from advisor.errors import InputError
from advisor.inference.facts import Facts
from advisor.insight.named import meant, near, plain
from advisor.insight.shortfalls import RuleShort, Shortfall, Shortfalls
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import leaves
from advisor.knowledge.schema import VerdictName
from advisor.phrases import phrases
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("insight")

NEAR_KINDS = ("blocker", "condition", "lighter", "risk", "misconception")
"""The kinds of finding a report names where they were nearly drawn, gravest first."""
NEAR_MISSES = 8
HINDERING: dict[VerdictName, tuple[str, ...]] = {
    "feasible": ("blocker", "condition", "lighter"),
    "conditional": ("blocker", "lighter"),
    "not_yet": ("lighter",),
    "not_needed_now": (),
}
"""The kinds of finding that keep a firm from each verdict."""


@dataclass(frozen=True)
class WhyNot:
    """Why something was not concluded: the nearest rules, nearest first; for a verdict, what keeps the firm from it."""

    target: str
    title: Text
    rules: tuple[RuleShort, ...] = ()
    hindrances: tuple[Text, ...] = ()
    findings: tuple[str, ...] = ()


def why_not(knowledge: Knowledge, answers: Answers, facts: Facts, target: str) -> WhyNot:
    """Why ``target``, a finding, rule or verdict by its id or title, was not concluded.

    ``facts`` are those of the firm's inference.

    Raises :class:`~advisor.errors.InputError` where there is no such thing, or it was concluded.
    """
    target = _named(knowledge, target)
    for verdict in VERDICTS:
        if target == verdict:
            return _why_not_verdict(knowledge, answers, verdict)
    if rule := knowledge.rules_by_id.get(target):
        if rule.premise.holds(facts):
            raise InputError("was_concluded", name=target)
        short = Shortfalls(knowledge, answers, facts).rule(rule)
        return WhyNot(target, rule.rule.text, (short,))
    if facts.found(target):
        raise InputError("was_concluded", name=target)
    return WhyNot(target, knowledge.findings[target].title, Shortfalls(knowledge, answers, facts).rules_for(target))


def _named(knowledge: Knowledge, typed: str) -> str:
    """The id of a verdict, finding or rule that was typed."""
    titles: dict[str, Text] = {name: Text(zh=name, en=name) for name in knowledge.rules_by_id}
    titles |= {name: knowledge.findings[name].title for name in knowledge.makers}
    titles |= {verdict: verdict_name(verdict) for verdict in VERDICTS}
    if name := meant(typed, titles):
        return name
    for question in knowledge.questions.values():
        if plain(typed) in (question.id, plain(question.code)):
            raise InputError("why_not_of_question", code=question.code, text=question.text)
    raise InputError("bad_name", name=typed, nearest=near(typed, titles) or ", ".join(VERDICTS))


def _why_not_verdict(knowledge: Knowledge, answers: Answers, target: VerdictName) -> WhyNot:
    now = verdict_outlook(knowledge, answers)
    if now.name == target:
        raise InputError("was_concluded", name=target)
    hindering = [name for name in knowledge.makers if knowledge.findings[name].kind in HINDERING[target]]
    hurdles = tuple(name for name in hindering if name in now.drawn)
    return WhyNot(target, verdict_name(target), (), tuple(_hindrances(knowledge, now, target)), hurdles)


def _hindrances(knowledge: Knowledge, now: VerdictOutlook, target: VerdictName) -> Iterator[Text]:
    """What would have to be otherwise for a verdict to be drawn, in the order a verdict is drawn."""
    need, ability, lighter = now.need.points, now.ability.points, now.lighter.found
    if need is None or ability is None or now.name == "not_enough_answers":
        yield phrase("why_not.too_few")
        return
    values = {"need": f"{need:.0f}", "ability": f"{ability:.0f}"}
    least_need, least_ability = least_for(knowledge.verdict, "conditional", lighter=lighter)
    _, enough_ability = least_for(knowledge.verdict, "feasible")
    too_low = need < least_need
    if target == "not_needed_now":
        yield phrase("why_not.need_high", limit=plain_number(least_need), **values)
        if not lighter:
            yield phrase("why_not.no_lighter")
        return
    if too_low:
        yield phrase("why_not.need_low", limit=plain_number(least_need), **values)
        if lighter:
            yield phrase("why_not.lighter")
    if target == "not_yet":
        if not now.blocked.found and ability >= least_ability:
            yield phrase("why_not.no_blocker", limit=plain_number(least_ability), **values)
        return
    if now.blocked.found:
        yield phrase("why_not.blocked")
    limit = enough_ability if target == "feasible" else least_ability
    if ability < limit:
        yield phrase("why_not.ability_low", limit=plain_number(limit), **values)
    if target == "feasible" and now.conditions.found:
        yield phrase("why_not.conditions")
    if target == "conditional" and not now.blocked.found and ability >= least_ability and not too_low:
        yield phrase("why_not.nothing_open", limit=plain_number(enough_ability), **values)


def near_misses(knowledge: Knowledge, answers: Answers, facts: Facts) -> tuple[NearMissItem, ...]:
    """The grave findings that one premise kept from being drawn, or that only wait for an answer; nearest first."""
    shortfalls = Shortfalls(knowledge, answers, facts)
    ranked: list[tuple[float, int, NearMissItem]] = []
    for name, rules in knowledge.makers.items():
        kind = rules[0].rule.kind
        if kind not in NEAR_KINDS or facts.found(name):
            continue
        nearest_rule = shortfalls.rules_for(name)[0]
        failed = [s for s in nearest_rule.shortfalls if not s.unknown]
        premise_count = sum(1 for _ in leaves(knowledge.rules_by_id[nearest_rule.rule].premise))
        if nearest_rule.distance > 1 or not failed or len(nearest_rule.shortfalls) == premise_count:
            continue
        item = NearMissItem(
            finding=name,
            kind=kind,
            title=knowledge.findings[name].title,
            rule=nearest_rule.rule,
            failed=tuple(_said(s) for s in failed),
            unknown=tuple(s.premise for s in nearest_rule.shortfalls if s.unknown),
            sources=nearest_rule.sources,
        )
        ranked.append((nearest_rule.distance, NEAR_KINDS.index(kind), item))
    ranked.sort(key=lambda entry: (entry[1], entry[0], entry[2].finding))
    return tuple(item for _, _, item in ranked[:NEAR_MISSES])


def _said(short: Shortfall) -> Text:
    return short.premise if short.stands is None else phrase("why_not.stands", premise=short.premise, stands=short.stands)
