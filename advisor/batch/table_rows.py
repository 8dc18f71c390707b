"""The firm in each row of a table: its answers, or every mistake in the row."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from advisor import yaml_source
from advisor.batch.file_names import FileNames
from advisor.batch.firms import FirmRow
from advisor.errors import Problem, ProblemsError
from advisor.interview import Answer, Answers
from advisor.interview.annotations import merged
from advisor.interview.answer_files import answers_in
from advisor.interview.answers import Annotation, Firm
from advisor.interview.beside_answers import of_today, read_beside
from advisor.interview.cell_units import UNIT_MARK
from advisor.interview.column_units import column_readers
from advisor.interview.double_columns import joined_answers
from advisor.interview.firm_table import FirmTable, cell_fault
from advisor.interview.head_words import ABOUT, ID, NAME, REMARKS
from advisor.interview.headings import Headings
from advisor.interview.reading_notes import beside_nothing
from advisor.interview.upgrades import CARRIED, DROPPED, carry_over
from advisor.knowledge.model import Knowledge
from advisor.workbook_comments import CellComment

TOLD_BY_COLUMN = (CARRIED, DROPPED)
"""What the notes of the table say of a column, once for all rows."""


class RowReader:
    """Reads the rows of a table; equal cells of a column are parsed once."""

    def __init__(self, table: FirmTable, headings: Headings, knowledge: Knowledge) -> None:
        self._table, self._headings, self._knowledge = table, headings, knowledge
        self._readers = column_readers(headings, knowledge, table.points_asked)
        self._order = {name: position for position, name in enumerate(knowledge.questions)}
        self._names = FileNames()
        self._keys = {column: key for column, key in headings.keys.items() if key != REMARKS}
        self._asked = {column: reader.questions for column, reader in self._readers.items()}
        self._asked |= {c: (split.question,) for split in headings.splits.values() for c, _ in split.columns}
        self._comments: dict[int, dict[int, CellComment]] = {}
        for (number, column), said in table.comments.items():
            self._comments.setdefault(number, {})[column] = said
        self._faulty = {number for number, _ in (*table.formulas, *table.merged, *table.across)}
        self._heading_cells = table.cells[headings.row]

    def row(self, number: int, cells: Sequence[str]) -> FirmRow:
        """The firm in a row, ``number`` counted from 0."""
        texts: dict[str, str] = {}
        answers: dict[str, Answer] = {}
        words: dict[str, str] = {}
        kept: dict[str, Annotation] = {}
        notes: list[Problem] = []
        problems: list[Problem] = []
        width, faulty, joined = len(cells), number in self._faulty, self._headings.joined
        for column, key in self._keys.items():
            text = self._headings.text(column, cells) if column in joined else cells[column] if column < width else ""
            reader = self._readers.get(column)
            if reader is None:
                texts[key] = text
            if (faulty or reader is None) and (
                fault := cell_fault(self._table, self._heading_cells[column], number, column, text)
            ):
                problems.append(fault)
            elif text and reader is not None:
                result = reader.cell(text)
                if isinstance(result, dict):
                    if column in self._headings.doubles:
                        problems += self._joined(number, column, cells, answers, result)
                    else:
                        answers.update(result)
                    words |= {n: text for n, answer in result.items() if answer.status == "within" and len(result) == 1}
                    if reader.notes:
                        place = self._table.place(number, column)
                        notes += [replace(note, place=place) for note in reader.notes.get(text, ())]
                    if text in reader.kept:
                        kept[key] = Annotation(note=reader.kept[text])
                else:
                    place = self._table.place(number, column)
                    problems += [replace(problem, place=place) for problem in result]
        place_in_row = functools.partial(self._table.place, number)
        beside, unread = read_beside(cells, self._headings.beside, place_in_row, self._knowledge)
        problems += unread
        notes += self._commented(number, kept)
        beside |= {name: merged(beside[name], note) if name in beside else note for name, note in kept.items()}
        firm = self._firm(number, texts, problems)
        name = self._names.take(texts.get(ID, ""), texts.get(NAME, ""), number + 1)
        if problems:
            return FirmRow(number + 1, name, None, tuple(problems))
        current_answers, upgrade_notes = carry_over(answers, self._knowledge, lambda _: self._table.place(number))
        notes += [note for note in upgrade_notes if note.code not in TOLD_BY_COLUMN]
        ordered = dict(sorted(current_answers.items(), key=self._question_order))
        annotations = of_today(beside, words, answers, self._knowledge) if beside or words else {}
        return FirmRow(number + 1, name, Answers(ordered, firm, tuple(notes), annotations=annotations))

    def _joined(
        self, number: int, column: int, cells: Sequence[str], answers: dict[str, Answer], found: Mapping[str, Answer]
    ) -> list[Problem]:
        """Take the answers of a column that asks what an earlier one asks."""

        def text_of(at: int) -> str:
            return self._headings.text(at, cells).replace(UNIT_MARK, " ")

        return joined_answers(self._headings, column, answers, found, text_of, self._table.place(number, column))

    def _commented(self, number: int, kept: dict[str, Annotation]) -> Iterator[Problem]:
        """Keep the comments on the cells of a row beside their questions; those on other cells are told."""
        for column, comment in sorted(self._comments.get(number, {}).items()):
            said = Annotation(note=comment.text, by=comment.author)
            for name in self._asked.get(column, ()):
                kept[name] = merged(kept[name], said) if name in kept else said
            if column not in self._asked:
                yield beside_nothing(comment.text, self._table.place(number, column))

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
