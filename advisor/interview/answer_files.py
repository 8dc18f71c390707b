"""Answer files in YAML, JSON, JSON lines, CSV or XLSX: every key matched to a question, every value to an answer it allows.

Enters: a file, keyed by question id (``process_complexity``) or catalogue code (``G1``; ``A4: 70 / 5`` fills both parts
of A4). Leaves: :class:`~advisor.interview.answers.Answers`, or one error that lists every mistake with its line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, ProblemsError, nearest, shortened
from advisor.files import read_file
from advisor.interview.answer_parsing import answer_to, parse_answer, split
from advisor.interview.answer_table_reader import LARGEST, gathered
from advisor.interview.answers import Answer, Answers, Firm
from advisor.interview.row_groups import Gathered
from advisor.interview.upgrades import OVERRULED, RENAMED, StepNames, carry_over
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.tables import read_sheets
from advisor.text import LANGS, Text, single_line

MAX_PROBLEMS = 100
"""No more mistakes than this are reported at once: nobody mends more before trying again."""
NOBODY = Firm()
TABLES = ("csv", "xlsx")


def read_answers(path: Path, knowledge: Knowledge) -> Answers:
    """The answers in the file at ``path`` (.yaml, .yml, .json, .jsonl, .csv or .xlsx).

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once, :class:`~advisor.errors.InputError` where
    the file cannot be read at all.
    """
    return parse_answers(read_file(path), str(path), knowledge)


def parse_answers(content: bytes, name: str, knowledge: Knowledge) -> Answers:
    """The answers in ``content``; ``name`` is the file name that errors show and whose ending tells what it is: JSON, JSON
    lines with one firm, a table (CSV, XLSX), else YAML. Raises :class:`~advisor.errors.AnswersError` with every mistake at
    once."""
    ending = name.lower().rpartition(".")[2]
    problems: list[Problem] = []
    try:
        if ending in TABLES:
            raw, problems = gathered(read_sheets(content, name, LARGEST), name, knowledge)
        elif ending in ("json", "jsonl"):
            raw = _parse_json(content if ending == "json" else _only_line(content, name), name)
        else:
            raw = yaml_source.parse_bytes(content, name)
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    return _AnswersReader(name, raw, knowledge, problems).answers()


def answers_in(raw: Any, name: str, knowledge: Knowledge) -> Answers:
    """The answers in a file already read: a mapping with ``firm`` and ``answers``, or of answers alone.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return _AnswersReader(name, raw, knowledge).answers()


def parse_entries(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> dict[str, Answer]:
    """Answers by question from a mapping of codes or ids to values, as in a file of answers without its head.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return dict(entries_in(raw, name, knowledge).given)


def entries_in(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> Answers:
    """As :func:`parse_entries`, with the notes on what was carried over from earlier versions."""
    return _AnswersReader(name, raw, knowledge).entries(raw)


def kept_answers(kept: Mapping[str, Any], knowledge: Knowledge) -> Answers:
    """The answers that this program kept by question id, in a database perhaps, those of earlier versions carried over.

    What is no answer any more is passed over, and so is the answer to a retired question where the new one is answered.
    """
    steps, given = StepNames(knowledge), dict[str, Answer]()
    for name, question in knowledge.reading.questions.items():
        value = steps.today(name, kept.get(name))
        answer = parse_answer(question, value, knowledge.reading, Place(question.code))
        if isinstance(answer, Answer):
            given[name] = answer
    today, notes = carry_over(given, knowledge, lambda name: Place(knowledge.retired[name].code))
    ordered = {name: today[name] for name in knowledge.questions if name in today}
    return Answers(ordered, notes=tuple(note for note in notes if note.code != OVERRULED))


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
            raise ProblemsError([Problem("K003", Place(name), {"limit": yaml_source.MAX_BYTES})])
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


class _AnswersReader:
    def __init__(self, name: str, raw: Any, knowledge: Knowledge, problems: Sequence[Problem] = ()) -> None:
        self.name, self.raw, self.today, self.knowledge = name, raw, knowledge, knowledge.reading
        self.problems = list(problems)
        self.steps, self.notes = StepNames(knowledge), list[Problem]()
        self.given: dict[str, Answer] = {}
        self.first: dict[str, tuple[Place, str]] = {}

    def answers(self) -> Answers:
        if self.raw is None:
            return Answers()
        if not isinstance(self.raw, Mapping):
            self.complain("A107", (), found=shortened(self.raw))
        else:
            firm = self.firm(self.raw.get("firm"))
            nested = isinstance(self.raw.get("answers"), Mapping)
            if not nested and self.raw.get("answers") is not None:
                self.complain("A107", ("answers",), found=shortened(self.raw["answers"]))
            body = self.raw["answers"] if nested else {k: v for k, v in self.raw.items() if k not in ("firm", "answers")}
            if nested:
                for key in self.raw:
                    if key not in ("firm", "answers"):
                        self.complain("A101", (key,), name=key, nearest="firm, answers")
            return self.entries(body, ("answers",) if nested else (), firm)
        raise AnswersError(self.problems)

    def entries(self, body: Mapping[Any, Any], above: tuple[str, ...] = (), firm: Firm = NOBODY) -> Answers:
        for key, value in body.items():
            path = (*above, key)
            if len(self.problems) >= MAX_PROBLEMS:
                self.complain("A114", path, limit=MAX_PROBLEMS)
                break
            self.entry(key, value, path)
        if self.problems:
            raise AnswersError(self.problems)
        given, carried = carry_over(self.given, self.today, lambda name: self.first[name][0])
        order = {name: index for index, name in enumerate(self.today.questions)}
        return Answers(dict(sorted(given.items(), key=lambda item: order[item[0]])), firm, (*self.notes, *carried))

    def complain(self, problem_code: str, path: tuple[str | int, ...], /, **values: object) -> None:
        self.problems.append(Problem(problem_code, self.place(path), values))

    def place(self, path: tuple[str | int, ...]) -> Place:
        sheet = self.raw.sheets.get(path[0], "") if isinstance(self.raw, Gathered) and path else ""
        return Place(self.name, *yaml_source.locate(self.raw, path), sheet)

    def firm(self, raw: Any) -> Firm:
        if raw is None:
            return Firm()
        fields: dict[str, Text | None] = {}
        for key, value in (raw if isinstance(raw, Mapping) else {"name": raw}).items():
            said = value if isinstance(value, Mapping) else dict.fromkeys(LANGS, value)
            if key in ("name", "about") and set(said) == set(LANGS) and all(map(_is_line, said.values())):
                words = {lang: single_line(str(text or "")) for lang, text in said.items()}
                fields[key] = Text(**words) if all(words.values()) else None
            elif (count := max((len(text) for text in said.values() if isinstance(text, str)), default=0)) > MAX_TEXT:
                self.complain("A149", ("firm", key), field=shortened(key), count=count, most=MAX_TEXT)
            else:
                self.complain("A112", ("firm", key), field=key, found=shortened(value))
        return Firm(**fields)

    def entry(self, key: Any, value: Any, path: tuple[str | int, ...]) -> None:
        word = str(key).strip()
        if word in self.knowledge.questions:
            self.answer(self.knowledge.questions[word], value, path)
            return
        parts = self.knowledge.codes.get(word) or self.knowledge.codes.get(word.upper()[:1] + word.lower()[1:])
        if not parts:
            names = [*self.today.questions, *self.today.codes]
            self.complain("A101", path, name=shortened(word), nearest=nearest(word[:MAX_TEXT], names) or "–")
            return
        questions = [self.knowledge.questions[name] for name in parts]
        values = [value] if len(questions) == 1 else split(value, len(questions))
        if len(values) != len(questions):
            codes = ", ".join(q.code for q in questions)
            example = f"{word}: " + " / ".join("…" for _ in questions)
            self.complain("A113", path, code=word, count=len(parts), parts=codes, found=len(values), example=example)
            return
        for question, part in zip(questions, values, strict=True):
            self.answer(question, part, path)

    def answer(self, question: Question, value: Any, path: tuple[str | int, ...]) -> None:
        names = {"code": question.code, "name": question.id}
        today = self.steps.today(question.id, value)
        for old, new in self.steps.renamed(question.id, value, today):
            self.notes.append(Problem(RENAMED, self.place(path), {**names, "old": old, "new": new}, "note"))
        try:
            answer = answer_to(question, today, self.knowledge)
        except RefusedError as refused:
            typed = {shortened(today): shortened(value)}  # not the name that the program put in its place
            values = {key: typed.get(shown, shown) for key, shown in refused.values.items() if isinstance(shown, str)}
            self.complain(refused.code, path, **{**names, **refused.values, **values})
            return
        if answer is None:
            return
        key = shortened(path[-1])
        if first := self.first.get(question.id):
            self.repeated(path, names, *first, key)
        self.given[question.id], self.first[question.id] = answer, (self.place(path), key)

    def repeated(self, path: tuple[str | int, ...], names: dict[str, str], first: Place, first_key: str, key: str) -> None:
        """Say where the other answer stands: in which cell, on which line, or, in a mapping, under which key."""
        if first.sheet:
            self.complain("A131", path, **names, first=f"{first.sheet}!{first.cell}")
        elif first.line:
            self.complain("A106", path, **names, first=first.line)
        else:
            self.complain("A147", path, **names, first=first_key, second=key)


def _is_line(value: Any) -> bool:
    if isinstance(value, float | bool):
        return False
    return value is None or (isinstance(value, str | int) and len(str(value)) <= MAX_TEXT)
