"""Signs that no font of this machine has, named in words where a page would show an empty box.

Of what people write, emoji and rare scripts may lack a font. Ordinary characters are not looked up: the fonts a report
needs have them. Everything else is looked for in the installed fonts, once for a process; what none has becomes
``[emoji: rocket]`` or ``[Thai: 6 characters]``.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from advisor.assessment import Assessment
from advisor.assessment.for_client import all_answers
from advisor.errors import Place, Problem
from advisor.interview import Answers
from advisor.text import LANGS, Lang, Text, say

T = TypeVar("T")
_UNUSUAL = re.compile(
    "[^\x00-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u2080-\u2089\u20ac\u2116\u2122\u2190-\u2193\u2212"
    "\u2248\u2260\u2264\u2265\u25a0-\u25cf\u3000-\u30ff\u4e00-\u9fa5\uff00-\uffee]+"
)
"""Characters that are not taken for granted."""
_JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
"""What is seen only in what it joins or turns."""
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_KINDS_OF_EMOJI = ("So", "Sk")
MAX_TOLD = 8
"""Names of signs that a note lists."""
MAX_FONTS = 400
"""Font files that are looked at; more are on no server."""
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/System/Library/Fonts",
    "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


def with_named_signs(document: T, lang: Lang) -> tuple[T, tuple[str, ...]]:
    """A document, or any tree of frozen data, whose every text can be printed, and the names put in place of signs."""
    named: dict[str, None] = {}
    return _renamed(document, lang, named), tuple(named)


def without_a_font(texts: Iterable[str], place: Place) -> Problem | None:
    """A note on the signs in what a firm wrote that no font has, and what stands for them on paper; None without any."""
    written = tuple(texts)
    named = {lang: with_named_signs(written, lang)[1] for lang in LANGS}
    if not named["zh"]:
        return None
    signs = Text(
        **{lang: " ".join(names[:MAX_TOLD]) + (" …" if len(names) > MAX_TOLD else "") for lang, names in named.items()}
    )
    return Problem("A165", place, {"signs": signs}, "note")


def texts_of(answers: Answers) -> Iterator[str]:
    """What a firm wrote in its own words: name, a line on itself, free lines, and what stands beside answers."""
    for text in (answers.firm.name, answers.firm.about, answers.lines and answers.lines.name):
        yield from (text.zh, text.en) if text else ()
    for answer in answers.given.values():
        if isinstance(answer.value, tuple):
            yield from answer.value
    for annotation in answers.annotations.values():
        yield from (annotation.note, annotation.evidence, annotation.source, annotation.by)


def texts_in(assessment: Assessment) -> Iterator[str]:
    """The same out of an assessment."""
    for text in (assessment.firm.name, assessment.firm.about, assessment.lines and assessment.lines.named):
        yield from (text.zh, text.en) if text else ()
    for item in all_answers(assessment):
        yield item.shown.en
        if item.annotation:
            yield from (item.annotation.note, item.annotation.evidence, item.annotation.source, item.annotation.by)


def _renamed(node: Any, lang: Lang, named: dict[str, None]) -> Any:
    if isinstance(node, str):
        text = _UNUSUAL.sub(lambda run: _printable(run[0], lang, named), node)
        return node if text == node else text
    if isinstance(node, tuple):
        parts = tuple(_renamed(part, lang, named) for part in node)
        return node if all(new is old for new, old in zip(parts, node, strict=True)) else parts
    if is_dataclass(node) and not isinstance(node, type):
        values = {field.name: getattr(node, field.name) for field in fields(node) if field.init}
        fresh = {name: _renamed(value, lang, named) for name, value in values.items()}
        changed = {name: value for name, value in fresh.items() if value is not values[name]}
        return replace(node, **changed) if changed else node
    return node


def _printable(run: str, lang: Lang, named: dict[str, None]) -> str:
    """Some unusual characters with those no font has in words."""
    pieces: list[str] = []
    for missing, part in _parts(run):
        if not missing:
            pieces.append(part)
        elif name := sign_name(part, lang):
            named[name] = None
            pieces.append(name)
    return "".join(pieces)


def _parts(run: str) -> Iterator[tuple[bool, str]]:
    """Neighbours that fonts have, or lack, together: of a script without a font a whole word, of emoji one at a time."""
    part, last = "", ""
    for char in run:
        kind = last if char in _JOINERS or unicodedata.combining(char) else _kind(char)
        if part and (kind != last or (kind.startswith("emoji") and not _continues(part, char))):
            yield last != "there", part
            part = ""
        part, last = part + char, kind
    if part:
        yield last != "there", part


def _kind(char: str) -> str:
    """``there`` where a font has it, else what it is: an emoji, or a letter of some script."""
    if in_a_font(char):
        return "there"
    return "emoji" if unicodedata.category(char) in _KINDS_OF_EMOJI else _script(char)


def _continues(emoji: str, char: str) -> bool:
    """Whether a character belongs to the emoji before it: joined to it, its colour, the second half of a flag."""
    if char in _JOINERS or emoji[-1] == "\u200d" or ord(char) in _TONES:
        return True
    return ord(char) in _FLAGS and len(emoji) == 1 and ord(emoji) in _FLAGS


def _script(char: str) -> str:
    return unicodedata.name(char, "sign").split()[0].capitalize()


def sign_name(part: str, lang: Lang) -> str:
    """What stands in place of signs without a font; empty for what is never seen by itself.

    >>> sign_name("\N{ROCKET}", "en"), sign_name("\N{THAI CHARACTER KO KAI}" * 3, "en")
    ('[emoji: rocket]', '[Thai: 3 characters]')
    """
    chars = [char for char in part if char not in _JOINERS and ord(char) not in _TONES]
    if not chars:
        return ""
    if all(ord(char) in _FLAGS for char in chars):
        letters = "".join(chr(ord(char) - _FLAGS.start + ord("A")) for char in chars)
        return say("report", "sign.flag", lang, name=letters)
    if unicodedata.category(chars[0]) in _KINDS_OF_EMOJI:
        names = ", ".join(unicodedata.name(char, f"U+{ord(char):04X}").lower() for char in chars)
        return say("report", "sign.emoji", lang, name=names)
    if _script(chars[0]) == "Cjk":
        return say("report", "sign.character", lang, name=" ".join(f"U+{ord(char):04X}" for char in chars))
    count = sum(not unicodedata.combining(char) for char in chars)
    return say("report", "sign.script", lang, name=_script(chars[0]), count=count)


@functools.cache
def in_a_font(char: str) -> bool:
    """Whether an installed font has a character. Where no font can be found at all, nothing is said to be missing."""
    files = font_files()
    return not files or any(ord(char) in _characters(file) for file in files)


@functools.cache
def font_files() -> tuple[Path, ...]:
    """The font files of this machine, a file a family where that can be told; the small ones, quickly read, first."""
    found = {path for path in _listed() if path.suffix.lower() in _SUFFIXES}
    regular = {path for path in found if not re.search(r"(Bold|Italic|Oblique|Light|Condensed|Mono)", path.stem)}
    return tuple(sorted(regular or found, key=lambda path: (path.stat().st_size, path))[:MAX_FONTS])


def _listed() -> Iterator[Path]:
    """Font files as fontconfig lists them, or those in the usual folders."""
    program = shutil.which("fc-list")
    if program:
        listing = subprocess.run([program, "--format", "%{file}\n"], capture_output=True, text=True, timeout=20, check=False)
        yield from (path for line in listing.stdout.splitlines() if (path := Path(line)).is_file())
        return
    for folder in map(Path, (*_FOLDERS, sys.prefix + "/share/fonts")):
        yield from (path for path in folder.expanduser().rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())


@functools.cache
def _characters(file: Path) -> frozenset[int]:
    """The characters that a font has; none where it cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # a broken font may raise anything, and is none
        return frozenset()
