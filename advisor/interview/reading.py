"""Answer files in YAML, JSON, JSON lines, CSV or XLSX: every key matched to a question, every value to an answer it allows.

Enters: a file, keyed by question id (``process_complexity``) or catalogue code (``G1``; ``A4: 70 / 5`` fills both parts
of A4). Leaves: :class:`~advisor.interview.answers.Answers`, or one error that lists every mistake with its line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.errors import AnswersError, InputError, Place, Problem, ProblemsError, nearest
from advisor.files import read_whole
from advisor.interview.answer_sheets import LARGEST, gathered
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer, Answers, Firm
from advisor.interview.gathering import Gathered
from advisor.interview.numbers import MONEY, PERCENT, parse_number, unit_words
from advisor.interview.plain import NOT_APPLICABLE_WORDS, UNKNOWN_WORDS, alike
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.tables import read_sheets
from advisor.text import LANGS, Text, catalogue

MAX_TEXT = 500
MAX_LINES = 20
MOST_COMMAS = 5
"""No option is called by a name with more commas in it."""
MAX_PROBLEMS = 100
"""No more mistakes than this are reported at once: nobody mends more before trying again."""
YES_WORDS = {"yes", "y", "true", "是", "有"}
NO_WORDS = {"no", "n", "false", "否", "没有", "无"}
NONE_WORDS = {"none", "none of these", "无", "没有", "都没有", "以上都没有", "以下都没有"}
NOBODY = Firm()
TABLES = ("csv", "xlsx")
EXAMPLES = {"money": "300k, 18M, 80万", "percent": "35 %", "number": "12"}


class _RefusedError(Exception):
    """Why a value is no answer to its question: a problem code and the values of its message."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


def read_answers(path: Path, knowledge: Knowledge) -> Answers:
    """The answers in the file at ``path`` (.yaml, .yml, .json, .jsonl, .csv or .xlsx).

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once, :class:`~advisor.errors.InputError` where
    the file cannot be read at all.
    """
    return parse_answers(read_whole(path), str(path), knowledge)


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
    return _Reader(name, raw, knowledge, problems).answers()


def answers_in(raw: Any, name: str, knowledge: Knowledge) -> Answers:
    """The answers in a file already read: a mapping with ``firm`` and ``answers``, or of answers alone.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return _Reader(name, raw, knowledge).answers()


def parse_entries(raw: Mapping[str, Any], name: str, knowledge: Knowledge) -> dict[str, Answer]:
    """Answers by question from a mapping of codes or ids to values, as in a file of answers without its head.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once; ``name`` is what they call the file.
    """
    return dict(_Reader(name, raw, knowledge).entries(raw).given)


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


class _Reader:
    def __init__(self, name: str, raw: Any, knowledge: Knowledge, problems: Sequence[Problem] = ()) -> None:
        self.name, self.raw, self.knowledge = name, raw, knowledge
        self.problems = list(problems)
        self.given: dict[str, Answer] = {}
        self.first: dict[str, Place] = {}

    def answers(self) -> Answers:
        if self.raw is None:
            return Answers()
        if not isinstance(self.raw, Mapping):
            self.complain("A107", (), found=_shown(self.raw))
        else:
            firm = self.firm(self.raw.get("firm"))
            nested = isinstance(self.raw.get("answers"), Mapping)
            if not nested and self.raw.get("answers") is not None:
                self.complain("A107", ("answers",), found=_shown(self.raw["answers"]))
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
        order = {name: index for index, name in enumerate(self.knowledge.questions)}
        return Answers(dict(sorted(self.given.items(), key=lambda item: order[item[0]])), firm)

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
                words = {lang: _clean(str(text or "")) for lang, text in said.items()}
                fields[key] = Text(**words) if all(words.values()) else None
            else:
                self.complain("A112", ("firm", key), field=key, found=_shown(value))
        return Firm(**fields)

    def entry(self, key: Any, value: Any, path: tuple[str | int, ...]) -> None:
        word = str(key).strip()
        if word in self.knowledge.questions:
            self.answer(self.knowledge.questions[word], value, path)
            return
        parts = self.knowledge.codes.get(word) or self.knowledge.codes.get(word.upper()[:1] + word.lower()[1:])
        if not parts:
            names = [*self.knowledge.questions, *self.knowledge.codes]
            self.complain("A101", path, name=_shown(word), nearest=nearest(word[:MAX_TEXT], names) or "–")
            return
        questions = [self.knowledge.questions[name] for name in parts]
        values = [value] if len(questions) == 1 else _split(value, len(questions))
        if len(values) != len(questions):
            codes = ", ".join(q.code for q in questions)
            example = f"{word}: " + " / ".join("…" for _ in questions)
            self.complain("A113", path, code=word, count=len(parts), parts=codes, found=len(values), example=example)
            return
        for question, part in zip(questions, values, strict=True):
            self.answer(question, part, path)

    def answer(self, question: Question, value: Any, path: tuple[str | int, ...]) -> None:
        names = {"code": question.code, "name": question.id}
        try:
            answer = _answer(question, value, self.knowledge)
        except _RefusedError as refused:
            self.complain(refused.code, path, **names, **refused.values)
            return
        if answer is None:
            return
        if first := self.first.get(question.id):
            where = {"first": f"{first.sheet}!{first.cell}"} if first.sheet else {"first": first.line}
            self.complain("A131" if first.sheet else "A106", path, **names, **where)
        self.given[question.id], self.first[question.id] = answer, self.place(path)


def parse_answer(question: Question, value: Any, knowledge: Knowledge, place: Place) -> Answer | Problem | None:
    """The answer that ``value`` is to ``question``, None for a blank, or the problem that says why it is none."""
    try:
        return _answer(question, value, knowledge)
    except _RefusedError as refused:
        return Problem(refused.code, place, {"code": question.code, "name": question.id, **refused.values})


def _answer(question: Question, value: Any, knowledge: Knowledge) -> Answer | None:
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        if not word:
            return None
        if word in UNKNOWN_WORDS and not _is_option(word, knowledge.facts[question.id]):
            return UNKNOWN
        if word in NOT_APPLICABLE_WORDS:
            return NOT_APPLICABLE
    fact = knowledge.facts[question.id]
    if question.type == "list":
        return Answer("known", _lines(value))
    if question.type == "multi":
        return Answer("known", _several(value, fact))
    if isinstance(value, list | dict):
        raise _RefusedError("A105", found=_shown(value), allowed=_allowed(fact))
    if fact.kind == "number":
        return Answer("known", _number(question, value, fact))
    word = _member(value, fact)
    return Answer("known", int(word) if fact.kind == "ordered" else word)


def _units(question: Question) -> tuple[str, ...]:
    """The units that may stand beside a number given to ``question``."""
    named = unit_words(question.unit) if question.unit else ()
    return {"money": MONEY, "percent": PERCENT}.get(question.type, named)


def _example(question: Question) -> Text:
    """A number as it may be written, with its unit."""
    sample = EXAMPLES[question.type]
    unit = question.unit
    return Text(zh=f"{sample} {unit.zh}", en=f"{sample} {unit.en}") if unit else Text(zh=sample, en=sample)


def _is_option(word: str, fact: Fact) -> bool:
    return word in fact.values


def _number(question: Question, value: Any, fact: Fact) -> float:
    number = parse_number(value, _units(question)) if isinstance(value, str | int | float) else None
    if number is None:
        raise _RefusedError("A103", value=_shown(value), example=_example(question))
    if question.type == "percent" and 0 < number < 1 and "%" not in unicodedata.normalize("NFKC", str(value)):
        raise _RefusedError("A115", value=_shown(value), whole=f"{100 * number:g}")
    if (fact.low is not None and number < fact.low) or (fact.high is not None and number > fact.high):
        high = "∞" if fact.high is None else f"{fact.high:,.0f}"
        raise _RefusedError("A104", value=_shown(value), low=f"{fact.low or 0:,.0f}", high=high)
    if question.integer and number != int(number):
        raise _RefusedError("A109", value=_shown(value))
    return number


def _member(value: Any, fact: Fact) -> str:
    """The option that ``value`` names by id, number or words in either language."""
    given = value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    word = f"{value:g}" if isinstance(value, int | float) else unicodedata.normalize("NFKC", str(value)).strip()
    lower = alike(word)
    if set(fact.values) == {"yes", "no"} and lower in YES_WORDS | NO_WORDS:
        return "yes" if lower in YES_WORDS else "no"
    if lower in fact.values:
        return lower
    for option, text in fact.values.items():
        said = (alike(text.zh), alike(text.en))
        if lower in (option.replace("_", " "), *said, *(f"{option} · {words}" for words in said)):
            return option
    words = [*fact.values, *(text.en for text in fact.values.values()), *(text.zh for text in fact.values.values())]
    raise _RefusedError("A102", value=_shown(given), allowed=_allowed(fact), nearest=nearest(lower, words) or "–")


def _pieces(text: str, fact: Fact) -> list[str]:
    """Several options written one behind the other; commas may be part of what an option is called."""
    said = {alike(word) for words in fact.values.values() for word in (words.zh, words.en)}
    parts, pieces, start = re.split(r"([,;、，；\n])", text), list[str](), 0
    while start < len(parts):
        ends = range(min(start + MOST_COMMAS * 2 + 1, len(parts)), start, -2)
        end = next((end for end in ends if alike("".join(parts[start:end])) in said), start + 1)
        pieces.append("".join(parts[start:end]).strip())
        start = end + 1
    return pieces


def _several(value: Any, fact: Fact) -> frozenset[str]:
    items = _pieces(value, fact) if isinstance(value, str) else value
    if isinstance(items, dict):
        raise _RefusedError("A105", found=_shown(value), allowed=_allowed(fact))
    words = [item for item in (items if isinstance(items, list) else [items]) if item not in (None, "")]
    none = [word for word in words if str(word).strip().lower() in NONE_WORDS]
    if none and len(none) < len(words):
        raise _RefusedError("A110")
    return frozenset() if none else frozenset(_member(word, fact) for word in words)


def _lines(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value]
    for item in items:
        if not isinstance(item, str | int | float | None):
            raise _RefusedError("A116", found=_shown(item))
    cleaned = (_clean(str(item)) for item in items if item is not None)
    lines = tuple(line for line in cleaned if line and line.lower() not in NONE_WORDS)
    if len(lines) > MAX_LINES:
        raise _RefusedError("A117", found=len(lines), limit=MAX_LINES)
    if any(len(line) > MAX_TEXT for line in lines):
        raise _RefusedError("A111", limit=MAX_TEXT)
    return lines


def _split(value: Any, count: int) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, str) and count > 1:
        return [part.strip() for part in value.split("/")]
    return [value]


def _allowed(fact: Fact) -> Text:
    """The answers a question takes, in each language."""
    if fact.kind == "number":
        return catalogue("problems")["a_number"]
    sign = " = " if fact.kind == "ordered" else ": "
    said = {lang: "; ".join(f"{value}{sign}{text[lang]}" for value, text in fact.values.items()) for lang in LANGS}
    return Text(**said)


def firm_name(typed: str) -> Text | None:
    """A firm's name as typed, None for a blank. Raises :class:`~advisor.errors.InputError` for one that is too long."""
    name = _clean(typed.encode("utf-8", "replace").decode("utf-8"))
    if len(name) > MAX_TEXT:
        raise InputError("bad_firm_name", limit=MAX_TEXT)
    return Text(zh=name, en=name) if name else None


def _is_line(value: Any) -> bool:
    if isinstance(value, float | bool):
        return False
    return value is None or (isinstance(value, str | int) and len(str(value)) <= MAX_TEXT)


def _clean(text: str) -> str:
    """Text without control characters, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _shown(value: Any) -> str:
    text = _clean(str(value))
    return text if len(text) <= 60 else text[:57] + "…"
