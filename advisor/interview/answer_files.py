"""Answer files in YAML, JSON, JSON lines, CSV or XLSX: every key matched to a question, every value to an answer it allows.

Enters: a file, keyed by question id (``process_complexity``) or catalogue code (``G1``; ``A4: 70 / 5`` fills both parts
of A4), in YAML and JSON perhaps with a second line of business. Leaves: :class:`~advisor.interview.answers.Answers`, or one
error that lists every mistake with its line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, ProblemsError
from advisor.files import read_file
from advisor.interview.annotations import apart, kept_annotation
from advisor.interview.answer_parsing import parse_answer
from advisor.interview.answer_table_reader import LARGEST, gathered
from advisor.interview.answers import Annotation, Answer, Answers
from advisor.interview.answers_reader import LINE_B, AnswersReader, annotations_today, second_line_added
from advisor.interview.reading_notes import encoding_notes
from advisor.interview.table_options import AS_IT_IS, TableOptions
from advisor.interview.upgrades import OVERRULED, StepNames, carry_over
from advisor.knowledge.model import Knowledge
from advisor.sheets.kinds import TABLE_SUFFIXES, is_binary
from advisor.tables import decoded, is_workbook, read_sheets
from advisor.text import Text

TABLES = tuple(suffix.removeprefix(".") for suffix in TABLE_SUFFIXES)


def read_answers(path: Path, knowledge: Knowledge, options: TableOptions = AS_IT_IS) -> Answers:
    """The answers in the file at ``path`` (.yaml, .yml, .json, .jsonl, .csv or .xlsx); ``options`` say how to read a table.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once, :class:`~advisor.errors.InputError` where
    the file cannot be read at all.
    """
    return parse_answers(read_file(path), str(path), knowledge, options)


def parse_answers(content: bytes, name: str, knowledge: Knowledge, options: TableOptions = AS_IT_IS) -> Answers:
    """The answers in ``content``; ``name`` is the file name that errors show and whose ending tells what it is: JSON, JSON
    lines with one firm, a table (CSV, XLSX), else YAML. Raises :class:`~advisor.errors.AnswersError` with every mistake at
    once."""
    ending = name.lower().rpartition(".")[2]
    problems, notes = list[Problem](), list[Problem]()
    try:
        if ending in TABLES or is_binary(content):
            sheets = read_sheets(content, name, LARGEST, options.encoding)
            raw, problems, notes = gathered(sheets, name, knowledge, options.mapping)
            if not is_workbook(content, name):
                told = encoding_notes(decoded(content, name, options.encoding)[1])
                notes = [*(note.problem(Place(name)) for note in told), *notes]
        elif ending in ("json", "jsonl"):
            raw = _parse_json(content if ending == "json" else _only_line(content, name), name)
        else:
            raw = yaml_source.parse_bytes(content, name)
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    return AnswersReader(name, raw, knowledge, problems, notes).answers()


def answers_in(raw: Any, name: str, knowledge: Knowledge) -> Answers:
    """The answers in a file already read: a mapping with ``firm`` and ``answers``, or of answers alone.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return AnswersReader(name, raw, knowledge).answers()


def firm_answers_in(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> Answers:
    """The ``answers`` of a file that holds other things beside them, with ``line_b`` where it is there.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    reader = AnswersReader(name, raw, knowledge)
    second = reader.second_line(raw.get(LINE_B))
    sheet = reader.entries(raw["answers"], ("answers",))
    return sheet if second is None else second_line_added(sheet, *second)


def parse_entries(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> dict[str, Answer]:
    """Answers by question from a mapping of codes or ids to values, as in a file of answers without its head.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return dict(entries_in(raw, name, knowledge).given)


def entries_in(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> Answers:
    """As :func:`parse_entries`, with the notes on what was carried over from earlier versions."""
    return AnswersReader(name, raw, knowledge).entries(raw)


def kept_answers(kept: Mapping[str, Any], knowledge: Knowledge) -> Answers:
    """The answers that this program kept by question id, in a database perhaps, those of earlier versions carried over.

    What is no answer any more is passed over, and so is the answer to a retired question where the new one is answered.
    """
    steps, given, beside = StepNames(knowledge), dict[str, Answer](), dict[str, Annotation]()
    for name, question in knowledge.reading.questions.items():
        raw, parts = apart(kept.get(name))
        answer = parse_answer(question, steps.today(name, raw), knowledge.reading, Place(question.code))
        if isinstance(answer, Answer):
            given[name] = answer
        if annotation := kept_annotation(parts):
            beside[name] = annotation
    today, notes = carry_over(given, knowledge, lambda name: Place(knowledge.retired[name].code))
    ordered = {name: today[name] for name in knowledge.questions if name in today}
    told = tuple(note for note in notes if note.code != OVERRULED)
    return Answers(ordered, notes=told, annotations=annotations_today(beside, knowledge))


def with_kept_line(sheet: Answers, kept: Mapping[str, Any], knowledge: Knowledge) -> Answers:
    """A sheet with the second line of business that this program kept beside it."""
    name = kept["name"]
    named = Text(**name) if isinstance(name, Mapping) else Text(zh=name, en=name) if name else None
    return second_line_added(sheet, kept_answers(kept["answers"], knowledge), named)


def _only_line(content: bytes, name: str) -> bytes:
    """The one line of JSON lines: this reads one firm, and leaves many to a batch."""
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1:
        raise ProblemsError([Problem("A132", Place(name, 2), {"count": len(lines)})])
    return content


def _parse_json(content: bytes, name: str) -> Any:
    """JSON, read a second time as YAML (of which it is all but a subset) for the line of each key."""
    try:
        text = content.decode("utf-8-sig")
        if len(content) > yaml_source.MAX_BYTES:
            raise ProblemsError([Problem("K003", Place(name), {"limit": yaml_source.MAX_SIZE})])
        plain = json.loads(text, parse_int=yaml_source.read_int)
    except UnicodeDecodeError as error:
        raise ProblemsError([Problem("K007", Place(name), {"offset": error.start})]) from None
    except RecursionError:
        raise ProblemsError([Problem("K004", Place(name), {"limit": yaml_source.MAX_DEPTH})]) from None
    except json.JSONDecodeError as error:
        raise ProblemsError([Problem("A108", Place(name, error.lineno, error.colno), {"detail": error.msg})]) from None
    except ValueError as error:
        raise ProblemsError([Problem("A108", Place(name), {"detail": error})]) from None
    try:
        return yaml_source.parse(text, name)
    except ProblemsError as error:
        if error.problems[0].code != "K001":
            raise
        return plain
