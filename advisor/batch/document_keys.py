"""Hashes of everything a document is made from: a document is made again exactly when its hash changes."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from advisor.batch.tasks import RunContext
from advisor.knowledge import data_folder
from advisor.reporting.look import Look
from advisor.text import Lang
from advisor.version import __version__


def firm_key(answers: dict[str, Any], context: RunContext, *other_files: bytes) -> str:
    """Hash of what an assessment is made from: answers, name, day, knowledge and program, scenarios and settings."""
    content = json.dumps(
        [answers, context.day.isoformat(), context.version, __version__], ensure_ascii=False, sort_keys=True
    )
    return _digest((content.encode(), *other_files))


def document_key(firm: str, lang: Lang, form: str, look: Look) -> str:
    """Hash of what a document is made from: its assessment, language, format, look, templates and texts."""
    return hashlib.sha256("\0".join((firm, lang, form, _look_as_text(look), _templates_digest())).encode()).hexdigest()


def _look_as_text(look: Look) -> str:
    """A look as text; logo, templates and bases of a theme count with their content."""
    theme = dataclasses.asdict(dataclasses.replace(look.theme, logo=None, word=None, slides=None), dict_factory=_plain)
    content = _digest(part or b"" for part in (look.theme.logo, look.theme.word, look.theme.slides))
    return json.dumps([look.edition, look.engine, look.attached, look.annexed, theme, content], sort_keys=True)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value.model_dump() if hasattr(value, "model_dump") else value for name, value in pairs}


@functools.cache
def _templates_digest() -> str:
    """The product's own templates and texts."""
    texts = resources.files("advisor").joinpath("texts")
    return _folder_digest(data_folder("templates") / "report") + _folder_digest(Path(str(texts)))


def _folder_digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _digest(part for path in files for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
