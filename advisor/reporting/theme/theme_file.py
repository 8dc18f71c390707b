"""A theme: whose report it is, in their colour, with their logo and templates. One small YAML file for each client.

name: {zh: 某某咨询, en: Example Consulting}
colour: {accent: "#0b5d3b"}     # at least 4.5 : 1 against white
logo: logo.svg                  # PNG, JPEG or SVG, beside this file
templates: pages                # a folder whose report.html, blocks.html, charts.html, report.css take the place of ours
word: base.docx                 # a document whose styles, head and foot Word reports take
slides: master.pptx             # a presentation whose master slides take
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor import yaml_source
from advisor.errors import InputError, Place, Problem, ProblemsError
from advisor.files import read_file
from advisor.reporting.look import Theme
from advisor.reporting.theme.bases import MAX_BASE_BYTES, Kind, check_base
from advisor.reporting.theme.logo import MAX_LOGO_BYTES, check_logo
from advisor.reporting.theme.template_checks import MAX_TEMPLATE_BYTES, TEMPLATE_FILES, template_problems
from advisor.text import Text

MIN_CONTRAST = 4.5
"""The least contrast of text on white that people with weak eyes can read (WCAG 2, AA)."""
MAX_NAME = 80


class ThemeColours(BaseModel):
    """The colours of a theme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accent: str = Field(default=Theme.accent, pattern=r"^#[0-9a-fA-F]{6}$")


class ThemeFile(BaseModel):
    """What a theme file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    colour: ThemeColours = ThemeColours()
    logo: str | None = Field(default=None, min_length=1, max_length=200)
    templates: str | None = Field(default=None, min_length=1, max_length=200)
    word: str | None = Field(default=None, min_length=1, max_length=200)
    slides: str | None = Field(default=None, min_length=1, max_length=200)


def read_theme(path: Path) -> Theme:
    """The theme in a file, with the logo and templates it names.

    Raises :class:`~advisor.errors.ProblemsError` with every mistake and its line.
    """
    raw = yaml_source.parse_bytes(read_file(path), str(path))
    try:
        theme_file = ThemeFile.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        raise ProblemsError(
            Problem(
                "T101",
                Place(str(path), *yaml_source.locate(raw, tuple(detail["loc"]))),
                {"path": ".".join(map(str, detail["loc"][:2])) or "file", "detail": detail["msg"].rstrip(".")},
            )
            for detail in error.errors(include_url=False)
        ) from None
    return _ThemeReader(path, raw, theme_file).theme()


@dataclass
class _ThemeReader:
    """Gathers what a theme file names, and every mistake in it."""

    path: Path
    raw: Any
    file: ThemeFile

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []

    def theme(self) -> Theme:
        """The theme, once nothing is wrong."""
        ratio = contrast(self.file.colour.accent)
        if ratio < MIN_CONTRAST:
            self._add_problem("T102", ("colour", "accent"), accent=self.file.colour.accent, ratio=f"{ratio:.1f}")
        for lang in ("zh", "en"):
            if len(getattr(self.file.name, lang)) > MAX_NAME:
                self._add_problem("T106", ("name", lang), limit=MAX_NAME)
        logo, kind = self._logo()
        templates = tuple(self._templates())
        word, slides = self._base("word"), self._base("slides")
        if self.problems:
            raise ProblemsError(self.problems)
        return Theme(self.file.name, self.file.colour.accent.lower(), logo, kind, templates, word, slides)

    def _logo(self) -> tuple[bytes | None, str]:
        path = self._path_inside(self.file.logo, "logo") if self.file.logo else None
        if path is None:
            return None, ""
        try:
            content = read_file(path, MAX_LOGO_BYTES)
        except InputError as error:
            self._add_problem("T103", ("logo",), name=self.file.logo, detail=_error_text(error))
            return None, ""
        kind, problem = check_logo(content)
        if problem:
            self._add_problem("T104", ("logo",), name=self.file.logo, detail=problem)
        return content, kind

    def _base(self, kind: Kind) -> bytes | None:
        """The base for Word or the master for slides, once it has all that reports need of it."""
        name: str | None = getattr(self.file, kind)
        path = self._path_inside(name, kind) if name else None
        if path is None:
            return None
        try:
            content = read_file(path, MAX_BASE_BYTES)
        except InputError as error:
            self._add_problem("T103", (kind,), name=name, detail=_error_text(error))
            return None
        if problem := check_base(content, kind):
            self._add_problem("T111", (kind,), name=name, detail=problem)
        return content

    def _templates(self) -> Iterator[tuple[str, str]]:
        folder = self._path_inside(self.file.templates, "templates") if self.file.templates else None
        if folder is None:
            return
        if not folder.is_dir():
            self._add_problem("T107", ("templates",), name=self.file.templates)
            return
        for entry in sorted(folder.iterdir()):
            if entry.name not in TEMPLATE_FILES:
                self._add_problem("T105", ("templates",), name=entry.name, allowed=", ".join(TEMPLATE_FILES))
            elif self._path_inside(f"{self.file.templates}/{entry.name}", "templates"):
                try:
                    text = read_file(entry, MAX_TEMPLATE_BYTES).decode("utf-8-sig")
                except (InputError, UnicodeDecodeError) as error:
                    self._add_problem("T103", ("templates",), name=entry.name, detail=_error_text(error))
                    continue
                self.problems += template_problems(text, entry)
                yield entry.name, text

    def _path_inside(self, name: str | None, key: str) -> Path | None:
        """A path beneath the theme's folder; anything that leads out of it, a link included, is refused."""
        home = self.path.resolve().parent
        try:
            target = (home / (name or "")).resolve()
        except (OSError, RuntimeError, ValueError):
            target = home
        if target == home or not target.is_relative_to(home):
            self._add_problem("T108", (key,), name=name)
            return None
        return target

    def _add_problem(self, code: str, where: tuple[str | int, ...], **values: object) -> None:
        place = Place(str(self.path), *yaml_source.locate(self.raw, where))
        self.problems.append(Problem(code, place, values))


def _error_text(error: InputError | UnicodeDecodeError) -> Text:
    """What an error says, in both languages."""
    if isinstance(error, InputError):
        return Text(zh=error.message("zh"), en=error.message("en"))
    return Text(zh="不是UTF-8编码", en="it is not UTF-8")


def contrast(colour: str) -> float:
    """The contrast of a colour with white, from 1 to 21.

    >>> round(contrast("#ffffff"), 1), round(contrast("#000000"), 1)
    (1.0, 21.0)
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
