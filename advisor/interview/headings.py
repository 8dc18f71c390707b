"""Which question each column of a table of firms answers, and how its cells are brought to one text a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from advisor.errors import Place, Problem, ProblemsError, nearest
from advisor.interview.beside_answers import Beside, beside_column
from advisor.interview.cell_units import UNIT_MARK, is_number
from advisor.interview.firm_table import FirmTable, TableNote
from advisor.interview.head_words import ABOUT, ID, NAME, REMARKS, HeadMatch, comparable, known_heads, match
from advisor.interview.split_choices import SplitChoice
from advisor.interview.upgrades import destinations
from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.model import Knowledge
from advisor.text import Text, catalogue

__all__ = ["ABOUT", "ID", "NAME", "REMARKS", "Headings", "heading_of", "key_of", "read_headings"]
FIRST_COLUMNS, TURNED_ROWS = 3, 1_000
"""How many columns at the left are searched for headings, of tables of so many rows."""
SEARCHED_ROWS = 12
"""How many rows at the top are searched for headings; a title may stand above them."""
COMPARED_CHARACTERS = 200
"""Characters of a heading that are compared."""


@dataclass(frozen=True)
class MappedHead:
    """What a file of the user's own says of a column: the key it stands for, empty for none, and its unit."""

    key: str
    unit: str = ""


@dataclass(frozen=True)
class Headings:
    """The headings of a table: their row (from 0), the key of each column, and the columns that are not used.

    ``keys`` are question ids, codes or one of the names above, by column from 0. ``ignored`` are columns that are no
    question, each with the nearest one; ``repeated`` are columns that ask what an earlier one asks; ``retired`` are the
    headings of questions of earlier versions, each with the codes of those of today that its answers are carried over to.
    ``units`` are units of columns other than the one asked for, ``unit_columns`` the columns that give a unit for each row,
    ``splits`` the columns that tell of one option each, all by the column with the key. ``guessed`` are columns read by
    another name of the question, ``unread`` words in heads that say nothing, ``beside`` columns with what stands beside
    answers.
    """

    row: int
    keys: dict[int, str]
    ignored: tuple[tuple[int, str, str], ...]
    repeated: tuple[tuple[int, int], ...]
    retired: tuple[tuple[str, tuple[str, ...]], ...] = ()
    units: Mapping[int, HeadUnit] = field(default_factory=dict)
    unit_columns: Mapping[int, int] = field(default_factory=dict)
    splits: Mapping[int, SplitChoice] = field(default_factory=dict)
    guessed: tuple[tuple[str, str, Text], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    beside: Beside = field(default_factory=dict)

    @property
    def questions(self) -> int:
        """How many columns hold answers."""
        return sum(not key.startswith("firm.") for key in self.keys.values())

    @property
    def joined(self) -> frozenset[int]:
        """The columns whose text is made of several cells."""
        return frozenset((*self.unit_columns, *self.splits))

    def columns(self, knowledge: Knowledge) -> dict[str, int]:
        """The column (from 0) that answers each question."""
        return {name: column for column, key in self.keys.items() for name in _questions_of(key, knowledge)}

    def text(self, column: int, row: Sequence[str]) -> str:
        """What a row says under a heading: its cell, with the unit beside it, or the options of which it says yes."""
        cell = row[column] if column < len(row) else ""
        if column in self.splits:
            return self.splits[column].text(row)
        if (beside := self.unit_columns.get(column)) is not None and cell and beside < len(row) and row[beside]:
            return f"{cell}{UNIT_MARK}{row[beside]}"
        return cell

    def notes(self) -> Iterator[TableNote]:
        """Notes on columns that are no questions; those that resemble one get a note each: their answers are lost."""
        if unlike := [heading for _, heading, closest in self.ignored if not closest]:
            yield TableNote("note.ignored", {"names": ", ".join(heading[:40] for heading in unlike)})
        if carried := [f"{heading[:60]} → {', '.join(codes)}" for heading, codes in self.retired if codes]:
            yield TableNote("note.retired", {"names": "; ".join(carried)})
        if dropped := [heading[:60] for heading, codes in self.retired if not codes]:
            yield TableNote("note.dropped", {"names": ", ".join(dropped)})
        for _, heading, closest in self.ignored:
            if closest:
                yield TableNote("note.nearly", {"head": heading[:60], "nearest": closest})
        for heading, code, text in self.guessed:
            yield TableNote("note.guessed", {"head": heading[:60], "code": code, "text": text})
        for heading, words in self.unread:
            yield TableNote("note.unread", {"head": heading[:60], "words": words[:60]})


def read_headings(
    cells: Sequence[Sequence[str]], knowledge: Knowledge, name: str, mapping: Mapping[str, MappedHead] | None = None
) -> Headings:
    """The headings of a table called ``name``: of its first rows the one that names the most questions, with the row below
    where the two head the columns together. ``mapping`` says what some heads stand for.

    Raises :class:`~advisor.errors.ProblemsError` where none names any, two columns ask the same, or a column is in a unit
    that cannot be brought to that of its question.
    """
    reader = _HeadingsReader(knowledge, name, mapping or {})
    top = cells[:SEARCHED_ROWS]
    candidates = [reader.headings(number, row) for number, row in enumerate(top)]
    best = max(candidates, key=lambda headings: (headings.questions, -headings.row), default=None)
    if best is None or not best.questions:
        raise ProblemsError([Problem("B102", Place(name, 1))])
    best = reader.with_neighbours(best, top)
    heads = top[best.row]
    if best.repeated:
        raise ProblemsError(
            Problem("B103", Place(name, best.row + 1, column + 1), {"head": heads[column][:60], "first": first + 1})
            for column, first in best.repeated
        )
    if wrong := [(column, unit) for column, unit in best.units.items() if not unit.known]:
        raise ProblemsError(reader.unit_problem(best, heads[column], column, unit) for column, unit in wrong)
    return reader.with_closest(reader.with_retired(best, heads))


def _questions_of(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that a column's key stands for."""
    return knowledge.reading.codes.get(key, (key,))


class _RowOfHeads:
    """What the cells of one row say as heads, taken one after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.keys, self.places, self.wholes = dict[int, str](), dict[str, int](), dict[str, int]()
        self.splits, self.units, self.beside = dict[str, dict[int, str]](), dict[int, HeadUnit](), dict[int, int]()
        self.ignored, self.repeated = list[tuple[int, str, str]](), list[tuple[int, int]]()
        self.guessed, self.unread = list[tuple[str, str, Text]](), list[tuple[str, str]]()
        self.annotated = dict[int, tuple[tuple[str, ...], str]]()

    def take(self, column: int, heading: str, found: HeadMatch) -> None:
        """A head that names a question, an option of one, or something about the firm."""
        parts = _questions_of(found.key, self.knowledge)
        earlier = next((self.places[part] for part in parts if part in self.places), None)
        if found.option:
            self._option(column, found, earlier)
        elif found.key in self.splits and earlier is not None and (found.tail or found.key not in self.wholes):
            if found.tail:  # an option that there is not: whoever ticks it is told
                self.splits[found.key][column] = found.tail
            else:
                self.wholes[found.key] = column
        elif earlier is None:
            self._question(column, heading, found)
            self.places.update(dict.fromkeys(parts, column))
        elif found.key.startswith("firm."):
            self.ignored.append((column, heading, ""))  # a second name or number loses no answers
        else:
            self.repeated.append((column, earlier))

    def _option(self, column: int, found: HeadMatch, earlier: int | None) -> None:
        options = self.splits.setdefault(found.key, {})
        if earlier is None:
            self.keys[column], self.places[found.key] = found.key, column
        elif earlier not in options:
            self.wholes[found.key] = earlier
        options[column] = found.option

    def _question(self, column: int, heading: str, found: HeadMatch) -> None:
        self.keys[column] = found.key
        if found.unit is not None and (found.unit.suffix or not found.unit.known):
            self.units[column] = found.unit
        if found.guessed:
            question = self.knowledge.questions[found.key]
            self.guessed.append((heading, question.code, question.text))
        self.unread += [(heading, words) for words in found.unread]

    def headings(self, number: int) -> Headings:
        """All that was taken, as the headings in row ``number``."""
        facts = self.knowledge.reading.facts
        choices = {
            self.places[key]: SplitChoice(key, tuple(options.items()), self.wholes.get(key, -1), facts[key].values)
            for key, options in self.splits.items()
        }
        return Headings(
            number,
            self.keys,
            tuple(self.ignored),
            tuple(self.repeated),
            units=self.units,
            unit_columns=self.beside,
            splits=choices,
            guessed=tuple(self.guessed),
            unread=tuple(self.unread),
            beside=self.annotated,
        )


class _HeadingsReader:
    def __init__(self, knowledge: Knowledge, name: str, mapping: Mapping[str, MappedHead]) -> None:
        self.knowledge, self.name = knowledge, name
        self.mapping = {comparable(head): mapped for head, mapped in mapping.items()}

    def matched(self, head: str) -> HeadMatch | None:
        """What a head names: what the user's own file says of it, else what its words say."""
        mapped = self.mapping.get(comparable(head))
        if mapped is None:
            return match(head, self.knowledge)
        if not mapped.key:
            return None
        found = match(mapped.key, self.knowledge)
        fact = self.knowledge.reading.facts.get(found.key) if found else None
        unit = fact.type.head_unit(fact, mapped.unit) if fact and mapped.unit else None
        return replace(found, unit=unit or (HeadUnit(mapped.unit, known=False) if mapped.unit else None)) if found else None

    def headings(self, number: int, row: Sequence[str]) -> Headings:
        """What one row says as a row of heads."""
        heads = _RowOfHeads(self.knowledge)
        for column, heading in enumerate(row):
            if not heading.strip():
                continue
            if annotated := beside_column(heading, self._questions_named):
                heads.annotated[column] = annotated
            elif (owner := self._unit_column(heading, heads.keys)) is not None:
                heads.beside[owner] = column
            elif (found := self.matched(heading)) is None:
                heads.ignored.append((column, heading, ""))
            else:
                heads.take(column, heading, found)
        return heads.headings(number)

    def _questions_named(self, word: str) -> tuple[str, ...]:
        """The questions that a word in a head names."""
        found = self.matched(word)
        return _questions_of(found.key, self.knowledge) if found and not found.key.startswith("firm.") else ()

    def _unit_column(self, heading: str, keys: Mapping[int, str]) -> int | None:
        """The column whose unit this one gives: the one it names, or the last before it; None where it gives none."""
        words = catalogue("batch")["head.unit"]
        plain = comparable(heading)
        named = {comparable(word) for lang in ("zh", "en") for word in words[lang].split("|")}
        bare = next((plain.replace(word, "", 1) for word in sorted(named, key=len, reverse=True) if word in plain), None)
        if bare is None or not keys:
            return None
        last = max(keys)
        if not bare:
            return last if is_number(keys[last], self.knowledge) else None
        key = known_heads(self.knowledge).get(bare)
        return next((column for column, known in keys.items() if known == key and is_number(known, self.knowledge)), None)

    def with_neighbours(self, best: Headings, top: Sequence[Sequence[str]]) -> Headings:
        """The headings together with the row above or below, where the two head the columns together."""
        for upper, lower in ((best.row, best.row + 1), (best.row - 1, best.row)):
            if upper >= 0 and lower < len(top):
                if (joined := self._joined(top[upper], top[lower])) is None:
                    continue
                both = self.headings(lower, joined)
                if len(both.keys) + len(both.units) + sum(len(s.columns) for s in both.splits.values()) > (
                    len(best.keys) + len(best.units) + sum(len(s.columns) for s in best.splits.values())
                ):
                    return both
        return best

    def _joined(self, upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
        """Two rows as one row of heads: an option or a unit under its question, or each head in one of them; None where the
        lower holds anything else, as a firm does."""
        heads, group = list[str](), ""
        for column in range(max(len(upper), len(lower))):
            above, below = (row[column].strip() if column < len(row) else "" for row in (upper, lower))
            group = above or group
            whole = f"{group}[{below}]" if group and below else ""
            found = self.matched(whole) if whole else None
            if not below:
                heads.append(above)
            elif found is not None and (found.option or (found.unit is not None and above)):
                heads.append(whole)
            elif self.matched(below) is not None:
                heads.append(below)
            else:
                return None
        return heads

    def unit_problem(self, headings: Headings, head: str, column: int, unit: HeadUnit) -> Problem:
        """Why a column in this unit cannot be read."""
        question = self.knowledge.reading.questions[headings.keys[column]]
        wanted = question.unit or catalogue("batch")[f"unit.{question.answer_type.unit_word}"]
        values = {"head": head[:60], "unit": unit.written[:40], "code": question.code, "wanted": wanted}
        return Problem("B108", Place(self.name, headings.row + 1, column + 1), values)

    def with_retired(self, headings: Headings, heads: Sequence[str]) -> Headings:
        """The headings with those of questions that are no longer asked."""
        retired = [
            (heads[column], self._codes_today(names))
            for column, key in headings.keys.items()
            if (names := [name for name in _questions_of(key, self.knowledge) if name in self.knowledge.retired])
        ]
        return replace(headings, retired=tuple(retired))

    def _codes_today(self, names: Sequence[str]) -> tuple[str, ...]:
        """The codes of the questions that answers to some retired questions go to."""
        targets = dict.fromkeys(target for name in names for target in destinations(name, self.knowledge))
        return tuple(self.knowledge.questions[target].code for target in targets)

    def with_closest(self, headings: Headings) -> Headings:
        """The headings with the closest question for each column that is none."""
        known = known_heads(self.knowledge)
        mapped = [comparable(heading) in self.mapping for _, heading, _ in headings.ignored]
        closest = [
            nearest(comparable(heading[:COMPARED_CHARACTERS]), known) or ""
            if not own and match(heading, self.knowledge) is None
            else ""
            for (_, heading, _), own in zip(headings.ignored, mapped, strict=True)
        ]
        ignored = (
            (column, heading, known.get(word, ""))
            for (column, heading, _), word in zip(headings.ignored, closest, strict=True)
        )
        return replace(headings, ignored=tuple(ignored))


def _named(cells: Iterable[str], knowledge: Knowledge) -> int:
    """How many different questions some cells name."""
    found = (
        match(cell, knowledge)
        for cell in cells
        if cell and cell.strip("0123456789.,- ") and len(cell) <= COMPARED_CHARACTERS
    )
    return len({head.key for head in found if head is not None and not head.key.startswith("firm.")})


def names_questions(rows: Sequence[Sequence[str]], knowledge: Knowledge) -> bool:
    """Whether the first rows, or columns, of a sheet name questions."""
    return any(_named(row, knowledge) for row in rows[:SEARCHED_ROWS]) or is_turned(rows, knowledge)


def is_turned(rows: Sequence[Sequence[str]], knowledge: Knowledge) -> bool:
    """Whether a table has a firm in each column: one of its first columns names more questions than any of its first rows,
    and no second one names the same, as that of a form to fill in does."""
    if len(rows) > TURNED_ROWS:
        return False
    columns = [_named((row[column] for row in rows if column < len(row)), knowledge) for column in range(FIRST_COLUMNS)]
    most = max(columns)
    return (
        most > 1
        and sum(count > most / 2 for count in columns) == 1
        and all(_named(row, knowledge) < most for row in rows[:SEARCHED_ROWS])
    )


def key_of(heading: str, knowledge: Knowledge) -> str | None:
    """The question that a heading names: its id, or its code where that covers several questions; None for no question."""
    found = match(heading, knowledge)
    return found.key if found and not found.option else None


def heading_of(table: FirmTable | None, headings: Headings | None, column: int) -> str:
    """The text of the heading above ``column``, counted from 1; empty where there is none."""
    if table is None or headings is None or not column:
        return ""
    row = table.cells[headings.row]
    return row[column - 1] if column <= len(row) else ""
