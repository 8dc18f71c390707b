"""The same rules on the same random firms: the project's two engines, experta written naively, CLIPS, ZEN, plain Python.

Run with ``.venv/bin/python -m benchmarks.engines [--firms 2000] [--rounds 15]``; CLIPS and ZEN need ``pip install clipspy
zen-engine`` and are left out where they are missing. First every engine has to fire exactly the same rules for every firm,
the naive one, which takes half a second for each, for every fortieth. Then each gets its turn in every round, on some of the
firms, and the median of the rounds is printed: microseconds of processor time per firm, and how many times as fast as
experta and as slow as the columns, taken round by round.

What is inside a figure and what is not: other engines are given each firm ready in the form they take, with bands and skip
logic derived (``advisor.inference.facts.derive``) and the operating model read for them, an input like any other. So are the
columns of the first line, which does what the others do and no more; the lines below it begin with the answers as given and
read the model between the first layer and the second. What deriving takes is a line of its own.
``infer`` writes a trace and scores besides. Rules that the answers leave undecided are told apart by the project's two
only; the others say which rules fired, no more.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from typing import Any

from advisor.inference import infer
from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import FactTable, derive
from advisor.interview import Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.premises import facts_in
from benchmarks.engines.formulas import Row, facts_of, row_of
from benchmarks.engines.naive import NaiveExperta, naively_fired
from benchmarks.engines.plain import PlainPython
from tests.random_firms import random_firm

BATCH = 1000
NAIVE_STEP = 40
"""The naive engine is given every fortieth firm, since it takes half a second for each."""
NAIVE, EXPERTA, COLUMNS = "experta, naive", "experta, as we use it", f"columns, batches of {BATCH:,}"
OPTIONAL = (
    ("CLIPS (clipspy)", "clips", "clipspy", "benchmarks.engines.clips_rules", "Clips"),
    ("ZEN (zen-engine)", "zen", "zen-engine", "benchmarks.engines.zen_rules", "Zen"),
)
"""Title, module, package on PyPI, and where our side of it is."""
Fired = Sequence[Collection[str]]


@dataclass(frozen=True)
class Contender:
    """An engine: ``ready`` makes what runs it and is not timed, ``fired`` tells the rules fired from what it gave."""

    name: str
    share: int
    note: str
    inputs: Sequence[Any]
    ready: Callable[[], Callable[[Sequence[Any]], Any]]
    fired: Callable[[Any], Fired] | None = list
    step: int = 1
    """Every which firm is among the inputs."""

    def turn(self, round_: int) -> Sequence[Any]:
        """The inputs of a round: the next few firms, from the start again after the last."""
        places = range(round_ * self.share, (round_ + 1) * self.share)
        return [self.inputs[place % len(self.inputs)] for place in places]


def contenders(knowledge: Knowledge, firms: Sequence[Answers]) -> Iterator[Contender | str]:
    """Every engine in the order of the table, or a line about one that is not installed."""
    facts = facts_of(knowledge, firms)
    rows = [row_of(knowledge, each) for each in facts]
    naive = NaiveExperta(knowledge)
    note = "a new engine for each firm, one fact per answer; values and model given"
    prepared = [naive.prepare(each) for each in facts[::NAIVE_STEP]]
    yield Contender(NAIVE, 5, note, prepared, lambda: _one_by_one(naive.fired), step=NAIVE_STEP)
    note = "derives, reads the model; also writes trace and scores"
    yield Contender(EXPERTA, 40, note, firms, lambda: _one_by_one(lambda firm: infer(knowledge, [firm])), _from_infer)
    note = "values and model given; rules fired of each firm"
    yield Contender(COLUMNS, BATCH, note, firms[:BATCH], lambda: _given(knowledge, firms[:BATCH]))
    note = "derives, reads the model; rules fired of each firm"
    yield Contender("  from raw answers", BATCH, note, firms, lambda: _from_answers(knowledge))
    note = "the same for one firm at a time"
    yield Contender("  one firm alone", 40, note, firms, lambda: _alone(knowledge))
    for title, module, package, place, name in OPTIONAL:
        try:
            engine = getattr(import_module(place), name)(knowledge)
        except ModuleNotFoundError as missing:
            if missing.name != module:
                raise
            yield f"{title:<32} not installed: pip install {package}"
        else:
            yield _peer(title, engine, rows)
    yield _peer("plain Python, generated", PlainPython(knowledge), rows)
    note = "from answers to a row of values, where the lines above say given"
    yield Contender("deriving alone", 200, note, firms, lambda: _deriving(knowledge), None)


def _peer(title: str, engine: Any, rows: Sequence[Row]) -> Contender:
    note = "values and model given; rules fired of each firm"
    return Contender(title, 200, note, [engine.prepare(row) for row in rows], lambda: _one_by_one(engine.fired))


def _one_by_one(work: Callable[[Any], Any]) -> Callable[[Sequence[Any]], list[Any]]:
    return lambda inputs: [work(each) for each in inputs]


def _given(knowledge: Knowledge, firms: Sequence[Answers]) -> Callable[[Sequence[Answers]], Fired]:
    """The rules alone, on columns made beforehand: the same work that engines given each firm ready have."""
    engine, facts = ColumnEngine(knowledge), FactTable(knowledge, AnswerTable.of(firms))
    looked_at = {name for rule in engine.rules for name in facts_in(rule.premise)} - {MODEL_FACT}
    columns = {name: facts.today[name] for name in looked_at} | {MODEL_FACT: engine.today(facts).models.column()}
    return lambda _: engine.with_columns(columns, len(firms)).fired()


def _from_answers(knowledge: Knowledge) -> Callable[[Sequence[Answers]], Fired]:
    engine = ColumnEngine(knowledge)
    return lambda firms: engine.today(FactTable(knowledge, AnswerTable.of(firms))).fired()


def _alone(knowledge: Knowledge) -> Callable[[Sequence[Answers]], Fired]:
    run = _from_answers(knowledge)
    return lambda firms: [run([firm])[0] for firm in firms]


def _deriving(knowledge: Knowledge) -> Callable[[Sequence[Answers]], list[Row]]:
    return _one_by_one(lambda firm: row_of(knowledge, derive(knowledge, firm)))


def _from_infer(inferences: Iterable[Any]) -> Fired:
    return [[fired.rule for fired in inference.fired_rules] for (inference,) in inferences]


def check(contender: Contender, firms: Sequence[Answers], expected: Sequence[set[str]]) -> int:
    """How many firms an engine fires other rules for than expected; the naive one is run on all processors."""
    if contender.fired is None:
        return 0
    if contender.name == NAIVE:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            given = firms[:: contender.step]
            parts = [given[start : start + 10] for start in range(0, len(given), 10)]
            fired: Fired = list(chain.from_iterable(pool.map(naively_fired, parts)))
    else:
        fired = contender.fired(contender.ready()(contender.inputs))
    compared = expected[:: contender.step][: len(contender.inputs)]
    return sum(set(one) != other for one, other in zip(fired, compared, strict=True))


def race(entered: Sequence[Contender], rounds: int) -> dict[str, list[float]]:
    """Microseconds per firm of every engine in every round, after one turn to warm up."""
    taken: dict[str, list[float]] = {contender.name: [] for contender in entered}
    gc.freeze()
    for round_ in range(-1, rounds):
        for contender in entered:
            inputs, run = contender.turn(round_), contender.ready()
            gc.collect()
            start = time.process_time()
            run(inputs)
            seconds = time.process_time() - start
            if round_ >= 0:
                taken[contender.name].append(1e6 * seconds / len(inputs))
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return taken


def table(entered: Sequence[Contender | str], taken: dict[str, list[float]]) -> Iterator[str]:
    """A line for each engine."""
    yield f"{'':<32} {'µs a firm':>11} {'x experta':>10} {'/ columns':>11} {'a round':>8}  note"
    for contender in entered:
        if isinstance(contender, str):
            yield contender
            continue
        own = taken[contender.name]
        faster, slower = _ratio(taken[EXPERTA], own), _ratio(own, taken[COLUMNS])
        figures = f"{statistics.median(own):11,.1f} {faster:10,.3g} {slower:11,.3g} {contender.share:8,}"
        yield f"{contender.name:<32} {figures}  {contender.note}"


def _ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def main() -> int:
    options = argparse.ArgumentParser(description="The rules on several engines: equal firings, then the time they take.")
    options.add_argument("--firms", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args()
    if chosen.firms < BATCH:
        options.error(f"--firms must be at least {BATCH:,}, which is what the columns take at once")
    knowledge, draw = load_knowledge(), random.Random(1)
    firms = [random_firm(knowledge, draw) for _ in range(chosen.firms)]
    expected = list(map(set, _from_answers(knowledge)(firms)))
    lines = list(contenders(knowledge, firms))
    entered = [line for line in lines if isinstance(line, Contender)]
    unequal = {contender.name: count for contender in entered if (count := check(contender, firms, expected))}
    for name, count in unequal.items():
        print(f"{name.strip()}: other rules fired for {count} of {len(firms)} firms")
    if unequal:
        return 1
    mean = statistics.mean(map(len, expected))
    print(f"{len(knowledge.rules)} rules, {len(firms):,} firms: every engine fires the same rules, {mean:.1f} a firm")
    print(f"(the naive one asked about every {NAIVE_STEP}th firm)")
    print("\n".join(table(lines, race(entered, chosen.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
