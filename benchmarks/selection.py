"""How long choosing a system takes on the sample firms, and what its papers take: medians of processor time.

Run with ``./run bench selection``.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.assessment import Assessment, assess
from advisor.inference import infer
from advisor.interview import read_answers
from advisor.knowledge import data_folder, load_knowledge
from advisor.reporting.tender import TENDER_DOCUMENTS
from advisor.selection import select
from benchmarks.timing import print_medians

RUNS = 5


def main() -> None:
    knowledge = load_knowledge()
    files = sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))
    firms = {file.stem: read_answers(file, knowledge) for file in files}
    assessed = {name: assess(firm, knowledge) for name, firm in firms.items()}
    whole: dict[str, Assessment] = {
        name: one.model_copy(update={"selection": select(one, firms[name], knowledge)}) for name, one in assessed.items()
    }
    facts = {name: infer(knowledge, [firm], "columns")[0].facts for name, firm in firms.items()}
    work: dict[str, Callable[[str], object]] = {
        "one assessment with trace, by columns": lambda name: assess(firms[name], knowledge, engine="columns"),
        f"a selection among {len(knowledge.products)} products": lambda n: select(
            assessed[n], firms[n], knowledge, facts=facts[n]
        ),
        **{
            f"{paper} in one language": lambda n, make=make: make(whole[n], "zh") for paper, make in TENDER_DOCUMENTS.items()
        },
    }
    print_medians(work, firms, RUNS)


if __name__ == "__main__":
    main()
