"""How need spreads over random sheets and over real firms: what the cut-offs of need were set by (docs/method.md).

Run with ``./run bench need_spread``; the same figures every time, for the same knowledge.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from advisor.assessment.outlook import verdict_outlooks
from advisor.interview import Answers, read_answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import Knowledge, data_folder, load_knowledge
from advisor.panel.reading import read_panel
from tests.random_firms import completed, random_firm

SHEETS = 4_000
QUANTILES = (0, 5, 25, 50, 75, 95, 100)
ROOT = Path(__file__).parents[1]


def line(name: str, firms: list[Answers], knowledge: Knowledge) -> str:
    """Quantiles of need, the firms below and above each cut-off, and those with a simpler alternative."""
    outlooks = verdict_outlooks(knowledge, AnswerTable.of(firms))
    points, alternative = outlooks.rows("need").points, outlooks.hurdles["lighter"].found
    known = points[~np.isnan(points)]
    low, high = knowledge.verdict.need_too_low, knowledge.verdict.need_open
    figures = [*np.percentile(known, QUANTILES), (known < low).sum(), (known >= high).sum()]
    figures += [alternative.sum(), (alternative & (points >= high)).sum()]
    return f"{name:<24}{len(known):>6}" + "".join(f"{figure:>7.0f}" for figure in figures)


def main() -> None:
    """Print a line for each group of firms."""
    knowledge, draw = load_knowledge(), random.Random(27)
    folders = data_folder("questionnaires") / "samples", ROOT / "tests" / "firms"
    groups = {
        "random, every answer": [completed(Answers(), knowledge, draw) for _ in range(SHEETS)],
        "random, some answers": [random_firm(knowledge, draw) for _ in range(SHEETS)],
        "samples": [read_answers(path, knowledge) for folder in folders for path in sorted(folder.glob("*.yaml"))],
        "panel": [firm.answers for firm in read_panel(ROOT / "tests" / "panel", knowledge)],
    }
    heads = [*(f"{quantile} %" for quantile in QUANTILES), "< low", ">= open", "simpler", "both"]
    print(f"{'need':<24}{'firms':>6}" + "".join(f"{head:>7}" for head in heads))
    for name, firms in groups.items():
        print(line(name, firms, knowledge))


if __name__ == "__main__":
    main()
