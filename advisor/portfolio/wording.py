"""The wording of a portfolio in one language: catalogue texts, and names for the ids in entries."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.assessment.verdict import Certainty, certainty_name, verdict_name
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.phrases import phrases
from advisor.portfolio.benchmark import ABILITY, NEED
from advisor.portfolio.entry import INDUSTRY, SIZE, PortfolioEntry
from advisor.portfolio.formats import percent, short_label
from advisor.portfolio.groups import UNSTATED, FirmGroup, Grouping
from advisor.text import Lang, Text, say

phrase = phrases("assessment")

WEAK_FACTOR_PREFIX = "raise_"
"""Prefix of the id of a condition that comes from a weak factor and not from a rule."""
MAX_NAMED_CLASSES = 3
"""A group of more classes than this is named by their number only."""


class PortfolioWording:
    """Knowledge and catalogue in one language. Ids that the knowledge does not have stand for themselves."""

    def __init__(self, knowledge: Knowledge, lang: Lang) -> None:
        self.knowledge, self.lang = knowledge, lang

    def __call__(self, key: str, /, **values: object) -> str:
        """A text of the portfolio's catalogue."""
        return say("portfolio", key, self.lang, **values)

    def join(self, parts: Iterable[str]) -> str:
        """A list in running text."""
        return self("join").join(parts)

    def firms(self, n: int) -> str:
        """A number of firms."""
        return self("firm" if n == 1 else "firms", n=f"{n:,}")

    def of(self, k: int, n: int) -> str:
        """So many of so many, with the share."""
        return self("of_share", k=f"{k:,}", n=f"{n:,}", share=percent(k, n)) if n else self("of", k=k, n=n)

    def firm(self, entry: PortfolioEntry) -> str:
        """A firm as it is called; without a name, by its id."""
        return entry.name[self.lang] if entry.name else entry.id

    def verdict(self, name: VerdictName) -> str:
        """A verdict as it is called."""
        return verdict_name(name)[self.lang]

    def certainty(self, certainty: Certainty) -> str:
        """How sure a verdict is."""
        return certainty_name(certainty)[self.lang]

    def verdict_title(self, name: VerdictName) -> str:
        """A verdict at the beginning of a line."""
        verdict = self.verdict(name)
        return verdict[:1].upper() + verdict[1:]

    def level(self, name: str) -> str:
        """A class of risk."""
        return say("report", f"risks.level.{name}", self.lang)

    def score(self, name: str) -> str:
        """Need, ability, or a factor of either."""
        if name in (NEED, ABILITY):
            return self(f"score.{name}")
        score = self.knowledge.scores.get(name)
        return score.label[self.lang] if score else name

    def finding(self, name: str) -> str:
        """A blocker, condition or risk."""
        if finding := self.knowledge.findings.get(name):
            return finding.title[self.lang]
        score = self.knowledge.scores.get(name.removeprefix(WEAK_FACTOR_PREFIX))
        if score is None or not name.startswith(WEAK_FACTOR_PREFIX):
            return name
        return phrase("weak_factor.title", factor=score.label)[self.lang]

    def sources(self, name: str) -> tuple[str, ...]:
        """The claims behind a finding: those of the rules that draw it, or of the weak factor it was read off."""
        if score := self.knowledge.scores.get(name.removeprefix(WEAK_FACTOR_PREFIX)):
            return tuple(score.sources)
        return tuple(dict.fromkeys(s for rule in self.knowledge.makers.get(name, ()) for s in rule.rule.sources))

    def kind(self, kind: Grouping) -> str:
        """What firms are grouped by."""
        return self(f"kind.{kind}")

    def class_name(self, kind: Grouping, name: str | None) -> str:
        """A class of firms by a kind of grouping."""
        if name is None or name == UNSTATED:
            return self("untold")
        labels: dict[str, Text]
        if kind == "model":
            labels = {model: kind.label for model, kind in self.knowledge.models.kinds.items()}
        else:
            fact = self.knowledge.facts.get(INDUSTRY if kind == "industry" else SIZE)
            labels = dict(fact.values) if fact else {}
        return labels[name][self.lang] if name in labels else name

    def model(self, entry: PortfolioEntry) -> str:
        """The operating model of a firm, and that it is mixed where it is."""
        name = self.class_name("model", entry.model)
        return self("mixed", model=name) if entry.mixed else name

    def group(self, kind: Grouping, group: FirmGroup) -> str:
        """A group by the class, or classes, it is made of."""
        if group.single:
            return short_label(self.class_name(kind, group.classes[0]))
        if len(group.classes) > MAX_NAMED_CLASSES:
            return self("others_many", count=len(group.classes))
        return self("others", classes=self.join(short_label(self.class_name(kind, name)) for name in group.classes))

    def step(self, entry: PortfolioEntry) -> str:
        """The first step of a firm's way to feasible, or why there is none."""
        if entry.path == "found" and entry.steps:
            return entry.steps[0].title[self.lang]
        return self(f"path.{entry.path}") if entry.path and entry.path != "found" else ""


def gravest_risks(entry: PortfolioEntry, limit: int) -> list[str]:
    """The first few risks of a firm, gravest first, in the order the assessment gave them."""
    return list(entry.risks)[:limit]
