"""Units that a form names for its answers: in the words of a question (``首期预算（万元）``), behind the head of all answers
(``答案（万元）``), and for all sums above or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.interview.answer_table_heads import FormHeads
from advisor.interview.cell_units import in_unit, in_unit_beside, is_number
from advisor.interview.firm_table import TableNote
from advisor.interview.head_words import match
from advisor.interview.row_groups import LONGEST
from advisor.interview.table_units import money_unit
from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.model import Knowledge

_IN_BRACKETS = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]+?)\s*[)）\]】]\s*$")


class FormUnits:
    """Reads the answers of one form in the units it names, and keeps which were. A unit in the words of a question goes
    before one behind the head of the answers, and that before one of all sums."""

    def __init__(self, rows: Sequence[Sequence[str]], heads: FormHeads, knowledge: Knowledge) -> None:
        self.row, self.head, self.knowledge = heads.row, heads.cells[heads.columns["answer"]], knowledge
        self.used = dict[tuple[str, str], int]()
        found = _IN_BRACKETS.search(self.head)
        self.of_answers = found[1] if found else ""
        self.of_sums = money_unit(rows, heads.row - 1, {}, knowledge)

    def read(self, key: str, text: str, asked: str = "", line: int = 0) -> str:
        """The answer to a question, by id or code, as its question reads it; ``asked`` are the words of the question in row
        ``line``."""
        names = self.knowledge.reading.codes.get(key, (key,))
        if not text or len(names) != 1 or not is_number(names[0], self.knowledge):
            return text
        read, told = text, (self.head, "")
        fact = self.knowledge.reading.facts[names[0]]
        if unit := self._of_question(names[0], asked):
            read, told = self._in_unit(text, names[0], unit), (asked, unit.written)
        elif self.of_answers and fact.type.head_unit(fact, self.of_answers):
            read, told = in_unit_beside(text, names[0], self.of_answers, self.knowledge), (self.head, self.of_answers)
        elif self.of_sums is not None and fact.type.of_money:
            read, told = self._in_unit(text, names[0], self.of_sums), (self.head, self.of_sums.written)
        if read != text:
            self.used.setdefault(told, line if unit else self.row)
        return read

    def _in_unit(self, text: str, name: str, unit: HeadUnit) -> str:
        """An answer in a unit that its question may not know, which is asked about then."""
        return in_unit(text, name, unit.suffix, self.knowledge) if unit.known else f"{text} {unit.written}"

    def _of_question(self, name: str, asked: str) -> HeadUnit | None:
        """The unit that the words of a question name, where these are not our own."""
        if not asked or len(asked) > LONGEST:
            return None
        head = match(f"{self.knowledge.reading.questions[name].code} {asked}", self.knowledge)
        return head.unit if head is not None and head.key == name else None

    def notes(self) -> Iterator[tuple[int, TableNote]]:
        """In which units answers were read, and the row of each note."""
        for (head, written), line in self.used.items():
            yield line, TableNote("note.unit_alone", {"head": head[:60], "unit": written})
