"""The vocabulary of facts: what rules may ask about, and which values each fact can take.

A fact is the answer to a question, a band read off a number, or what is computed between two layers of rules: the operating
model, a scale read off the project of a firm, the weak factors of ability. Rules never name anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.knowledge.answer_types import CHOICE, MULTI, SCALE, AnswerType
from advisor.knowledge.premises import All, Any, Premise, Test
from advisor.knowledge.schema import Band, ModelScheme, ProjectFact, Question, QuestionsFile, Score, VerdictScheme
from advisor.phrases import sentences
from advisor.text import Text

MODEL_FACT = "model"
WEAK_FACTORS = "weak_factors"
"""The factors of ability that are known to lie under the weak line."""
PROJECT_FACTS = ("first_year_funding", "later_year_funding", "funding", "it_capacity", "people_capacity")
"""The scales that are read off the project of a firm."""
SIGN_FACTS: Mapping[str, Literal["strong", "weak"]] = {"strong_signs": "strong", "weak_signs": "weak"}
"""The facts that hold the signs of complexity of a firm."""


@dataclass(frozen=True)
class Fact:
    """A named value with its type and, where they are finitely many, all the values it can take; numbers run from ``low`` to
    ``high``. ``rates`` have the RMB for one unit of each currency."""

    name: str
    type: AnswerType
    label: Text
    values: Mapping[str, Text]
    low: float | None = None
    high: float | None = None
    question: Question | None = None
    band: Band | None = None
    project: ProjectFact | None = None
    rates: Mapping[str, float] = field(default_factory=dict)

    def statement(self, value: object, shown: Text) -> Text | None:
        """What an answer says about the firm, as a sentence, of several options a sentence each; ``shown`` is the answer in
        words. None where no sentence is written for it."""
        if self.question is None:
            return None
        if value == 0 and self.question.statement_none is not None:
            return self.question.statement_none
        if (template := self.question.statement) is not None:
            return Text(zh=template.zh.format(value=shown.zh), en=template.en.format(value=shown.en))
        chosen = [name for name in self.values if name in value] if isinstance(value, frozenset) else [str(value)]
        parts = [self.question.statements.get(name) for name in chosen]
        told = [part for part in parts if part]
        return sentences(told) if told and len(told) == len(parts) else None

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of a scale, lowest first; empty for any other fact."""
        return self.type.steps(self)


def question_fact(question: Question, files: QuestionsFile, rates: Mapping[str, float]) -> Fact:
    """The fact a question fills; ``rates`` are those at which sums in other currencies are read. Raises ``KeyError`` where
    its scale or options do not exist."""
    kind = question.answer_type
    values = kind.values(question, files)
    return Fact(question.id, kind, question.text, values, *kind.limits(question, values), question, rates=rates)


def band_fact(name: str, band: Band) -> Fact:
    """The fact a band defines: a choice of its steps."""
    return Fact(name, CHOICE, band.label, {step.id: step.label for step in band.steps}, band=band)


def model_fact(scheme: ModelScheme) -> Fact:
    """The fact ``model``: the operating models in play (several where the firm is mixed or has further lines)."""
    label = Text(zh="运作模式", en="Operating model")
    return Fact(MODEL_FACT, MULTI, label, {name: kind.label for name, kind in scheme.kinds.items()})


def project_fact(name: str, authored: ProjectFact) -> Fact:
    """The fact a scale read off the project defines."""
    values = {str(step): text for step, text in sorted(authored.steps.items())}
    return Fact(name, SCALE, authored.label, values, 0, len(values) - 1, project=authored)


def weak_factors_fact(factors: Mapping[str, Score]) -> Fact:
    """The fact ``weak_factors``: any of the scores that ability is made of."""
    label = Text(zh="薄弱因素", en="Weak factors")
    return Fact(WEAK_FACTORS, MULTI, label, {name: score.label for name, score in factors.items()})


def signs_fact(name: str, scheme: VerdictScheme) -> Fact:
    """The strong, or the weak, signs of complexity that are known to be there."""
    label = {
        "strong": Text(zh="业务复杂的明显迹象", en="Strong signs of a complex business"),
        "weak": Text(zh="业务复杂的次要迹象", en="Weak signs of a complex business"),
    }[SIGN_FACTS[name]]
    return Fact(name, MULTI, label, {sign.id: sign.label for sign in scheme.signs if sign.strength == SIGN_FACTS[name]})


def impossible(premise: Premise, facts: Mapping[str, Fact]) -> Iterator[Test]:
    """Tests that make a premise impossible: no value passes them, or not together with others in the same ``all``."""
    match premise:
        case Test(fact, op, _) if op != "unknown" and not facts[fact].type.passes(facts[fact], [premise]):
            yield premise
        case All(parts):
            for part in parts:
                yield from impossible(part, facts)
            by_fact: dict[str, list[Test]] = {}
            for part in parts:
                if isinstance(part, Test) and part.op != "unknown":
                    by_fact.setdefault(part.fact, []).append(part)
            for name, tests in by_fact.items():
                if len(tests) > 1 and not facts[name].type.passes(facts[name], tests):
                    yield tests[-1]
        case Any(parts):
            found = [list(impossible(part, facts)) for part in parts]
            if all(found):
                yield from found[0]
