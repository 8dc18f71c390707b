"""Rules on many firms: the evaluator in batches and alone beside experta, as ratios in one run.

Run with ``.venv/bin/python -m benchmarks.evaluator``; medians of processor time.
"""

from __future__ import annotations

import random

from advisor.inference import infer
from advisor.inference.evaluator import Evaluator
from advisor.interview import Answers, read_answers
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
    evaluator = Evaluator(knowledge)
    batch = median(lambda: evaluator.evaluate(firms), 5) / BATCH
    alone = median(lambda: evaluator.evaluate(firms[:1]), 15)
    experta = median(lambda: infer(knowledge, firms[0]), 7)
    print(f"{len(knowledge.rules)} rules")
    print(f"evaluator, in batches of {BATCH}: {1 / batch:12,.0f} firms/s   {experta / batch:8,.0f} x experta")
    print(f"evaluator, one firm alone:   {1000 * alone:12.2f} ms       {experta / alone:8,.0f} x experta")
    print(f"experta, one firm:           {1000 * experta:12.2f} ms")


if __name__ == "__main__":
    main()
