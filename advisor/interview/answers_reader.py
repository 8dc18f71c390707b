"""What a file of answers says, once it is a mapping: every key brought to its question, every value to an answer.

Enters: a mapping keyed by question or code, perhaps with the firm, a second line of business, who filled it in, and the
sheets it was merged from. Leaves: :class:`~advisor.interview.answers.Answers`, or every mistake with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, nearest, shortened
from advisor.interview.annotations import apart, carried, field_key, merged, read_annotation, with_words
from advisor.interview.answer_parsing import answer_to, split
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
from advisor.interview.in_words import margin_in_words
from advisor.interview.row_groups import Gathered
from advisor.interview.upgrades import RENAMED, StepNames, carry_over, destinations
from advisor.interview.words_beside import BESIDE, NO_ANSWER, without_words_beside
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question, Role
from advisor.text import LANGS, Text, single_line

MAX_PROBLEMS = 100
"""No more mistakes than this are reported at once: nobody mends more before trying again."""
NOBODY = Firm()
CONVERTED = "A189"
"""The note that says what an answer in another unit or currency was read as."""
LINE_B = "line_b"
"""The part of a sheet with the answers in which a second line of business differs, and its name."""
BY = "by"
"""The part of a sheet that says who filled it in."""
VIEWS = "views"
"""The part of a merged sheet with the sheets it was made from."""
HEADS = ("firm", "answers", LINE_B, BY, VIEWS)


def annotations_today(beside: Mapping[str, Annotation], knowledge: Knowledge) -> dict[str, Annotation]:
    """Annotations by today's questions, in their order."""
    if not beside:
        return {}
    today = carried(beside, lambda name: destinations(name, knowledge), knowledge.questions)
    return {name: today[name] for name in knowledge.questions if name in today}


def second_line_added(sheet: Answers, line: Answers, name: Text | None) -> Answers:
    """A sheet with the answers in which a second line of business differs, and the notes on them."""
    if not line.given and not line.annotations:
        return sheet
    return replace(two_lines(sheet, line.given, name, line.annotations), notes=(*sheet.notes, *line.notes))


class AnswersReader:
    """Reads one mapping; mistakes are collected, and raised together."""

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
        self.is_file = False

    def answers(self) -> Answers:
        """The answers of a whole file, with its firm. Raises :class:`~advisor.errors.AnswersError` with every mistake."""
        if self.raw is None:
            return Answers()
        self.is_file = True
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
        """The answers in a mapping of keys to values; ``above`` is where it stands in the file."""
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
        """Note a mistake at a place in the file."""
        self.problems.append(Problem(problem_code, self.place(path), values))

    def place(self, path: tuple[str | int, ...]) -> Place:
        """Where a path through the file stands: its line, or its cell."""
        sheet = self.raw.sheets.get(path[0], "") if isinstance(self.raw, Gathered) and path else ""
        return Place(self.name, *yaml_source.locate(self.raw, path), sheet)

    def firm(self, raw: Any) -> Firm:
        """What a file says the firm is called and does."""
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
            reader = AnswersReader(self.name, self.raw, self.today)
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
        reader = AnswersReader(self.name, self.raw, self.today)
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
        reader = AnswersReader(self.name, self.raw, self.today)
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
        """One key with its value: an answer, several of one code, or what stands beside one."""
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
        """The answer that a value is to a question; what is none is a mistake."""
        names = {"code": question.code, "name": question.id}
        today = self.steps.today(question.id, value)
        for old, new in self.steps.renamed(question.id, value, today):
            self.notes.append(Problem(RENAMED, self.place(path), {**names, "old": old, "new": new}, "note"))
        try:
            answer = answer_to(question, today, self.knowledge)
        except RefusedError as refused:
            if (answer := self.beside_words(question, today, refused.code, path)) is not None:
                self.keep(question, answer, value, path)
                return
            typed = {shortened(today): shortened(value)}  # not the name that the program put in its place
            values = {key: typed.get(shown, shown) for key, shown in refused.values.items() if isinstance(shown, str)}
            self.complain(refused.code, path, **{**names, **refused.values, **values})
            return
        if answer is not None:
            self.keep(question, answer, value, path)

    def beside_words(self, question: Question, value: Any, refused: str, path: tuple[str | int, ...]) -> Answer | None:
        """The answer among harmless words, which are kept as its note and told; None where there is none."""
        if refused not in NO_ANSWER or not isinstance(value, str):
            return None
        found = without_words_beside(question, value, self.knowledge)
        if found is None:
            return None
        values: dict[str, object] = {"code": question.code, "name": question.id, "read": found.plain}
        self.notes.append(Problem(BESIDE, self.place(path), {**values, "value": shortened(value)}, "note"))
        self.annotate(question, {"note": value}, path)
        return found.answer

    def keep(self, question: Question, answer: Answer, value: Any, path: tuple[str | int, ...]) -> None:
        """Take an answer to a question; where there is another one already it is a mistake."""
        names, key = {"code": question.code, "name": question.id}, shortened(path[-1])
        if first := self.first.get(question.id):
            if self.given[question.id] == answer:
                return
            self.repeated(path, names, *first, key)
        self.given[question.id], self.first[question.id] = answer, (self.place(path), key)
        if answer.status == "within":
            self.words[question.id] = value
        fact = self.knowledge.facts[question.id]
        if self.is_file and answer.status in ("known", "within") and fact.type.is_converted(fact, value):
            read = (
                margin_in_words(answer.value, fact)
                if isinstance(answer.value, Margin)
                else fact.type.in_words(fact, answer.value)
            )
            said = {"value": shortened(value), "read": read}
            self.notes.append(Problem(CONVERTED, self.place(path), {**names, **said}, "note"))

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
