"""Answer files in YAML, JSON, JSON lines, CSV or XLSX: every key matched to a question, every value to an answer it allows.

Enters: a file, keyed by question id (``process_complexity``) or catalogue code (``G1``; ``A4: 70 / 5`` fills both parts
of A4), in YAML and JSON perhaps with a second line of business. Leaves: :class:`~advisor.interview.answers.Answers`, or one
error that lists every mistake with its line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, ProblemsError, nearest, shortened
from advisor.files import read_file
from advisor.interview.annotations import (
    apart,
    carried,
    field_key,
    kept_annotation,
    merged,
    read_annotation,
    with_words,
)
from advisor.interview.answer_parsing import answer_to, parse_answer, split
from advisor.interview.answer_table_reader import LARGEST, gathered
from advisor.interview.answers import (
    Annotation,
    Answer,
    Answers,
    Author,
    Decision,
    Firm,
    Ruling,
    View,
    Views,
    two_lines,
)
from advisor.interview.authors import RULES, author_in, ruling_in
from advisor.interview.row_groups import Gathered
from advisor.interview.upgrades import OVERRULED, RENAMED, StepNames, carry_over, destinations
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question, Role
from advisor.sheets.kinds import TABLE_SUFFIXES, is_binary
from advisor.tables import read_sheets
from advisor.text import LANGS, Text, single_line

MAX_PROBLEMS = 100
"""No more mistakes than this are reported at once: nobody mends more before trying again."""
NOBODY = Firm()
TABLES = tuple(suffix.removeprefix(".") for suffix in TABLE_SUFFIXES)
LINE_B = "line_b"
"""The part of a sheet with the answers in which a second line of business differs, and its name."""
BY = "by"
"""The part of a sheet that says who filled it in."""
VIEWS = "views"
"""The part of a merged sheet with the sheets it was made from."""
HEADS = ("firm", "answers", LINE_B, BY, VIEWS)


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
    problems, notes = list[Problem](), list[Problem]()
    try:
        if ending in TABLES or is_binary(content):
            raw, problems, notes = gathered(read_sheets(content, name, LARGEST), name, knowledge)
        elif ending in ("json", "jsonl"):
            raw = _parse_json(content if ending == "json" else _only_line(content, name), name)
        else:
            raw = yaml_source.parse_bytes(content, name)
    except ProblemsError as error:
        raise AnswersError(error.problems) from None
    return _AnswersReader(name, raw, knowledge, problems, notes).answers()


def answers_in(raw: Any, name: str, knowledge: Knowledge) -> Answers:
    """The answers in a file already read: a mapping with ``firm`` and ``answers``, or of answers alone.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return _AnswersReader(name, raw, knowledge).answers()


def firm_answers_in(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> Answers:
    """The ``answers`` of a file that holds other things beside them, with ``line_b`` where it is there.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    reader = _AnswersReader(name, raw, knowledge)
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
    return _AnswersReader(name, raw, knowledge).entries(raw)


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


def annotations_today(beside: Mapping[str, Annotation], knowledge: Knowledge) -> dict[str, Annotation]:
    """Annotations by today's questions, in their order."""
    if not beside:
        return {}
    today = carried(beside, lambda name: destinations(name, knowledge), knowledge.questions)
    return {name: today[name] for name in knowledge.questions if name in today}


def with_kept_line(sheet: Answers, kept: Mapping[str, Any], knowledge: Knowledge) -> Answers:
    """A sheet with the second line of business that this program kept beside it."""
    name = kept["name"]
    named = Text(**name) if isinstance(name, Mapping) else Text(zh=name, en=name) if name else None
    return second_line_added(sheet, kept_answers(kept["answers"], knowledge), named)


def second_line_added(sheet: Answers, line: Answers, name: Text | None) -> Answers:
    """A sheet with the answers in which a second line of business differs, and the notes on them."""
    if not line.given and not line.annotations:
        return sheet
    return replace(two_lines(sheet, line.given, name, line.annotations), notes=(*sheet.notes, *line.notes))


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
    def __init__(
        self, name: str, raw: Any, knowledge: Knowledge, problems: Sequence[Problem] = (), notes: Sequence[Problem] = ()
    ) -> None:
        self.name, self.raw, self.today, self.knowledge = name, raw, knowledge, knowledge.reading
        self.problems = list(problems)
        self.steps, self.notes = StepNames(knowledge), [*notes, *(raw.notes if isinstance(raw, Gathered) else ())]
        self.given: dict[str, Answer] = {}
        self.first: dict[str, tuple[Place, str]] = {}
        self.beside: dict[str, Annotation] = {}
        self.words: dict[str, Any] = {}

    def answers(self) -> Answers:
        if self.raw is None:
            return Answers()
        if not isinstance(self.raw, Mapping):
            self.complain("A107", (), found=shortened(self.raw))
        else:
            firm, second = self.firm(self.raw.get("firm")), self.second_line(self.raw.get(LINE_B))
            author, views = self.author(self.raw.get(BY), (BY,)), self.views(self.raw.get(VIEWS))
            nested = isinstance(self.raw.get("answers"), Mapping)
            if not nested and self.raw.get("answers") is not None:
                self.complain("A107", ("answers",), found=shortened(self.raw["answers"]))
            body = self.raw["answers"] if nested else {k: v for k, v in self.raw.items() if k not in HEADS}
            if nested:
                for key in self.raw:
                    if key not in HEADS:
                        self.complain("A101", (key,), name=key, nearest=", ".join(HEADS))
            sheet = replace(self.entries(body, ("answers",) if nested else (), firm), author=author, views=views)
            return sheet if second is None else second_line_added(sheet, *second)
        raise AnswersError(self.problems)

    def entries(self, body: Mapping[Any, Any], above: tuple[str | int, ...] = (), firm: Firm = NOBODY) -> Answers:
        for key, value in body.items():
            path = (*above, key)
            if len(self.problems) >= MAX_PROBLEMS:
                self.complain("A114", path, limit=MAX_PROBLEMS)
                break
            self.entry(key, value, path)
        if self.problems:
            raise AnswersError(self.problems)
        given, told = carry_over(self.given, self.today, lambda name: self.first[name][0])
        order = {name: index for index, name in enumerate(self.today.questions)}
        ordered = dict(sorted(given.items(), key=lambda item: order[item[0]]))
        beside = annotations_today(self._with_words(), self.today)
        return Answers(ordered, firm, (*self.notes, *told), annotations=beside)

    def _with_words(self) -> dict[str, Annotation]:
        """What stands beside the answers, with the words of those that were read as bounds."""
        nothing = Annotation()
        named = dict.fromkeys((*self.beside, *self.words))
        found = {n: with_words(self.beside.get(n, nothing), self.given.get(n), self.words.get(n)) for n in named}
        return {name: annotation for name, annotation in found.items() if annotation}

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

    def author(self, raw: Any, path: tuple[str | int, ...]) -> Author | None:
        """Who filled in a sheet; None where it does not say."""
        try:
            return author_in(raw)
        except ValueError:
            self.complain("A180", path, found=shortened(raw), roles=", ".join(get_args(Role)))
            return None

    def views(self, raw: Any) -> Views | None:
        """The sheets that a merged one was made from; None where it is not merged."""
        if raw is None:
            return None
        sheets = raw.get("sheets") if isinstance(raw, Mapping) and not set(raw) - {"sheets", "rules", "decided"} else None
        if not isinstance(sheets, list) or not sheets:
            self.complain("A181", (VIEWS,))
            return None
        read = [view for number, sheet in enumerate(sheets) if (view := self.view(sheet, (VIEWS, "sheets", number)))]
        rules = {key: self.ruling(entry, (VIEWS, "rules", key)) for key, entry in (raw.get("rules") or {}).items()}
        decided = {}
        for key, entry in (raw.get("decided") or {}).items():
            path = (VIEWS, "decided", key)
            reader = _AnswersReader(self.name, self.raw, self.today)
            try:
                answer = reader.entries({key: entry.get("answer")}, path).given.get(key)
            except (AnswersError, AttributeError):
                answer = None
            if answer is None:
                self.complain("A181", path)
            else:
                decided[key] = Decision(answer, self.ruling(entry, path))
        return Views(tuple(read), rules, decided)

    def view(self, raw: Any, path: tuple[str | int, ...]) -> View | None:
        """One of the sheets that a merged one was made from."""
        if not isinstance(raw, Mapping) or set(raw) - {BY, "answers", LINE_B} or not isinstance(raw.get("answers"), Mapping):
            self.complain("A181", path)
            return None
        reader = _AnswersReader(self.name, self.raw, self.today)
        author = self.author(raw.get(BY), (*path, BY)) or Author()
        try:
            sheet = reader.entries(raw["answers"], (*path, "answers"))
        except AnswersError as error:
            self.problems += error.problems
            return None
        self.notes += sheet.notes
        second = self.second_line(raw.get(LINE_B), (*path, LINE_B))
        lines = second_line_added(sheet, *second).lines if second else None
        return View(author, sheet.given, lines, sheet.annotations)

    def ruling(self, raw: Any, path: tuple[str | int, ...]) -> Ruling:
        """What decides between different answers, as a merged sheet or a file of rules has it."""
        try:
            return ruling_in(raw)
        except ValueError:
            self.complain("A182", path, found=shortened(raw), rules=", ".join(RULES))
            return Ruling("")

    def second_line(self, raw: Any, path: tuple[str | int, ...] = (LINE_B,)) -> tuple[Answers, Text | None] | None:
        """What a second line of business answers otherwise, and its name; None where there is none."""
        if raw is None:
            return None
        entries = raw.get("answers") if isinstance(raw, Mapping) and not set(raw) - {"name", "answers"} else None
        name = raw.get("name") if isinstance(raw, Mapping) else None
        said = name if isinstance(name, Mapping) else dict.fromkeys(LANGS, name)
        if not isinstance(entries, Mapping) or set(said) != set(LANGS) or not all(map(_is_line, said.values())):
            self.complain("A150", path)
            return None
        reader = _AnswersReader(self.name, self.raw, self.today)
        try:
            read = reader.entries(entries, (*path, "answers"))
        except AnswersError as error:
            self.problems += error.problems
            return None
        for question in (self.today.questions[name] for name in read.given if name not in self.today.by_line):
            place = reader.first[question.id][0] if question.id in reader.first else self.place(path)
            self.problems.append(Problem("A151", place, {"code": question.code, "name": question.id}))
        words = {lang: single_line(str(text or "")) for lang, text in said.items()}
        return read, Text(**words) if all(words.values()) else None

    def entry(self, key: Any, value: Any, path: tuple[str | int, ...]) -> None:
        word = str(key).strip()
        if parts := self.named(word):
            value, beside = apart(value)
            for question in parts if beside else ():
                self.annotate(question, beside, path)
        elif (flat := field_key(word)) and (questions := self.named(flat[0])):
            for question in questions:
                self.annotate(question, {flat[1]: value}, path)
            return
        if word in self.knowledge.questions:
            self.answer(self.knowledge.questions[word], value, path)
            return
        if not parts:
            names = [*self.today.questions, *self.today.codes]
            self.complain("A101", path, name=shortened(word), nearest=nearest(word[:MAX_TEXT], names) or "–")
            return
        questions = list(parts)
        values = [value] if len(questions) == 1 else split(value, len(questions))
        if len(values) != len(questions):
            codes = ", ".join(q.code for q in questions)
            example = f"{word}: " + " / ".join("…" for _ in questions)
            self.complain("A113", path, code=word, count=len(parts), parts=codes, found=len(values), example=example)
            return
        for question, part in zip(questions, values, strict=True):
            self.answer(question, part, path)

    def named(self, word: str) -> Sequence[Question]:
        """The questions that a key names, by id or code; none where it names none."""
        if word in self.knowledge.questions:
            return [self.knowledge.questions[word]]
        names = self.knowledge.codes.get(word) or self.knowledge.codes.get(word.upper()[:1] + word.lower()[1:]) or ()
        return [self.knowledge.questions[name] for name in names]

    def annotate(self, question: Question, parts: Mapping[str, Any], path: tuple[str | int, ...]) -> None:
        """Keep what stands beside an answer; what is written in two places stands one under the other."""
        names = {"code": question.code, "name": question.id}
        read = read_annotation(parts, lambda code, **values: self.complain(code, path, **{**names, **values}))
        known = self.beside.get(question.id)
        self.beside[question.id] = merged(known, read) if known else read

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
        if answer.status == "within":
            self.words[question.id] = value

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
