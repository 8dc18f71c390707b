"""Finds the row of heads of a table of firms, and which question each of its columns answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.errors import Place, Problem, ProblemsError, nearest
from advisor.interview.beside_answers import beside_column
from advisor.interview.cell_units import is_number
from advisor.interview.form_services import Exported, exported
from advisor.interview.head_words import ID, NAME, HeadMatch, comparable, known_heads, match, with_unit_of
from advisor.interview.headings import Double, Headings, MappedHead, questions_of
from advisor.interview.split_choices import SplitChoice
from advisor.interview.table_shape import COMPARED_CHARACTERS, SEARCHED_ROWS
from advisor.interview.table_units import money_unit, units_below
from advisor.interview.upgrades import destinations
from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.model import Knowledge
from advisor.text import Text, catalogue

_OPTION_OF_NUMBER = re.compile(r"\s*(\d{1,3})\s*[、.]\s*\((.+)\)\s*:?\s*$")
_NUMBER_OF_QUESTION = re.compile(r"\W*(\d{1,3})\s*[、.]")


def read_headings(
    cells: Sequence[Sequence[str]],
    knowledge: Knowledge,
    name: str,
    mapping: Mapping[str, MappedHead] | None = None,
    is_turned: bool = False,
) -> Headings:
    """The headings of a table called ``name``: of its first rows the one that names the most questions, with the row below
    where the two head the columns together. ``mapping`` says what some heads stand for, ``is_turned`` that the
    file has a firm in each column.

    Raises :class:`~advisor.errors.ProblemsError` where none names any, or a column is in a unit that cannot be brought to
    that of its question.
    """
    reader = _HeadingsReader(knowledge, name, mapping or {})
    top = cells[:SEARCHED_ROWS]
    candidates = [reader.headings(number, row) for number, row in enumerate(top)]
    best = max(candidates, key=lambda headings: (headings.questions, -headings.row), default=None)
    if best is None or not best.questions:
        raise ProblemsError([Problem("B102", Place(name, 1))])
    if _lists_questions(best, cells, knowledge):
        raise ProblemsError([Problem("B102", Place(name, 1))])
    best = reader.with_corner(best, cells) if is_turned else reader.with_neighbours(best, top)
    best = reader.with_money_unit(best, cells)
    heads = top[best.row]
    if wrong := [(column, unit) for column, unit in best.units.items() if not unit.known]:
        raise ProblemsError(reader.unit_problem(best, heads[column], column, unit) for column, unit in wrong)
    return reader.with_closest(reader.with_retired(reader.with_absent(best, heads), heads))


def _lists_questions(headings: Headings, cells: Sequence[Sequence[str]], knowledge: Knowledge) -> bool:
    """Whether two columns that ask the same list questions by code and in words, as a form does that lost its heads."""
    below = next((row for row in cells[headings.row + 1 :] if any(row)), [])
    for column, double in headings.doubles.items():
        codes = [match(below[at], knowledge) if at < len(below) else None for at in (column, double.first)]
        keys = [found.key for found in codes if found is not None]
        if len(keys) == 2 and keys[0] == keys[1]:
            return True
    return False


class _RowOfHeads:
    """What the cells of one row say as heads, taken one after the other."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.keys, self.places, self.wholes = dict[int, str](), dict[str, int](), dict[str, int]()
        self.splits, self.units, self.beside = dict[str, dict[int, str]](), dict[int, HeadUnit](), dict[int, int]()
        self.ignored, self.repeated = list[tuple[int, str, str]](), dict[int, int]()
        self.guessed, self.unread = list[tuple[str, str, Text]](), list[tuple[str, str]]()
        self.annotated = dict[int, tuple[tuple[str, ...], str]]()
        self.exported: Exported | None = None
        self.in_own_unit = set[int]()

    def take(self, column: int, heading: str, found: HeadMatch) -> None:
        """A head that names a question, an option of one, or something about the firm."""
        parts = questions_of(found.key, self.knowledge)
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
            self._question(column, heading, found)
            self.repeated[column] = earlier

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
        elif found.unit is not None:
            self.in_own_unit.add(column)
        if found.guessed:
            question = self.knowledge.questions[found.key]
            self.guessed.append((heading, question.code, question.text))
        self.unread += [(heading, words) for words in found.unread]

    def headings(self, number: int, row: Sequence[str]) -> Headings:
        """All that was taken, as the headings in row ``number``, whose cells are ``row``."""
        facts = self.knowledge.reading.facts
        choices = {
            self.places[key]: SplitChoice(key, tuple(options.items()), self.wholes.get(key, -1), facts[key].values)
            for key, options in self.splits.items()
        }
        return Headings(
            number,
            self.keys,
            tuple(self.ignored),
            {column: Double(first, row[column], row[first]) for column, first in self.repeated.items()},
            units=self.units,
            unit_columns=self.beside,
            splits=choices,
            guessed=tuple(self.guessed),
            unread=tuple(self.unread),
            beside=self.annotated,
            exported=self.exported,
            in_own_unit=frozenset(self.in_own_unit),
        )


class _HeadingsReader:
    def __init__(self, knowledge: Knowledge, name: str, mapping: Mapping[str, MappedHead]) -> None:
        self.knowledge, self.name = knowledge, name
        self.mapping = {comparable(head): mapped for head, mapped in mapping.items()}
        self.spoken_of = {comparable(head): head for head, mapped in mapping.items() if mapped.key}

    def matched(self, head: str) -> HeadMatch | None:
        """What a head names: what the user's own file says of it, else what its words say."""
        mapped = self.mapping.get(comparable(head))
        if mapped is None:
            return match(head, self.knowledge)
        if not mapped.key:
            return None
        found = match(mapped.key, self.knowledge)
        if found is None or not mapped.unit:
            return found and with_unit_of(found, head, self.knowledge)
        fact = self.knowledge.reading.facts.get(found.key)
        unit = fact.type.head_unit(fact, mapped.unit) if fact else None
        return replace(found, unit=unit or HeadUnit(mapped.unit, known=False))

    def headings(self, number: int, row: Sequence[str]) -> Headings:
        """What one row says as a row of heads."""
        heads = _RowOfHeads(self.knowledge)
        heads.exported = service = self.exported(row)
        for column, heading in enumerate(row):
            if not heading.strip():
                continue
            if service and column in service.columns:
                if column == service.number:
                    heads.take(column, heading, HeadMatch(ID))
                continue
            if annotated := beside_column(heading, self._questions_named):
                heads.annotated[column] = annotated
            elif (owner := self._unit_column(heading, heads.keys)) is not None:
                heads.beside[owner] = column
            elif (found := self.matched(heading) or self._continued(heading, row, heads)) is None:
                heads.ignored.append((column, heading, ""))
            else:
                heads.take(column, heading, found)
        return heads.headings(number, row)

    def _continued(self, heading: str, row: Sequence[str], heads: _RowOfHeads) -> HeadMatch | None:
        """An option under the number of its question alone, ``4、(CRM)`` behind ``4、目前在用哪些信息系统？(ERP)``."""
        found = _OPTION_OF_NUMBER.match(unicodedata.normalize("NFKC", heading))
        if found is None or not heads.splits:
            return None
        key = list(heads.splits)[-1]
        first = _NUMBER_OF_QUESTION.match(unicodedata.normalize("NFKC", row[heads.places[key]]))
        if first is None or first[1] != found[1]:
            return None
        return self.matched(f"{self.knowledge.reading.questions[key].code}[{found[2]}]")

    def exported(self, row: Sequence[str]) -> Exported | None:
        """The columns that a form service added, without those of which the user's own file says what they are."""
        found = exported(row)
        if found is None or not self.mapping:
            return found
        own = {column for column, head in found.columns.items() if comparable(head) in self.mapping}
        columns = {column: head for column, head in found.columns.items() if column not in own}
        return replace(found, columns=columns, number=-1 if found.number in own else found.number)

    def _questions_named(self, word: str) -> tuple[str, ...]:
        """The questions that a word in a head names."""
        found = self.matched(word)
        return questions_of(found.key, self.knowledge) if found and not found.key.startswith("firm.") else ()

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
        if best.row + 1 < len(top) and (units := units_below(best.keys, top[best.row + 1], self.knowledge)) is not None:
            return self._in_units(best.row + 1, top[best.row], units)
        return best

    def _in_units(self, row: int, heads: Sequence[str], units: Mapping[int, str]) -> Headings:
        return self.headings(row, [f"{head}[{units[c]}]" if c in units else head for c, head in enumerate(heads)])

    def with_corner(self, best: Headings, cells: Sequence[Sequence[str]]) -> Headings:
        """The headings of a table with a firm in each column: the corner above the questions, or "Question" there, heads the
        names of the firms, and one of the columns may hold the units of all."""
        heads = cells[best.row]
        for row in cells[best.row + 1 :]:
            if (units := units_below(best.keys, row, self.knowledge)) is not None:
                best = self._in_units(best.row, heads, units)
                break
        words = catalogue("batch")["head.corner"]
        corner = {"", *(comparable(word) for lang in ("zh", "en") for word in words[lang].split("|"))}
        first = next((c for c, head in enumerate(heads[: min(best.keys, default=0)]) if comparable(head) in corner), None)
        answers = {comparable(word) for lang in ("zh", "en") for word in catalogue("batch")["head.answers"][lang].split("|")}
        if first is None:
            return best
        ignored = tuple(known for known in best.ignored if known[0] != first)
        if NAME in best.keys.values() or any(comparable(row[first]) in answers for row in cells if first < len(row)):
            return replace(best, ignored=ignored)
        return replace(best, keys={**best.keys, first: NAME}, ignored=ignored)

    def with_money_unit(self, best: Headings, cells: Sequence[Sequence[str]]) -> Headings:
        """The headings with the unit that the table names for all its sums, where their own head names none."""
        unit = money_unit(cells, best.row, best.keys, self.knowledge)
        if unit is None:
            return best
        facts, named = self.knowledge.reading.facts, set(best.units) | set(best.unit_columns) | best.in_own_unit
        sums = (c for c, key in best.keys.items() if key in facts and facts[key].type.of_money and c not in named)
        return replace(best, units={**best.units, **dict.fromkeys(sums, unit)})

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
            if (names := [name for name in questions_of(key, self.knowledge) if name in self.knowledge.retired])
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
        found = {key for word in closest if (key := known.get(word, ""))}
        return replace(headings, ignored=tuple(ignored), nearly={key: self._called(key) for key in found})

    def _called(self, key: str) -> Text:
        """What a key is called beside a head that may have been meant for it."""
        if key.startswith("firm."):
            words = catalogue("batch")[f"head.{key}"]
            return Text(zh=f"“{words.zh.split('|')[0]}”", en=f"'{words.en.split('|')[0]}'")
        question = self.knowledge.reading.questions[questions_of(key, self.knowledge)[0]]
        return Text(zh=f"{question.code}“{question.text.zh}”", en=f"{question.code} '{question.text.en}'")

    def with_absent(self, headings: Headings, heads: Sequence[str]) -> Headings:
        """The headings with those that the user's own file speaks of, and that are in no column."""
        there = {comparable(head) for head in heads}
        return replace(headings, not_there=tuple(head for plain, head in self.spoken_of.items() if plain not in there))
