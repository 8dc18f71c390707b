"""``scale``: one step of an ordered scale, each anchored in words."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.answer_types.shared.chosen_from_list import ChosenFromList
from advisor.knowledge.answer_types.shared.dates_meant import refuse_dates
from advisor.knowledge.answer_types.shared.views import FactView, InputView, ListsView, QuestionView
from advisor.knowledge.answer_types.shared.words import word_of
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Limit, Test, Value
from advisor.rounding import plain_number
from advisor.text import LANGS, Lang, Text, say

_FIGURES = str.maketrans("一二三四五六七八九", "123456789")
_STEP = re.compile(r"^\s*第?\s*0*(\d+)(?:\.0+)?\s*(?:分|级|档|星|points?|stars?)?\s*$")
_TWO_STEPS = re.compile(r"^\s*(-?\d)\s*(?:-|–|~|至|到|或|to|or)\s*(-?\d)\s*(?:分|级|档)?\s*$")
_STEP_IN_WORDS = re.compile(r"^\s*(\d)\s*(?:分|级|档|星)?\s*(?:[-–—:,.、]\s*|\()([^\d()]{1,60})\)?\s*$")
_DEGREES = (
    (-1, re.compile(r"^(?:非常|很|较|比较|极|最)?[低少差弱小]$|^(?:very |fairly )?low$")),
    (0, re.compile(r"^(?:一般|中等|medium)$")),
    (1, re.compile(r"^(?:非常|很|较|比较|极|最)?[高多好强大]$|^(?:very |fairly )?high$")),
)
"""Words of degree that go with a step under the middle of its scale, on it, and over it."""
_DOUBT = re.compile(r"[?不未无没否]|\b(?:not?|none|unknown|unsure|never)\b")
"""Words beside a step that may take it back."""


class ScaleAnswer(ChosenFromList):
    """A step, as a whole number."""

    name = "scale"
    widget = "web/fields/scale.html"
    needs = "scale"
    ordered = True
    numeric = True
    numbered = True

    def values(self, question: QuestionView, files: ListsView) -> Mapping[str, Text]:
        """The steps, lowest first."""
        return {str(step): text for step, text in sorted(files.scales[question.scale or ""].steps.items())}

    def limits(self, question: QuestionView, values: Mapping[str, Text]) -> tuple[float | None, float | None]:
        """The lowest and the highest step."""
        return min(map(int, values)), max(map(int, values))

    def steps(self, fact: FactView) -> tuple[int, ...]:
        """All steps."""
        return tuple(map(int, fact.values))

    def between(self, fact: FactView) -> tuple[tuple[int, int], ...]:
        """Each two steps that an answer may lie between."""
        return tuple(itertools.pairwise(self.steps(fact)))

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """One cell to choose in: a step, or two that it lies between."""
        between = tuple(f"{low}–{high}" for low, high in self.between(fact))  # no hyphen: spreadsheets read a date
        (cell,) = super().cells(fact, None if isinstance(value, Margin) else value, lang)
        content = f"{plain_number(value.low)}–{plain_number(value.high)}" if isinstance(value, Margin) else cell.content
        return (replace(cell, content=content, offered=(*cell.offered, *between)),)

    def schema(self, fact: FactView) -> dict[str, Any]:
        """One of the steps."""
        return {"enum": list(self.steps(fact))}

    def limit_in_words(self, fact: FactView, op: str, limit: Limit, lang: Lang) -> str:
        """The step with its words."""
        step = f"{limit}（{fact.values[str(limit)][lang]}）"
        if lang == "en":
            step = step.replace("（", " (").replace("）", ")")
        return say("knowledge", op, lang, value=step)

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """Every step."""
        yield from self.steps(fact)

    def trials(self, fact: FactView, tests: Sequence[Test], inputs: Sequence[InputView]) -> Iterator[Value]:
        """Every step."""
        yield from self.steps(fact)

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """A step."""
        return int(str(super().in_case(fact, raw)))

    def moves_to(self, fact: FactView, value: object) -> bool:
        """Any step."""
        return str(value) in fact.values and not isinstance(value, str)

    def earns(self, fact: FactView, item: InputView) -> bool:
        """Steps lie evenly between no points and all."""
        return True

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """A step by its number or its words; two steps where it is one of those between them."""
        written = unicodedata.normalize("NFKC", raw).lower().translate(_FIGURES) if isinstance(raw, str) else ""
        match = _TWO_STEPS.match(written)
        if match and match[1] in fact.values and match[2] in fact.values and int(match[1]) < int(match[2]):
            return Margin(int(match[1]), int(match[2]), whole=True)
        if isinstance(raw, str):
            refuse_dates(raw)
            match = _STEP.match(written) or self._step_in_words(fact, raw)
            raw = match[1] if match and match[1] in fact.values else raw
        return int(self.only(fact, raw))

    def _step_in_words(self, fact: FactView, raw: str) -> re.Match[str] | None:
        """A step with words beside it that say no more than it does: a degree, or part of its own words. All else is asked
        about, so that no remark is lost."""
        match = _STEP_IN_WORDS.match(unicodedata.normalize("NFKC", raw).lower())
        if match is None or match[1] not in fact.values or _DOUBT.search(match[2]):
            return None
        words, own = word_of(match[2]), fact.values[match[1]]
        others = {word_of(text[lang]) for text in fact.values.values() if text != own for lang in LANGS}
        same = words not in others and any(words in word_of(own[lang]) for lang in LANGS)
        above = int(match[1]) - sum(self.steps(fact)) / len(fact.values)
        fits = any(pattern.match(words) for side, pattern in _DEGREES if side == (above > 0) - (above < 0))
        return match if words and (same or fits) else None


SCALE: AnswerType = ScaleAnswer()
