"""Rows of a table of answers gathered under their questions: options ticked one by one, lines written one a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.errors import Place, Problem
from advisor.interview.annotations import LONG
from advisor.interview.answer_table_writer import FIRM_FIELDS
from advisor.knowledge.answer_types.shared.words import NO_WORDS, NONE, YES_WORDS
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import LANGS, normalized, say
from advisor.workbooks import CellFault
from advisor.yaml_source import MarkedDict

MOST_PROBLEMS = 50
"""No more mistakes in the shape of a table than this are reported at once."""
LONGEST = 200
"""No head, code or option is longer."""
LONGEST_LINES = 12_000
"""Free lines in one cell; what is longer has too many of them or too long ones, and is told of as such."""
MOST_LINES = 30
FAULTS_OF_CELLS: Mapping[CellFault, str] = {"error": "A125", "formula": "A126", "merged": "A127"}
TICKS = YES_WORDS
CROSSES = NO_WORDS | {"☐"}


def named(word: str) -> list[str]:
    """What a word of the table is called, in either language."""
    return [word, *(normalized(say("interview", f"table.{word}", lang)) for lang in LANGS)]


class Gathered(MarkedDict):
    """Answers by key with the place of each, in a workbook with its sheet too, and notes on how the tables were read."""

    __slots__ = ("notes", "sheets")

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[object, str] = {}
        self.notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Row:
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


def _apart(lines: Sequence[str]) -> list[str]:
    """Lines of several rows, each of which may hold some."""
    return [part for line in lines for part in line.split("\n")]


class Gathering:
    """Takes rows one after the other; what they come to is ``raw``, what is wrong with them ``problems``."""

    def __init__(self, name: str, knowledge: Knowledge) -> None:
        self.name, self.knowledge = name, knowledge.reading
        self.raw, self.problems = Gathered(), list[Problem]()
        self.ticks: dict[str, _Ticks] = {}
        self.lines: dict[str, list[str]] = {}
        self.further = set[str]()
        self.options: dict[str, dict[str, str]] = {}
        self.notes = list[Problem]()

    def complain(self, problem: Problem) -> None:
        """Note what is wrong, up to a limit."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def take(self, row: Row) -> None:
        """Bring a row to its question, or to the firm."""
        key, _, lang = row.key[:LONGEST].partition(".")
        question = self._question(row.key)
        if key in FIRM_FIELDS and (not lang or lang in LANGS):
            self._firm(FIRM_FIELDS[key], lang, row)
        elif question and question.answer_type.several and (option := self._option(question, row.question)):
            self._tick(question, option, row)
        elif question and question.answer_type.free:
            self._line(question.code, row)
        elif row.key in self.raw:
            if self.raw[row.key] != row.value:
                self._repeated(row, self._place(row.key))
        else:
            self._mark(row.key, row.value, row.place)

    def annotate(self, key: str, part: str, text: str, place: Place) -> bool:
        """Keep what stands beside an answer under a key of its own, notes in several places one under the other. Returns
        whether the row is about a question."""
        word = key[:LONGEST]
        if word not in self.knowledge.questions and not self._codes(word):
            return False
        name = f"{word}_{part}"
        if name not in self.raw:
            self._mark(name, text, place)
        elif part in LONG and text not in self.raw[name].split("\n"):
            self.raw[name] += f"\n{text}"
        return True

    def finish(self) -> None:
        """Bring what stands in several rows to one answer."""
        for code, lines in self.lines.items():
            self.raw[code] = _apart(lines) if len(lines) > 1 or code in self.further else lines[0]
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
            elif ticks.left:
                self.complain(Problem("A130", ticks.place, {"code": code}))

    def _question(self, key: str) -> Question | None:
        """The question a key names, where it names one alone."""
        word = key[:LONGEST]
        if word in self.knowledge.questions:
            return self.knowledge.questions[word]
        found = self._codes(word)
        return self.knowledge.questions[found[0]] if len(found) == 1 else None

    def _codes(self, word: str) -> Sequence[str]:
        return self.knowledge.codes.get(word) or self.knowledge.codes.get(word.upper()[:1] + word.lower()[1:]) or ()

    def _option(self, question: Question, words: str) -> str:
        """The option a row is about; empty for the question's own row."""
        if question.id not in self.options:
            values = self.knowledge.facts[question.id].values.items()
            self.options[question.id] = {normalized(word): o for o, text in values for word in (o, text.zh, text.en)}
        return self.options[question.id].get(normalized(words[:LONGEST]), "")

    def _tick(self, question: Question, option: str, row: Row) -> None:
        ticks = self.ticks.setdefault(question.code, _Ticks(row.place))
        word = normalized(row.value[:LONGEST])
        if option in ticks.chosen:
            self._repeated(row, ticks.place)
        elif word in TICKS:
            ticks.chosen.append(option)
        elif word in CROSSES:
            ticks.left += 1
        else:
            self.complain(Problem("A128", row.place, {"code": question.code, "value": row.value[:60]}))

    def _line(self, code: str, row: Row) -> None:
        """Free lines: the question's own row, where a word such as "unknown" stands for all, or a further one."""
        if code not in self.lines:
            self._mark(code, row.value, row.place)
        if normalized(row.question[:LONGEST]) in named("another"):
            self.further.add(code)
        lines = self.lines.setdefault(code, [])
        if len(lines) < MOST_LINES:
            lines.append(row.value[:LONGEST_LINES])

    def _firm(self, name: str, lang: str, row: Row) -> None:
        """A row about the firm: in one language, or in both."""
        if "firm" not in self.raw:
            self._mark("firm", MarkedDict(), row.place)
        said = self.raw["firm"].setdefault(name, {})
        if lang in said:
            self._repeated(row, self._place("firm"))
        said[lang] = row.value
        self.raw["firm"].key_marks[name] = (row.place.line, row.place.column)

    def _repeated(self, row: Row, first: Place) -> None:
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
