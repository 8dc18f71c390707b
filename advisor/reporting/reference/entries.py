"""Entries of the reference site and the links between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.knowledge.coverage import source_uses
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.schema import Finding, Task
from advisor.text import Lang, Text, say


@dataclass(frozen=True)
class ReferenceLink:
    """A reference to another entry: its page, its anchor and what it is called."""

    page: str
    anchor: str
    title: str


@dataclass
class ReferenceEntry:
    """One thing with its anchor, details and links, each under a label."""

    anchor: str
    title: str
    group: str
    mark: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, list[ReferenceLink]]] = field(default_factory=list)


def page_of(finding: Finding) -> str:
    """The page a finding stands on: tasks have one of their own."""
    return "tasks" if isinstance(finding, Task) else "findings"


class Reference:
    """The knowledge in one language, with who uses what."""

    def __init__(self, knowledge: Knowledge, lang: Lang) -> None:
        self.knowledge, self.lang = knowledge, lang
        self.uses = source_uses(knowledge)
        self.rules_by_question: dict[str, list[CompiledRule]] = {}
        self.rules_by_finding: dict[str, list[CompiledRule]] = {}
        for rule in knowledge.rules:
            for name in facts_in(rule.premise):
                fact = knowledge.facts[name]
                self.rules_by_question.setdefault(fact.band.of if fact.band else name, []).append(rule)
            for conclusion in rule.rule.then:
                self.rules_by_finding.setdefault(conclusion.target, []).append(rule)
        self.checks_by_question: dict[str, list[str]] = {}
        for compiled in knowledge.checks:
            for name in compiled.questions:
                self.checks_by_question.setdefault(name, []).append(compiled.check.id)
        self.products_by_function: dict[str, list[str]] = {}
        for product in knowledge.products.values():
            for name in (n for group in product.functions for n in (*group.yes, *group.add_on)):
                self.products_by_function.setdefault(name, []).append(product.id)

    def word(self, key: str, /, **values: object) -> str:
        """A text of the reference catalogue."""
        return say("reference", key, self.lang, **values)

    def of(self, text: Text) -> str:
        """A text in the language of the site."""
        return text[self.lang]

    def to_rules(self, rules: list[CompiledRule] | tuple[str, ...]) -> list[ReferenceLink]:
        """Links to rules."""
        names = [rule if isinstance(rule, str) else rule.id for rule in rules]
        return [ReferenceLink("rules", name, name) for name in dict.fromkeys(names)]

    def to_questions(self, names: Iterator[str] | list[str] | tuple[str, ...]) -> list[ReferenceLink]:
        """Links to those of the names that are questions."""
        known = [self.knowledge.questions[name] for name in dict.fromkeys(names) if name in self.knowledge.questions]
        return [ReferenceLink("questions", q.id, f"{q.code} {self.of(q.text)}") for q in known]

    def to_checks(self, names: list[str]) -> list[ReferenceLink]:
        """Links to checks of answers."""
        return [ReferenceLink("checks", name, name) for name in dict.fromkeys(names)]

    def to_products(self, names: list[str]) -> list[ReferenceLink]:
        """Links to products."""
        products = self.knowledge.products
        return [ReferenceLink("products", name, self.of(products[name].name)) for name in dict.fromkeys(names)]

    def to_sources(self, names: list[str]) -> list[ReferenceLink]:
        """Links to claims and works."""
        return [ReferenceLink("papers" if name in self.knowledge.claims else "works", name, name) for name in names]

    def to_findings(self, names: list[str]) -> list[ReferenceLink]:
        """Links to those of the names that are findings."""
        known = [self.knowledge.findings[name] for name in dict.fromkeys(names) if name in self.knowledge.findings]
        return [ReferenceLink(page_of(finding), finding.id, self.of(finding.title)) for finding in known]

    def to_scores(self, names: list[str]) -> list[ReferenceLink]:
        """Links to scores."""
        return [ReferenceLink("scores", name, self.of(self.knowledge.scores[name].label)) for name in dict.fromkeys(names)]
