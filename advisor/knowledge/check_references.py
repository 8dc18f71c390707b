"""Questions, scores, findings and notes: does everything they name exist?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from advisor.errors import Place, nearest
from advisor.knowledge.check_names import NameCheck
from advisor.knowledge.facts import (
    MODEL_FACT,
    PROJECT_FACTS,
    SIGN_FACTS,
    WEAK_FACTORS,
    Fact,
    band_fact,
    model_fact,
    project_fact,
    question_fact,
    signs_fact,
    weak_factors_fact,
)
from advisor.knowledge.read_premises import compile_premise
from advisor.knowledge.schema import Approach, Caution, Condition, Lighter, Practice, Question, Task

_WEB_PAGE = re.compile(r"https?://|www\.|[A-Za-z0-9-]\.[A-Za-z]{2,}/\S")


class ReferenceCheck(NameCheck):
    """Follows every reference outside rules. Each ``check_*`` step looks at one kind of entry."""

    def run(self) -> None:
        """Every check, one after another; :meth:`collect_facts` comes before."""
        self.check_sources()
        self.check_citations()
        self.check_questions()
        self.check_topics()
        self.check_scores()
        self.check_models_and_verdict()
        self.check_findings()
        self.check_notes()
        self.check_fixed()
        self.check_weightings()

    def collect_facts(self) -> None:
        """Read the facts off questions, bands and operating models into the entries."""
        self.facts.update(self.question_facts("questions", self.questions.questions))
        self.entries.retired_facts.update(self.question_facts("retired", self.questions.retired))
        for name, band in self.rules.bands.items():
            place = self.draft.place("bands", name, ("of",))
            if self.known(band.of, self.facts, "fact", place):
                self.facts[name] = band_fact(name, band)
                if not self.facts[band.of].type.numeric:
                    self.complain("K225", place, name=name, fact=band.of)
        for section, value in (("models", self.rules.models), ("verdict", self.rules.verdict)):
            if value is None and self.entries.complete:
                self.complain("K211", Place(f"rules/{section}"), section=section)
        for name, authored in self.rules.project_facts.items():
            place = self.draft.place("project_facts", name)
            if self.known(name, PROJECT_FACTS, "project fact", place):
                self.facts[name] = project_fact(name, authored)
            self.cites(authored.sources, place)
        if self.rules.models:
            self.facts[MODEL_FACT] = model_fact(self.rules.models)
        scores = self.rules.scores
        if self.rules.verdict and (ability := scores.get(self.rules.verdict.ability)):
            factors = [item.score for item in ability.inputs if item.score]
            self.facts[WEAK_FACTORS] = weak_factors_fact({name: scores[name] for name in factors if name in scores})
        if self.rules.verdict and self.rules.verdict.signs:
            self.facts.update({name: signs_fact(name, self.rules.verdict) for name in SIGN_FACTS})

    def question_facts(self, section: str, questions: Iterable[Question]) -> Iterator[tuple[str, Fact]]:
        """The fact each question fills, where its scale or options exist."""
        rates = self.rules.cost.rates if self.rules.cost else {}
        for question in questions:
            try:
                yield question.id, question_fact(question, self.questions, rates)
            except KeyError as error:
                field = question.answer_type.needs
                lists: Mapping[str, Mapping[str, object]] = {
                    "scale": self.questions.scales,
                    "list of options": self.questions.options,
                }
                kind = next(kind for kind in lists if kind.endswith(field))
                self.known(str(error.args[0]), lists[kind], kind, self.draft.place(section, question.id, (field,)))

    def check_sources(self) -> None:
        """Claims: the paper of each exists and has the section."""
        sources = {s.id: s for s in self.entries.sources if s}
        for name, claim in self.rules.claims.items():
            place = self.draft.place("claims", name, ("section",))
            paper = name.split("-")[0]
            if self.known(paper, sources, "source", place) and claim.section not in sources[paper].sections:
                self.complain("K209", place, claim=name, section=claim.section)

    def check_citations(self) -> None:
        """A list of sources names a law in its reader's language, and no page on which somebody happened to read a work."""
        for name, work in self.rules.external.items():
            place = self.draft.place("external", name, ("citation",))
            if work.law_of and work.citation.zh == work.citation.en:
                self.complain("K237", place, "warning", name=name)
            if _WEB_PAGE.search(f"{work.citation.zh} {work.citation.en}"):
                self.complain("K238", place, "warning", name=name)

    def check_questions(self) -> None:
        """Questions cite what exists and are asked on facts that exist; editions name questions."""
        letters = [section.code for section in self.entries.sections if section]
        for question in self.questions.questions:
            if question.code[0] not in letters and self.entries.complete:
                place = self.draft.place("questions", question.id, ("code",))
                self.complain("K226", place, code=question.code, letters=", ".join(sorted(letters)))
            self.cites(question.claims, self.draft.place("questions", question.id, ("claims",)))
            if question.ask_if:
                compile_premise(question.ask_if, self.facts, self.at("questions", question.id), ("ask_if",))
            for value in question.statements.keys() - getattr(self.facts.get(question.id), "values", {}).keys():
                place = self.draft.place("questions", question.id, ("statements", value))
                self.complain("K221", place, value=value, name=question.id)
            if question.statement and not all("{value}" in text for text in (question.statement.zh, question.statement.en)):
                self.complain("K236", self.draft.place("questions", question.id, ("statement",)), name=question.id)
        for retired in self.questions.retired:
            if retired.same_if:
                compile_premise(retired.same_if, self.facts, self.at("retired", retired.id), ("same_if",))
        for edition in self.entries.editions:
            for name in edition.questions if edition and edition.questions != "all" else []:
                if edition and name not in self.facts:
                    place = self.draft.place("edition", edition.id, ("questions",))
                    self.complain("K210", place, edition=edition.id, name=name, nearest=nearest(name, self.facts) or "–")

    def check_topics(self) -> None:
        """A section that has topics has each of its questions in one of them, and none of another's; ids are used once."""
        first: dict[str, str] = {}
        for section in (s for s in self.entries.sections if s):
            for index, topic in enumerate(section.topics):
                if topic.id in first:
                    place = self.draft.place("section", section.id, ("topics", index))
                    self.complain("K201", place, kind="topic", name=topic.id, first=first[topic.id])
                first.setdefault(topic.id, section.id)
        for section in (s for s in self.entries.sections if s and s.topics):
            asked = [name for topic in section.topics for name in topic.questions]
            own = [q.id for q in self.questions.questions if q.code[0] == section.code]
            for name in dict.fromkeys([*asked, *own]):
                count = asked.count(name) if name in own else 0
                if count != 1:
                    place = self.draft.place("section", section.id, ("topics",))
                    self.complain("K218", place, section=section.id, name=name, count=count)

    def check_scores(self) -> None:
        """Inputs of scores: each exists, earns points by its type, and no score needs itself."""
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

    def check_models_and_verdict(self) -> None:
        """The scores that operating models and verdict rest on."""
        scores = self.rules.scores
        if scheme := self.rules.models:
            place = self.draft.place("models", "models")
            for axis in (scheme.product_axis, scheme.decision_axis):
                self.known(axis, scores, "score", place)
            self.cites([s for kind in scheme.kinds.values() for s in kind.sources], place)
        if verdict := self.rules.verdict:
            place = self.draft.place("verdict", "verdict")
            self.cites([*verdict.sources, *(source for sign in verdict.signs for source in sign.sources)], place)
            for index, sign in enumerate(verdict.signs):
                compile_premise(sign.when, self.facts, self.at("verdict", "verdict"), ("signs", index, "when"))
            for name in verdict.gates:
                self.known(name, (question.id for question in self.questions.questions), "question", place)
            for name in (verdict.need, verdict.ability):
                if self.known(name, scores, "score", place):
                    for item in scores[name].inputs:
                        if item.fact:
                            self.complain("K214", self.draft.place("scores", name), name=name, input=item.fact)

    def check_findings(self) -> None:
        """Practices are shown by facts, findings told with questions that exist; they give way to others of their kind."""
        questions = {question.id for question in self.questions.questions}
        for finding in self.findings.values():
            for name in finding.told_with:
                self.known(name, questions, "question", self.draft.place("findings", finding.id, ("told_with",)))
            for index, wording in enumerate(finding.wordings):
                if wording.when:
                    at = self.at("findings", finding.id)
                    compile_premise(wording.when, self.facts, at, ("wordings", index, "when"))
            if isinstance(finding, Approach | Caution | Condition | Lighter | Task):
                kinds = (finding.kind, "blocker") if isinstance(finding, Condition) else (finding.kind,)
                for name in finding.unless:
                    self.of_kind(name, kinds, self.draft.place("findings", finding.id, ("unless",)))
            if isinstance(finding, Lighter):
                for name in finding.carries:
                    self.known(name, questions, "question", self.draft.place("findings", finding.id, ("carries",)))
            if isinstance(finding, Practice) and finding.shown_by:
                compile_premise(finding.shown_by, self.facts, self.at("findings", finding.id), ("shown_by",))

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

    def check_fixed(self) -> None:
        """Answers that no firm can change are questions."""
        questions = {question.id for question in self.questions.questions}
        for name in self.rules.fixed:
            self.known(name, questions, "question", self.draft.place("fixed", name))

    def check_weightings(self) -> None:
        """Other weights: each names scores, and inputs those scores have."""
        for name, weighting in self.rules.weightings.items():
            place = self.draft.place("weightings", name)
            self.cites(weighting.sources, place)
            for score, weights in weighting.weights.items():
                if self.known(score, self.rules.scores, "score", place):
                    if self.rules.scores[score].combine == "max":
                        self.complain("K232", self.draft.place("weightings", name, ("weights", score)), name=score)
                    inputs = [item.name for item in self.rules.scores[score].inputs]
                    for item in weights:
                        self.known(item, inputs, "input", self.draft.place("weightings", name, ("weights", score, item)))
