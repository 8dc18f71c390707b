"""Tables of answers read back, from one sheet or many: every row brought to its question, with the cell it stands in.

A sheet counts where one of its first rows heads a column of codes and one of answers, in either language; rows without an
answer are passed over, and so are sheets of the user's own. A question of which several answers may be chosen stands in one
cell, or in a row for each option beneath the question's own, with ``yes`` beside what is chosen; a question answered in free
lines in one cell, or in several rows of the same code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.errors import Place, Problem
from advisor.interview.answer_tables import FIRM_FIELDS
from advisor.interview.plain import NONE, alike
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import LANGS, Text, say
from advisor.workbooks import Fault, Sheet
from advisor.yaml_source import MarkedDict

HEADS = ("code", "question", "answer")
NEEDED = ("code", "answer")
HEAD_WITHIN = 10
"""The heads of columns stand in one of the first rows."""
LARGEST = 2_000_000
"""Bytes a workbook with a firm's answers may unpack to; one with every question and answer takes a fifth of it."""
MOST_PROBLEMS = 50
"""No more mistakes in the shape of a table than this are reported at once."""
LONGEST = 200
"""No head, code or option is longer."""
LONGEST_LINES = 12_000
"""Free lines in one cell; what is longer has too many of them or too long ones, and is told of as such."""
MOST_LINES = 30
LOST = 3
"""A sheet without heads that holds this many codes of questions is taken for a form that lost them."""
TICKS = {"yes", "y", "true", "是", "有", "1", "✓", "✔", "√", "☑", "✅"}
CROSSES = {"no", "n", "false", "否", "没有", "无", "0", "☐"}
FAULTS: Mapping[Fault, str] = {"error": "A125", "formula": "A126", "merged": "A127"}


class Gathered(MarkedDict):
    """Answers by key with the place of each, in a workbook with its sheet too."""

    __slots__ = ("sheets",)

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[object, str] = {}


@dataclass(frozen=True)
class _Row:
    """A row with an answer."""

    key: str
    question: str
    value: str
    place: Place


@dataclass
class _Ticks:
    """The options of a question that stand in rows of their own."""

    place: Place
    chosen: list[str] = field(default_factory=list)
    left: int = 0


def gathered(sheets: Sequence[Sheet], name: str, knowledge: Knowledge) -> tuple[Gathered, list[Problem]]:
    """What stands in ``sheets`` as a mapping that answers are read from, and what is wrong with the shape of the tables;
    ``name`` is what problems call the file."""
    gathering = _Gathering(name, knowledge)
    heads = [_heads(sheet.rows) for sheet in sheets]
    if not any(heads):
        gathering.complain(_no_heads(sheets[0], name) if sheets else Problem("A121", Place(name, 1)))
    for sheet, found in zip(sheets, heads, strict=True):
        if found:
            for row in _rows(sheet, found, name, gathering):
                gathering.take(row)
        elif any(heads) and _lost_its_heads(sheet, knowledge):
            gathering.complain(_no_heads(sheet, name))
    gathering.finish()
    return gathering.raw, gathering.problems


def _heads(rows: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """The columns of a sheet by their names, with the row that heads them as ``row``; None where no row does."""
    for line, row in enumerate(rows[:HEAD_WITHIN], 1):
        words = [cell.lower() if len(cell) <= LONGEST else "" for cell in row]
        found = {head: words.index(word) for head in HEADS for word in _names(head) if word in words}
        if all(head in found for head in NEEDED):
            return {**found, "row": line}
    return None


def _names(head: str) -> list[str]:
    return [head, *(say("interview", f"table.{head}", lang).lower() for lang in LANGS)]


def _no_heads(sheet: Sheet, name: str) -> Problem:
    first = {cell.lower() for row in sheet.rows[:1] for cell in row if len(cell) <= LONGEST}
    missing = ", ".join(head for head in NEEDED if first.isdisjoint(_names(head)))
    columns = {lang: ", ".join(say("interview", f"table.{head}", lang) for head in NEEDED) for lang in LANGS}
    return Problem("A121", Place(name, 1, 0, sheet.name), {"missing": missing, "columns": Text(**columns)})


def _lost_its_heads(sheet: Sheet, knowledge: Knowledge) -> bool:
    """Whether codes of questions head rows of a sheet: its answers are not passed over in silence."""
    return len({row[0] for row in sheet.rows if row and row[0] in knowledge.codes}) >= LOST


def _rows(sheet: Sheet, heads: Mapping[str, int], name: str, gathering: _Gathering) -> Iterator[_Row]:
    code, answer = heads["code"], heads["answer"]
    question = heads.get("question", -1)
    for line, row in enumerate(sheet.rows[heads["row"] :], heads["row"] + 1):
        key, value, asked = (row[at] if 0 <= at < len(row) else "" for at in (code, answer, question))
        place = Place(name, line, answer + 1, sheet.name)
        fault = sheet.faults.get((line, answer + 1))
        if fault and (key or value):
            gathering.complain(Problem(FAULTS[fault], place, {"code": key[:LONGEST], "value": value[:LONGEST]}))
        elif value:
            yield _Row(key, asked, value, place)


class _Gathering:
    def __init__(self, name: str, knowledge: Knowledge) -> None:
        self.name, self.knowledge = name, knowledge
        self.raw, self.problems = Gathered(), list[Problem]()
        self.ticks: dict[str, _Ticks] = {}
        self.lines: dict[str, list[str]] = {}
        self.options: dict[str, dict[str, str]] = {}

    def complain(self, problem: Problem) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def take(self, row: _Row) -> None:
        key, _, lang = row.key[:LONGEST].partition(".")
        question = self._question(row.key)
        if key in FIRM_FIELDS and (not lang or lang in LANGS):
            self._firm(FIRM_FIELDS[key], lang, row)
        elif question and question.type == "multi" and (option := self._option(question, row.question)):
            self._tick(question, option, row)
        elif question and question.type == "list":
            self._line(question.code, row)
        elif row.key in self.raw:
            self._repeated(row, self._place(row.key))
        else:
            self._mark(row.key, row.value, row.place)

    def finish(self) -> None:
        """Bring what stands in several rows to one answer."""
        for code, lines in self.lines.items():
            self.raw[code] = "\n".join(lines)
        for name, said in self.raw.get("firm", {}).items():
            first = next(iter(said.values()))
            self.raw["firm"][name] = {lang: said.get(lang) or said.get("") or first for lang in LANGS}
        for code, ticks in self.ticks.items():
            if code in self.raw:
                self.complain(Problem("A129", ticks.place, {"code": code}))
            elif ticks.chosen:
                self._mark(code, ticks.chosen, ticks.place)
            elif ticks.left == len(self.knowledge.facts[self.knowledge.codes[code][0]].values):
                self._mark(code, NONE, ticks.place)
            else:
                self.complain(Problem("A130", ticks.place, {"code": code}))

    def _question(self, key: str) -> Question | None:
        """The question a key names, where it names one alone."""
        word = key[:LONGEST]
        if word in self.knowledge.questions:
            return self.knowledge.questions[word]
        found = self.knowledge.codes.get(word) or self.knowledge.codes.get(word.upper()[:1] + word.lower()[1:]) or ()
        return self.knowledge.questions[found[0]] if len(found) == 1 else None

    def _option(self, question: Question, words: str) -> str:
        """The option a row is about; empty for the question's own row."""
        if question.id not in self.options:
            values = self.knowledge.facts[question.id].values.items()
            self.options[question.id] = {alike(word): o for o, text in values for word in (o, text.zh, text.en)}
        return self.options[question.id].get(alike(words[:LONGEST]), "")

    def _tick(self, question: Question, option: str, row: _Row) -> None:
        ticks = self.ticks.setdefault(question.code, _Ticks(row.place))
        word = alike(row.value[:LONGEST])
        if option in ticks.chosen:
            self._repeated(row, ticks.place)
        elif word in TICKS:
            ticks.chosen.append(option)
        elif word in CROSSES:
            ticks.left += 1
        else:
            self.complain(Problem("A128", row.place, {"code": question.code, "value": row.value[:60]}))

    def _line(self, code: str, row: _Row) -> None:
        """Free lines, the first row of them or a further one."""
        if code not in self.lines:
            self._mark(code, row.value, row.place)
        lines = self.lines.setdefault(code, [])
        if len(lines) < MOST_LINES:
            lines.append(row.value[:LONGEST_LINES])

    def _firm(self, name: str, lang: str, row: _Row) -> None:
        """A row about the firm: in one language, or in both."""
        if "firm" not in self.raw:
            self._mark("firm", MarkedDict(), row.place)
        said = self.raw["firm"].setdefault(name, {})
        if lang in said:
            self._repeated(row, self._place("firm"))
        said[lang] = row.value
        self.raw["firm"].key_marks[name] = (row.place.line, row.place.column)

    def _repeated(self, row: _Row, first: Place) -> None:
        if row.place.sheet:
            first_cell = f"{first.sheet}!{first.cell}"
            self.complain(Problem("A131", row.place, {"code": row.key[:LONGEST], "first": first_cell}))
        else:
            self.complain(Problem("K002", Place(self.name, row.place.line), {"key": row.key[:LONGEST], "first": first.line}))

    def _mark(self, key: str, value: object, place: Place) -> None:
        self.raw[key] = value
        self.raw.key_marks[key] = (place.line, place.column)
        self.raw.sheets[key] = place.sheet

    def _place(self, key: str) -> Place:
        return Place(self.name, *self.raw.key_marks[key], self.raw.sheets[key])
