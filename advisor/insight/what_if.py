"""What if: some answers changed, both assessments side by side; scenarios kept by name beside the firm's file.

scenarios:
  sponsor_at_the_top:
    title: {zh: 由老总牵头, en: The chief leads}
    answers: {F2: chief, F3: yes}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor import yaml_source
from advisor.assessment.assessing import assess
from advisor.assessment.comparing import Changes, compare
from advisor.assessment.insights import ChangeItem, GainItem, ScenarioItem
from advisor.assessment.model import Assessment
from advisor.assessment.words import answer_in_words
from advisor.errors import AnswersError, Place, Problem
from advisor.files import read_whole, write_whole
from advisor.interview.answers import Answer, Answers
from advisor.interview.reading import parse_entries
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST = 20
"""How many scenarios a file may hold."""
IN_REPORT = ("blockers", "conditions", "lighter", "risks", "functions", "misconceptions")
"""The kinds of finding a scenario is told by."""


@dataclass(frozen=True)
class Scenario:
    """Some answers as they might be."""

    name: str
    title: Text
    changes: Mapping[str, Answer]

    def of(self, answers: Answers) -> Answers:
        """The firm as the scenario has it."""
        for name, answer in self.changes.items():
            answers = answers.with_answer(name, answer)
        return answers


@dataclass(frozen=True)
class Comparison:
    """A firm and a scenario of it: both assessments and what differs between them."""

    scenario: Scenario
    before: Assessment
    after: Assessment
    changes: Changes


def what_if(knowledge: Knowledge, answers: Answers, scenario: Scenario, before: Assessment | None = None) -> Comparison:
    """The firm as it is and as a scenario has it."""
    before = before or assess(answers, knowledge)
    after = assess(scenario.of(answers), knowledge, before.assessed_on)
    return Comparison(scenario, before, after, compare(before, after))


def scenario_item(knowledge: Knowledge, answers: Answers, found: Comparison) -> ScenarioItem:
    """A comparison as an assessment keeps it."""
    a, scheme = found.after, knowledge.verdict
    return ScenarioItem(
        name=found.scenario.name,
        title=found.scenario.title,
        changes=tuple(change_items(knowledge, answers, found.scenario.changes)),
        verdict=a.verdict.name,
        possible=a.verdict.possible,
        need=a.scores[scheme.need].points,
        ability=a.scores[scheme.ability].points,
        gained=tuple(GainItem(kind=c.kind, title=c.title) for c in found.changes.gained if c.kind in IN_REPORT),
        lost=tuple(GainItem(kind=c.kind, title=c.title) for c in found.changes.lost if c.kind in IN_REPORT),
    )


def change_items(knowledge: Knowledge, answers: Answers, changes: Mapping[str, Answer]) -> Iterator[ChangeItem]:
    """Each changed answer in words."""
    for name, answer in changes.items():
        question, fact = knowledge.questions[name], knowledge.facts[name]
        yield ChangeItem(
            question=name,
            code=question.code,
            text=question.text,
            before=answer_in_words(answers.given.get(name), fact),
            after=answer_in_words(answer, fact),
        )


def parse_changes(words: Sequence[str], knowledge: Knowledge) -> dict[str, Answer]:
    """Changes as a person types them: ``F2=chief G1=4 H1=300k``.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once.
    """
    problems, raw = [], {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key.strip() or not value.strip():
            problems.append(Problem("S101", Place("="), {"word": word[:60]}))
        else:
            raw[key.strip()] = value.strip()
    if problems:
        raise AnswersError(problems)
    return parse_entries(raw, "=", knowledge)


def scenario_file(firm: Path) -> Path:
    """Where the scenarios of a firm's file are kept: beside it."""
    return firm.with_name(f"{firm.stem}.scenarios.yaml")


def read_scenarios(path: Path, knowledge: Knowledge) -> dict[str, Scenario]:
    """The scenarios in a file, by name; none where there is no file.

    Raises :class:`~advisor.errors.AnswersError` with every mistake and its line.
    """
    if not path.exists():
        return {}
    raw = yaml_source.parse_bytes(read_whole(path), str(path))
    entries = raw.get("scenarios") if isinstance(raw, Mapping) else None
    if not isinstance(entries, Mapping) or set(raw) != {"scenarios"}:
        raise AnswersError([Problem("S102", Place(str(path)), {})])
    problems: list[Problem] = []
    found: dict[str, Scenario] = {}
    for name, entry in entries.items():
        place = Place(str(path), *yaml_source.locate(raw, ("scenarios", name)))
        given = entry.get("answers") if isinstance(entry, Mapping) else None
        if not NAME.fullmatch(str(name)) or not isinstance(given, Mapping) or not given or len(found) >= MOST:
            problems.append(Problem("S103", place, {"name": str(name)[:60], "most": MOST}))
            continue
        try:
            found[name] = Scenario(name, _title(entry, name), parse_entries(given, str(path), knowledge))
        except AnswersError as error:
            problems += error.problems
        except ValueError:
            problems.append(Problem("S104", place, {"name": name}))
    if problems:
        raise AnswersError(problems)
    return found


def _title(entry: Mapping[str, Any], name: str) -> Text:
    raw = entry.get("title") or name.replace("_", " ")
    return Text(**raw) if isinstance(raw, Mapping) else Text(**dict.fromkeys(LANGS, str(raw)))


def save_scenario(path: Path, scenario: Scenario, knowledge: Knowledge) -> None:
    """Add a scenario to the file, or replace the one of its name; all others stay."""
    kept = {**read_scenarios(path, knowledge), scenario.name: scenario}
    content = {
        "scenarios": {
            name: {"title": dict(one.title), "answers": {q: _plain(a) for q, a in one.changes.items()}}
            for name, one in kept.items()
        }
    }
    write_whole(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=119))


def _plain(answer: Answer) -> Any:
    if answer.status != "known":
        return answer.status
    value = answer.value
    return sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
