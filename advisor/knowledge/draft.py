"""Reading one file at a time: is it of the right shape, and where does each entry stand?

Enters: the content of one YAML file. Leaves: a :class:`Draft` that gathers all files, and every mistake of shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisor import yaml_source
from advisor.errors import Place, Problem
from advisor.knowledge.schema import KINDS, QuestionsFile, RulesFile

Path = tuple[str | int, ...]
Shape = type[RulesFile] | type[QuestionsFile]


@dataclass
class Draft:
    """Everything read so far: one merged file of each kind, and for each entry the file and path it came from."""

    rules: RulesFile = field(default_factory=RulesFile)
    questions: QuestionsFile = field(default_factory=QuestionsFile)
    sections: list[dict[str, Any]] = field(default_factory=list)
    editions: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    origin: dict[tuple[str, str], tuple[str, Path]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    merged: dict[str, Any] = field(default_factory=dict)

    def place(self, kind: str, name: str, path: Path = ()) -> Place:
        """Where an entry, or a part of it, stands."""
        file, start = self.origin.get((kind, name), ("", ()))
        if file in self.places:
            return Place(file, *yaml_source.locate(self.places[file], (*start, *path)))
        return Place(file, self.lines.get(f"{kind}:{name}", 0))

    def freeze(self) -> dict[str, Any]:
        """Plain data for the cache."""
        lines = {f"{kind}:{name}": self.place(kind, name).line for kind, name in self.origin}
        files = {f"{kind}:{name}": file for (kind, name), (file, _) in self.origin.items()}
        return {"merged": self.merged, "lines": lines, "files": files}

    @classmethod
    def thaw(cls, stored: Mapping[str, Any]) -> Draft:
        """A draft from the cache, its entries already known to be sound."""
        draft = cls(merged=stored["merged"], lines=stored["lines"])
        for key, file in stored["files"].items():
            kind, name = key.split(":", 1)
            draft.origin[kind, name] = (file, ())
        return draft


# --- one file ---------------------------------------------------------------------------------------------------------

_DEFAULTS = {
    name: field.default
    for shape in (RulesFile, QuestionsFile)
    for name, field in shape.model_fields.items()
    if name not in ("theme", "review")  # a heading for readers of the file, and what all its rules inherit
}
SINGLE = tuple(name for name, default in _DEFAULTS.items() if default is None)
"""Sections of a file that are one entry each; others are mappings or lists of entries."""
_MAPPINGS = tuple(name for name, default in _DEFAULTS.items() if default == {})
_LISTS = tuple(name for name, default in _DEFAULTS.items() if default == [])
_SINGULAR = {
    "section": "section", "edition": "edition", "source": "source", "models": "scheme", "verdict": "scheme",
    "bands": "band", "project_facts": "project fact", "scores": "score", "claims": "claim", "external": "external work",
    "context": "context entry", "disagreements": "disagreement", "scales": "scale", "options": "list of options",
    "findings": "finding", "rules": "rule", "questions": "question", "fixed": "fixed answer", "weightings": "weighting",
    "release": "release", "product": "product", "selection": "scheme", "cost": "scheme", "project": "scheme",
    "value": "scheme", "tasks": "task", "adviser_questions": "question", "tender": "part",
    "checks": "check", "retired": "retired question", "merges": "merger", "renamed_steps": "question's steps",
}  # fmt: skip


def validate_file(raw: Any, name: str, shape: type[RulesFile] | type[QuestionsFile], draft: Draft) -> Iterator[Problem]:
    """Check one file against its shape and merge what is in it into ``draft``; yields every mistake."""
    if not isinstance(raw, dict):
        yield Problem("K106", Place(name, 1, 1), {"found": type(raw).__name__})
        return
    try:
        shape.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            yield _schema_problem(detail, raw, name)
    yield from _merge(raw, name, draft)


def _schema_problem(detail: ErrorDetails, raw: Any, name: str) -> Problem:
    location = tuple(step for step in detail["loc"] if step not in KINDS or _in_file(raw, detail["loc"], step))
    place = Place(name, *yaml_source.locate(raw, location))
    path = ".".join(str(step) for step in location) or "file"
    kind, last = detail["type"], location[-1] if location else ""
    if kind == "missing" and last in ("zh", "en"):
        language = {"zh": "Chinese (zh) 中文", "en": "English (en) 英文"}[str(last)]
        return Problem("K104", place, {"path": path, "language": language})
    if kind in ("no_conclusion", "union_tag_invalid", "union_tag_not_found"):
        return Problem("K105", place, {"allowed": ", ".join(KINDS)})
    if kind == "missing":
        return Problem("K101", place, {"path": path})
    if kind == "extra_forbidden":
        return Problem("K102", place, {"path": path})
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    return Problem("K103", place, {"path": path, "detail": message})


def _in_file(raw: Any, location: tuple[int | str, ...], step: int | str) -> bool:
    """Whether ``step`` is a key of the file itself, or a name the validator adds for the member of a union."""
    node: Any = raw
    for part in location:
        if part == step:
            return isinstance(node, dict) and part in node
        if isinstance(node, dict):
            node = node.get(part, node)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
    return False


def _merge(raw: dict[str, Any], name: str, draft: Draft) -> Iterator[Problem]:
    for section, content in raw.items():
        for key, entry, path in _entries(section, content):
            inherits = section == "rules" and "review" in raw and isinstance(entry, dict)
            value = {"review": raw["review"], **entry} if inherits else entry
            if problem := _claim_name(draft, section, key, name, path):
                yield problem
            elif section in _MAPPINGS:
                draft.merged.setdefault(section, {})[key] = value
            else:
                draft.merged.setdefault(section, []).append(value)


def _entries(section: str, content: Any) -> Iterator[tuple[str, Any, Path]]:
    """Each entry of a section with its name and the path to it; a nameless one goes by its place."""
    if section in SINGLE and isinstance(content, dict):
        yield str(content.get("id", section)), content, (section,)
    elif section in _MAPPINGS and isinstance(content, dict):
        yield from ((str(key), value, (section, key)) for key, value in content.items())
    elif section in _LISTS and isinstance(content, list):
        for index, value in enumerate(content):
            named = value.get("id") if isinstance(value, dict) else None
            yield str(named or f"#{index}"), value, (section, index)


def _claim_name(draft: Draft, section: str, key: str, file: str, path: Path) -> Problem | None:
    if (section, key) not in draft.origin:
        draft.origin[section, key] = (file, path)
        return None
    place = Place(file, *yaml_source.locate(draft.places[file], path))
    values = {"kind": _SINGULAR[section], "name": key, "first": draft.place(section, key)}
    return Problem("K201", place, values)


def sound(merged: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that fit their shape, of files some of which do not."""

    def fits(shape: type[RulesFile] | type[QuestionsFile], section: str, value: Any) -> bool:
        try:
            shape.model_validate({section: value})
        except ValidationError:
            return False
        return True

    sound: dict[str, Any] = {}
    for section, content in merged.items():
        shape = QuestionsFile if section in QuestionsFile.model_fields else RulesFile
        if section in _MAPPINGS:
            sound[section] = {k: v for k, v in content.items() if fits(shape, section, {k: v})}
        elif section in _LISTS:
            sound[section] = [v for v in content if fits(shape, section, [v])]
        else:
            sound[section] = [v for v in content if fits(shape, section, v)]
    return sound
