"""The reference site: every rule, question, score, finding, claim and work on an anchor of its own, linked both ways.

Enters: a :class:`~advisor.knowledge.model.Knowledge`. Leaves: HTML pages by file name, one set for each language. It is
what a consultant opens when a client asks "where does that come from?".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.knowledge.coverage import rule_links, source_uses
from advisor.knowledge.facts import Fact
from advisor.knowledge.in_words import premise_in_words
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Finding, Question, Score
from advisor.reporting.html import template_environment
from advisor.text import LANGS, Lang, Text, say

PAGES = ("rules", "questions", "scores", "findings", "papers", "works", "disagreements")


@dataclass(frozen=True)
class Link:
    """A reference to another entry: its page, its anchor and what it is called."""

    page: str
    anchor: str
    title: str


@dataclass
class Entry:
    """One thing with its anchor: what is said of it, and what it is linked to, each under a label."""

    anchor: str
    title: str
    group: str
    mark: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, list[Link]]] = field(default_factory=list)


def build_site(knowledge: Knowledge) -> dict[str, str]:
    """Every page of the site by its path, ``zh/rules.html`` and so on."""
    return {f"{lang}/{page}.html": build_page(knowledge, lang, page) for lang in LANGS for page in ("index", *PAGES)}


def build_page(knowledge: Knowledge, lang: Lang, page: str, ways: Sequence[tuple[str, str]] = ()) -> str:
    """One page of the site: one of :data:`PAGES` or ``index``.

    ``ways`` lead out of it, to whatever the site is part of: addresses with their labels, the first one home.
    """
    builder = _Builder(knowledge, lang)
    words = {name: say("reference", f"page.{name}", lang) for name in ("index", *PAGES)}
    shared = {
        "lang": lang,
        "pages": words,
        "page": page,
        "title": say("reference", "title", lang),
        "short": say("reference", "short", lang),
        "ways": ways,
        "other": "en" if lang == "zh" else "zh",
        "version": say("reference", "version", lang, version=knowledge.version),
    }
    template = template_environment().get_template("reference/page.html")
    if page != "index":
        return template.render(groups=_grouped(list(getattr(builder, page)())), intro="", **shared)
    counts = [(name, words[name], sum(1 for _ in getattr(builder, name)())) for name in PAGES]
    return template.render(groups={}, intro=say("reference", "intro", lang), counts=counts, **shared)


class _Builder:
    def __init__(self, knowledge: Knowledge, lang: Lang) -> None:
        self.knowledge, self.lang = knowledge, lang
        self.uses = source_uses(knowledge)
        self.asking: dict[str, list[CompiledRule]] = {}
        self.drawing: dict[str, list[CompiledRule]] = {}
        for rule in knowledge.rules:
            for name in facts_in(rule.premise):
                fact = knowledge.facts[name]
                self.asking.setdefault(fact.band.of if fact.band else name, []).append(rule)
            for conclusion in rule.rule.then:
                self.drawing.setdefault(conclusion.target, []).append(rule)

    # --- words and links ----------------------------------------------------------------------------------------------

    def word(self, key: str, /, **values: object) -> str:
        return say("reference", key, self.lang, **values)

    def of(self, text: Text) -> str:
        return text[self.lang]

    def to_rules(self, rules: list[CompiledRule] | tuple[str, ...]) -> list[Link]:
        names = [rule if isinstance(rule, str) else rule.id for rule in rules]
        return [Link("rules", name, name) for name in dict.fromkeys(names)]

    def to_questions(self, names: Iterator[str] | list[str] | tuple[str, ...]) -> list[Link]:
        known = [self.knowledge.questions[name] for name in dict.fromkeys(names) if name in self.knowledge.questions]
        return [Link("questions", q.id, f"{q.code} {self.of(q.text)}") for q in known]

    def to_sources(self, names: list[str]) -> list[Link]:
        return [Link("papers" if name in self.knowledge.claims else "works", name, name) for name in names]

    def to_findings(self, names: list[str]) -> list[Link]:
        known = [self.knowledge.findings[name] for name in dict.fromkeys(names) if name in self.knowledge.findings]
        return [Link("findings", finding.id, self.of(finding.title)) for finding in known]

    def to_scores(self, names: list[str]) -> list[Link]:
        return [Link("scores", name, self.of(self.knowledge.scores[name].label)) for name in dict.fromkeys(names)]

    # --- pages --------------------------------------------------------------------------------------------------------

    def rules(self) -> Iterator[Entry]:
        for compiled in self.knowledge.rules:
            rule = compiled.rule
            links = rule_links(self.knowledge, rule.id)
            marks = [self.word(f"basis.{rule.basis}"), *([self.word("dated")] if rule.dated else [])]
            entry = Entry(rule.id, rule.id, self.word(f"kind.{rule.kind}"), " · ".join(marks))
            entry.said = [
                (self.word("when"), premise_in_words(compiled.premise, self.knowledge, self.lang)),
                (self.word("then"), "; ".join(self._conclusion(c.model_dump(), c.kind) for c in rule.then)),
                (self.word("because"), self.of(rule.text)),
                (self.word("stands_in"), compiled.place.rsplit(":", 1)[0]),
            ]
            entry.links = [
                (self.word("concludes"), self.to_findings([c.target for c in rule.then])),
                (self.word("sources"), self.to_sources(rule.sources)),
                (self.word("asks"), self.to_questions(links.questions)),
                (self.word("fed_by"), self.to_rules(links.fed_by)),
                (self.word("feeds"), self.to_rules(links.feeds)),
            ]
            yield entry

    def _conclusion(self, shown: dict[str, Any], kind: str) -> str:
        name = shown.pop(kind)
        title = self.of(self.knowledge.titles[name])
        said = {key: value for key, value in shown.items() if value}
        extra = ", ".join(f"{self.word(f'field.{key}')} {self._level(value)}".strip() for key, value in said.items())
        return f"{title} ({extra})" if extra else title

    def _level(self, value: object) -> str:
        if isinstance(value, bool):
            return ""
        return self.word(f"level.{value}") if isinstance(value, str) else f"{value:+g}"

    def questions(self) -> Iterator[Entry]:
        titles = {section.code: self.of(section.title) for section in self.knowledge.sections}
        scored: dict[str, list[str]] = {}
        for name, score in self.knowledge.scores.items():
            for item in score.inputs:
                if item.fact:
                    scored.setdefault(item.fact, []).append(name)
        for question in self.knowledge.questions.values():
            fact = self.knowledge.facts[question.id]
            entry = Entry(question.id, f"{question.code} {self.of(question.text)}", titles[question.code[0]], question.id)
            entry.said = list(self._question(question, fact))
            entry.links = [
                (self.word("sources"), self.to_sources(question.claims)),
                (self.word("used_by_scores"), self.to_scores(scored.get(question.id, []))),
                (self.word("used_by_rules"), self.to_rules(self.asking.get(question.id, []))),
            ]
            yield entry

    def _question(self, question: Question, fact: Fact) -> Iterator[tuple[str, str]]:
        if question.help:
            yield self.word("help"), self.of(question.help)
        yield self.word("why_asked"), self.of(question.why)
        if fact.values:
            shown = "; ".join(f"{value} = {self.of(text)}" for value, text in fact.values.items())
            yield self.word("answers"), shown
        if question.unit:
            yield self.word("unit"), self.of(question.unit)
        if lever := self.knowledge.levers.get(question.id):
            yield self.word("lever"), f"{self.of(lever.title)} – {self.of(lever.text)}"
        if question.id in self.knowledge.fixed:
            yield self.word("fixed"), self.of(self.knowledge.fixed[question.id])
        if question.ask_if:
            premise = sound_premise(question.ask_if, self.knowledge.facts)
            yield self.word("asked_if"), premise_in_words(premise, self.knowledge, self.lang)

    def scores(self) -> Iterator[Entry]:
        above: dict[str, list[str]] = {}
        for name, score in self.knowledge.scores.items():
            for item in score.inputs:
                if item.score:
                    above.setdefault(item.score, []).append(name)
        for name, score in self.knowledge.scores.items():
            entry = Entry(name, self.of(score.label), "", f"{name} · {self.word(f'basis.{score.basis}')}")
            entry.said = [(self.word("about"), self.of(score.about)), (self.word("made_of"), self._inputs(score))]
            entry.links = [
                (self.word("parts"), self.to_scores([i.score for i in score.inputs if i.score])),
                (self.word("asks"), self.to_questions([i.fact for i in score.inputs if i.fact])),
                (self.word("part_of"), self.to_scores(above.get(name, []))),
                (self.word("sources"), self.to_sources(list(dict.fromkeys([*score.sources, *_cited(score)])))),
            ]
            yield entry

    def _inputs(self, score: Score) -> str:
        whole = sum(item.weight for item in score.inputs)
        parts = []
        for item in score.inputs:
            label = self.knowledge.scores[item.score].label if item.score else self.knowledge.facts[item.fact or ""].label
            turned = self.word("reversed") if item.reversed else ""
            share = self.word("highest") if score.combine == "max" else f"{item.weight / whole:.0%}"
            parts.append(f"{self.of(label).rstrip('？?')}{turned} – {share}")
        return "; ".join(parts)

    def findings(self) -> Iterator[Entry]:
        for name, finding in self.knowledge.findings.items():
            kind = finding.kind
            entry = Entry(name, self.of(finding.title), self.word(f"kind.{kind}"), name)
            entry.said = [(self.word("about"), self.of(finding.text)), *self._fields(finding)]
            drawn = self.drawing.get(name, [])
            asked = dict.fromkeys(rule for one in drawn for rule in rule_links(self.knowledge, one.id).feeds)
            entry.links = [
                (self.word("drawn_by"), self.to_rules(drawn)),
                (self.word("feeds"), self.to_rules(tuple(asked))),
                (self.word("after"), self.to_findings(getattr(finding, "after", []))),
                (self.word("lifts"), self.to_findings(getattr(finding, "lifts", []))),
                (self.word("sources"), self.to_sources(list(dict.fromkeys(s for r in drawn for s in r.rule.sources)))),
            ]
            yield entry

    def _fields(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """The fields a kind of finding has of its own, those that are texts."""
        for name in type(finding).model_fields:
            value = getattr(finding, name)
            if isinstance(value, Text) and name not in ("title", "text"):
                yield self.word(f"field.{name}"), self.of(value)

    def papers(self) -> Iterator[Entry]:
        for name, claim in self.knowledge.claims.items():
            paper = self.knowledge.sources[name.split("-")[0]]
            citation = self.knowledge.citation(name)
            entry = Entry(name, name, f"{paper.id} {self.of(paper.title)}", self.of(citation.where))
            entry.said = [(self.word("claim"), claim.text[self.lang])]
            if claim.note:
                entry.said.append((self.word("note"), self.of(claim.note)))
            if context := self.knowledge.context.get(name):
                entry.said.append((self.word("context"), self.of(context.reason)))
            entry.links = self._users(name)
            yield entry

    def works(self) -> Iterator[Entry]:
        for name, work in self.knowledge.external.items():
            entry = Entry(name, name, "", self.word("confidence", level=self.word(f"level.{work.confidence}")))
            entry.said = [
                (self.word("work"), work.citation),
                (self.word("claim"), self.of(work.says)),
                (self.word("expires"), f"{work.checked} – {work.expires}"),
            ]
            entry.links = self._users(name)
            yield entry

    def _users(self, source: str) -> list[tuple[str, list[Link]]]:
        """Everything that cites a source."""
        found: dict[str, list[str]] = {}
        for kind, name in self.uses[source]:
            found.setdefault(kind, []).append(name)
        entries = {entry.id: entry for entry in self.knowledge.disagreements}
        opposed = [Link("disagreements", n, self.of(entries[n].title)) for n in found.get("disagreement", [])]
        return [
            (self.word("used_by_rules"), self.to_rules(tuple(found.get("rule", [])))),
            (self.word("asks"), self.to_questions(found.get("question", []))),
            (self.word("used_by_scores"), self.to_scores(found.get("score", []))),
            (self.word("page_disagreements"), opposed),
        ]

    def disagreements(self) -> Iterator[Entry]:
        for item in self.knowledge.disagreements:
            entry = Entry(item.id, self.of(item.title), "", item.id)
            entry.said = [(", ".join(side.claims), self.of(side.says)) for side in item.sides]
            entry.said += [(self.word("handling"), self.of(item.handling)), (self.word("because"), self.of(item.why))]
            rules = tuple(name for name in item.concerns if name in self.knowledge.rules_by_id)
            entry.links = [
                (self.word("sources"), self.to_sources([claim for side in item.sides for claim in side.claims])),
                (self.word("shows_in"), self.to_findings(item.concerns)),
                (self.word("used_by_rules"), self.to_rules(rules)),
                (self.word("used_by_scores"), self.to_scores([n for n in item.concerns if n in self.knowledge.scores])),
            ]
            yield entry


def _grouped(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Entries under their groups, in the order in which each group first comes up."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return groups


def _cited(score: Score) -> list[str]:
    return [source for item in score.inputs for source in item.sources]
