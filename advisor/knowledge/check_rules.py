"""Rules: what they conclude and rest on exists, what they wait for is known in time, and their premises can be met."""

from __future__ import annotations

from advisor.knowledge.check_names import NameCheck, circle_in
from advisor.knowledge.entries import Entries
from advisor.knowledge.facts import impossible
from advisor.knowledge.model import LAYER_NAMES, CompiledRule, layer_of
from advisor.knowledge.premises import COMPARISONS, Found, Premise, Test, findings_in, leaves
from advisor.knowledge.read_premises import compile_premise, sound_premise
from advisor.knowledge.schema import Option, Rule


class RuleCheck(NameCheck):
    """Compiles the rules and reports every mistake on the way."""

    def run(self) -> list[CompiledRule]:
        """The rules compiled, and everything about them checked."""
        compiled = self.compile_rules()
        self.check_layers(compiled)
        self.check_unused()
        return compiled

    def compile_rules(self) -> list[CompiledRule]:
        """Every rule with its premise compiled; one that has mistakes too, so that all of them are told."""
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
                self.check_limit(rule, premise)
            place = str(self.draft.place("rules", rule.id))
            compiled.append(CompiledRule(rule, premise, layer_of(rule.kind), place))
        return compiled

    def check_conclusions(self, rule: Rule) -> None:
        """What a rule concludes is a finding of the kind it says."""
        for index, conclusion in enumerate(rule.then):
            if conclusion.kind != "evidence":
                place = self.draft.place("rules", rule.id, ("then", index))
                self.of_kind(conclusion.target, (conclusion.kind,), place)

    def check_basis(self, rule: Rule) -> None:
        """A rule cites what its basis promises, and says so where a claim is out of date."""
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

    def check_limit(self, rule: Rule, premise: Premise) -> None:
        """A statement of a source rests on no number of ours without saying so."""
        if rule.basis == "stated" and rule.limit is None and any(_is_limit(leaf) for leaf in leaves(premise)):
            self.complain("K408", self.draft.place("rules", rule.id, ("when",)), "warning", rule=rule.id)

    def check_possible(self, rule: Rule, premise: Premise) -> None:
        """No premise asks for a value its fact cannot have."""
        for test in impossible(premise, self.facts):
            place = self.draft.place("rules", rule.id, ("when", test.fact))
            self.complain("K310", place, rule=rule.id, fact=test.fact)
            return

    def check_layers(self, compiled: list[CompiledRule]) -> None:
        """A rule waits only for findings that earlier rules conclude, and no rule waits for itself."""
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
        if circle := circle_in(edges):
            self.complain("K311", self.draft.place("rules", circle[0], ("when",)), cycle=" → ".join(circle))

    def check_unused(self) -> None:
        """Every finding is concluded by some rule."""
        concluded = {c.target for rule in self.rules.rules for c in rule.then}
        for name, finding in self.findings.items():
            if name not in concluded and finding.kind != "task":
                self.complain("K206", self.draft.place("findings", name), "warning", name=name)


def _is_limit(leaf: Test | Found) -> bool:
    """Whether a leaf holds a number or a step against a limit."""
    return isinstance(leaf, Test) and (leaf.op == "count" or leaf.op in COMPARISONS)


def compile_sound(entries: Entries) -> list[CompiledRule]:
    """The rules of entries known to be sound."""
    return [
        CompiledRule(
            rule, sound_premise(rule.when, entries.facts), layer_of(rule.kind), str(entries.draft.place("rules", rule.id))
        )
        for rule in entries.rules.rules
    ]
