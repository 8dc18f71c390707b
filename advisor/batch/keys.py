"""Of what a document is made, as one hash: change any of it and the document is made anew; change none and it is not."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from advisor.batch.work import Order, Wanted
from advisor.knowledge import data_folder
from advisor.reporting.look import PLAIN, EditionName, Look
from advisor.text import LANGS, Lang
from advisor.version import __version__


def firm_key(sheet: dict[str, Any], order: Order, *beside: bytes) -> str:
    """What an assessment is made from: answers, name, day, knowledge and program, and the files beside its sheet."""
    said = json.dumps([sheet, order.day.isoformat(), order.version, __version__], ensure_ascii=False, sort_keys=True)
    return _digest((said.encode(), *beside))


def document_key(firm: str, lang: Lang, form: str, look: Look) -> str:
    """What a document is made from: its assessment, language, format, look, templates and texts."""
    return hashlib.sha256("\0".join((firm, lang, form, _look(look), _layout())).encode()).hexdigest()


@dataclass(frozen=True)
class Kinds:
    """Which documents each firm gets: one for each edition, language and format; JSON holds it all and is written once."""

    editions: tuple[EditionName, ...]
    langs: tuple[Lang, ...]
    forms: tuple[str, ...]


def wanted_of(name: str, key: str, kinds: Kinds, look: Look) -> tuple[Wanted, ...]:
    """The documents of a firm called ``name``, whose assessment is made from what ``key`` says."""
    found = []
    for form in kinds.forms:
        if form == "json":
            path = f"{name}.assessment.json"
            found.append(Wanted("full", LANGS[0], form, path, document_key(key, LANGS[0], form, PLAIN)))
            continue
        for edition, lang in itertools.product(kinds.editions, kinds.langs):
            clad = dataclasses.replace(look, edition=edition)
            path = f"{name}{clad.suffix}.{lang}.{form}"
            found.append(Wanted(edition, lang, form, path, document_key(key, lang, form, clad)))
    return tuple(found)


def _look(look: Look) -> str:
    """A look as text; logo and templates of a theme count with their content."""
    theme = dataclasses.asdict(dataclasses.replace(look.theme, logo=None), dict_factory=_plain)
    return json.dumps([look.edition, look.engine, theme, _digest([look.theme.logo or b""])], sort_keys=True)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value.model_dump() if hasattr(value, "model_dump") else value for name, value in pairs}


@functools.cache
def _layout() -> str:
    """The product's own templates and texts."""
    texts = resources.files("advisor").joinpath("texts")
    return _content(data_folder("templates") / "report") + _content(Path(str(texts)))


def _content(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _digest(part for path in files for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
