"""The vocabulary of facts: what rules may ask about, and which values each fact can take.

A fact is the answer to a question, a band read off a number, or the operating model. Rules never name anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.knowledge.premises import COMPARISONS, All, Any, Premise, Test, Value
from advisor.knowledge.schema import Band, ModelScheme, Question, QuestionsFile
from advisor.text import Text

FactKind = Literal["ordered", "number", "choice", "multi", "text"]
MODEL_FACT = "model"

YES_NO = {"yes": Text(zh="是", en="Yes"), "no": Text(zh="否", en="No")}


@dataclass(frozen=True)
class Fact:
    """A named value with its kind and, where they are finitely many, all the values it can take.

    ``ordered``: an integer step of a scale, or a band by name; ``number``: from ``low`` to ``high``; ``choice``: one of
    ``values``; ``multi``: a set of them; ``text``: free lines, never tested but for being there.
    """

    name: str
    kind: FactKind
    label: Text
    values: Mapping[str, Text]
    low: float | None = None
    high: float | None = None
    question: Question | None = None
    band: Band | None = None

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of a scale, lowest first; empty for any other fact."""
        return tuple(int(v) for v in self.values) if self.kind == "ordered" else ()


def question_fact(question: Question, files: QuestionsFile) -> Fact:
    """The fact a question fills. Raises ``KeyError`` where its scale or options do not exist."""
    match question.type:
        case "scale":
            steps = files.scales[question.scale or ""].steps
            values = {str(step): text for step, text in sorted(steps.items())}
            return Fact(question.id, "ordered", question.text, values, min(steps), max(steps), question)
        case "choice" | "multi":
            options = files.options[question.options or ""]
            kind: FactKind = "choice" if question.type == "choice" else "multi"
            return Fact(question.id, kind, question.text, options, question=question)
        case "yes_no":
            return Fact(question.id, "choice", question.text, YES_NO, question=question)
        case "list":
            return Fact(question.id, "text", question.text, {}, question=question)
        case "percent":
            low, high = question.min or 0.0, 100.0 if question.max is None else question.max
            return Fact(question.id, "number", question.text, {}, low, high, question)
        case _:
            low = 0.0 if question.min is None else question.min
            return Fact(question.id, "number", question.text, {}, low, question.max, question)


def band_fact(name: str, band: Band) -> Fact:
    """The fact a band defines: a choice of its steps."""
    return Fact(name, "choice", band.label, {step.id: step.label for step in band.steps}, band=band)


def model_fact(scheme: ModelScheme) -> Fact:
    """The fact ``model``: the operating models in play (several where the firm is mixed or has further lines)."""
    label = Text(zh="运作模式", en="Operating model")
    return Fact(MODEL_FACT, "multi", label, {name: kind.label for name, kind in scheme.kinds.items()})


def impossible(premise: Premise, facts: Mapping[str, Fact]) -> Iterator[Test]:
    """Tests that make a premise impossible: no value passes them, or not together with others in the same ``all``."""
    match premise:
        case Test(fact, op, _) if op != "unknown" and not any(True for _ in _passing(facts[fact], [premise])):
            yield premise
        case All(parts):
            for part in parts:
                yield from impossible(part, facts)
            by_fact: dict[str, list[Test]] = {}
            for part in parts:
                if isinstance(part, Test) and part.op != "unknown":
                    by_fact.setdefault(part.fact, []).append(part)
            for name, tests in by_fact.items():
                if len(tests) > 1 and facts[name].kind != "multi" and not any(True for _ in _passing(facts[name], tests)):
                    yield tests[-1]
        case Any(parts):
            found = [list(impossible(part, facts)) for part in parts]
            if all(found):
                yield from found[0]


def _passing(fact: Fact, tests: list[Test]) -> Iterator[Value]:
    """Values of a fact that pass all tests; for numbers, probes at and around every limit."""
    return (value for value in _candidates(fact, tests) if all(test.accepts(value) for test in tests))


def _candidates(fact: Fact, tests: list[Test]) -> Iterator[Value]:
    if fact.kind == "ordered":
        yield from fact.steps
    elif fact.kind == "choice":
        yield from fact.values
    elif fact.kind == "multi":
        yield frozenset(fact.values)
        yield frozenset()
    else:
        limits = [t.argument for t in tests if t.op in COMPARISONS and isinstance(t.argument, int | float)]
        exact = [float(v) for t in tests if t.op == "in" and isinstance(t.argument, frozenset) for v in t.argument]
        for limit in [*limits, *exact]:
            for step in (-0.001, 0.0, 0.001):
                value = limit + step
                if (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high):
                    yield value
