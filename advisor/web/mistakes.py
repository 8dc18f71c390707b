"""What is wrong with an answer, told to a firm in the words of its question; ids are for files and programs."""

from __future__ import annotations

from dataclasses import replace

from advisor.errors import Problem
from advisor.knowledge import Knowledge
from advisor.text import LANGS, Lang, Text


def told(problem: Problem, knowledge: Knowledge, lang: Lang) -> str:
    """What is wrong and what to do, said beside the question."""
    plain = _in_words(problem, knowledge)
    return f"{plain.short_message(lang)} {plain.hint(lang)}"


def told_of_sheet(problem: Problem, knowledge: Knowledge, lang: Lang) -> str:
    """The same of a sheet, with the question's code, which stands in the sheet, and its words."""
    question = knowledge.reading.questions.get(str(problem.values.get("name")))
    if question is None:
        return f"{problem.message(lang)} {problem.hint(lang)}"
    return f"{question.code} {question.text[lang]} {told(problem, knowledge, lang)}"


def _in_words(problem: Problem, knowledge: Knowledge) -> Problem:
    """The problem with options and questions called what the pages call them."""
    if (target := knowledge.questions.get(str(problem.values.get("target_id")))) is not None:
        return replace(problem, values={**problem.values, "target": target.text})
    fact = knowledge.facts.get(str(problem.values.get("name")))
    if fact is None or not fact.values:
        return problem
    values = dict(problem.values)
    if "allowed" in values:
        joined = {code: "; ".join(text[code] for text in fact.values.values()) for code in LANGS}
        values["allowed"] = Text(**joined)
    if (near := values.get("nearest")) in fact.values:
        values["nearest"] = fact.values[str(near)]
    return replace(problem, values=values)
