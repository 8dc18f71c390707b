"""How long the questions asked of an assessment take on the sample firms: medians of processor time, and the slowest firm.

Run with ``./run bench insight``.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.assessment import assess
from advisor.assessment.prospect import prospect, prospects
from advisor.assessment.settling import bearing, narrowings
from advisor.inference import infer
from advisor.insight.examine import examine
from advisor.insight.path import paths
from advisor.insight.sensitivity import sensitivity
from advisor.insight.why import why
from advisor.insight.why_not import near_misses
from advisor.interview import Answers, read_answers
from advisor.knowledge import data_folder, load_knowledge
from benchmarks.timing import median

RUNS = 5


def main() -> None:
    knowledge = load_knowledge()
    files = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))
    firms = {file.stem: read_answers(file, knowledge) for file in files}
    assessed = {name: assess(firm, knowledge) for name, firm in firms.items()}
    facts = {name: infer(knowledge, firm).facts for name, firm in firms.items()}
    work: dict[str, Callable[[str, Answers], object]] = {
        "the verdict alone": lambda _, firm: prospect(knowledge, firm),
        "what to ask next": lambda _, firm: narrowings(knowledge, firm, prospect(knowledge, firm)),
        "what to ask first, of a blank sheet": lambda *_: narrowings(knowledge, Answers(), prospect(knowledge, Answers())),
        "why": lambda name, _: why(assessed[name]),
        "why not: the nearly concluded": lambda name, firm: near_misses(knowledge, firm, facts[name]),
        "path to feasible, three ways": lambda _, firm: paths(knowledge, firm),
        "sensitivity": lambda _, firm: sensitivity(knowledge, firm, prospect(knowledge, firm)),
        "all of it, as in a report": lambda name, firm: examine(assessed[name], firm, knowledge),
        "one assessment with trace": lambda _, firm: assess(firm, knowledge),
    }
    for title, asked in work.items():
        taken = {name: median(lambda n=name, f=firm, ask=asked: ask(n, f), RUNS) for name, firm in firms.items()}
        slowest = max(taken, key=lambda name: taken[name])
        middle = sorted(taken.values())[len(taken) // 2]
        print(f"{title:<38} {1000 * middle:8.1f} ms   slowest {1000 * taken[slowest]:8.1f} ms ({slowest})")
    firm = firms["machine_tool_maker"]
    trials = [firm.with_answer(name, answer) for name, options in bearing(knowledge).items() for answer in options]
    each = median(lambda: prospects(knowledge, trials), RUNS) / len(trials)
    print(f"verdicts of variants of one firm, {len(trials)} at a time: {1 / each:,.0f} a second")


if __name__ == "__main__":
    main()
