"""What a type of question looks at: of a fact, a question, the authors' lists and an input of a score. They know their type,
and so a type knows them only by these."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Protocol

from advisor.text import Text


class QuestionView(Protocol):
    """How a question is set up."""

    @property
    def scale(self) -> str | None: ...
    @property
    def options(self) -> str | None: ...
    @property
    def unit(self) -> Text | None: ...
    @property
    def unit_of_one(self) -> str | None: ...
    @property
    def integer(self) -> bool: ...
    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...
    @property
    def about(self) -> float: ...
    @property
    def none_is_zero(self) -> bool: ...
    @property
    def earliest(self) -> datetime.date | None: ...
    @property
    def latest(self) -> datetime.date | None: ...


class FactView(Protocol):
    """The values a fact can take."""

    @property
    def name(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Text]: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def question(self) -> QuestionView | None: ...
    @property
    def rates(self) -> Mapping[str, float]: ...


class ScaleView(Protocol):
    """The steps of a scale."""

    @property
    def steps(self) -> Mapping[int, Text]: ...


class ListsView(Protocol):
    """The scales and lists of options of a questionnaire."""

    @property
    def scales(self) -> Mapping[str, ScaleView]: ...
    @property
    def options(self) -> Mapping[str, Mapping[str, Text]]: ...


class InputView(Protocol):
    """The points a score gives."""

    @property
    def points(self) -> Mapping[float, float] | None: ...
    @property
    def values(self) -> Mapping[str, float] | None: ...
