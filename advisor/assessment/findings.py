"""From what rules concluded to the items of an assessment: each finding with the rules and sources behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypedDict, TypeVar, get_args

from advisor.assessment.model import (
    ApproachItem,
    FindingItem,
    FunctionItem,
    HurdleItem,
    LegalCheckItem,
    MisconceptionItem,
    NeedItem,
    PracticeItem,
    RiskItem,
    ScoreItem,
    Support,
)
from advisor.assessment.risks import LEVELS, NEARNESS, NEARNESS_WITHOUT_PROJECT, gravity, levels_of
from advisor.assessment.wordings import worded
from advisor.inference import Inference
from advisor.inference.facts import Facts
from advisor.knowledge.commonness import commonness
from advisor.knowledge.lifting import raising, weak_factors_behind
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import OWN_ANSWERS
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import (
    Approach,
    Blocker,
    Caution,
    Conclusion,
    Condition,
    Finding,
    Function,
    FunctionThen,
    LegalCheck,
    Misconception,
    Need,
    Practice,
    PracticeGroup,
    Priority,
    Risk,
    RiskThen,
    VerdictName,
    VerdictScheme,
    factor_names,
)
from advisor.phrases import phrases, sentences
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("assessment")

PRIORITIES: tuple[Priority, ...] = ("must", "should", "could", "drop")
HOME, PEOPLE_HOMES = "home_country", "people_homes"
"""The questions where the firm is at home, and where the people live whose data it holds."""


FindingType = TypeVar("FindingType", bound=Finding)


class CommonFields(TypedDict):
    """The fields that every kind of item shares."""

    id: str
    title: Text
    text: Text
    supports: tuple[str, ...]
    sources: tuple[str, ...]


def trace_items(knowledge: Knowledge, inference: Inference) -> tuple[Support, ...]:
    """Every firing as the report prints it, in order."""
    items = []
    for fired in inference.fired_rules:
        rule = knowledge.rules_by_id[fired.rule].rule
        items.append(
            Support(
                rule=rule.id,
                order=fired.order,
                layer=fired.layer,
                kind=rule.kind,
                concludes=tuple(conclusion.target for conclusion in rule.then),
                text=rule.text,
                basis=rule.basis,
                limit=rule.limit,
                dated=rule.dated,
                sources=sources_for(
                    rule.sources, knowledge, inference.facts, at_large=not _on_one_law(rule.then, knowledge)
                ),
                answers=tuple(dict.fromkeys(q for name, _ in fired.bindings for q in _answered(name, knowledge))),
                findings=fired.findings,
            )
        )
    return tuple(items)


def sources_for(sources: Sequence[str], knowledge: Knowledge, facts: Facts, at_large: bool = False) -> tuple[str, ...]:
    """What a rule rests on for this firm: no law of a place where it is not at home and holds data on nobody, as long as
    something else is left. Where the home is not known, all of it. Where the rule speaks of data law ``at_large``, the laws
    of all these places stand for the one it cites, that of the home first."""
    home, homes = facts.values.get(HOME), facts.values.get(PEOPLE_HOMES)
    if home is None:
        return tuple(sources)
    there = {home, *(homes if isinstance(homes, frozenset) else ())}
    if at_large:
        sources = _binding(sources, knowledge, str(home), there)
    works = {name: knowledge.external[name].law_of for name in sources if name in knowledge.external}
    return tuple(name for name in sources if (works.get(name) or home) in there) or tuple(sources)


def _binding(sources: Sequence[str], knowledge: Knowledge, home: str, there: Collection[object]) -> tuple[str, ...]:
    """Some sources with the general laws of the places that bind a firm in place of the general laws among them."""
    general = {name: work.law_of for name, work in knowledge.external.items() if work.general}
    cited = [name for name in sources if name in general]
    if not cited:
        return tuple(sources)
    laws = sorted((name for name, place in general.items() if place in there), key=lambda name: general[name] != home)
    first = sources.index(cited[0])
    rest = [name for name in sources if name not in general]
    return (*rest[:first], *(laws or cited), *rest[first:])


def _on_one_law(conclusions: Sequence[Conclusion], knowledge: Knowledge) -> bool:
    """Whether a rule is about the law of one place."""
    found = (knowledge.findings.get(conclusion.target) for conclusion in conclusions)
    return any(isinstance(finding, LegalCheck) for finding in found)


def _answered(fact: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The question a fact comes from; bands name the question they are read off, what is read off the project comes with the
    questions that tell what the firm has."""
    band = knowledge.facts[fact].band
    return (band.of if band else fact, *OWN_ANSWERS.get(fact, ()))


class Findings:
    """The findings of one firm by kind, in the words meant for it under its verdict."""

    def __init__(self, knowledge: Knowledge, inference: Inference, trace: tuple[Support, ...], verdict: VerdictName) -> None:
        self.knowledge, self.inference, self.verdict = knowledge, inference, verdict
        self.weak_factors = weak_factors_behind(knowledge)
        self.by_finding: dict[str, list[Support]] = {}
        for support in trace:
            if support.kind != "evidence":
                for name in support.concludes:
                    self.by_finding.setdefault(name, []).append(support)

    def concluded(self, kind: type[FindingType]) -> Iterator[FindingType]:
        """The findings of a kind that were concluded, in the order they were first concluded."""
        for name in self.by_finding:
            finding = self.knowledge.findings[name]
            if isinstance(finding, kind):
                yield worded(finding, self.inference.facts, self.knowledge.facts, self.verdict)

    def common_fields(self, finding: Finding) -> CommonFields:
        """What every item shows."""
        supports = self.by_finding[finding.id]
        return CommonFields(
            id=finding.id,
            title=finding.title,
            text=finding.text,
            supports=tuple(support.rule for support in supports),
            sources=tuple(dict.fromkeys(name for support in supports for name in support.sources)),
        )

    def conclusions(self, finding: Finding) -> Iterator[Conclusion]:
        """The conclusions about a finding, one for each rule that drew it."""
        for support in self.by_finding[finding.id]:
            for conclusion in self.knowledge.rules_by_id[support.rule].rule.then:
                if conclusion.target == finding.id:
                    yield conclusion

    def needs(self) -> tuple[NeedItem, ...]:
        """Base needs first, then those of the model."""
        items = [NeedItem(**self.common_fields(n), scope=n.scope) for n in self.concluded(Need)]
        return tuple(sorted(items, key=lambda item: item.scope != "base"))

    def functions(self) -> tuple[FunctionItem, ...]:
        """Functions asked for, by priority; of several rules the strongest priority holds, and any outweighs ``drop``."""
        items = []
        for function in self.concluded(Function):
            priorities = [c.priority for c in self.conclusions(function) if isinstance(c, FunctionThen)]
            if (priority := min(priorities, key=PRIORITIES.index)) != "drop":
                items.append(FunctionItem(**self.common_fields(function), priority=priority))
        return tuple(sorted(items, key=lambda item: PRIORITIES.index(item.priority)))

    def risks(self, project: bool) -> tuple[RiskItem, ...]:
        """The risk register, gravest first, of equally grave ones what fits few firms first, whether a project may follow or
        not; of several rules the highest likelihood holds."""
        nearness = NEARNESS if project else NEARNESS_WITHOUT_PROJECT
        items = []
        for risk in self.concluded(Risk):
            likelihoods = [c.likelihood for c in self.conclusions(risk) if isinstance(c, RiskThen)]
            items.append(
                RiskItem(
                    **self.common_fields(risk),
                    likelihood=max(likelihoods, key=LEVELS.index),
                    impact=risk.impact,
                    strikes=risk.strikes,
                    level="low",
                    cause=risk.cause,
                    effect=risk.effect,
                    strategy=risk.strategy,
                    measure=risk.measure,
                    owner=risk.owner,
                    sign=risk.sign,
                    stage=risk.stage,
                )
            )
        share = commonness(self.knowledge)
        ranked = sorted(items, key=lambda item: (-gravity(item, nearness), share[item.id]))
        levels = zip(ranked, levels_of(ranked), strict=True)
        return tuple(item.model_copy(update={"level": level}) for item, level in levels)

    def practices(self) -> tuple[PracticeItem, ...]:
        """Practices worth having, by group, each with whether the answers show it in use."""
        items = []
        for practice in self.concluded(Practice):
            shown = sound_premise(practice.shown_by, self.knowledge.facts) if practice.shown_by else None
            in_use = shown.holds(self.inference.facts) if shown else None
            items.append(PracticeItem(**self.common_fields(practice), group=practice.group, in_use=in_use))
        groups = get_args(PracticeGroup)
        return tuple(sorted(items, key=lambda item: groups.index(item.group)))

    def legal_checks(self) -> tuple[LegalCheckItem, ...]:
        """Points of law to raise with counsel, what fits few firms first."""
        share = commonness(self.knowledge)
        checks = sorted(self.concluded(LegalCheck), key=lambda check: share[check.id])
        return tuple(
            LegalCheckItem(**self.common_fields(check), regime=check.regime, law_of=check.law_of) for check in checks
        )

    def misconceptions(self) -> tuple[MisconceptionItem, ...]:
        """Misconceptions found, each with the right view."""
        return tuple(
            MisconceptionItem(**self.common_fields(m), correction=m.correction) for m in self.concluded(Misconception)
        )

    def hurdles(self, kind: type[Condition] | type[Blocker]) -> tuple[HurdleItem, ...]:
        """Conditions or blockers; a condition stands in the condition or blocker that it is told with."""
        told = [hurdle for hurdle in self.concluded(kind) if self._told_with(hurdle) is None]
        covers: dict[str, list[str]] = {}
        for condition in self.concluded(Condition):
            if cause := self._told_with(condition):
                covers.setdefault(cause, []).append(condition.id)
        return tuple(self._hurdle(hurdle, covers.get(hurdle.id, ())) for hurdle in told)

    def _told_with(self, hurdle: Condition | Blocker) -> str | None:
        """The condition or blocker in which a condition stands; None where it is told by itself."""
        causes = hurdle.unless if isinstance(hurdle, Condition) else []
        name = next((name for name in causes if name in self.by_finding), None)
        cause = self.knowledge.findings[name] if name else None
        return self._told_with(cause) or name if isinstance(cause, Condition | Blocker) else None

    def _hurdle(self, hurdle: Condition | Blocker, covers: Sequence[str]) -> HurdleItem:
        """A condition or blocker, with where the factors stand that it calls weak."""
        fields = self.common_fields(hurdle)
        standings = [self._standing(name) for finding in (hurdle.id, *covers) for name in self.weak_factors.get(finding, ())]
        fields["text"] = sentences([fields["text"], *standings])
        return HurdleItem(**fields, lifted_by=hurdle.lifted_by or hurdle.text, covers=tuple(covers))

    def _standing(self, factor: str) -> Text:
        """The points of a weak factor beside the line."""
        points, line = self.inference.scores[factor].points, self.knowledge.verdict.weak_factor
        label = self.knowledge.scores[factor].label
        return phrase("weak_factor.standing", factor=label, points=f"{points:.0f}", line=plain_number(line))

    def approaches(self, verdict: VerdictName) -> tuple[ApproachItem, ...]:
        """Advice on how to go about it that is told under a verdict, the weightiest first, of equally weighty what fits few
        firms."""
        told = {advice.id: advice for advice in self.concluded(Approach) if verdict in advice.verdicts}
        items = [
            ApproachItem(**self.common_fields(advice), timing=advice.timing, weight=advice.weight)
            for advice in told.values()
            if told.keys().isdisjoint(advice.unless)
        ]
        share = commonness(self.knowledge)
        return tuple(sorted(items, key=lambda item: (-item.weight, share[item.id])))

    def cautions(self, verdict: VerdictName) -> tuple[FindingItem, ...]:
        """What to keep in mind under a verdict."""
        told = {caution.id: caution for caution in self.concluded(Caution) if verdict in caution.verdicts}
        return tuple(FindingItem(**self.common_fields(c)) for c in told.values() if told.keys().isdisjoint(c.unless))

    def simple_items(self, kind: type[Finding]) -> tuple[FindingItem, ...]:
        """Findings of a kind that has no fields of its own."""
        return tuple(FindingItem(**self.common_fields(finding)) for finding in self.concluded(kind))


def weak_factor_conditions(scores: dict[str, ScoreItem], scheme: VerdictScheme) -> tuple[HurdleItem, ...]:
    """Conditions read off the weakest factors of ability, for a conditional verdict that no rule's condition explains."""
    known = [part for name in factor_names(scheme.ability, scores) if (part := scores[name]).points is not None]
    weak = [f for f in known if f.points is not None and f.points < scheme.weak_factor]
    lowest = sorted(weak or known, key=lambda f: f.points or 0.0)[: 3 if weak else 1]
    return tuple(
        HurdleItem(
            id=raising(factor.name),
            title=phrase("weak_factor.title", factor=factor.label),
            text=phrase("weak_factor.text", factor=factor.label, points=f"{factor.points:.0f}"),
            supports=(),
            sources=factor.sources,
            lifted_by=factor.advice or factor.about,
            derived=True,
        )
        for factor in lowest
    )
