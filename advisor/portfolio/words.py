"""What entries refer to by id, in words of one language."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.phrases import phrases
from advisor.portfolio.entry import INDUSTRY, SIZE, Entry, Span
from advisor.portfolio.groups import UNTOLD, Group, Kind
from advisor.portfolio.standing import ABILITY, NEED
from advisor.text import Lang, Text, catalogue, say

phrase = phrases("assessment")

RAISE = "raise_"
"""How the id of a condition begins that was read off a weak factor and not drawn by a rule."""
NAMED = 3
"""How many classes a group of several is called by; of more it says only how many."""


class Words:
    """Knowledge and catalogue seen in one language. What the knowledge does not know is called by its id."""

    def __init__(self, knowledge: Knowledge, lang: Lang) -> None:
        self.knowledge, self.lang = knowledge, lang

    def __call__(self, key: str, /, **values: object) -> str:
        """A text of the portfolio's catalogue."""
        return say("portfolio", key, self.lang, **values)

    def join(self, parts: Iterable[str]) -> str:
        """Short things one after another."""
        return self("join").join(parts)

    def firms(self, n: int) -> str:
        """A number of firms."""
        return self("firm" if n == 1 else "firms", n=f"{n:,}")

    def of(self, k: int, n: int) -> str:
        """So many of so many, with the share."""
        return self("of_share", k=f"{k:,}", n=f"{n:,}", share=share(k, n)) if n else self("of", k=k, n=n)

    def firm(self, entry: Entry) -> str:
        """A firm as it is called; without a name, by its id."""
        return entry.name[self.lang] if entry.name else entry.id

    def verdict(self, name: VerdictName) -> str:
        """A verdict as it is called."""
        return catalogue("assessment")[f"verdict.{name}.name"][self.lang]

    def verdict_title(self, name: VerdictName) -> str:
        """A verdict at the beginning of a line."""
        said = self.verdict(name)
        return said[:1].upper() + said[1:]

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
        score = self.knowledge.scores.get(name.removeprefix(RAISE))
        if score is None or not name.startswith(RAISE):
            return name
        return phrase("weak_factor.title", factor=score.label)[self.lang]

    def sources(self, name: str) -> tuple[str, ...]:
        """The claims behind a finding: those of the rules that draw it, or of the weak factor it was read off."""
        if score := self.knowledge.scores.get(name.removeprefix(RAISE)):
            return tuple(score.sources)
        return tuple(dict.fromkeys(s for rule in self.knowledge.makers.get(name, ()) for s in rule.rule.sources))

    def kind(self, kind: Kind) -> str:
        """What firms are grouped by."""
        return self(f"kind.{kind}")

    def class_name(self, kind: Kind, name: str | None) -> str:
        """A class of firms by a kind of grouping."""
        if name is None or name == UNTOLD:
            return self("untold")
        labels: dict[str, Text]
        if kind == "model":
            labels = {model: one.label for model, one in self.knowledge.models.kinds.items()}
        else:
            fact = self.knowledge.facts.get(INDUSTRY if kind == "industry" else SIZE)
            labels = dict(fact.values) if fact else {}
        return labels[name][self.lang] if name in labels else name

    def model(self, entry: Entry) -> str:
        """The operating model of a firm, and that it is mixed where it is."""
        name = self.class_name("model", entry.model)
        return self("mixed", model=name) if entry.mixed else name

    def group(self, kind: Kind, group: Group) -> str:
        """A group by the class, or classes, it is made of."""
        if group.alone:
            return brief(self.class_name(kind, group.classes[0]))
        if len(group.classes) > NAMED:
            return self("others_many", count=len(group.classes))
        return self("others", classes=self.join(brief(self.class_name(kind, name)) for name in group.classes))

    def step(self, entry: Entry) -> str:
        """The first step of a firm's way to feasible, or why there is none."""
        if entry.path == "found" and entry.steps:
            return entry.steps[0].title[self.lang]
        return self(f"path.{entry.path}") if entry.path and entry.path != "found" else ""


def brief(label: str) -> str:
    """A label without what it says in brackets.

    >>> brief("Micro (under 20 people)"), brief("微型（20人以下）")
    ('Micro', '微型')
    """
    return label.split("（")[0].split(" (")[0]


def points(value: float | None) -> str:
    """Points as a whole number, a dash where there are none."""
    return "–" if value is None else f"{value:.0f}"


def reach(span: Span) -> str:
    """The range a score may lie in; empty where missing answers leave nothing open."""
    low, high = f"{span.low:.0f}", f"{span.high:.0f}"
    return "" if low == high else f"{low}–{high}"


def share(k: int, n: int) -> str:
    """So many of so many in percent."""
    return f"{k / n:.0%}" if n else "–"


def gravest(entry: Entry, most: int) -> list[str]:
    """The first few risks of a firm, gravest first, in the order the assessment gave them."""
    return list(entry.risks)[:most]
