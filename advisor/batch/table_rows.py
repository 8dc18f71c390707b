"""The firm in each row of a table: its answers, or every mistake in the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor import yaml_source
from advisor.batch.file_names import FileNames
from advisor.batch.firms import FirmRow
from advisor.batch.headings import ABOUT, ID, NAME, REMARKS, Headings
from advisor.batch.table import FirmTable, cell_fault
from advisor.errors import Problem, ProblemsError
from advisor.interview import Answer, Answers
from advisor.interview.answer_files import answers_in
from advisor.interview.answers import Firm
from advisor.interview.column_reader import ColumnReader
from advisor.interview.upgrades import CARRIED, DROPPED, carry_over
from advisor.knowledge.model import Knowledge

TOLD_BY_COLUMN = (CARRIED, DROPPED)
"""What the notes of the table say of a column, once for all rows."""


class RowReader:
    """Reads the rows of a table; equal cells of a column are parsed once."""

    def __init__(self, table: FirmTable, headings: Headings, knowledge: Knowledge) -> None:
        self._table, self._headings, self._knowledge = table, headings, knowledge
        self._readers = {c: ColumnReader(key, knowledge) for c, key in headings.keys.items() if not key.startswith("firm.")}
        self._order = {name: position for position, name in enumerate(knowledge.questions)}
        self._names = FileNames()
        self._keys = {column: key for column, key in headings.keys.items() if key != REMARKS}
        self._heading_cells = table.cells[headings.row]

    def row(self, number: int, cells: Sequence[str]) -> FirmRow:
        """The firm in a row, ``number`` counted from 0."""
        texts: dict[str, str] = {}
        answers: dict[str, Answer] = {}
        notes: list[Problem] = []
        problems: list[Problem] = []
        for column, key in self._keys.items():
            text = cells[column] if column < len(cells) else ""
            texts[key] = text
            if fault := cell_fault(self._table, self._heading_cells[column], number, column, text):
                problems.append(fault)
            elif text and column in self._readers:
                result = self._readers[column].cell(text)
                place = self._table.place(number, column)
                if isinstance(result, dict):
                    answers.update(result)
                    notes += [replace(note, place=place) for note in self._readers[column].notes.get(text, ())]
                else:
                    problems += [replace(problem, place=place) for problem in result]
        firm = self._firm(number, texts, problems)
        name = self._names.take(texts.get(ID, ""), texts.get(NAME, ""), number + 1)
        if problems:
            return FirmRow(number + 1, name, None, tuple(problems))
        current_answers, upgrade_notes = carry_over(answers, self._knowledge, lambda _: self._table.place(number))
        notes += [note for note in upgrade_notes if note.code not in TOLD_BY_COLUMN]
        return FirmRow(
            number + 1, name, Answers(dict(sorted(current_answers.items(), key=self._question_order)), firm, tuple(notes))
        )

    def _question_order(self, item: tuple[str, Answer]) -> int:
        return self._order[item[0]]

    def _firm(self, number: int, texts: Mapping[str, str], problems: list[Problem]) -> Firm:
        raw, columns = yaml_source.MarkedDict(), {key: column for column, key in self._headings.keys.items()}
        for field_name, key in (("name", NAME), ("about", ABOUT)):
            if texts.get(key):
                raw[field_name], raw.key_marks[field_name] = texts[key], (number + 1, columns[key] + 1)
        document = yaml_source.MarkedDict()
        document["firm"], document.key_marks["firm"] = raw, (number + 1, 0)
        try:
            return answers_in(document, self._table.name, self._knowledge).firm
        except ProblemsError as error:
            sheet = self._table.sheet
            problems += [replace(problem, place=replace(problem.place, sheet=sheet)) for problem in error.problems]
            return Firm()
