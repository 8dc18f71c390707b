"""Pages of the reference site on tasks, and on the checks that hold answers against one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.schema import PHASES, Work
from advisor.reporting.reference.entries import Reference, ReferenceEntry
from advisor.rounding import plain_number
from advisor.text import join, say

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def task_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every task, by phase."""
    for task in sorted(reference.knowledge.tasks, key=lambda task: PHASES.index(task.phase)):
        phase = say("report", f"phase.{task.phase}", reference.lang)
        entry = ReferenceEntry(task.id, reference.of(task.title), phase, task.id)
        entry.details = [
            (reference.word("about"), reference.of(task.text)),
            (reference.word("owner"), say("report", f"role.{task.owner}", reference.lang)),
            (reference.word("field.done_when"), reference.of(task.done_when)),
            (reference.word("own_days"), _work(reference, task.own_days)),
            (reference.word("outside_days"), _work(reference, task.outside_days)),
            (reference.word("weeks"), _work(reference, task.weeks)),
        ]
        entry.links = [
            (reference.word("drawn_by"), reference.to_rules(reference.rules_by_finding.get(task.id, []))),
            (reference.word("after"), reference.to_findings(task.after)),
            (reference.word("lifts"), reference.to_findings(task.lifts)),
            (reference.word("meets"), reference.to_findings(task.meets)),
            (reference.word("raises"), reference.to_questions(list(task.raises))),
            (reference.word("sources"), reference.to_sources(task.sources)),
        ]
        yield entry


def _work(reference: Reference, work: Work) -> str:
    """Low, base and high, and what is added for each of a quantity; empty where it is nothing."""
    if work.is_nothing:
        return ""
    scheme = reference.knowledge.project
    parts = [_span(work.base)] if any(work.base) else []
    for name, span in work.per.items():
        quantity = reference.of(scheme.quantities[name].label) if scheme and name in scheme.quantities else name
        parts.append(reference.word("per", span=_span(span), quantity=quantity))
    return join(parts, reference.lang)


def _span(span: tuple[float, float, float]) -> str:
    return "–".join(plain_number(end) for end in dict.fromkeys(span))


def check_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every check of answers against one another, with the codes of the questions in the place of answers."""
    for compiled in reference.knowledge.checks:
        check, questions = compiled.check, reference.knowledge.questions

        def code(found: re.Match[str]) -> str:
            return questions[found[1]].code if found[1] in questions else found[1]  # noqa: B023 (called at once)

        text = _PLACEHOLDER.sub(code, reference.of(check.text))
        entry = ReferenceEntry(check.id, check.id, reference.word(f"doubt.{check.doubt}"), "")
        entry.details = [(reference.word("remark"), text)]
        if check.when:
            words = premise_in_words(compiled.premise, reference.knowledge, reference.lang)
            entry.details.append((reference.word("when"), words))
        if check.more:
            low, high = (" + ".join(_term(reference, name, times) for name, times in part.items()) for part in check.more)
            entry.details.append((reference.word("more_than"), f"{low} > {high}"))
        entry.links = [
            (reference.word("asks"), reference.to_questions(compiled.questions)),
            (reference.word("sources"), reference.to_sources(check.sources)),
        ]
        yield entry


def _term(reference: Reference, name: str, times: float) -> str:
    question = reference.knowledge.questions.get(name)
    label = question.code if question else name
    return label if times == 1 else f"{label} × {plain_number(times)}"
