"""Scenarios kept by name beside a firm's file.

scenarios:
  sponsor_at_the_top:
    title: {zh: 由老总牵头, en: The chief leads}
    answers: {F2: chief, F3: yes}
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from advisor import yaml_source
from advisor.errors import AnswersError, InputError, Place, Problem, ProblemsError
from advisor.files import read_file, write_file
from advisor.interview.answer_files import entries_in
from advisor.interview.answers import Answer, Answers
from advisor.interview.serialization import plain
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
MAX_SCENARIOS = 20
"""How many scenarios a file may hold."""
MAX_TITLE = 120
"""How many characters a title may have."""


@dataclass(frozen=True)
class Scenario:
    """Some answers as they might be; ``notes`` say what was carried over from questions of earlier versions."""

    name: str
    title: Text
    changes: Mapping[str, Answer]
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    def of(self, answers: Answers) -> Answers:
        """The firm as the scenario has it."""
        for name, answer in self.changes.items():
            answers = answers.with_answer(name, answer)
        return answers


def scenario_file(firm: Path) -> Path:
    """Where the scenarios of a firm's file are kept: beside it."""
    return firm.with_name(f"{firm.stem}.scenarios.yaml")


def scenario_title(raw: Any) -> Text:
    """A title of one line, or one line in each language.

    Raises :class:`~advisor.errors.InputError` for anything else, or what is too long.
    """
    titles = raw if isinstance(raw, Mapping) else dict.fromkeys(LANGS, raw)
    lines = [text.strip() for text in titles.values() if isinstance(text, str) and text.isprintable()]
    if set(titles) != set(LANGS) or len(lines) != len(LANGS) or not all(0 < len(line) <= MAX_TITLE for line in lines):
        raise InputError("bad_scenario_title", limit=MAX_TITLE)
    return Text(**dict(zip(titles, lines, strict=True)))


def scenario_name(name: str) -> str:
    """A name a scenario may have. Raises :class:`~advisor.errors.InputError` for one it may not."""
    if not NAME.fullmatch(name):
        raise InputError("bad_scenario_name", name=name[:60])
    return name


def read_scenarios(path: Path, knowledge: Knowledge) -> dict[str, Scenario]:
    """The scenarios in a file, by name; none where there is no file.

    Raises :class:`~advisor.errors.AnswersError` with every mistake and its line.
    """
    return parse_scenarios(read_file(path), str(path), knowledge) if path.exists() else {}


def parse_scenarios(content: bytes, path: str, knowledge: Knowledge) -> dict[str, Scenario]:
    """The scenarios in the content of a file; ``path`` is what errors call it."""
    try:
        raw = yaml_source.parse_bytes(content, path)
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    entries = raw.get("scenarios") if isinstance(raw, Mapping) else None
    if not isinstance(entries, Mapping) or set(raw) != {"scenarios"}:
        raise AnswersError([Problem("S102", Place(path), {})])
    problems: list[Problem] = []
    scenarios: dict[str, Scenario] = {}
    for place_in_file, (name, entry) in enumerate(entries.items()):
        place = Place(path, *yaml_source.locate(raw, ("scenarios", name)))
        answer_entries = (
            entry.get("answers") if isinstance(entry, Mapping) and not set(entry) - {"title", "answers"} else None
        )
        is_valid = (
            NAME.fullmatch(str(name))
            and isinstance(answer_entries, Mapping)
            and answer_entries
            and place_in_file < MAX_SCENARIOS
        )
        if not is_valid or not isinstance(answer_entries, Mapping):
            problems.append(Problem("S103", place, {"name": str(name)[:60], "most": MAX_SCENARIOS}))
            continue
        try:
            title = scenario_title(entry.get("title") or name.replace("_", " "))
            answers = entries_in(answer_entries, path, knowledge)
            if not answers.given:
                problems.append(Problem("S103", place, {"name": name, "most": MAX_SCENARIOS}))
            scenarios[name] = Scenario(name, title, answers.given, answers.notes)
        except AnswersError as error:
            problems += error.problems
        except InputError:
            problems.append(Problem("S104", place, {"name": name, "limit": MAX_TITLE}))
    if problems:
        raise AnswersError(problems)
    return scenarios


def add_scenario(path: Path, scenario: Scenario, knowledge: Knowledge) -> None:
    """Add a scenario at the end of the file; what stands there stays as it is, comments included.

    Raises :class:`~advisor.errors.InputError` where the name is taken, the file is full, or is written in a way that nothing
    can be added to; :class:`~advisor.errors.AnswersError` where it cannot be read.
    """
    existing = read_scenarios(path, knowledge)
    if scenario.name in existing:
        raise InputError("scenario_exists", name=scenario.name, path=path)
    if len(existing) >= MAX_SCENARIOS:
        raise InputError("too_many_scenarios", path=path, limit=MAX_SCENARIOS)
    before = read_file(path).decode("utf-8-sig").rstrip("\n") + "\n" if existing else "scenarios:\n"
    raw = yaml_source.parse(before, str(path)) if existing else {}
    indent = yaml_source.locate(raw, ("scenarios", next(iter(existing))))[1] - 1 if existing else 2
    entry = {
        "title": dict(scenario.title),
        "answers": {name: plain(knowledge.questions[name], a) for name, a in scenario.changes.items()},
    }
    block = yaml.safe_dump({scenario.name: entry}, allow_unicode=True, sort_keys=False, width=10_000)
    content = (before + textwrap.indent(block, " " * indent)).encode()
    try:
        after = parse_scenarios(content, str(path), knowledge)
    except AnswersError:
        after = {}
    if after != {**existing, scenario.name: scenario}:
        raise InputError("scenario_not_added", name=scenario.name, path=path)
    write_file(path, content)
