"""Reading a panel: a folder with a file for each firm, every mistake of all of them reported at once with its line.

Enters: files that may be hostile. Leaves: :class:`PanelFirm` in order of id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisor import yaml_source
from advisor.errors import AnswersError, InputError, PanelError, Place, Problem, ProblemsError, nearest, shortened
from advisor.files import read_file
from advisor.interview.answer_files import firm_answers_in
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.panel.firm_file import JUDGES, FirmFile, Judgement
from advisor.panel.statements import known_ids

MAX_FIRMS = 2000


@dataclass(frozen=True)
class PanelFirm:
    """A firm of a panel with its answers read."""

    file: FirmFile
    answers: Answers


def read_panel(folder: Path, knowledge: Knowledge) -> tuple[PanelFirm, ...]:
    """The firms of the files ``*.yaml`` in ``folder``, in order of group and number.

    Raises :class:`~advisor.errors.PanelError` with every mistake of every file, :class:`~advisor.errors.InputError` for a
    folder without such files or with more than :data:`MAX_FIRMS`.
    """
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise InputError("no_folder", path=folder)
    if len(paths) > MAX_FIRMS:
        raise InputError("large_panel", path=folder, limit=MAX_FIRMS)
    ids = known_ids(knowledge)
    firms, problems = list[PanelFirm](), list[Problem]()
    for path in paths:
        try:
            firms.append(_read_firm(path, knowledge, ids))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise PanelError(problems)
    return tuple(sorted(firms, key=lambda firm: (firm.file.group, len(firm.file.id), firm.file.id)))


def _read_firm(path: Path, knowledge: Knowledge, ids: frozenset[str]) -> PanelFirm:
    name = str(path)
    raw = yaml_source.parse_bytes(read_file(path, yaml_source.MAX_BYTES), name)
    if not isinstance(raw, Mapping):
        raise PanelError([Problem("N101", Place(name, 1, 1), {"found": shortened(raw)})])
    problems = list[Problem]()
    answers = Answers()
    try:
        if isinstance(raw.get("answers"), Mapping):
            answers = firm_answers_in(raw, name, knowledge)
    except AnswersError as error:
        problems += error.problems
    try:
        file = FirmFile.model_validate(raw)
    except ValidationError as error:
        problems += [_shape_problem(detail, raw, name) for detail in error.errors(include_url=False)]
        raise PanelError(problems) from None
    problems += _wrong_references(file, path, raw, ids)
    if problems:
        raise PanelError(problems)
    return PanelFirm(file, answers)


def _shape_problem(detail: ErrorDetails, raw: Any, name: str) -> Problem:
    """A mistake of shape, with the line it stands on."""
    location = tuple(step for step in detail["loc"] if step not in ("[key]", "str", "tuple[str, ...]"))
    place = Place(name, *yaml_source.locate(raw, location))
    path = ".".join(map(str, location)) or "file"
    code = {"missing": "N102", "extra_forbidden": "N103"}.get(detail["type"], "N104")
    return Problem(code, place, {"path": shortened(path), "detail": detail["msg"].removeprefix("Value error, ").rstrip(".")})


def _wrong_references(file: FirmFile, path: Path, raw: Any, ids: frozenset[str]) -> Iterator[Problem]:
    """An id that is not the file's name, readings of items there are not, and ids this program does not have."""

    def place(*steps: str | int) -> Place:
        return Place(str(path), *yaml_source.locate(raw, steps))

    if file.id != path.stem:
        yield Problem("N105", place("id"), {"id": file.id, "file": path.name})
    for part, items in (("met_by", "must_raise"), ("never", "must_not")):
        for judge, readings in getattr(file, part).items():
            judgement: Judgement | None = getattr(file.judgements, judge)
            count = len(getattr(judgement, items)) if judgement else 0
            for number in readings:
                if not 1 <= number <= count:
                    values = {"part": f"{part}.{judge}", "number": number, "items": f"{judge}.{items}", "count": count}
                    yield Problem("N106", place(part, judge, number), values)
    for steps, name in _references(file):
        if name not in ids:
            yield Problem("N107", place(*steps), {"name": shortened(name), "nearest": nearest(name, ids) or "–"})


def _references(file: FirmFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every id that the readings name, with the way to it in the file."""
    for judge in JUDGES:
        for number, reading in file.met_by.get(judge, {}).items():
            for steps, name in _flat(reading.by):
                yield ("met_by", judge, number, "by", *steps), name
        for number, ban in file.never.get(judge, {}).items():
            for steps, name in _flat(ban.ids):
                yield ("never", judge, number, "ids", *steps), name
    for steps, name in _flat(file.first_step_by.by if file.first_step_by else ()):
        yield ("first_step_by", "by", *steps), name
    for part in ("kinds", "products"):
        for steps, name in _flat(getattr(file.system, part, ())):
            yield ("system", part, *steps), name


def _flat(ids: tuple[str | tuple[str, ...], ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    for index, entry in enumerate(ids):
        if isinstance(entry, str):
            yield (index,), entry
        else:
            yield from (((index, inner), name) for inner, name in enumerate(entry))
