"""Assessments saved by earlier versions, brought to the format that this version reads, one step a format.

Several shapes shared a number while the program was young, so each step goes by what a file holds. What a version did not
work out is left empty and listed in :class:`Upgrade`; nothing is made up in its place.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pydantic_core

from advisor.assessment.base import Item
from advisor.assessment.money_upgrade import upgrade_money
from advisor.errors import InputError, shortened
from advisor.phrases import joined, phrases
from advisor.text import Text
from advisor.version import __version__

phrase = phrases("assessment")

Part = Literal[
    "answer_values", "axes", "reason_sides", "settling", "lifted_hurdles", "awaited_findings", "papers", "practices",
    "legal_checks", "disagreements", "insight", "selection", "filter_questions", "function_confidence",
    "remarks", "project", "project_facts", "limits", "cost", "approaches",
]  # fmt: skip
"""What earlier versions did not work out, or did not keep."""
Raw = dict[str, Any]
_NUMBER = re.compile(r"[1-9][0-9]{0,29}")


class Upgrade(Item):
    """That an assessment was saved in an earlier format: which one, and what was not worked out then."""

    written_as: str
    lacks: tuple[Part, ...]


def format_of(raw: Any, newest: str) -> str:
    """The format of a file by its content.

    Raises :class:`~advisor.errors.InputError` where it is later than the newest this version reads, or where there is none.
    """
    number = raw.get("schema_version") if isinstance(raw, dict) else None
    is_number = isinstance(number, int) or (isinstance(number, str) and _NUMBER.fullmatch(number) is not None)
    if number is not None and is_number and int(number) > int(newest):
        wrote = shortened(raw.get("program_version", "?"))
        raise InputError("later_assessment", format=shortened(number), wrote=wrote, ours=newest, program=__version__)
    if not is_number or not isinstance(number, str):
        raise InputError("bad_assessment", detail="schema_version")
    return number


def upgraded(raw: Raw) -> bytes:
    """A file's content as JSON of the newest format. What is damaged in it stays so, for the reader to refuse."""
    _upgrade(raw)
    return pydantic_core.to_json(raw, inf_nan_mode="constants")


def upgrade_note(upgraded: Upgrade | None, program: str) -> Text | None:
    """That an assessment was saved in an earlier format by a version of the program, and what was not worked out then; None
    where nothing is missing."""
    if upgraded is None or not upgraded.lacks:
        return None
    parts = joined([phrase(f"part.{part}") for part in upgraded.lacks])
    return phrase("upgraded", format=upgraded.written_as, program=program, parts=parts)


def leave_out(raw: Raw, upgrade: Upgrade | None) -> None:
    """Take out of the JSON of an assessment what a file of an earlier format lacks, and that it is one, in place."""
    raw.pop("upgraded", None)
    for addition in (*_ADDED_TO_1, *_ADDED_BY_2, *_ADDED_BY_3, *_ADDED_TO_3, *_ADDED_BY_5, *_WORKED_OUT_BY_6):
        if upgrade and addition.part in upgrade.lacks:
            for entry in _at(raw, addition.path):
                entry.pop(addition.field, None)


def _upgrade(raw: Raw) -> None:
    written_as, lacks = raw["schema_version"], list[Part]()
    while step := STEPS.get(raw["schema_version"]):
        lacks += dict.fromkeys(step(raw))
        raw["schema_version"] = str(int(raw["schema_version"]) + 1)
    earlier = raw.get("upgraded") or {"written_as": written_as, "lacks": []}
    if isinstance(earlier, dict) and isinstance(earlier.get("lacks"), list):
        raw["upgraded"] = {**earlier, "lacks": [*earlier["lacks"], *lacks]}


@dataclass(frozen=True)
class _Addition:
    """A field that a later shape of the same format added; ``part`` is what files without it lack, None where ``empty`` is
    the truth about them."""

    path: str
    field: str
    empty: object
    part: Part | None


_ADDED_TO_1 = (
    _Addition("model", "product_axis", None, "axes"),
    _Addition("model", "decision_axis", None, "axes"),
    _Addition("verdict.reasons", "side", None, "reason_sides"),
    _Addition("verdict.deciding", "settles", None, "settling"),
    _Addition("plan", "lifts", [], "lifted_hurdles"),
    _Addition("undecided", "findings", [], "awaited_findings"),
    _Addition("", "papers", [], "papers"),
    _Addition("", "practices", [], "practices"),
    _Addition("", "legal_checks", [], "legal_checks"),
    _Addition("", "disagreements", [], "disagreements"),
    _Addition("", "papers_only", False, None),  # there was no such view
    _Addition("scores.*", "profile", False, None),  # there were no profiles
)
_ADDED_BY_2 = (
    _Addition("answers", "value", None, "answer_values"),
    _Addition("", "weighting", None, None),  # no other weights could be chosen
    _Addition("", "insight", None, "insight"),
)
_ADDED_BY_3 = (_Addition("", "selection", None, "selection"),)
_ADDED_TO_3 = (
    _Addition("selection.candidates.excluded", "codes", [], "filter_questions"),
    _Addition("selection.candidates.asks", "codes", [], "filter_questions"),
    _Addition("selection.candidates.depends", "codes", [], "filter_questions"),
    _Addition("selection.candidates.functions", "confidence", None, "function_confidence"),
    _Addition("selection.candidates.functions", "stale", None, "function_confidence"),
)
_ADDED_BY_5 = (
    _Addition("", "remarks", [], "remarks"),
    _Addition("", "project", None, "project"),
    # every score was the mean or the largest of all its inputs, each as it was
    _Addition("scores.*", "strongest", None, None),
    _Addition("scores.*", "working", False, None),
    _Addition("scores.*.inputs", "times", 1.0, None),
    _Addition("scores.*.inputs", "always", False, None),
    _Addition("risks", "strikes", None, None),  # they were ranked by likelihood and impact alone
    _Addition("", "project_facts", [], "project_facts"),
    _Addition("trace", "limit", None, "limits"),
)
_ADDED_BY_6 = (
    _Addition("scores.*.inputs", "limit", False, None),  # no score was limited by another
    _Addition("", "approaches", [], "approaches"),
    _Addition("", "lines", None, None),  # a sheet was about one line of business
    _Addition("", "waiting", [], None),  # a refused project kept its conditions among the others
    _Addition("selection", "way_ahead", 0.0, None),  # the way of the leading products was recommended
    _Addition("selection.wanted", "open", [], None),
    _Addition("project", "held_against", None, None),
    # of a simpler alternative neither numbers nor cost were told
    _Addition("lighter", "carries", [], None),
    _Addition("lighter", "own_days", None, None),
    _Addition("lighter", "yearly", None, None),
    _Addition("selection.candidates", "edition", None, None),  # none were known
    # no page was named, and a product was out or not
    _Addition("selection.candidates.facts", "page", None, None),
    _Addition("selection.candidates.excluded", "against", False, None),
    _Addition("selection.candidates.asks", "against", False, None),
    _Addition("selection.candidates.depends", "against", False, None),
)
_ADDED_BY_7 = (
    _Addition("", "value", None, None),  # nothing was reckoned
    _Addition("", "since", None, None),  # none was set beside an earlier one
    *(
        _Addition(path, "annotation", None, None)  # nothing was kept beside answers
        for path in ("answers", "lines.main.answers", "lines.other.answers")
    ),
    _Addition("", "notes_left_out", 0, None),
)
_BY_6: Mapping[str, tuple[str, ...]] = {
    "": ("project",),
    "selection": ("way_note", "goals"),
    "selection.options": ("state",),
    "selection.dropped": ("state", "reason"),
    "selection.candidates": (
        "price", "price_shown", "price_date", "user_year", "first_year", "later_year", "cost", "other_ways",
    ),
}  # fmt: skip
_WORKED_OUT_BY_6 = tuple(_Addition(path, field, None, "cost") for path, fields in _BY_6.items() for field in fields)


def _from_1(raw: Raw) -> Iterator[Part]:
    """Format 1 grew from 2026-11-23 14:05 to 23:07: names in both languages, papers, practices, law, what answers settle."""
    for firm in _at(raw, "firm"):
        for field, text in firm.items():
            if isinstance(text, str):
                firm[field] = {"zh": text, "en": text} if text else None
    for question in _at(raw, "verdict.deciding"):
        question.pop("weight", None)  # counted otherwise than `settles`
    yield from _add(raw, *_ADDED_TO_1, *_ADDED_BY_2)


def _from_2(raw: Raw) -> Iterator[Part]:
    """Format 3 says which system to choose."""
    yield from _add(raw, *_ADDED_BY_3)


def _from_3(raw: Raw) -> Iterator[Part]:
    """Format 3 grew on 2026-11-24; format 4 says of itself what was upgraded."""
    yield from _add(raw, *_ADDED_TO_3)


def _from_4(raw: Raw) -> Iterator[Part]:
    """Format 5 has one catalogue of tasks, means of the strongest inputs, answers held against one another, money and people
    held against the project."""
    for place in ("trace", "undecided", "insight.near", "insight.scenarios.gained", "insight.scenarios.lost"):
        for entry in _at(raw, place):
            for field in ("kind", "layer"):
                if entry.get(field) == "recommendation":
                    entry[field] = "task"
    for task in _at(raw, "plan"):
        _task_from_4(task)
    for step in _at(raw, "insight.path.ways.steps"):
        _step_from_4(step)
    yield from _add(raw, *_ADDED_BY_5)


def _from_5(raw: Raw) -> Iterator[Part]:
    """Format 6 reads cost and choice from the project; before, ratios of licence prices gave what a way costs."""
    if upgrade_money(raw):
        yield "cost"
    yield from _add(raw, *_ADDED_BY_6)


def _from_6(raw: Raw) -> Iterator[Part]:
    """Format 7 keeps what stands beside answers, and may be set beside an earlier assessment."""
    yield from _add(raw, *_ADDED_BY_7)


def _task_from_4(task: Raw) -> None:
    days = task.pop("days", None)
    if isinstance(days, list) and len(days) == 2 and all(isinstance(day, int | float) for day in days):
        task["own_days"] = [days[0], sum(days) / 2, days[1]]
    if "exit" in task:
        task["done_when"] = task.pop("exit")
    lacks: Raw = {
        "outside_days": None,
        "driven_by": [],
        "open": [],
        "meets": [],
        "asks": [],
        "core": False,
        "basis": "inferred",
    }
    task |= {field: value for field, value in lacks.items() if field not in task}


def _step_from_4(step: Raw) -> None:
    changed = {name: step.pop(name) for name in ("question", "code", "text", "before", "after") if name in step}
    step |= {"task": changed.get("question"), "changes": [changed], "after": step.pop("after_codes", [])}


STEPS: Mapping[str, Callable[[Raw], Iterator[Part]]] = {
    "1": _from_1, "2": _from_2, "3": _from_3, "4": _from_4, "5": _from_5, "6": _from_6,
}  # fmt: skip


def _add(raw: Raw, *additions: _Addition) -> Iterator[Part]:
    """Give the files of a shape without a field that field. Where only some entries lack it, the file is damaged."""
    for addition in additions:
        entries = list(_at(raw, addition.path))
        if any(addition.field in entry for entry in entries):
            continue
        for entry in entries:
            entry[addition.field] = copy.copy(addition.empty)
        if entries and addition.part:
            yield addition.part


def _at(node: Any, path: str) -> Iterator[Raw]:
    """The mappings at a dotted path, those of a list each; ``*`` stands for every key. Nothing where the path breaks off."""
    if isinstance(node, list):
        for item in node:
            yield from _at(item, path)
    elif isinstance(node, dict):
        step, _, rest = path.partition(".")
        if not step:
            yield node
        for item in node.values() if step == "*" else [node.get(step)]:
            yield from _at(item, rest) if step else ()
