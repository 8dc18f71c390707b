"""``date``: a day, such as the one a contract ends.

A day is written year first (2027-03-31, 2027/3/31, 2027年3月31日) or with the name of its month (31 March 2027). With the
year last, all in figures, it is taken only where it can be read in one way: 31/3/2027 is, 03/04/2027 is asked about. A month
without a day and a spreadsheet's number of a day are refused, and the message says what to write.

Rules list dates, or compare them by ``at_least`` (on or after), ``at_most`` (on or before), ``above`` and ``below``. A date
earns no points and no lever moves it.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from advisor.errors import InputError, shortened
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, Bound, Refuse, RefusedError
from advisor.knowledge.answer_types.shared.cells import CellTest, FormCell
from advisor.knowledge.answer_types.shared.views import FactView, QuestionView
from advisor.knowledge.premises import Limit, Test, Value
from advisor.text import LANGS, Lang, Text, long_date, say

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
"""What a question without bounds takes: days a spreadsheet can hold, and no slip of a digit."""
CELL_FORMAT = "yyyy-mm-dd"
LONGEST = 40

_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {short: number for number, name in enumerate(_NAMES, 1) for short in (name, name[:3])} | {"sept": 9}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]+)\.?,?[ -](?P<year>\d{4})",
        r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月",
        r"(?P<month>[a-z]+)\.? (?P<year>\d{4})",
    )
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d)[t ]00:00(:00(\.0+)?)?(z|[-+]\d\d:?\d\d)?$", re.ASCII)
"""How programs write that a moment is a day."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


class DateAnswer(AnswerType):
    """A day of the calendar."""

    name = "date"
    widget = "web/fields/date.html"
    takes = frozenset({"earliest", "latest"})
    ordered = True
    typed = True

    def bounds(self, fact: FactView) -> tuple[Bound, Bound]:
        """From ``earliest`` to ``latest``."""
        return _bounds(fact)

    def flaw(self, question: QuestionView) -> str:
        """``earliest`` may not come after ``latest``."""
        first, last = question.earliest or FIRST, question.latest or LAST
        return "" if first <= last else f"`earliest` ({first}) comes after `latest` ({last})"

    def schema(self, fact: FactView) -> dict[str, Any]:
        """A day as ISO 8601 writes it."""
        return {"type": "string", "format": "date"}

    def words(self, fact: FactView, raw: object, refuse: Refuse) -> frozenset[str] | None:
        """Days as ISO 8601 writes them."""
        days = [_iso(word) for word in (raw if isinstance(raw, list) else [raw])]
        if None in days:
            refuse("K314", value=raw)
            return None
        return frozenset(map(str, days))

    def threshold(self, fact: FactView, op: str, raw: object, refuse: Refuse) -> Limit | None:
        """A day within the bounds."""
        day, (low, high) = _iso(raw), _bounds(fact)
        if day is None:
            refuse("K314", value=raw)
        elif not low <= day <= high:
            refuse("K307", value=day, low=low, high=high)
        else:
            return day
        return None

    def word_in_words(self, fact: FactView, word: str, lang: Lang) -> str:
        """The day written out."""
        return long_date(datetime.date.fromisoformat(word), lang)

    def limit_in_words(self, fact: FactView, op: str, limit: Limit, lang: Lang) -> str:
        """On or after, on or before, after, before."""
        assert isinstance(limit, datetime.date)
        return say("knowledge", f"day.{op}", lang, value=long_date(limit, lang))

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """The day of each limit with the days before and after it; where there is none, the first day there may be."""
        low, high = _bounds(fact)
        named = {t.argument for t in tests if isinstance(t.argument, datetime.date)}
        for test in tests:
            if isinstance(test.argument, frozenset):
                named |= set(map(datetime.date.fromisoformat, test.argument))
        ordinals = {day.toordinal() + step for day in named for step in (-1, 0, 1)}
        tried = sorted(number for number in ordinals if low.toordinal() <= number <= high.toordinal())
        yield from map(datetime.date.fromordinal, tried) if named else [low]

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """A day as ISO 8601 writes it."""
        if (day := _iso(raw)) is None:
            raise InputError("bad_case_value", name=fact.name, value=raw)
        return day

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """The one day that a text, a cell or a date says."""
        low, high = _bounds(fact)
        day = read_day(raw)
        if not low <= day <= high:
            raise RefusedError("A146", value=_long(day), low=_long(low), high=_long(high))
        return day

    def plain(self, value: Any) -> Any:
        """ISO 8601."""
        return str(value)

    def stored(self, value: Any) -> str:
        """ISO 8601."""
        return str(value)

    def in_words(self, fact: FactView, value: Any) -> Text:
        """The day written out."""
        return _long(value)

    def unit(self, question: QuestionView, lang: Lang) -> str:
        """The order of year, month and day."""
        return say("interview", "day.order", lang)

    def prompt(self, fact: FactView, lang: Lang) -> str:
        """The order of year, month and day."""
        return say("interview", "day.order", lang)

    def how_to(self, fact: FactView, lang: Lang) -> str:
        """An example."""
        return say("interview", "day.how_to", lang)

    def range(self, fact: FactView, lang: Lang) -> str:
        """From the first day to the last."""
        low, high = _bounds(fact)
        return say("forms", "range.day", lang, low=low, high=high)

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """One cell for a day within the bounds, which a spreadsheet keeps as a date."""
        limits = [f"DATE({day.year},{day.month},{day.day})" for day in _bounds(fact)]
        test = CellTest((f"{{at}}>={limits[0]}", f"{{at}}<={limits[1]}", "{at}=INT({at})"))
        return (FormCell(value, format=CELL_FORMAT, test=test),)

    def shows(self, text: str) -> bool:
        """Whether a browser's calendar shows what stands in a field."""
        return _iso(text) is not None

    def on_paper(self, question: QuestionView, lang: Lang) -> tuple[str, ...]:
        """A line each for year, month and day, in the order the language has them."""
        return tuple(say("forms", f"paper.{part}", lang) for part in say("forms", "paper.order_of_day", lang).split())


def _bounds(fact: FactView) -> tuple[datetime.date, datetime.date]:
    question = fact.question
    return (question and question.earliest) or FIRST, (question and question.latest) or LAST


def _long(day: datetime.date) -> Text:
    return Text(**{lang: long_date(day, lang) for lang in LANGS})


def _iso(raw: object) -> datetime.date | None:
    """The day that an author's ISO date names; None where it is none."""
    return _made(*map(int, raw.split("-"))) if isinstance(raw, str) and _ISO.fullmatch(raw) else None


def read_day(raw: Any) -> datetime.date:
    """The day that ``raw`` says. Raises :class:`RefusedError` where it says none, or may mean two."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    text = " ".join(unicodedata.normalize("NFKC", str(raw)).lower().split())
    text = _MIDNIGHT.sub("", re.sub(r" ?([年月日号]) ?", r"\1", text))
    if isinstance(raw, bool | list | dict) or len(text) > LONGEST:
        raise RefusedError("A141", value=shortened(raw))
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[4]), int(match[1]), int(match[3]), raw)
    if match := next(filter(None, (form.fullmatch(text) for form in _FORMS)), None):
        parts = match.groupdict()
        month = int(parts["month"]) if parts["month"].isdecimal() else _MONTHS.get(parts["month"], 0)
        if month or parts["month"].isdecimal():
            return _year_first(int(parts["year"]), month, parts.get("day"), raw)
    raise RefusedError("A142" if _NUMBER.fullmatch(text) else "A141", value=shortened(raw))


def _year_first(year: int, month: int, day: str | None, raw: Any) -> datetime.date:
    found = _made(year, month, int(day or 1))
    if found is None:
        raise RefusedError("A145", value=shortened(raw))
    if day is None:
        last = found.replace(day=calendar.monthrange(year, month)[1])
        raise RefusedError("A143", value=shortened(raw), first=found, last=last)
    return found


def _year_last(year: int, one: int, other: int, raw: Any) -> datetime.date:
    """Day and month in whichever order makes a day."""
    readings = [day for day in dict.fromkeys((_made(year, other, one), _made(year, one, other))) if day]
    if not readings:
        raise RefusedError("A145", value=shortened(raw))
    if len(readings) > 1:
        first, second = readings
        words = {"one": _long(first), "other": _long(second)}
        raise RefusedError("A144", value=shortened(raw), first=first, second=second, **words)
    return readings[0]


def _made(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


DATE: AnswerType = DateAnswer()
