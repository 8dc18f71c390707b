"""Why: the proof tree of anything an assessment says, from the verdict down to answers and the places in the papers.

Everything is taken from the assessment itself, so a saved one can be asked years later, without the knowledge.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from advisor.assessment.model import (
    AnswerItem,
    Assessment,
    FindingItem,
    HurdleItem,
    ScoreInputItem,
    ScoreItem,
    Support,
    TaskItem,
)
from advisor.assessment.model.insight import StepItem
from advisor.assessment.verdict import limits, verdict_name
from advisor.errors import InputError
from advisor.inference.shares import shares
from advisor.insight.named import meant, near, plain
from advisor.insight.proof import Node
from advisor.insight.why_selected import selection_proofs, selection_titles
from advisor.knowledge.schema import room
from advisor.phrases import joined, phrases, without_question_mark
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("insight")

__all__ = ["Node", "says", "targets", "why"]
VERDICT = "verdict"
MODEL = "model"
FUNDING, FUNDING_PARTS = "funding", ("first_year_funding", "later_year_funding")
STEP_PREFIX = "step_"
"""What stands before a task where it is asked about as a step on the way to feasible."""


def targets(assessment: Assessment) -> Mapping[str, Text]:
    """Everything that can be asked why of, with its title: the verdict, scores, findings and rules; answers that count; the
    operating model, the steps of the path, kinds of CRM and ways of running it, products and costs."""
    return _Proof(assessment).titles()


def why(assessment: Assessment, target: str = VERDICT) -> Node:
    """The proof of ``target``: one of :func:`targets` by its id or title, or an answer by the code of its question.

    Raises :class:`~advisor.errors.InputError` for what the assessment does not say.
    """
    proof = _Proof(assessment)
    if name := proof.target(target):
        return proof.of(name)
    raise InputError("not_concluded", name=target, nearest=near(target, proof.titles()) or VERDICT)


def says(assessment: Assessment, typed: str) -> bool:
    """Whether an assessment says what was typed, so that it can be asked why."""
    return _Proof(assessment).target(typed) is not None


def _said(code: str, says: Text) -> Text:
    """What an answer says of the firm, with the code of its question."""
    return phrase("why.said", code=code, says=Text(zh=says.zh.rstrip("。"), en=says.en.rstrip(".")))


def _told(item: AnswerItem) -> Text:
    """An answer with the code of its question: what it says of the firm, else the question and what was answered."""
    if item.says:
        return _said(item.code, item.says)
    return phrase("why.answer", code=item.code, label=without_question_mark(item.text), shown=item.shown)


class _Proof:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.cited = assessment.cited
        self.rules = {support.rule: support for support in assessment.trace}
        self.findings: dict[str, FindingItem] = {item.id: item for item in assessment.findings()}
        self.answers = {item.question: item for item in assessment.answers}
        self.project_facts = {item.name: item for item in assessment.project_facts}
        self.further: dict[str, Callable[[], Node]] = {
            **({MODEL: self._model} if assessment.model.first else {}),
            **{name: partial(self._project_fact, name) for name in self.project_facts},
            **{f"{STEP_PREFIX}{step.task}": partial(self._step, step) for step in self._steps()},
            **selection_proofs(assessment, self._sources),
        }

    def titles(self) -> dict[str, Text]:
        """What can be asked about, by id."""
        assessment = self.assessment
        looked_at = {name for item in self.findings.values() for rule in item.supports for name in self.rules[rule].answers}
        looked_at |= {item.name for score in assessment.scores.values() for item in score.inputs}
        looked_at |= {name for fact in assessment.project_facts for name in fact.answers}
        answers = {name: item.text for name, item in self.answers.items() if name in looked_at}
        steps = {f"{STEP_PREFIX}{step.task}": step.title for step in self._steps()}
        return {
            **answers,
            **{name: Text(zh=name, en=name) for name in self.rules},
            **selection_titles(assessment),
            **({MODEL: phrase("why.model_title")} if MODEL in self.further else {}),
            **steps,
            **{name: item.title for name, item in self.findings.items()},
            **{name: score.label for name, score in assessment.scores.items()},
            VERDICT: phrase("why.verdict_title"),
        }

    def target(self, typed: str) -> str | None:
        """The id of what was typed: an id, a title, or the code of a question."""
        titles = self.titles()
        codes = {plain(item.code): name for name, item in self.answers.items() if name in titles}
        tasks = {name: title for name, title in titles.items() if not name.startswith(STEP_PREFIX)}
        return codes.get(plain(typed)) or meant(typed, tasks) or meant(typed, titles)

    def of(self, target: str) -> Node:
        if target == VERDICT:
            return self.verdict()
        if target in self.assessment.scores:
            return self.score(self.assessment.scores[target])
        if target in self.findings:
            return self.finding(self.findings[target])
        if target in self.rules:
            return self.rule(self.rules[target], ())
        if target in self.further:
            return self.further[target]()
        return self.answer(target)

    def verdict(self) -> Node:
        assessment = self.assessment
        cutoffs = limits(assessment.verdict.cutoffs)
        need, ability = assessment.scores[assessment.need], assessment.scores[assessment.ability]
        children = [self._against(need, cutoffs["need"]), *map(self.finding, assessment.lighter)]
        if assessment.verdict.name not in ("not_needed_now", "not_enough_answers") or not assessment.lighter:
            children += [
                *map(self.finding, assessment.blockers),
                self._against(ability, cutoffs["ability"]),
                *map(self.finding, (c for c in assessment.conditions if not c.derived)),
            ]
        text = phrase("why.verdict", name=verdict_name(assessment.verdict.name), sentence=assessment.verdict.sentence)
        return Node("verdict", VERDICT, text, tuple(children))

    def _against(self, score: ScoreItem, cutoffs: tuple[float, ...]) -> Node:
        node, low, high = self.score(score), cutoffs[0], cutoffs[-1]
        if score.points is None:
            return node
        key = "why.under_low" if score.points < low else "why.between" if score.points < high else "why.over"
        text = phrase(key, score=node.text, low=plain_number(low), high=plain_number(high))
        return Node(node.kind, node.id, text, node.children)

    def score(self, score: ScoreItem) -> Node:
        if score.points is None:
            return Node("score", score.name, phrase("why.score_open", label=score.label))
        low, high = f"{score.low:.0f}", f"{score.high:.0f}"
        key = "why.score" if low != high else "why.score_exact"
        text = phrase(key, label=score.label, points=f"{score.points:.0f}", span=f"{low}–{high}")
        counted = [item for item in score.inputs if item.status != "not_applicable"]
        below = {source for item in counted for source in self._cited_under(item)}
        score_sources = tuple(name for name in score.sources if name not in below)
        parts = shares(score.combine, score.inputs, room(score.strongest, score.inputs))
        children = [
            self._input(item) if share or item.points is None else self._outweighed(item)
            for item, share in zip(score.inputs, parts, strict=True)
            if item.status != "not_applicable"
        ]
        return Node("score", score.name, text, (*children, *self._sources(score_sources)))

    def _outweighed(self, item: ScoreInputItem) -> Node:
        """An input that is known and does not count, since others are stronger."""
        text = phrase("why.outweighed", label=without_question_mark(item.label), points=f"{item.points:.0f}")
        return Node("score" if item.name in self.assessment.scores else "answer", item.name, text)

    def _cited_under(self, item: ScoreInputItem) -> tuple[str, ...]:
        nested = self.assessment.scores.get(item.name)
        return (*item.sources, *(nested.sources if nested else ()))

    def _input(self, item: ScoreInputItem) -> Node:
        if nested := self.assessment.scores.get(item.name):
            node = self.score(nested)
            if item.times == 1 or item.points is None:
                return node
            text = phrase("why.times", score=node.text, times=plain_number(item.times), points=f"{item.points:.0f}")
            return Node(node.kind, node.id, text, node.children)
        if item.name in self.project_facts:
            return self._project_fact(item.name)
        answer = self.answers.get(item.name)
        code, label = answer.code if answer else "", without_question_mark(item.label)
        said = _said(code, item.says) if item.says else phrase("why.answer", code=code, label=label, shown=item.shown)
        text = said if item.points is None else phrase("why.input", said=said, points=f"{item.points:.0f}")
        return Node("answer", item.name, text, tuple(self._sources(item.sources)))

    def finding(self, item: FindingItem, path: tuple[str, ...] = ()) -> Node:
        children = [self.rule(self.rules[name], (*path, item.id)) for name in item.supports]
        if isinstance(item, HurdleItem) and item.derived:
            children = list(self._sources(item.sources))
        if isinstance(item, TaskItem):
            called_for_by = [name for name in (*item.lifts, *item.meets) if name in self.findings and name not in path]
            children += [self.finding(self.findings[name], (*path, item.id)) for name in called_for_by]
            children += [self._step(step) for step in self._steps() if step.task == item.id and not children]
            children += self._sources(item.sources)
        return Node("finding", item.id, phrase("why.finding", title=item.title), tuple(children))

    def rule(self, support: Support, path: tuple[str, ...]) -> Node:
        read = {name: self._project_fact(name) for name in support.answers if name in self.project_facts}
        told = {answer for name in read for answer in self.project_facts[name].answers}
        children = [*read.values(), *(self._answer(n) for n in support.answers if n in self.answers and n not in told)]
        if "model" in support.answers:
            children.append(self._model())
        for name in support.findings:
            if name in self.findings and name not in path:
                children.append(self.finding(self.findings[name], path))
        return Node("rule", support.rule, support.text, (*children, *self._sources(support.sources)))

    def _answer(self, name: str) -> Node:
        item = self.answers[name]
        text = _told(item)
        return Node("answer", name, text)

    def _project_fact(self, name: str) -> Node:
        """What was read off the project, the figures behind it, and the answers that tell what the firm has."""
        fact = self.project_facts[name]
        key = "why.project_grounds" if fact.grounds else "why.project"
        text = phrase(key, label=fact.label, shown=fact.shown, grounds=fact.grounds or "")
        parts = [self._project_fact(part) for part in FUNDING_PARTS if name == FUNDING]
        answers = [self._answer(answer) for answer in fact.answers if answer in self.answers and not parts]
        return Node("project", name, text, (*parts, *answers, *self._sources(fact.sources)))

    def _model(self) -> Node:
        model = self.assessment.model
        first = next(share for share in model.shares if share.model == model.first or model.first is None)
        text = phrase("why.model", label=first.label, share=f"{first.share:.0%}")
        axes = [self.assessment.scores[name] for name in (model.product_axis, model.decision_axis) if name]
        return Node("model", MODEL, text, tuple(map(self.score, axes)))

    def _steps(self) -> tuple[StepItem, ...]:
        path = self.assessment.insight.path if self.assessment.insight else None
        return path.ways[0].steps if path and path.ways else ()

    def _step(self, step: StepItem) -> Node:
        """What hangs on the answers that a step changes: the hurdles it helps to lift, the scores they go into."""
        changes = [phrase("why.change", code=c.code, before=c.before, after=c.after) for c in step.changes]
        moved = [change.question for change in step.changes]
        resting = (self._resting(name, self.assessment.blockers, self.assessment.conditions) for name in moved)
        hurdles = dict.fromkeys(item.id for items in resting for item in items)
        scores = {node.id: node for name in moved for node in self._counting(name)}
        told = joined(changes) if changes else phrase("why.comes_first")
        text = phrase("why.step", title=step.title, changes=told)
        below = (*(self.finding(self.findings[name]) for name in hurdles), *scores.values(), *self._sources(step.sources))
        return Node("step", f"{STEP_PREFIX}{step.task}", text, below)

    def answer(self, name: str) -> Node:
        """What an answer leads to: the findings that rest on it, the scores it goes into, what it is held against."""
        item = self.answers[name]
        text = _told(item)
        findings = map(self.finding, self._resting(name, self.findings.values()))
        inputs = itertools.chain.from_iterable(score.inputs for score in self.assessment.scores.values())
        sources = dict.fromkeys(source for part in inputs if part.name == name for source in part.sources)
        held = [self._project_fact(fact.name) for fact in self.project_facts.values() if name in fact.answers]
        return Node("answer", name, text, (*findings, *self._counting(name), *held, *self._sources(tuple(sources))))

    def _resting(self, question: str, *kinds: Iterable[FindingItem]) -> list[FindingItem]:
        """The findings with a rule that looks at the answer to a question."""
        every = itertools.chain.from_iterable(kinds)
        return [item for item in every if any(question in self.rules[name].answers for name in item.supports)]

    def _counting(self, question: str) -> list[Node]:
        """The scores that the answer to a question goes into."""
        scores = self.assessment.scores.values()
        counted = [score for score in scores if any(item.name == question for item in score.inputs)]
        return [Node("score", score.name, phrase("why.step_score", label=score.label)) for score in counted]

    def _sources(self, names: tuple[str, ...]) -> Iterator[Node]:
        for name in (name for name in names if name in self.cited):
            cited = self.cited[name]
            key = "why.work" if cited.external else "why.source"
            text = phrase(key, id=name, text=cited.text, title=cited.source_title, where=cited.where)
            text = phrase("why.read_in", work=text, read_in=cited.read_in) if cited.read_in else text
            yield Node("source", name, text)
