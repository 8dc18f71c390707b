"""Pages of the reference site on rules and the findings they draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.knowledge.coverage import rule_links
from advisor.knowledge.in_words import premise_in_words, review_in_words
from advisor.knowledge.schema import Finding
from advisor.reporting.reference.entries import Reference, ReferenceEntry, page_of
from advisor.text import Text


def rule_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every rule."""
    for compiled in reference.knowledge.rules:
        rule = compiled.rule
        links = rule_links(reference.knowledge, rule.id)
        marks = [reference.word(f"basis.{rule.basis}")]
        marks += [reference.word(f"limit_{rule.limit}")] if rule.limit else []
        marks += [reference.word("dated")] if rule.dated else []
        marks += [reference.of(review_in_words(rule.review))]
        entry = ReferenceEntry(rule.id, rule.id, reference.word(f"kind.{rule.kind}"), " · ".join(marks))
        entry.details = [
            (reference.word("when"), premise_in_words(compiled.premise, reference.knowledge, reference.lang)),
            (reference.word("then"), "; ".join(_conclusion(reference, c.model_dump(), c.kind) for c in rule.then)),
            (reference.word("because"), reference.of(rule.text)),
            (reference.word("stands_in"), compiled.place.rsplit(":", 1)[0]),
        ]
        entry.links = [
            (reference.word("concludes"), reference.to_findings([c.target for c in rule.then])),
            (reference.word("sources"), reference.to_sources(rule.sources)),
            (reference.word("asks"), reference.to_questions(links.questions)),
            (reference.word("fed_by"), reference.to_rules(links.fed_by)),
            (reference.word("feeds"), reference.to_rules(links.feeds)),
        ]
        yield entry


def _conclusion(reference: Reference, fields: dict[str, Any], kind: str) -> str:
    name = fields.pop(kind)
    title = reference.of(reference.knowledge.titles[name])
    set_fields = {key: value for key, value in fields.items() if value}
    extra = ", ".join(
        f"{reference.word(f'field.{key}')} {_level(reference, value)}".strip() for key, value in set_fields.items()
    )
    return f"{title} ({extra})" if extra else title


def _level(reference: Reference, value: object) -> str:
    if isinstance(value, bool):
        return ""
    return reference.word(f"level.{value}") if isinstance(value, str) else f"{value:+g}"


def finding_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every finding but the tasks, which have a page of their own."""
    tasks: dict[str, list[str]] = {}
    for task in reference.knowledge.tasks:
        for name in (*task.lifts, *task.meets):
            tasks.setdefault(name, []).append(task.id)
    for name, finding in reference.knowledge.findings.items():
        if page_of(finding) != "findings":
            continue
        kind = finding.kind
        entry = ReferenceEntry(name, reference.of(finding.title), reference.word(f"kind.{kind}"), name)
        entry.details = [(reference.word("about"), reference.of(finding.text)), *_fields(reference, finding)]
        rules = reference.rules_by_finding.get(name, [])
        sources = [source for rule in rules for source in rule.rule.sources]
        fed_rules = dict.fromkeys(fed for rule in rules for fed in rule_links(reference.knowledge, rule.id).feeds)
        entry.links = [
            (reference.word("drawn_by"), reference.to_rules(rules)),
            (reference.word("feeds"), reference.to_rules(tuple(fed_rules))),
            (reference.word("offered_by"), reference.to_products(reference.products_by_function.get(name, []))),
            (reference.word("met_by"), reference.to_findings(tasks.get(name, []))),
            (reference.word("sources"), reference.to_sources(list(dict.fromkeys(sources)))),
        ]
        yield entry


def _fields(reference: Reference, finding: Finding) -> Iterator[tuple[str, str]]:
    """The fields a kind of finding has of its own, those that are texts."""
    for name in type(finding).model_fields:
        value = getattr(finding, name)
        if isinstance(value, Text) and name not in ("title", "text"):
            yield reference.word(f"field.{name}"), reference.of(value)
