"""Of what a document is made, as one hash: change any of it and the document is made anew; change none and it is not."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from advisor.batch.work import Order, Wanted
from advisor.knowledge import data_folder
from advisor.reporting.look import Look
from advisor.text import LANGS, Lang
from advisor.version import __version__


def firm_key(sheet: dict[str, Any], order: Order, *beside: bytes) -> str:
    """What an assessment is made from: answers, name, day, knowledge and program, and the files beside its sheet."""
    said = json.dumps([sheet, order.day.isoformat(), order.version, __version__], ensure_ascii=False, sort_keys=True)
    return _digest((said.encode(), *beside))


def document_key(firm: str, lang: Lang, form: str, look: Look) -> str:
    """What a document is made from: its assessment, language, format, look, templates and texts."""
    return hashlib.sha256("\0".join((firm, lang, form, _look(look), _layout())).encode()).hexdigest()


def wanted_of(name: str, key: str, langs: Iterable[Lang], forms: Iterable[str], look: Look) -> tuple[Wanted, ...]:
    """The documents of a firm: one for each language and format; JSON holds both languages and is written once."""
    found = []
    for form in forms:
        for lang in [LANGS[0]] if form == "json" else langs:
            edition = "" if look.edition == "full" or form == "json" else f".{look.edition}"
            path = f"{name}.assessment.json" if form == "json" else f"{name}{edition}.{lang}.{form}"
            found.append(Wanted(lang, form, path, document_key(key, lang, form, look)))
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
