"""A firm's answers as a table, a question a row: written to be filled in by hand, and read back.

    code | question | answer | what may be answered

Columns are found by their heads in either language; a row without an answer is passed over. The row ``firm`` holds the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place, Problem, ProblemsError
from advisor.interview.answers import Answer, Answers
from advisor.interview.plain import NONE, plain
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import LANGS, Lang, Text, say
from advisor.yaml_source import MarkedDict

HEADS = ("code", "question", "answer", "allowed")
NEEDED = ("code", "answer")
FIRM = "firm"
LARGEST = 2_000_000
"""Bytes a workbook with a firm's answers may unpack to; one with every question and answer takes a fifteenth of it."""

MOST_REPEATED = 20
"""No more repeated rows than this are reported at once."""

Row = tuple[str, str, str, str]


def answer_rows(knowledge: Knowledge, answers: Answers, lang: Lang, edition: str = "") -> Iterator[Row]:
    """The table of an edition's questions, by default of all, with the answers there are, also those to other questions;
    read back, it gives the same answers."""
    listed = {q.id for q in knowledge.edition_questions(edition)} if edition else set(knowledge.questions)
    code, question, answer, allowed = (say("interview", f"table.{name}", lang) for name in HEADS)
    yield code, question, answer, allowed
    yield FIRM, say("interview", "table.firm", lang), answers.firm.name[lang] if answers.firm.name else "", ""
    for name, asked in knowledge.questions.items():
        given = answers.given.get(name)
        if given is None and name not in listed:
            continue
        written = "" if given is None else _written(asked, given, knowledge, lang)
        yield asked.code, asked.text[lang], written, _allowed(asked, knowledge, lang)


def _written(question: Question, answer: Answer, knowledge: Knowledge, lang: Lang) -> str:
    if answer.status != "known":
        return say("interview", f"table.{answer.status}", lang)
    value = plain(question, answer)
    if value == NONE and question.type in ("list", "multi"):
        return say("interview", "table.none", lang)
    if isinstance(value, list):
        words = knowledge.facts[question.id].values
        return "\n".join(value if question.type == "list" else [words[option][lang] for option in value])
    if words := knowledge.facts[question.id].values:
        return words[str(value)][lang]
    return f"{value:,.12g}" if isinstance(value, int | float) else str(value)


def _allowed(question: Question, knowledge: Knowledge, lang: Lang) -> str:
    fact = knowledge.facts[question.id]
    lines = [text[lang] for text in fact.values.values()]
    if fact.kind == "number":
        unit = {"money": "RMB", "percent": "%"}.get(question.type) or (question.unit[lang] if question.unit else "")
        lines.append(say("interview", "form.number", lang, unit=unit))
    if question.type in ("multi", "list"):
        lines.insert(0, say("interview", f"table.{question.type}", lang))
    return "\n".join(lines)


def keyed(cells: list[list[str]], name: str) -> MarkedDict:
    """A table as answers by question, each with the row and column it stands in.

    Raises :class:`~advisor.errors.ProblemsError` where a column is missing or a row repeated.
    """
    heads = [cell.lower() for cell in cells[0]] if cells else []
    places: dict[str, int] = {}
    for head in HEADS:
        known = {word for lang in LANGS for word in (say("interview", f"table.{head}", lang).lower(), head)}
        if found := [column for column, cell in enumerate(heads) if cell in known]:
            places[head] = found[0]
    if missing := [head for head in NEEDED if head not in places]:
        columns = {lang: ", ".join(say("interview", f"table.{head}", lang) for head in NEEDED) for lang in LANGS}
        values: dict[str, object] = {"missing": ", ".join(missing), "columns": Text(**columns)}
        raise ProblemsError([Problem("A121", Place(name, 1), values)])
    raw, problems = MarkedDict(), list[Problem]()
    for number, row in enumerate(cells[1:], 2):
        key, value = (row[places[head]] if places[head] < len(row) else "" for head in NEEDED)
        if not value:
            continue
        if key in raw:
            if len(problems) >= MOST_REPEATED:
                break
            problems.append(Problem("K002", Place(name, number), {"key": key, "first": raw.key_marks[key][0]}))
            continue
        raw[key] = value
        raw.key_marks[key] = (number, places["answer"] + 1)
    if problems:
        raise ProblemsError(problems)
    return raw
