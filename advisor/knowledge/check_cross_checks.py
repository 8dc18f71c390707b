"""Do the cross-checks hold together? Each looks at two answers or more, compares numbers, and names what it doubts."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from advisor.knowledge.check_names import NameCheck
from advisor.knowledge.cross_checks import CompiledCheck, compile_check
from advisor.knowledge.premises import findings_in
from advisor.knowledge.schema.checks import CrossCheck
from advisor.text import LANGS


class CrossCheckCheck(NameCheck):
    """Follows every name in the cross-checks."""

    def run(self) -> None:
        """Report every mistake."""
        asked = {name: fact for name, fact in self.facts.items() if fact.question}
        for check in self.questions.checks:
            self.cites(check.sources, self.draft.place("checks", check.id, ("sources",)))
            before = len(self.problems)
            compiled = compile_check(check, asked, self.at("checks", check.id), "")
            self._numbers_are_compared(check)
            if len(self.problems) == before:
                self._answers_are_held_together(compiled)
                self._text_names_the_answers(compiled)

    def _numbers_are_compared(self, check: CrossCheck) -> None:
        sides = [(name, ("more", place, name)) for place, side in enumerate(check.more or ()) for name in side]
        for name, path in sides:
            place = self.draft.place("checks", check.id, path)
            if self.known(name, self.facts, "fact", place):
                fact = self.facts[name]
                if fact.values or not fact.type.numeric:
                    self.complain("K230", place, name=check.id, fact=name)

    def _answers_are_held_together(self, compiled: CompiledCheck) -> None:
        place = self.draft.place("checks", compiled.check.id)
        for name in findings_in(compiled.premise):
            self.complain("K228", place, name=compiled.check.id, finding=name)
        if len(compiled.questions) == 1:
            self.complain("K231", place, name=compiled.check.id, fact=compiled.questions[0])

    def _text_names_the_answers(self, compiled: CompiledCheck) -> None:
        for lang in LANGS:
            place = self.draft.place("checks", compiled.check.id, ("text", lang))
            for name in sorted(set(_named(compiled.check.text[lang])) ^ set(compiled.questions)):
                self.complain("K229", place, name=compiled.check.id, fact=name)


def _named(text: str) -> Iterator[str]:
    """What stands in braces in a text; an answer is written by the id of its question and nothing else."""
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None:
                yield f"{name}{'!' if conversion else ''}{':' if form else ''}"
    except ValueError:  # a brace alone
        yield "{ }"
