"""What every check of names shares: does what a name points to exist, and is it of the right kind?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.errors import Place, Problem, Severity, nearest
from advisor.knowledge.draft import Path
from advisor.knowledge.entries import Entries


class NameCheck:
    """Entries being checked; every mistake goes to ``problems``, which several checks may share."""

    def __init__(self, entries: Entries, problems: list[Problem]) -> None:
        self.entries, self.problems = entries, problems
        self.draft, self.facts, self.findings = entries.draft, entries.facts, entries.findings
        self.rules, self.questions = entries.rules, entries.questions

    def complain(self, code: str, place: Place, severity: Severity = "error", /, **values: object) -> None:
        """Report a mistake."""
        self.problems.append(Problem(code, place, values, severity))

    def at(self, section: str, name: str) -> Callable[..., None]:
        """A complaint that knows which entry it is about and takes the path inside it."""

        def complain(code: str, path: Path = (), /, **values: object) -> None:
            self.complain(code, self.draft.place(section, name, path), **values)

        return complain

    def known(self, name: str, among: Iterable[str], kind: str, place: Place) -> bool:
        """Whether a name is one of those known; K203 where it is not."""
        names = list(among)
        if name not in names:
            self.complain("K203", place, kind=kind, name=name, nearest=nearest(name, names) or "–")
        return name in names

    def cites(self, names: Iterable[str], place: Place) -> None:
        """Sources that are cited: K204 for each that is neither a claim nor a work outside the papers."""
        among = [*self.rules.claims, *self.rules.external]
        for name in names:
            if name not in among:
                self.complain("K204", place, name=name, nearest=nearest(name, among) or "–")

    def of_kind(self, name: str, kinds: tuple[str, ...], place: Place) -> None:
        """A finding that must be of one of some kinds: K205 where it is not."""
        expected = " / ".join(kinds)
        if self.known(name, self.findings, expected, place):
            actual = self.findings[name].kind
            if actual not in kinds:
                self.complain("K205", place, name=name, actual=actual, expected=expected)

    def no_circle(self, section: str, edges: Mapping[str, list[str]]) -> None:
        """Entries of a section that need one another: K213 where they go round in a circle."""
        if circle := circle_in(edges):
            self.complain("K213", self.draft.place(section, circle[0]), cycle=" → ".join(circle))


def circle_in(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """A circle in what needs what, the first node repeated at the end; None where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        needed_first: list[str] = error.args[1]
        return needed_first[::-1]
    return None
