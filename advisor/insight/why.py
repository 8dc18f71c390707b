"""Why: the proof tree of anything an assessment says, from the verdict down to answers and the places in the papers.

Everything is taken from the assessment itself, so a saved one can be asked years later, without the knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.assessment.model import Assessment, FindingItem, HurdleItem, ScoreInputItem, ScoreItem, Support
from advisor.errors import InputError, nearest
from advisor.insight.words import phrase, verdict_name
from advisor.text import Text

NodeKind = Literal["verdict", "score", "finding", "rule", "answer", "model", "source"]
VERDICT = "verdict"


@dataclass(frozen=True)
class Node:
    """One statement of a proof with what it follows from; ``id`` names the rule, finding, score, question or source."""

    kind: NodeKind
    id: str
    text: Text
    children: tuple[Node, ...] = ()


def targets(assessment: Assessment) -> tuple[str, ...]:
    """Everything that can be asked why of: the verdict, scores, findings and rules."""
    findings = dict.fromkeys(item.id for item in assessment.findings())
    return (VERDICT, *assessment.scores, *findings, *(support.rule for support in assessment.trace))


def why(assessment: Assessment, target: str = VERDICT) -> Node:
    """The proof of ``target``: the verdict, or the id of a score, finding or rule.

    Raises :class:`~advisor.errors.InputError` for what the assessment does not say.
    """
    return _Proof(assessment).of(target)


class _Proof:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.rules = {support.rule: support for support in assessment.trace}
        self.findings: dict[str, FindingItem] = {item.id: item for item in assessment.findings()}
        self.answers = {item.question: item for item in assessment.answers}

    def of(self, target: str) -> Node:
        if target == VERDICT:
            return self.verdict()
        if target in self.assessment.scores:
            return self.score(self.assessment.scores[target])
        if target in self.findings:
            return self.finding(self.findings[target])
        if target in self.rules:
            return self.rule(self.rules[target], ())
        near = nearest(target, targets(self.assessment)) or VERDICT
        raise InputError("not_concluded", name=target, nearest=near)

    def verdict(self) -> Node:
        a = self.assessment
        cut = a.verdict.cutoffs
        need, ability = a.scores[a.need], a.scores[a.ability]
        children = [self._against(need, cut.need_too_low, cut.need_open), *map(self.finding, a.lighter)]
        if a.verdict.name not in ("not_needed_now", "not_enough_answers") or not a.lighter:
            children += [
                *map(self.finding, a.blockers),
                self._against(ability, cut.ability_too_low, cut.ability_enough),
                *map(self.finding, (c for c in a.conditions if not c.derived)),
            ]
        text = phrase("why.verdict", name=verdict_name(a.verdict.name), sentence=a.verdict.sentence)
        return Node("verdict", VERDICT, text, tuple(children))

    def _against(self, score: ScoreItem, low: float, high: float) -> Node:
        node = self.score(score)
        if score.points is None:
            return node
        key = "why.under_low" if score.points < low else "why.between" if score.points < high else "why.over"
        text = phrase(key, score=node.text, low=f"{low:g}", high=f"{high:g}")
        return Node(node.kind, node.id, text, node.children)

    def score(self, score: ScoreItem) -> Node:
        if score.points is None:
            return Node("score", score.name, phrase("why.score_open", label=score.label))
        low, high = f"{score.low:.0f}", f"{score.high:.0f}"
        key = "why.score" if low != high else "why.score_exact"
        text = phrase(key, label=score.label, points=f"{score.points:.0f}", span=f"{low}–{high}")
        counted = [item for item in score.inputs if item.status != "not_applicable"]
        below = {source for item in counted for source in self._cited_under(item)}
        own = tuple(name for name in score.sources if name not in below)
        return Node("score", score.name, text, (*map(self._input, counted), *self._sources(own)))

    def _cited_under(self, item: ScoreInputItem) -> tuple[str, ...]:
        nested = self.assessment.scores.get(item.name)
        return (*item.sources, *(nested.sources if nested else ()))

    def _input(self, item: ScoreInputItem) -> Node:
        if nested := self.assessment.scores.get(item.name):
            return self.score(nested)
        code = self.answers[item.name].code if item.name in self.answers else ""
        key = "why.answer" if item.points is None else "why.input"
        points = "" if item.points is None else f"{item.points:.0f}"
        text = phrase(key, code=code, label=_bare(item.label), shown=item.shown, points=points)
        return Node("answer", item.name, text, tuple(self._sources(item.sources)))

    def finding(self, item: FindingItem, path: tuple[str, ...] = ()) -> Node:
        children = [self.rule(self.rules[name], (*path, item.id)) for name in item.supports]
        if isinstance(item, HurdleItem) and item.derived:
            children = list(self._sources(item.sources))
        return Node("finding", item.id, phrase("why.finding", title=item.title), tuple(children))

    def rule(self, support: Support, path: tuple[str, ...]) -> Node:
        children = [self._answer(name) for name in support.answers if name in self.answers]
        if "model" in support.answers:
            children.append(self._model())
        for name in support.findings:
            if name in self.findings and name not in path:
                children.append(self.finding(self.findings[name], path))
        return Node("rule", support.rule, support.text, (*children, *self._sources(support.sources)))

    def _answer(self, name: str) -> Node:
        item = self.answers[name]
        text = phrase("why.answer", code=item.code, label=_bare(item.text), shown=item.shown)
        return Node("answer", name, text)

    def _model(self) -> Node:
        model = self.assessment.model
        first = next(share for share in model.shares if share.model == model.first or model.first is None)
        text = phrase("why.model", label=first.label, share=f"{first.share:.0%}")
        axes = [self.assessment.scores[name] for name in (model.product_axis, model.decision_axis)]
        return Node("model", "model", text, tuple(map(self.score, axes)))

    def _sources(self, names: tuple[str, ...]) -> Iterator[Node]:
        for name in names:
            cited = self.assessment.cited[name]
            key = "why.work" if cited.external else "why.source"
            text = phrase(key, id=name, text=cited.text, title=cited.source_title, where=cited.where)
            yield Node("source", name, text)


def _bare(question: Text) -> Text:
    return Text(zh=question.zh.rstrip("？?"), en=question.en.rstrip("？?"))
