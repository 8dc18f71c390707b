"""How long the questions asked of an assessment take on the sample firms: medians of processor time, and the slowest firm.

Run with ``./run bench insight``.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.assessment import assess
from advisor.assessment.next_question import question_gains
from advisor.assessment.outlook import verdict_outlook, verdict_outlooks
from advisor.assessment.plan_items import project_of, with_plan
from advisor.assessment.variants import deciding_answers, variants_of
from advisor.inference import infer
from advisor.insight.examine import examine
from advisor.insight.full_assessment import assess_fully
from advisor.insight.path import paths
from advisor.insight.sensitivity import sensitivity
from advisor.insight.why import why
from advisor.insight.why_not import near_misses
from advisor.interview import Answers, read_answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import data_folder, load_knowledge
from benchmarks.timing import median, print_medians

RUNS = 5


def main() -> None:
    knowledge = load_knowledge()
    files = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))
    firms = {file.stem: read_answers(file, knowledge) for file in files}
    assessed = {name: assess(firm, knowledge) for name, firm in firms.items()}
    facts = {name: infer(knowledge, [firm], "columns")[0].facts for name, firm in firms.items()}
    outlooks = {name: verdict_outlook(knowledge, firm) for name, firm in firms.items()}
    work: dict[str, Callable[[str], object]] = {
        "project, money and plan": lambda n: with_plan(assessed[n], project_of(knowledge, firms[n])),
        "the verdict alone": lambda n: verdict_outlook(knowledge, firms[n]),
        "what to ask next": lambda n: question_gains(knowledge, firms[n], outlooks[n]),
        "what to ask first, of a blank sheet": lambda _: question_gains(
            knowledge, Answers(), verdict_outlook(knowledge, Answers())
        ),
        "why": lambda n: why(assessed[n]),
        "why not: the nearly concluded": lambda n: near_misses(knowledge, firms[n], facts[n]),
        "path to feasible, three ways": lambda n: paths(knowledge, firms[n], now=outlooks[n]),
        "all variants of a firm": lambda n: variants_of(knowledge, firms[n], outlooks[n]),
        "sensitivity": lambda n: sensitivity(knowledge, firms[n], outlooks[n]),
        "all of it, as in a report": lambda n: examine(
            assessed[n], firms[n], knowledge, facts=facts[n], outlook=outlooks[n]
        ),
        "one assessment with trace, by experta": lambda n: assess(firms[n], knowledge),
        "one assessment with trace, by columns": lambda n: assess(firms[n], knowledge, engine="columns"),
        "assessed, examined, a system chosen": lambda n: assess_fully(firms[n], knowledge, None),
    }
    print_medians(work, firms, RUNS)
    firm = firms["machine_tool_maker"]
    trials = [{name: answer} for name, options in deciding_answers(knowledge).items() for answer in options]
    each = median(lambda: verdict_outlooks(knowledge, AnswerTable.with_changes(firm, trials)), RUNS) / len(trials)
    print(f"verdicts of variants of one firm, {len(trials)} at a time: {1 / each:,.0f} a second")


if __name__ == "__main__":
    main()
