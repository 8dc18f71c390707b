"""Rules on many firms: the columns in batches and for one firm alone beside experta, as ratios in one run.

Run with ``./run bench columns``; medians of processor time.
"""

from __future__ import annotations

import random

from advisor.inference import infer
from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import FactTable
from advisor.interview import Answers, read_answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import data_folder, load_knowledge
from benchmarks.timing import median

BATCH = 1000


def main() -> None:
    knowledge = load_knowledge()
    samples = [read_answers(p, knowledge) for p in sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))]
    draw = random.Random(1)
    firms = []
    for _ in range(BATCH):  # the sample firms with each answer left out at a chance of one in five
        given = draw.choice(samples).given
        firms.append(Answers({name: answer for name, answer in given.items() if draw.random() > 0.2}))
    engine = ColumnEngine(knowledge)

    def fired(some: list[Answers]) -> list[list[str]]:
        return engine.today(FactTable(knowledge, AnswerTable.of(some))).fired()

    batch = median(lambda: fired(firms), 5) / BATCH
    alone = median(lambda: fired(firms[:1]), 15)
    inferred = median(lambda: infer(knowledge, firms[:1], "columns"), 15)
    experta = median(lambda: infer(knowledge, firms[:1], "experta"), 7)
    print(f"{len(knowledge.rules)} rules, from answers to the rules fired of each firm")
    print(f"columns, in batches of {BATCH}: {1 / batch:12,.0f} firms/s   {experta / batch:8,.0f} x experta")
    print(f"columns, one firm alone:     {1000 * alone:12.2f} ms       {experta / alone:8,.1f} x experta")
    print("with grounds, scores, model and what is undecided")
    print(f"columns, one firm:           {1000 * inferred:12.2f} ms       {experta / inferred:8,.1f} x experta")
    print(f"experta, one firm:           {1000 * experta:12.2f} ms")


if __name__ == "__main__":
    main()
