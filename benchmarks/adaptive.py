"""How many questions the adaptive interview needs beside the quick edition, for every firm whose sheet we have.

Run with ``.venv/bin/python -m benchmarks.adaptive``. What the sheet does not answer is answered "I don't know". Beside
it the same stop under the questionnaire's own order tells how much is owed to the choice of the next question.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from advisor.assessment.outlook import verdict_outlook
from advisor.insight.adaptive import AdaptiveSession
from advisor.interview import Answers, read_answers
from advisor.interview.answers import UNKNOWN
from advisor.interview.session import applies
from advisor.knowledge import Knowledge, data_folder, load_knowledge

EDITION = "quick"
TITLES = ("sample firms", "sample and further firms")
MORE = Path(__file__).parents[1] / "tests" / "firms"


def asked_adaptively(knowledge: Knowledge, full: Answers) -> tuple[int, AdaptiveSession]:
    session = AdaptiveSession(knowledge, "full")
    asked = 0
    while question := session.current:
        session.answer(full.given.get(question.id, UNKNOWN))
        asked += 1
    return asked, session


def asked_in_order(knowledge: Knowledge, full: Answers) -> int:
    """Questions of the quick edition asked in its order until the verdict is settled, or all of them."""
    answers, asked = Answers(), 0
    for question in knowledge.edition_questions(EDITION):
        if verdict_outlook(knowledge, answers).settled:
            break
        if applies(question, answers, knowledge):
            answers = answers.with_answer(question.id, full.given.get(question.id, UNKNOWN))
            asked += 1
    return asked


def main() -> None:
    knowledge = load_knowledge()
    samples = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))
    groups = (samples, [*samples, *sorted(MORE.glob("*.yaml"))])
    for title, files in zip(TITLES, groups, strict=True):
        saved, in_order = [], []
        for file in files:
            full = read_answers(file, knowledge)
            whole = sum(applies(q, full, knowledge) for q in knowledge.edition_questions(EDITION))
            asked, session = asked_adaptively(knowledge, full)
            ordered = asked_in_order(knowledge, full)
            saved.append(whole - asked)
            in_order.append(whole - ordered)
            if title == TITLES[1]:
                state = "settled" if session.outlook.settled else "open"
                print(f"{file.stem:<26} {asked:3} asked, {ordered:3} in order, of {whole}  {session.outlook.name} ({state})")
        print(f"{title}: median {statistics.median(saved):g} questions saved ({statistics.median(in_order):g} in order)\n")


if __name__ == "__main__":
    main()
