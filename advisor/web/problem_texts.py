"""Problems with answers as texts for a firm, in the words of its questions; ids are for files and programs."""

from __future__ import annotations

from dataclasses import replace

from advisor.errors import Problem
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.shared.chosen_from_list import BETWEEN
from advisor.text import LANGS, Lang, Text


def problem_text(problem: Problem, knowledge: Knowledge, lang: Lang) -> str:
    """What is wrong and what to do, to be shown beside the question."""
    named = _with_texts(problem, knowledge)
    return f"{named.short_message(lang)} {named.hint(lang)}"


def sheet_problem_text(problem: Problem, knowledge: Knowledge, lang: Lang) -> str:
    """The same for a sheet of answers, with the code of the question, as the sheet has it, and its text."""
    question = knowledge.reading.questions.get(str(problem.values.get("name")))
    if question is None:
        return f"{problem.message(lang)} {problem.hint(lang)}"
    return f"{question.code} {question.text[lang]} {problem_text(problem, knowledge, lang)}"


def _with_texts(problem: Problem, knowledge: Knowledge) -> Problem:
    """The problem with the texts of options and questions in place of their ids."""
    if (target := knowledge.questions.get(str(problem.values.get("target_id")))) is not None:
        return replace(problem, values={**problem.values, "target": target.text})
    fact = knowledge.facts.get(str(problem.values.get("name")))
    if fact is None or not fact.values:
        return problem
    values = dict(problem.values)
    if "allowed" in values:
        joined = {code: BETWEEN[code].join(text[code] for text in fact.values.values()) for code in LANGS}
        values["allowed"] = Text(**joined)
    if (near := values.get("nearest")) in fact.values:
        values["nearest"] = fact.values[str(near)]
    return replace(problem, values=values)
