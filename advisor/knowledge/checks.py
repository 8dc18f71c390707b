"""Do the files hold together? Every name that points somewhere is followed, and every mistake reported at once.

Enters: a draft of all files. Leaves: a :class:`~advisor.knowledge.model.Knowledge`, or the problems that stand against
it. Each ``check_*`` step looks at one kind of reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.errors import Place, Problem, Severity, nearest
from advisor.knowledge.check_selection import check_selection
from advisor.knowledge.check_upgrades import check_upgrades
from advisor.knowledge.draft import Draft, Path, sound
from advisor.knowledge.facts import Fact, band_fact, impossible, model_fact, question_fact
from advisor.knowledge.model import LAYER_NAMES, CompiledRule, Knowledge, layer_of
from advisor.knowledge.premises import Premise, findings_in
from advisor.knowledge.read_premises import compile_premise, sound_premise
from advisor.knowledge.schema import (
    Finding,
    Option,
    Practice,
    Product,
    Question,
    QuestionsFile,
    Recommendation,
    Rule,
    RulesFile,
)


def build(draft: Draft, version: str, complete: bool = True) -> tuple[Knowledge | None, list[Problem]]:
    """The knowledge of all files together, or None with the errors that stand against it.

    With ``complete=False`` (a file already failed) entries that do not fit their shape are left out, so that the
    references of all the others can still be checked.
    """
    builder = _Builder(draft, complete)
    rules = builder.check()
    if any(problem.severity == "error" for problem in builder.problems) or not complete:
        return None, builder.problems
    return builder.knowledge(version, rules), builder.problems


def build_sound(draft: Draft, version: str) -> Knowledge:
    """The knowledge of a draft that :func:`build` has found sound before."""
    builder = _Builder(draft, complete=True)
    builder.collect_facts()
    return builder.knowledge(version, builder.compile_sound())


_TOGETHER = (
    "bands", "scores", "findings", "rules", "claims", "external", "context", "disagreements", "levers", "fixed",
    "weightings", "adviser_questions", "tender",
)  # fmt: skip


_QUESTIONS = ("scales", "options", "questions", "retired", "merges", "renamed_steps")
_SINGLE = ("models", "verdict", "effort", "release", "selection", "cost")


class _Builder:
    def __init__(self, draft: Draft, complete: bool) -> None:
        self.draft, self.complete = draft, complete
        self.problems: list[Problem] = []
        merged = draft.merged if complete else sound(draft.merged)
        pick = merged.get
        single = {k: found[0] for k in _SINGLE if (found := pick(k))}
        self.rules = RulesFile.model_validate({k: pick(k) for k in _TOGETHER if pick(k)} | single)
        self.questions = QuestionsFile.model_validate({k: pick(k) for k in _QUESTIONS if pick(k)})
        self.sections = [QuestionsFile.model_validate({"section": s}).section for s in pick("section") or []]
        self.editions = [QuestionsFile.model_validate({"edition": e}).edition for e in pick("edition") or []]
        self.sources = [RulesFile.model_validate({"source": s}).source for s in pick("source") or []]
        self.products = [RulesFile.model_validate({"product": p}).product for p in pick("product") or []]
        self.findings: dict[str, Finding] = {f.id: f for f in self.rules.findings}
        self.facts: dict[str, Fact] = {}
        self.retired_facts: dict[str, Fact] = {}

    def check(self) -> list[CompiledRule]:
        """Every check, one after another; the rules compiled on the way."""
        self.collect_facts()
        self.check_sources()
        self.check_questions()
        self.check_scores()
        self.check_findings()
        self.check_notes()
        self.check_levers()
        self.check_weightings()
        self.problems.extend(check_selection(self.rules, self.products_by_id, self.facts, self.draft))
        self.problems.extend(check_upgrades(self.questions, self.facts, self.retired_facts, self.draft))
        compiled = self.compile_rules()
        self.check_layers(compiled)
        self.check_unused()
        self.check_topics()
        return compiled

    def knowledge(self, version: str, compiled: list[CompiledRule]) -> Knowledge:
        """All entries put together."""
        assert self.rules.models and self.rules.verdict
        sections = sorted((s for s in self.sections if s), key=lambda s: s.order)
        letters = {s.code: s.order for s in sections}
        questions = sorted(self.questions.questions, key=lambda q: (letters[q.code[0]], _code_order(q.code)))
        return Knowledge(
            version=f"{self.rules.release.version}+{version}" if self.rules.release else version,
            facts=self.facts,
            questions={q.id: q for q in questions},
            sections=tuple(sections),
            scales=self.questions.scales,
            options=self.questions.options,
            editions={e.id: e for e in self.editions if e},
            sources={s.id: s for s in sorted((s for s in self.sources if s), key=lambda s: s.id)},
            claims=self.rules.claims,
            external=self.rules.external,
            context=self.rules.context,
            disagreements=tuple(self.rules.disagreements),
            scores=self.rules.scores,
            models=self.rules.models,
            verdict=self.rules.verdict,
            findings=self.findings,
            rules=tuple(sorted(compiled, key=lambda c: c.layer)),
            levers=self.rules.levers,
            fixed=self.rules.fixed,
            effort=self.rules.effort,
            weightings=self.rules.weightings,
            products=self.products_by_id,
            selection=self.rules.selection,
            cost=self.rules.cost,
            adviser_questions=self.rules.adviser_questions,
            tender=self.rules.tender,
            retired={q.id: q for q in sorted(self.questions.retired, key=lambda q: q.age)},
            retired_facts=self.retired_facts,
            merges=self.questions.merges,
            renamed_steps=self.questions.renamed_steps,
        )

    @property
    def products_by_id(self) -> dict[str, Product]:
        return {product.id: product for product in sorted((p for p in self.products if p), key=lambda p: p.id)}

    def complain(self, code: str, place: Place, severity: Severity = "error", /, **values: object) -> None:
        self.problems.append(Problem(code, place, values, severity))

    def at(self, section: str, name: str) -> Callable[..., None]:
        """A complaint that knows which entry it is about and takes the path inside it."""

        def complain(code: str, path: Path = (), /, **values: object) -> None:
            self.complain(code, self.draft.place(section, name, path), **values)

        return complain

    def known(self, name: str, among: Iterable[str], kind: str, place: Place) -> bool:
        names = list(among)
        if name not in names:
            self.complain("K203", place, kind=kind, name=name, nearest=nearest(name, names) or "–")
        return name in names

    def collect_facts(self) -> None:
        self.facts.update(self.question_facts("questions", self.questions.questions))
        self.retired_facts.update(self.question_facts("retired", self.questions.retired))
        for name, band in self.rules.bands.items():
            place = self.draft.place("bands", name, ("of",))
            if self.known(band.of, self.facts, "fact", place):
                self.facts[name] = band_fact(name, band)
                if not self.facts[band.of].type.numeric:
                    self.complain("K225", place, name=name, fact=band.of)
        for section, value in (("models", self.rules.models), ("verdict", self.rules.verdict)):
            if value is None and self.complete:
                self.complain("K211", Place(f"rules/{section}"), section=section)
        if self.rules.models:
            self.facts["model"] = model_fact(self.rules.models)

    def question_facts(self, section: str, questions: Iterable[Question]) -> Iterator[tuple[str, Fact]]:
        """The fact each question fills, where its scale or options exist."""
        for question in questions:
            try:
                yield question.id, question_fact(question, self.questions)
            except KeyError as error:
                field = question.answer_type.needs
                lists: Mapping[str, Mapping[str, object]] = {
                    "scale": self.questions.scales,
                    "list of options": self.questions.options,
                }
                kind = next(kind for kind in lists if kind.endswith(field))
                self.known(str(error.args[0]), lists[kind], kind, self.draft.place(section, question.id, (field,)))

    def check_sources(self) -> None:
        sources = {s.id: s for s in self.sources if s}
        for name, claim in self.rules.claims.items():
            place = self.draft.place("claims", name, ("section",))
            paper = name.split("-")[0]
            if self.known(paper, sources, "source", place) and claim.section not in sources[paper].sections:
                self.complain("K209", place, claim=name, section=claim.section)

    def cites(self, names: Iterable[str], place: Place) -> None:
        among = [*self.rules.claims, *self.rules.external]
        for name in names:
            if name not in among:
                self.complain("K204", place, name=name, nearest=nearest(name, among) or "–")

    def check_questions(self) -> None:
        for question in self.questions.questions:
            self.cites(question.claims, self.draft.place("questions", question.id, ("claims",)))
            if question.ask_if:
                compile_premise(question.ask_if, self.facts, self.at("questions", question.id), ("ask_if",))
        for edition in self.editions:
            for name in edition.questions if edition and edition.questions != "all" else []:
                if edition and name not in self.facts:
                    place = self.draft.place("edition", edition.id, ("questions",))
                    self.complain("K210", place, edition=edition.id, name=name, nearest=nearest(name, self.facts) or "–")

    def check_scores(self) -> None:
        scores = self.rules.scores
        for name, score in scores.items():
            self.cites([*score.sources, *(s for i in score.inputs for s in i.sources)], self.draft.place("scores", name))
            for index, item in enumerate(score.inputs):
                place = self.draft.place("scores", name, ("inputs", index))
                if item.score and not self.known(item.score, scores, "score", place):
                    continue
                if item.fact and self.known(item.fact, self.facts, "fact", place):
                    fact = self.facts[item.fact]
                    if not fact.type.earns(fact, item):
                        self.complain("K212", place, name=name, input=item.fact)
        self.no_circle("scores", {n: [i.score for i in s.inputs if i.score] for n, s in scores.items()})
        self.check_models_and_verdict()

    def check_models_and_verdict(self) -> None:
        scores = self.rules.scores
        if scheme := self.rules.models:
            place = self.draft.place("models", "models")
            for axis in (scheme.product_axis, scheme.decision_axis):
                self.known(axis, scores, "score", place)
            self.cites([s for kind in scheme.kinds.values() for s in kind.sources], place)
        if verdict := self.rules.verdict:
            place = self.draft.place("verdict", "verdict")
            self.cites(verdict.sources, place)
            for name in (verdict.need, verdict.ability):
                if self.known(name, scores, "score", place):
                    for item in scores[name].inputs:
                        if item.fact:
                            self.complain("K214", self.draft.place("scores", name), name=name, input=item.fact)

    def no_circle(self, section: str, edges: Mapping[str, list[str]]) -> None:
        if circle := _circle(edges):
            self.complain("K213", self.draft.place(section, circle[0]), cycle=" → ".join(circle))

    def check_findings(self) -> None:
        after: dict[str, list[str]] = {}
        for finding in self.findings.values():
            if isinstance(finding, Recommendation):
                after[finding.id] = [name for name in finding.after if name in self.findings]
                for name in finding.after:
                    place = self.draft.place("findings", finding.id, ("after",))
                    self.of_kind(name, ("recommendation",), place)
                for name in finding.lifts:
                    self.of_kind(name, ("condition", "blocker"), self.draft.place("findings", finding.id, ("lifts",)))
            if isinstance(finding, Practice) and finding.shown_by:
                compile_premise(finding.shown_by, self.facts, self.at("findings", finding.id), ("shown_by",))
        self.no_circle("findings", after)

    def check_notes(self) -> None:
        """Disagreements and context: every claim and every concern they name exists."""
        rules = {rule.id for rule in self.rules.rules}
        for entry in self.rules.disagreements:
            place = self.draft.place("disagreements", entry.id)
            self.cites([claim for side in entry.sides for claim in side.claims], place)
            for name in entry.concerns:
                self.known(name, [*self.findings, *rules, *self.rules.scores], "finding", place)
        for name in self.rules.context:
            self.cites([name], self.draft.place("context", name))

    def check_levers(self) -> None:
        """Levers and fixed answers: each is a question, no question is both, and a lever moves along values it can take."""
        questions = {question.id for question in self.questions.questions}
        for name, lever in self.rules.levers.items():
            place = self.draft.place("levers", name)
            self.cites(lever.sources, place)
            if not self.known(name, questions, "question", place) or name not in self.facts:
                continue
            for value in lever.order:
                if not self.facts[name].type.moves_to(self.facts[name], value):
                    self.complain("K215", place, name=name, value=value)
            if lever.requires:
                compile_premise(lever.requires, self.facts, self.at("levers", name), ("requires",))
            if name in self.rules.fixed:
                self.complain("K216", self.draft.place("fixed", name), name=name)
        for name in self.rules.fixed:
            self.known(name, questions, "question", self.draft.place("fixed", name))
        if self.rules.levers and not self.rules.effort and self.complete:
            self.complain("K211", Place("rules/levers"), section="effort")

    def check_weightings(self) -> None:
        """Other weights: each names scores, and inputs those scores have."""
        for name, weighting in self.rules.weightings.items():
            place = self.draft.place("weightings", name)
            self.cites(weighting.sources, place)
            for score, weights in weighting.weights.items():
                if self.known(score, self.rules.scores, "score", place):
                    inputs = [item.name for item in self.rules.scores[score].inputs]
                    for item in weights:
                        self.known(item, inputs, "input", self.draft.place("weightings", name, ("weights", score, item)))

    def of_kind(self, name: str, kinds: tuple[str, ...], place: Place) -> None:
        expected = " / ".join(kinds)
        if self.known(name, self.findings, expected, place):
            actual = self.findings[name].kind
            if actual not in kinds:
                self.complain("K205", place, name=name, actual=actual, expected=expected)

    def compile_rules(self) -> list[CompiledRule]:
        compiled = []
        for rule in self.rules.rules:
            self.check_conclusions(rule)
            self.check_basis(rule)
            before = len(self.problems)
            premise = compile_premise(rule.when, self.facts, self.at("rules", rule.id), ("when",))
            for name in findings_in(premise):
                asked = self.draft.place("rules", rule.id, ("when",))
                if self.known(name, self.findings, "finding", asked) and isinstance(self.findings[name], Option):
                    self.complain("K313", asked, rule=rule.id, name=name)
            if len(self.problems) == before:
                self.check_possible(rule, premise)
            place = str(self.draft.place("rules", rule.id))
            compiled.append(CompiledRule(rule, premise, layer_of(rule.kind), place))
        return compiled

    def compile_sound(self) -> list[CompiledRule]:
        """The rules of a draft known to be sound."""
        return [
            CompiledRule(
                rule,
                sound_premise(rule.when, self.facts),
                layer_of(rule.kind),
                str(self.draft.place("rules", rule.id)),
            )
            for rule in self.rules.rules
        ]

    def check_conclusions(self, rule: Rule) -> None:
        for index, conclusion in enumerate(rule.then):
            if conclusion.kind != "evidence":
                place = self.draft.place("rules", rule.id, ("then", index))
                self.of_kind(conclusion.target, (conclusion.kind,), place)

    def check_basis(self, rule: Rule) -> None:
        place = self.draft.place("rules", rule.id, ("sources",))
        before = len(self.problems)
        self.cites(rule.sources, place)
        if len(self.problems) > before:
            return
        claims = [name for name in rule.sources if name in self.rules.claims]
        works = [name for name in rule.sources if name in self.rules.external]
        if (rule.basis == "external" and not works) or (rule.basis != "external" and not claims):
            self.complain("K207", place, basis=rule.basis)
        dated = [name for name in claims if self.rules.claims[name].dated]
        if dated and not rule.dated:
            self.complain("K208", place, "warning", claims=", ".join(dated))

    def check_possible(self, rule: Rule, premise: Premise) -> None:
        for test in impossible(premise, self.facts):
            place = self.draft.place("rules", rule.id, ("when", test.fact))
            self.complain("K310", place, rule=rule.id, fact=test.fact)
            return

    def check_layers(self, compiled: list[CompiledRule]) -> None:
        makers: dict[str, list[CompiledRule]] = {}
        for rule in compiled:
            for conclusion in rule.rule.then:
                makers.setdefault(conclusion.target, []).append(rule)
        edges: dict[str, list[str]] = {}
        for rule in compiled:
            negated = findings_in(rule.premise, negated=True)
            for name in findings_in(rule.premise):
                others = makers.get(name, [])
                edges.setdefault(rule.id, []).extend(maker.id for maker in others)
                latest = rule.layer - 1 if name in negated else rule.layer
                if any(maker.layer > latest for maker in others):
                    layers = ", ".join(LAYER_NAMES[: latest + 1])
                    place = self.draft.place("rules", rule.id, ("when",))
                    self.complain("K312", place, rule=rule.id, name=name, layers=layers)
        if circle := _circle(edges):
            self.complain("K311", self.draft.place("rules", circle[0], ("when",)), cycle=" → ".join(circle))

    def check_topics(self) -> None:
        """A section that has topics has each of its questions in one of them, and none of another's; ids are used once."""
        first: dict[str, str] = {}
        for section in (s for s in self.sections if s):
            for index, topic in enumerate(section.topics):
                if topic.id in first:
                    place = self.draft.place("section", section.id, ("topics", index))
                    self.complain("K201", place, kind="topic", name=topic.id, first=first[topic.id])
                first.setdefault(topic.id, section.id)
        for section in (s for s in self.sections if s and s.topics):
            asked = [name for topic in section.topics for name in topic.questions]
            own = [q.id for q in self.questions.questions if q.code[0] == section.code]
            for name in dict.fromkeys([*asked, *own]):
                count = asked.count(name) if name in own else 0
                if count != 1:
                    place = self.draft.place("section", section.id, ("topics",))
                    self.complain("K218", place, section=section.id, name=name, count=count)

    def check_unused(self) -> None:
        concluded = {c.target for rule in self.rules.rules for c in rule.then}
        for name in self.findings:
            if name not in concluded:
                self.complain("K206", self.draft.place("findings", name), "warning", name=name)


def _code_order(code: str) -> tuple[int, str]:
    digits = "".join(c for c in code[1:] if c.isdigit())
    return int(digits), code[1 + len(digits) :]


def _circle(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """A circle in what needs what, the first node repeated at the end; None where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        needed_first: list[str] = error.args[1]
        return needed_first[::-1]
    return None
