"""Units that a form names once: behind the head of its answers (``答案（万元）``), and for all its sums above or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.interview.answer_table_heads import FormHeads
from advisor.interview.cell_units import in_unit, in_unit_beside, is_number
from advisor.interview.firm_table import TableNote
from advisor.interview.table_units import money_unit
from advisor.knowledge.model import Knowledge

_IN_BRACKETS = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]+?)\s*[)）\]】]\s*$")


class FormUnits:
    """Reads the answers of one form in the units it names, and keeps which were."""

    def __init__(self, rows: Sequence[Sequence[str]], heads: FormHeads, knowledge: Knowledge) -> None:
        self.head, self.knowledge, self.used = heads.cells[heads.columns["answer"]], knowledge, dict[str, None]()
        found = _IN_BRACKETS.search(self.head)
        self.of_answers = found[1] if found else ""
        self.of_sums = money_unit(rows, heads.row - 1, {}, knowledge)

    def read(self, key: str, text: str) -> str:
        """The answer to a question, by id or code, as its question reads it."""
        names = self.knowledge.codes.get(key, (key,))
        if not text or len(names) != 1 or not is_number(names[0], self.knowledge):
            return text
        read, written = text, ""
        fact = self.knowledge.facts[names[0]]
        if self.of_answers and fact.type.head_unit(fact, self.of_answers):
            read, written = in_unit_beside(text, names[0], self.of_answers, self.knowledge), self.of_answers
        elif self.of_sums is not None and fact.type.of_money:
            written = self.of_sums.written
            known = self.of_sums.known
            read = in_unit(text, names[0], self.of_sums.suffix, self.knowledge) if known else f"{text} {written}"
        if read != text:
            self.used[written] = None
        return read

    def notes(self) -> Iterator[TableNote]:
        """In which units answers were read."""
        for written in self.used:
            yield TableNote("note.unit_alone", {"head": self.head[:60], "unit": written})
