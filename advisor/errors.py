"""The errors of this program; each says what is wrong and what to do.

    AdvisorError                 root of every error this program raises on purpose
    ├── ProblemsError            carries a list of problems, all found at once
    │   ├── KnowledgeError       rules or questionnaires do not hold together
    │   ├── AnswersError         a file of answers cannot be read as answers
    │   ├── PanelError           files of a panel cannot be read as firms with their judgements
    │   └── SettingsError        what the environment says of the server cannot be used
    ├── RenderError              a report cannot be drawn (a library or font is missing, a resource is refused)
    └── InputError               a file or option the user named cannot be used

Every problem has a stable code (``K…`` knowledge, ``A…`` answers, ``B…`` tables, ``E…`` environment,
and so on), a place, and a hint.
The messages are in ``advisor/texts/problems.yaml`` in both languages.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from advisor.languages import called_as
from advisor.text import Lang, Text, catalogue, say, single_line

Severity = Literal["error", "warning", "note"]


NOTHING_NEAR = "–"
"""What stands for the nearest name where no name is near."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: path as the user gave it, line and column from 1 (0: not known), and in a workbook the sheet."""

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """Line and column as spreadsheets write them.

        >>> Place("firm.xlsx", 5, 3).cell, Place("firm.xlsx", 12, 28).cell
        ('C5', 'AB12')
        """
        return f"{self.letters}{self.line or ''}"

    @property
    def letters(self) -> str:
        """The column as spreadsheets write it; empty where it is not known."""
        from openpyxl.utils import get_column_letter  # slow to load, and loaded already where there is a workbook

        return get_column_letter(self.column) if self.column else ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}: {self.sheet}!{self.cell}".removesuffix("!")
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True)
class Problem:
    """One mistake: its code, its place and the values its message is filled with."""

    code: str
    place: Place
    values: dict[str, object] = field(default_factory=dict, hash=False)
    severity: Severity = "error"

    def message(self, lang: Lang) -> str:
        """What is wrong, in one sentence; of an answer, with the code and the id of its question before it."""
        if self.code.startswith("A") and {"code", "name"} <= set(self.values):
            return say("problems", "of_answer", lang, **_values_in(lang, self.values)) + self.short_message(lang)
        return self.short_message(lang)

    def short_message(self, lang: Lang) -> str:
        """What is wrong, without the question's code and id: for a page that shows it next to the question."""
        return say("problems", f"{self.code}.what", lang, **_values_in(lang, self.values))

    def hint(self, lang: Lang) -> str:
        """What to do about it."""
        hint = say("problems", f"{self.code}.do", lang, **_values_in(lang, self.values))
        empty = say("problems", "nearest", lang, nearest=NOTHING_NEAR)
        return hint.replace(empty, say("problems", "nothing_near", lang))

    def line(self, lang: Lang) -> str:
        """The whole report of this problem on one line: place, code, message, hint."""
        severity = "" if self.severity == "error" else say("problems", f"severity.{self.severity}", lang)
        return f"{self.place}: {self.code} {severity}{self.message(lang)} {self.hint(lang)}"


def _values_in(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    """The values of a message, with every :class:`Text` in ``lang``, and the name commands are called by."""
    texts = {key: value[lang] if isinstance(value, Text) else value for key, value in values.items()}
    if "detail" in texts:
        texts["detail"] = system_words(str(texts["detail"]), lang)
    return {"advisor": called_as(), **texts}


def system_words(detail: str, lang: Lang) -> str:
    """What the system says of a file, in a language; as it says it where we have no words of our own.

    >>> system_words("No space left on device", "zh"), system_words("Bad luck", "zh")
    ('磁盘已满', 'Bad luck')
    """
    known = (text for key, text in catalogue("problems").items() if key.startswith("system."))
    return next((text[lang] for text in known if text.en == detail), detail)


class AdvisorError(Exception):
    """Root of every error the program raises on purpose."""


class InputError(AdvisorError):
    """Something the user named cannot be used; the message says what and how to go on."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[Callable[[], InputError], tuple[()]]:
        """How it is sent from one process to another."""
        return functools.partial(type(self), self.key, **self.values), ()

    def message(self, lang: Lang) -> str:
        """What is wrong and what to do, in ``lang``."""
        return say("problems", f"input.{self.key}", lang, **_values_in(lang, self.values))


class RenderError(InputError):
    """A report cannot be drawn on this machine as it is."""


class ProblemsError(AdvisorError):
    """Several problems at once, in the order of their places; sheets of a workbook in the order they were read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = list(problems)
        sheets = {sheet: number for number, sheet in enumerate(dict.fromkeys(p.place.sheet for p in found))}
        self.problems = tuple(sorted(found, key=lambda p: (p.place.file, sheets[p.place.sheet], p.place, p.code)))
        super().__init__("\n".join(p.line("en") for p in self.problems))

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...]]]:
        """How it is sent from one process to another."""
        return type(self), (self.problems,)


class KnowledgeError(ProblemsError):
    """The knowledge does not hold together."""


class AnswersError(ProblemsError):
    """A file of answers cannot be read as answers."""


class PanelError(ProblemsError):
    """Files of a panel cannot be read as firms with their judgements."""


class SettingsError(ProblemsError):
    """What the environment says of the server cannot be used."""


def expect_type(name: str, value: object, *kinds: type) -> None:
    """Raise :class:`InputError` where the argument ``name`` of a public function is of none of these types."""
    if not isinstance(value, kinds):
        expected = ", ".join(kind.__name__ for kind in kinds)
        raise InputError("bad_argument", name=name, expected=expected, type=type(value).__name__)


def expect_choice(value: object, choices: Iterable[str]) -> None:
    """Raise :class:`InputError` where ``value`` is none of the words there are to choose from."""
    known = list(choices)
    if not isinstance(value, str) or value not in known:
        raise InputError("bad_format", name=shortened(value), allowed=", ".join(known))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where nothing comes close.

    >>> nearest("custmer_files", ["customer_files", "employees"])
    'customer_files'
    """
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def shortened(value: Any) -> str:
    """A value as messages quote it: on one line, at most 60 characters; what cannot be printed by its type."""
    try:
        text = single_line(str(value))
    except Exception:  # an integer of thousands of digits, an object of the caller's that fails
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 60 else text[:57] + "…"
