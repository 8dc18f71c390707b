"""The firms in whatever a user names: a file of answers of any form, a table, a saved assessment, or a folder of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.errors import InputError, Place, Problem, ProblemsError
from advisor.sheets.kinds import TABLE_SUFFIXES
from advisor.text import Text, join, single_line

if TYPE_CHECKING:
    from advisor.cli.settings import Settings
    from advisor.interview import Answers
    from advisor.knowledge import Knowledge

FORMS = (".yaml", ".yml", ".json")
TABLES = TABLE_SUFFIXES
LINES = (".jsonl", ".ndjson")
REPORTS = (".pdf",)
BESIDE = (".scenarios", ".selection")
"""How the files end that belong to a firm's file and are none themselves."""


@dataclass
class FirmsRead:
    """The firms that could be read by file and name, what is wrong with the others, and the files of no form of ours."""

    firms: list[tuple[str, Answers]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


def tell_skipped(read: FirmsRead, settings: Settings) -> None:
    """Say which files were passed over."""
    if read.skipped:
        names = join([path.name for path in read.skipped], settings.lang)
        click.echo(settings.say("diff.skipped", files=names), err=True)


def read_firms_in(source: Path, knowledge: Knowledge) -> FirmsRead:
    """Every firm of a file or a folder. Raises :class:`~advisor.errors.InputError` where there is no such thing."""
    from advisor.assessment.lines import leading

    if not source.exists():
        raise InputError("no_file", path=source)
    found = FirmsRead()
    files = sorted(path for path in source.iterdir() if path.is_file()) if source.is_dir() else [source]
    for file in files:
        if file.suffix.lower() not in (*FORMS, *TABLES, *LINES, *REPORTS) or file.name.startswith((".", "~")):
            found.skipped.append(file)
        elif not file.stem.endswith(BESIDE):
            try:
                read = _firms_of(file, knowledge, found.problems)
                found.firms += [(name, leading(answers, knowledge)) for name, answers in read]
            except ProblemsError as error:
                found.problems += error.problems
            except InputError as error:
                detail = Text(zh=single_line(error.message("zh")), en=single_line(error.message("en")))
                found.problems.append(Problem("B106", Place(str(file)), {"detail": detail}))
    return found


def _firms_of(file: Path, knowledge: Knowledge, problems: list[Problem]) -> Iterator[tuple[str, Answers]]:
    from advisor.assessment import Assessment
    from advisor.insight.replay import answers_of
    from advisor.interview import read_answers
    from advisor.reporting.saved_assessment import saved_assessment

    suffix = file.suffix.lower()
    if content := saved_assessment(file):
        yield file.name, answers_of(Assessment.from_json(content), knowledge)
    elif suffix in LINES:
        yield from _rows(file, knowledge, problems)
    elif suffix in TABLES:
        try:
            yield file.name, read_answers(file, knowledge)
        except ProblemsError as as_form:
            try:
                yield from _rows(file, knowledge, problems)
            except ProblemsError:
                raise as_form from None
    else:
        yield file.name, read_answers(file, knowledge)


def _rows(file: Path, knowledge: Knowledge, problems: list[Problem]) -> Iterator[tuple[str, Answers]]:
    """The firms of a table or of JSON lines."""
    from advisor.batch.readers import read_firms

    read = read_firms(file, knowledge)
    problems += [problem for row in read.unreadable for problem in row.problems]
    yield from ((f"{file.name}: {row.name}", row.answers) for row in read.readable if row.answers)
