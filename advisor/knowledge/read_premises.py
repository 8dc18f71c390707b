"""From what an author wrote under ``when`` to a :class:`~advisor.knowledge.premises.Premise`.

Enters: a mapping from YAML and the vocabulary of facts. Leaves: the compiled premise, and every mistake with the path to
it, so that one run names them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any as Anything

from advisor.errors import nearest
from advisor.knowledge.answer_types.shared.base import Refuse
from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import COMPARISONS, All, Any, Found, Not, Premise, Test

Path = tuple[str | int, ...]
Complain = Callable[..., None]
"""Called as ``complain(code, path, **values)`` for each mistake."""

SET_TESTS = ("includes", "includes_any")
WORDS = ("all", "any", "not", "found")


def compile_premise(raw: Mapping[str, Anything], facts: Mapping[str, Fact], complain: Complain, path: Path = ()) -> Premise:
    """The premise that ``raw`` states. Mistakes go to ``complain``; what is wrong is left out of the result."""
    return _PremiseReader(facts, complain).mapping(raw, path)


def sound_premise(raw: Mapping[str, Anything], facts: Mapping[str, Fact]) -> Premise:
    """The premise that ``raw`` states, known to be without mistakes since the knowledge it belongs to was loaded."""
    return compile_premise(raw, facts, lambda *_, **__: None)


class _PremiseReader:
    def __init__(self, facts: Mapping[str, Fact], complain: Complain) -> None:
        self.facts, self.complain = facts, complain

    def mapping(self, raw: Anything, path: Path) -> Premise:
        if not isinstance(raw, Mapping) or not raw:
            self.complain("K301", path, found=raw)
            return All(())
        parts: list[Premise] = []
        for key, value in raw.items():
            here = (*path, key)
            match key:
                case "all" | "any":
                    parts.append(self.group(key, value, here))
                case "not":
                    parts.append(Not(self.mapping(value, here)))
                case "found":
                    parts.extend(self.findings(value, here))
                case _ if key in self.facts:
                    parts.extend(self.tests(self.facts[key], value, here))
                case _:
                    self.complain("K202", here, name=key, nearest=nearest(str(key), [*self.facts, *WORDS]) or "–")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def group(self, word: str, value: Anything, path: Path) -> Premise:
        if not isinstance(value, list) or not value:
            self.complain("K302", path, word=word)
            return All(())
        parts = tuple(self.mapping(part, (*path, index)) for index, part in enumerate(value))
        return All(parts) if word == "all" else Any(parts)

    def findings(self, value: Anything, path: Path) -> list[Found]:
        names = value if isinstance(value, list) else [value]
        if not names:
            self.complain("K301", path, found=value)
        return [Found(str(name)) for name in names]

    def tests(self, fact: Fact, value: Anything, path: Path) -> list[Test]:
        if value == "unknown" and "unknown" not in fact.values:
            return [Test(fact.name, "unknown")]
        if not isinstance(value, Mapping):
            return self.members(fact, value, path)
        if not value:
            self.complain("K301", path, found=value)
        found: list[Test] = []
        for op, argument in value.items():
            here = (*path, op)
            if op in COMPARISONS:
                found.extend(self.threshold(fact, op, argument, here))
            elif op in SET_TESTS and fact.type.several:
                found.extend(self.members(fact, argument, here, op))
            elif op == "count" and fact.type.several:
                found.extend(self.count(fact, argument, here))
            else:
                allowed = [*SET_TESTS, "count"] if fact.type.several else [*COMPARISONS]
                self.complain("K303", here, word=op, fact=fact.name, allowed=", ".join(allowed))
        return found

    def members(self, fact: Fact, value: Anything, path: Path, op: str = "in") -> list[Test]:
        words = fact.type.words(fact, value, self.refusing(fact, path))
        return [] if words is None else [Test(fact.name, op, words)]

    def threshold(self, fact: Fact, op: str, limit: Anything, path: Path) -> list[Test]:
        found = fact.type.threshold(fact, op, limit, self.refusing(fact, path))
        return [] if found is None else [Test(fact.name, op, found)]

    def refusing(self, fact: Fact, path: Path) -> Refuse:
        return lambda code, **values: self.complain(code, path, fact=fact.name, **values)

    def count(self, fact: Fact, argument: Anything, path: Path) -> list[Test]:
        limits = argument if isinstance(argument, Mapping) else {}
        if limits and all(op in COMPARISONS and isinstance(n, int) for op, n in limits.items()):
            return [Test(fact.name, "count", (op, float(n))) for op, n in limits.items()]
        self.complain("K308", path, fact=fact.name)
        return []
