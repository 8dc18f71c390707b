"""Loading the knowledge: YAML folders in, a checked :class:`~advisor.knowledge.model.Knowledge` out.

The result of a clean load is kept as JSON in the user's cache folder under a hash of every file's content and of the
program's own version, so it can never be stale: change one byte and the name of the cache file changes with it. A process
keeps the last few it loaded under the same hash, and with them the engines that were built for them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import platformdirs

from advisor import yaml_source
from advisor.errors import InputError, KnowledgeError, Problem, ProblemsError, expect_type
from advisor.files import read_file, write_file
from advisor.knowledge.build import build, build_sound
from advisor.knowledge.check_types import check_types
from advisor.knowledge.draft import Draft, validate_file
from advisor.knowledge.model import Knowledge
from advisor.knowledge.relations import check_changeable, check_expiry, check_monotone, check_relations
from advisor.knowledge.schema import QuestionsFile, RulesFile
from advisor.version import __version__

_FORMAT = "7"
_MAX_CACHE = 64_000_000
_KEPT = 3
_kept: dict[str, Knowledge] = {}
_turn = threading.Lock()
Folder = os.PathLike[str] | str
SAMPLES = "samples"
"""The folder beside the questionnaires that holds filled-in ones, which are answers and not knowledge."""


@dataclass(frozen=True)
class Loaded:
    """The outcome of reading knowledge: the knowledge where there is no error, and every problem found."""

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]


def data_folder(name: str) -> Path:
    """The folder ``rules``, ``questionnaires`` or ``templates``: inside an installed package, else beside it."""
    packaged = Path(str(resources.files("advisor"))) / "data" / name
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / name


def _folder(name: str, chosen: Folder | None) -> Path:
    if chosen is None:
        return data_folder(name)
    expect_type(name, chosen, str, os.PathLike)
    return Path(chosen)


def load_knowledge(rules: Folder | None = None, questionnaires: Folder | None = None) -> Knowledge:
    """The knowledge in the given folders, by default the product's own.

    Raises :class:`~advisor.errors.KnowledgeError` with every error at once; warnings are left to
    :func:`check_knowledge`. Raises :class:`~advisor.errors.InputError` for a folder without YAML files.
    """
    files = _find(_folder("rules", rules), _folder("questionnaires", questionnaires))
    version = _version(files)
    with _turn:
        knowledge = _kept.pop(version, None) or _from_cache(version)
        if knowledge is None:
            loaded = _read(files, version)
            if loaded.knowledge is None:
                raise KnowledgeError(p for p in loaded.problems if p.severity == "error")
            knowledge = loaded.knowledge
        _kept[version] = knowledge
        for oldest in list(_kept)[:-_KEPT]:
            del _kept[oldest]
    return knowledge


def check_knowledge(rules: Path | None = None, questionnaires: Path | None = None, on: date | None = None) -> Loaded:
    """Read without the cache and report every error and warning instead of raising.

    Rules are also held against one another, and works outside the papers against the date ``on`` where one is given.
    """
    files = _find(rules or data_folder("rules"), questionnaires or data_folder("questionnaires"))
    loaded = _read(files, _version(files))
    if loaded.knowledge is None:
        return loaded
    checks = (check_types, check_relations, check_monotone, check_changeable)
    found = [problem for check in checks for problem in check(loaded.knowledge)]
    found += check_expiry(loaded.knowledge, on) if on else []
    return Loaded(loaded.knowledge, (*loaded.problems, *found))


def check_file(name: str, content: bytes, rules: Path | None = None, questionnaires: Path | None = None) -> Loaded:
    """Read the knowledge with one file more, or another in place of that of the same name: every error there is.

    ``name`` is the path as problems show it, which begins with the name of the folder of rules or of questionnaires.
    """
    folders = rules or data_folder("rules"), questionnaires or data_folder("questionnaires")
    shape = QuestionsFile if name.startswith(f"{folders[1].name}/") else RulesFile
    files = [file for file in _find(*folders) if file.name != name]
    files.append(_File(name, folders[0].parent / name, content, shape))
    return _read(files, _version(files))


@dataclass(frozen=True)
class _File:
    name: str
    path: Path
    content: bytes
    shape: type[RulesFile] | type[QuestionsFile]


def _find(rules: Path, questionnaires: Path) -> list[_File]:
    found: list[_File] = []
    shapes: Sequence[tuple[Path, type[RulesFile] | type[QuestionsFile]]] = (
        (rules, RulesFile),
        (questionnaires, QuestionsFile),
    )
    for folder, shape in shapes:
        paths = sorted(p for p in folder.rglob("*.yaml") if p.is_file() and SAMPLES not in p.relative_to(folder).parts)
        if not paths:
            raise InputError("no_folder", path=folder)
        for path in paths:
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            found.append(_File(name, path, read_file(path, yaml_source.MAX_BYTES), shape))
    return found


def _version(files: list[_File]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    return digest.hexdigest()[:16]


def _read(files: list[_File], version: str) -> Loaded:
    draft, problems = Draft(), list[Problem]()
    for file in files:
        try:
            raw = yaml_source.parse_bytes(file.content, file.name)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        draft.places[file.name] = raw
        problems.extend(validate_file(raw, file.name, file.shape, draft))
    knowledge, found = build(draft, version, complete=not problems)
    problems.extend(found)
    if any(p.severity == "error" for p in problems):
        return Loaded(None, tuple(sorted(problems, key=lambda p: (p.place, p.code))))
    _to_cache(version, draft)
    return Loaded(knowledge, tuple(problems))


def _cache_file(version: str) -> Path:
    folder = Path(os.environ.get("ADVISOR_CACHE") or platformdirs.user_cache_path("crm-advisor"))
    return folder / f"knowledge-{_FORMAT}-{__version__}-{version}.json"


def _from_cache(version: str) -> Knowledge | None:
    """The knowledge kept under this hash; None where there is none, or the file is damaged in any way."""
    try:
        seal, _, body = read_file(_cache_file(version), _MAX_CACHE).partition(b"\n")
        if seal != hashlib.sha256(body).hexdigest().encode():
            return None
        stored: dict[str, Any] = json.loads(body)
        return build_sound(Draft.thaw(stored), version)
    except Exception:
        return None


def _to_cache(version: str, draft: Draft) -> None:
    body = json.dumps(draft.freeze(), ensure_ascii=False).encode()
    with contextlib.suppress(InputError):  # a read-only home costs time, not function
        write_file(_cache_file(version), hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
