"""The loaded knowledge: one immutable object that everything above reads and nothing changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from advisor.knowledge.cross_checks import CompiledCheck
from advisor.knowledge.facts import PROJECT_FACTS, Fact
from advisor.knowledge.premises import Premise, facts_in, findings_in
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import (
    AdviserQuestion,
    Band,
    Claim,
    Context,
    CostScheme,
    Disagreement,
    Edition,
    External,
    Finding,
    Merging,
    ModelScheme,
    Product,
    ProjectScheme,
    Question,
    Retired,
    Rule,
    Scale,
    Score,
    Section,
    SelectionScheme,
    Source,
    Task,
    TenderPart,
    Topic,
    ValueScheme,
    VerdictScheme,
    Weighting,
)
from advisor.text import Text

LAYERS: tuple[tuple[str, ...], ...] = (
    ("evidence",),
    ("need",),
    ("function", "practice", "option"),
    ("misconception", "caution", "lighter", "condition", "blocker", "legal_check"),
    ("risk",),
    ("task",),
    ("benefit", "approach"),
)
"""Kinds of conclusion in the order they are drawn; a rule may look only at findings of its own or an earlier layer."""

PAPERS_ONLY = "-papers-only"
"""What the version of a knowledge ends in that has nothing from outside the papers."""

LAYER_NAMES: tuple[str, ...] = ("evidence", "need", "function", "diagnosis", "risk", "task", "benefit")


def layer_of(kind: str) -> int:
    """The index of the layer in which findings of ``kind`` are concluded."""
    return next(index for index, kinds in enumerate(LAYERS) if kind in kinds)


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its premises compiled, its layer, and where it stands."""

    rule: Rule
    premise: Premise
    layer: int
    place: str

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id


@dataclass(frozen=True)
class CitedSource:
    """What a source id stands for: a claim of a paper with its section, or a work outside the papers and how its text was
    looked up."""

    id: str
    text: Text
    source: str
    where: Text
    year: int | None
    dated: bool
    external: bool
    expires: date | None = None
    note: Text | None = None
    read_in: Text | None = None


@dataclass(frozen=True, repr=False, eq=False)
class Knowledge:
    """Vocabulary, sources, questionnaires and rules.

    ``version`` is the authors' version and a hash of every file's content, followed by what was done to it since (papers
    only, other weights). ``sizes`` is what tasks grow with, kept where ``project`` with its prices is left out.
    ``weighting`` are the weights in force where they are not those of the files. ``retired`` are questions that earlier
    sheets hold, oldest first. ``set_functions`` are the priorities, or weights, of functions that a firm set
    itself.
    """

    version: str
    facts: Mapping[str, Fact]
    questions: Mapping[str, Question]
    sections: tuple[Section, ...]
    scales: Mapping[str, Scale]
    options: Mapping[str, Mapping[str, Text]]
    editions: Mapping[str, Edition]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    external: Mapping[str, External]
    context: Mapping[str, Context]
    disagreements: tuple[Disagreement, ...]
    scores: Mapping[str, Score]
    models: ModelScheme
    verdict: VerdictScheme
    findings: Mapping[str, Finding]
    rules: tuple[CompiledRule, ...]
    fixed: Mapping[str, Text]
    weightings: Mapping[str, Weighting]
    products: Mapping[str, Product]
    selection: SelectionScheme | None
    cost: CostScheme | None
    project: ProjectScheme | None
    sizes: ProjectScheme | None
    adviser_questions: Mapping[str, AdviserQuestion]
    tender: Mapping[str, TenderPart]
    value: ValueScheme | None = None
    checks: tuple[CompiledCheck, ...] = ()
    weighting: Weighting | None = None
    retired: Mapping[str, Retired] = field(default_factory=dict)
    retired_facts: Mapping[str, Fact] = field(default_factory=dict)
    merges: Mapping[str, Merging] = field(default_factory=dict)
    renamed_steps: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    set_functions: Mapping[str, str | float] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Knowledge {self.version}: {len(self.rules)} rules, {len(self.questions)} questions>"

    @cached_property
    def rules_by_id(self) -> Mapping[str, CompiledRule]:
        """Every rule by its id."""
        return {compiled.id: compiled for compiled in self.rules}

    @cached_property
    def asked_if(self) -> Mapping[str, Premise]:
        """When a question that is not for everyone is asked, by question."""
        conditional = [question for question in self.questions.values() if question.ask_if]
        return {question.id: sound_premise(question.ask_if or {}, self.facts) for question in conditional}

    @cached_property
    def bands(self) -> Mapping[str, Band]:
        """The facts that are classes read off a number."""
        return {name: fact.band for name, fact in self.facts.items() if fact.band}

    @cached_property
    def makers(self) -> Mapping[str, tuple[CompiledRule, ...]]:
        """The rules that draw each finding, in the order of the rules."""
        found: dict[str, list[CompiledRule]] = {}
        for compiled in self.rules:
            for conclusion in compiled.rule.then:
                if conclusion.kind != "evidence":
                    found.setdefault(conclusion.target, []).append(compiled)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def drawn_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The findings that some rule draws, by kind, in the order of the rules."""
        found: dict[str, list[str]] = {}
        for name in self.makers:
            found.setdefault(self.findings[name].kind, []).append(name)
        return {kind: tuple(names) for kind, names in found.items()}

    @cached_property
    def titles(self) -> Mapping[str, Text]:
        """All that a rule can conclude, in words: findings by their titles, operating models by their names."""
        models: dict[str, Text] = {model: kind.label for model, kind in self.models.kinds.items()}
        return models | {name: finding.title for name, finding in self.findings.items()}

    @cached_property
    def askers(self) -> Mapping[str, tuple[CompiledRule, ...]]:
        """The rules that look at each finding, in the order of the rules."""
        found: dict[str, list[CompiledRule]] = {}
        for compiled in self.rules:
            for name in dict.fromkeys(findings_in(compiled.premise)):
                found.setdefault(name, []).append(compiled)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def rules_in_order(self) -> tuple[CompiledRule, ...]:
        """The rules in the order in which they are drawn and told: layer by layer, each after those whose findings it looks
        at, otherwise as they stand in the files."""
        sorter = TopologicalSorter(
            {
                place: [self.places[maker.id] for name in findings_in(rule.premise) for maker in self.makers.get(name, ())]
                for place, rule in enumerate(self.rules)
            }
        )
        sorter.prepare()
        ready: list[tuple[int, int]] = []
        ordered = []
        while sorter.is_active():
            for place in sorter.get_ready():
                heappush(ready, (self.rules[place].layer, place))
            _, place = heappop(ready)
            ordered.append(self.rules[place])
            sorter.done(place)
        return tuple(ordered)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every rule among all."""
        return {compiled.id: place for place, compiled in enumerate(self.rules)}

    @cached_property
    def topics(self) -> Mapping[str, tuple[Section, Topic]]:
        """Every topic by its id with its section, in the order they are asked; a section without topics is one itself."""
        found = {}
        for section in self.sections:
            own = [q.id for q in self.questions.values() if q.code[0] == section.code]
            whole = [Topic(id=section.id, title=section.title, questions=own)] if own else []
            found.update({topic.id: (section, topic) for topic in section.topics or whole})
        return found

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Catalogue code to question ids: ``G1`` has one question, ``A4`` the parts ``A4a`` and ``A4b``."""
        found: dict[str, list[str]] = {}
        asked = {question.code for question in self.questions.values() if not isinstance(question, Retired)}
        for question in self.questions.values():
            if isinstance(question, Retired) and question.code in asked:
                continue
            found.setdefault(question.code, []).append(question.id)
            if question.code[-1].isalpha() and question.code[:-1] not in asked:  # I8 beside I8b is a question of its own
                found.setdefault(question.code[:-1], []).append(question.id)
        return {code: tuple(sorted(ids, key=lambda name: self.questions[name].code)) for code, ids in found.items()}

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The catalogue of tasks, in the order of the files."""
        return tuple(finding for finding in self.findings.values() if isinstance(finding, Task))

    @cached_property
    def raised_by(self) -> Mapping[str, tuple[Task, ...]]:
        """For each answer that can be changed the tasks that move it."""
        raising: dict[str, list[Task]] = {}
        for task in self.tasks:
            for name in task.raises:
                raising.setdefault(name, []).append(task)
        return {name: tuple(tasks) for name, tasks in raising.items()}

    @cached_property
    def reading(self) -> Knowledge:
        """This knowledge for reading answers: questions that are no longer asked are known beside the others."""
        if not self.retired:
            return self
        return replace(
            self, questions={**self.questions, **self.retired}, facts={**self.facts, **self.retired_facts}, retired={}
        )

    @cached_property
    def by_line(self) -> frozenset[str]:
        """The questions that a second line of business may answer otherwise."""
        sections = {section.code: section.by_line for section in self.sections}
        asked = self.questions.values()
        return frozenset(q.id for q in asked if (sections[q.code[0]] if q.by_line is None else q.by_line))

    @cached_property
    def is_papers_only(self) -> bool:
        """Whether everything from outside the six papers has been taken out."""
        return PAPERS_ONLY in self.version

    def papers_only(self) -> Knowledge:
        """This knowledge without anything from outside the papers.

        Rules whose basis is external go, with the findings that no other rule draws and the rules that ask for those;
        what stays loses its external sources. Products and what a project costs are from outside, so they go as well, with
        the facts that are read off a project.
        """
        rules = [
            rule
            for rule in self.rules
            if rule.rule.basis != "external" and not set(facts_in(rule.premise)) & set(PROJECT_FACTS)
        ]
        while True:
            drawn = {conclusion.target for rule in rules for conclusion in rule.rule.then}
            kept = [rule for rule in rules if all(name in drawn for name in findings_in(rule.premise))]
            if len(kept) == len(rules):
                break
            rules = kept
        bare = [
            replace(rule, rule=rule.rule.model_copy(update={"sources": [s for s in rule.rule.sources if s in self.claims]}))
            for rule in rules
        ]
        tasks = {
            task.id: task.model_copy(update={"sources": [s for s in task.sources if s in self.claims]})
            for task in self.tasks
        }
        findings = {
            name: tasks.get(name, finding) for name, finding in self.findings.items() if name in drawn or name in tasks
        }
        facts = {name: fact for name, fact in self.facts.items() if fact.project is None}
        scores = {name: _without(score, PROJECT_FACTS) for name, score in self.scores.items()}
        inside = replace(
            self,
            version=self.version + PAPERS_ONLY,
            rules=tuple(bare),
            findings=findings,
            external={},
            facts=facts,
            scores=scores,
        )
        return replace(inside, products={}, selection=None, cost=None, project=None, value=None)

    @property
    def project_facts(self) -> tuple[str, ...]:
        """The facts that are read off the project of a firm, in the order in which they are worked out."""
        return tuple(name for name in PROJECT_FACTS if name in self.facts) if self.project else ()

    def facts_under(self, scores: Iterable[str]) -> dict[str, None]:
        """The facts some scores are made of, all the way down, each once and in reading order."""
        found: dict[str, None] = {}
        for name in scores:
            for item in self.scores[name].inputs:
                found.update(self.facts_under([item.score]) if item.score else {item.fact or "": None})
        return found

    def scores_under(self, name: str) -> set[str]:
        """A score and all that it is made of, all the way down."""
        parts = (item.score for item in self.scores[name].inputs if item.score)
        return {name}.union(*(self.scores_under(part) for part in parts))

    def weighted(self, name: str, weighting: Weighting) -> Knowledge:
        """This knowledge with other weights; ``name`` becomes part of its version."""
        scores = dict(self.scores)
        for score, weights in weighting.weights.items():
            inputs = [i.model_copy(update={"weight": weights.get(i.name, i.weight)}) for i in scores[score].inputs]
            scores[score] = scores[score].model_copy(update={"inputs": inputs})
        return replace(self, version=f"{self.version}-weights-{name}", scores=scores, weighting=weighting)

    def with_products(self, name: str, products: Mapping[str, Product]) -> Knowledge:
        """This knowledge with further products, or others in place of those of the same id; ``name`` joins its version."""
        return replace(self, version=f"{self.version}-catalogue-{name}", products={**self.products, **products})

    def edition_questions(self, edition: str) -> tuple[Question, ...]:
        """The questions of an edition in asking order. Raises ``KeyError`` for an unknown edition."""
        ids = self.editions[edition].questions
        return tuple(self.questions.values()) if ids == "all" else tuple(self.questions[name] for name in ids)

    def citation(self, source_id: str) -> CitedSource:
        """What stands behind a source id. Raises ``KeyError`` for an id that is neither claim nor external work."""
        if claim := self.claims.get(source_id):
            source = self.sources[source_id.split("-")[0]]
            where = source.sections[claim.section]
            return CitedSource(source_id, claim.text, source.id, where, source.year, claim.dated, False, None, claim.note)
        work = self.external[source_id]
        where, read_in = work.citation, work.read_in
        return CitedSource(source_id, work.says, source_id, where, work.year, False, True, work.expires, read_in=read_in)


def _without(score: Score, facts: Collection[str | None]) -> Score:
    """A score without some facts among its inputs."""
    inputs = [item for item in score.inputs if item.fact not in facts]
    return score if len(inputs) == len(score.inputs) else score.model_copy(update={"inputs": inputs})
