"""Pages of the reference site on questions and the scores made of their answers."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.facts import Fact
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Question, Score, ScoreInput
from advisor.reporting.reference.entries import Reference, ReferenceEntry
from advisor.rounding import plain_number


def question_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every question."""
    titles = {section.code: reference.of(section.title) for section in reference.knowledge.sections}
    scored: dict[str, list[str]] = {}
    for name, score in reference.knowledge.scores.items():
        for item in score.inputs:
            if item.fact:
                scored.setdefault(item.fact, []).append(name)
    for question in reference.knowledge.questions.values():
        fact = reference.knowledge.facts[question.id]
        entry = ReferenceEntry(
            question.id, f"{question.code} {reference.of(question.text)}", titles[question.code[0]], question.id
        )
        entry.details = list(_question(reference, question, fact))
        entry.links = [
            (reference.word("sources"), reference.to_sources(question.claims)),
            (reference.word("used_by_scores"), reference.to_scores(scored.get(question.id, []))),
            (reference.word("used_by_rules"), reference.to_rules(reference.rules_by_question.get(question.id, []))),
            (reference.word("page.checks"), reference.to_checks(reference.checks_by_question.get(question.id, []))),
        ]
        yield entry


def _question(reference: Reference, question: Question, fact: Fact) -> Iterator[tuple[str, str]]:
    if question.help:
        yield reference.word("help"), reference.of(question.help)
    yield reference.word("why_asked"), reference.of(question.why)
    if fact.values:
        options = "; ".join(f"{value} = {reference.of(text)}" for value, text in fact.values.items())
        yield reference.word("answers"), options
    if question.unit:
        yield reference.word("unit"), reference.of(question.unit)
    for task in reference.knowledge.raised_by.get(question.id, ()):
        yield reference.word("raised_by"), f"{reference.of(task.title)} – {reference.of(task.text)}"
    if question.id in reference.knowledge.fixed:
        yield reference.word("fixed"), reference.of(reference.knowledge.fixed[question.id])
    if question.ask_if:
        premise = sound_premise(question.ask_if, reference.knowledge.facts)
        yield reference.word("asked_if"), premise_in_words(premise, reference.knowledge, reference.lang)


def score_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every score."""
    above: dict[str, list[str]] = {}
    for name, score in reference.knowledge.scores.items():
        for item in score.inputs:
            if item.score:
                above.setdefault(item.score, []).append(name)
    for name, score in reference.knowledge.scores.items():
        entry = ReferenceEntry(name, reference.of(score.label), "", f"{name} · {reference.word(f'basis.{score.basis}')}")
        entry.details = [
            (reference.word("about"), reference.of(score.about)),
            (reference.word("made_of"), _inputs(reference, score)),
        ]
        entry.links = [
            (reference.word("parts"), reference.to_scores([i.score for i in score.inputs if i.score])),
            (reference.word("asks"), reference.to_questions([i.fact for i in score.inputs if i.fact])),
            (reference.word("part_of"), reference.to_scores(above.get(name, []))),
            (reference.word("sources"), reference.to_sources(list(dict.fromkeys([*score.sources, *_cited(score)])))),
        ]
        yield entry


def _inputs(reference: Reference, score: Score) -> str:
    parts = []
    for item in score.inputs:
        label = (
            reference.knowledge.scores[item.score].label if item.score else reference.knowledge.facts[item.fact or ""].label
        )
        turned = reference.word("reversed") if item.reversed else ""
        times = "" if item.times == 1 else reference.word("times", times=plain_number(item.times))
        parts.append(f"{reference.of(label).rstrip('？?')}{turned}{times} – {_share(reference, score, item)}")
    return "; ".join(parts)


def _share(reference: Reference, score: Score, item: ScoreInput) -> str:
    """What part of a score an input has, all being known."""
    if item.limit:
        return reference.word("limit")
    if score.combine == "max":
        return reference.word("highest")
    if score.combine == "strongest":
        return reference.word("always") if item.always else reference.word("among_strongest", count=score.strongest)
    return f"{item.weight / sum(item.weight for item in score.inputs if not item.limit):.0%}"


def _cited(score: Score) -> list[str]:
    return [source for item in score.inputs for source in item.sources]
