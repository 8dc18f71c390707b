"""Exports of form services: which columns the service added, as a table beside this module lists them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from advisor.interview.head_words import comparable
from advisor.text import Text

LONGEST = 60
"""No head of a service is longer."""


@dataclass(frozen=True)
class FormService:
    """A service and the heads of the columns it adds, in comparable form: those nobody else has, what tells its exports from
    other tables, the running number, and all of them."""

    id: str
    name: Text
    sure: frozenset[str]
    told_by: tuple[frozenset[str], ...]
    number: frozenset[str]
    heads: frozenset[str]


@dataclass(frozen=True)
class Exported:
    """What a row of heads says of the service that wrote it: its columns with the head of each, and which of them holds the
    running number, -1 for none."""

    service: FormService
    columns: Mapping[int, str]
    number: int = -1


@functools.cache
def form_services() -> tuple[FormService, ...]:
    """The services known, in the order of their table."""
    source = resources.files("advisor").joinpath("interview", "form_services.yaml").read_text("utf-8")
    return tuple(_service(entry) for entry in yaml.load(source, yaml.CSafeLoader))


def _service(entry: Mapping[str, Any]) -> FormService:
    told_by = tuple(_heads(heads if isinstance(heads, list) else [heads]) for heads in entry["sure"])
    sure = frozenset().union(*(heads for heads in told_by if len(heads) == 1))
    number, together = _heads(entry["number"]), frozenset().union(*told_by)
    return FormService(entry["id"], Text(**entry["name"]), sure, told_by, number, together | number | _heads(entry["other"]))


def _heads(heads: Sequence[str]) -> frozenset[str]:
    return frozenset(map(comparable, heads))


def exported(row: Sequence[str]) -> Exported | None:
    """The service that a row of heads is of, by the heads that only it has; None where it is of none."""
    heads = [comparable(head) if len(head) <= LONGEST else "" for head in row]
    found = [
        (service, _columns(service, heads))
        for service in form_services()
        if any(map(set(heads).issuperset, service.told_by))
    ]
    if not found:
        return None
    service, columns = max(found, key=lambda pair: len(pair[1]))
    number = next((column for column in sorted(columns) if heads[column] in service.number), -1)
    return Exported(service, {column: row[column] for column in sorted(columns)}, number)


def _columns(service: FormService, heads: Sequence[str]) -> set[int]:
    """The columns of a service: what only it has wherever it stands, anything else next to its other columns, from the left
    or from the right; a head that comes again is a question of the form."""
    last = len(heads) - 1
    sides = (*_run(service, heads, range(len(heads))), *_run(service, heads, range(last, -1, -1)))
    columns = {column for column, head in enumerate(heads) if head in service.sure} | set(sides)
    first = {head: column for column, head in reversed(list(enumerate(heads))) if column in columns}
    return set(first.values())


def _run(service: FormService, heads: Sequence[str], columns: range) -> Iterator[int]:
    """The columns of a service from one side of the table up to the first of another kind."""
    for column in columns:
        if heads[column] not in service.heads:
            if heads[column]:
                return
            continue
        yield column
