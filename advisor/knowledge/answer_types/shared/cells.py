"""What a type of question asks of a form: the cells of a spreadsheet an answer is given in, and what each lets in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

GENERAL = "General"
Content = str | int | float | datetime.date


@dataclass(frozen=True)
class CellTest:
    """What a spreadsheet lets be entered as a number: ``conditions`` are formulas that must all hold, with ``{at}`` for the
    cell. Words for "not known" and "not applicable" are always let in, others with ``any_words``."""

    conditions: tuple[str, ...]
    any_words: bool = False

    def formula(self, at: str, words: tuple[str, ...]) -> str:
        """The test as a formula of the cell ``at``; ``words`` stand for no answer."""
        tests = ",".join(condition.format(at=at) for condition in self.conditions)
        listed = ",".join(f'{at}="{word.replace(chr(34), chr(34) * 2)}"' for word in words)
        return f"IF(ISNUMBER({at}),AND({tests}),{'TRUE' if self.any_words else f'OR({listed})'})"


@dataclass(frozen=True)
class FormCell:
    """A cell to answer in: the question's own, or with a ``label`` one in a row beneath it.

    ``content`` is what the answer puts there. Either one of the words ``offered`` may be chosen, or what passes ``test`` may
    be entered; with neither anything may.
    """

    content: Content | None = None
    label: str = ""
    format: str = GENERAL
    offered: tuple[str, ...] = ()
    test: CellTest | None = None
