"""A file that says what decides between different answers, and who filled in which sheet.

rules: {scale: median, A2: most_recent, G1: {take: Chen Wei, reason: agreed at the meeting}}
respondents: {ceo.xlsx: {name: Chen Wei, roles: [chief_executive], on: 2026-03-01}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, ProblemsError, shortened
from advisor.files import read_file
from advisor.interview.answers import Author, Ruling
from advisor.interview.authors import RULES, author_in, ruling_in
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Role


@dataclass(frozen=True)
class MergeRules:
    """Rules by question, type or ``all``, and respondents by the name of their file."""

    rules: Mapping[str, Ruling]
    respondents: Mapping[str, Author]

    def author(self, path: Path) -> Author | None:
        """Who filled in a file, where that is said."""
        return self.respondents.get(path.name) or self.respondents.get(path.stem)


def read_merge_rules(path: Path, knowledge: Knowledge) -> MergeRules:
    """The rules in a file. Raises :class:`~advisor.errors.AnswersError` with every mistake and its line."""
    try:
        raw = yaml_source.parse_bytes(read_file(path), str(path))
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    parts = {"rules", "respondents"}
    if not isinstance(raw, Mapping) or set(raw) - parts or not all(isinstance(part, Mapping) for part in raw.values()):
        raise AnswersError([Problem("A184", Place(str(path)), {"found": shortened(raw)})])
    problems: list[Problem] = []
    rules: dict[str, Ruling] = {}
    respondents: dict[str, Author] = {}
    for key, entry in raw.get("rules", {}).items():
        try:
            rules[_question(key, knowledge)] = ruling_in(entry)
        except ValueError:
            place = Place(str(path), *yaml_source.locate(raw, ("rules", key)))
            problems.append(Problem("A182", place, {"found": shortened(entry), "rules": ", ".join(RULES)}))
    for key, entry in raw.get("respondents", {}).items():
        try:
            respondents[str(key)] = author_in(entry) or Author()
        except ValueError:
            place = Place(str(path), *yaml_source.locate(raw, ("respondents", key)))
            problems.append(Problem("A180", place, {"found": shortened(entry), "roles": ", ".join(get_args(Role))}))
    if problems:
        raise AnswersError(problems)
    return MergeRules(rules, respondents)


def rules_in(raw: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Ruling]:
    """Rules by question, type or ``all`` as a program or a request has them. Raises :class:`~advisor.errors.AnswersError`
    with every one that is none."""
    rules, problems = dict[str, Ruling](), list[Problem]()
    for key, entry in raw.items():
        try:
            rules[_question(key, knowledge)] = ruling_in(entry)
        except ValueError:
            values: dict[str, object] = {"found": shortened(entry), "rules": ", ".join(RULES)}
            problems.append(Problem("A182", Place(f"rules.{shortened(key)}"), values))
    if problems:
        raise AnswersError(problems)
    return rules


def _question(key: Any, knowledge: Knowledge) -> str:
    """The question that a code names; the key itself where it names none, as a type does."""
    return next(iter(knowledge.codes.get(str(key), ())), None) or str(key)
