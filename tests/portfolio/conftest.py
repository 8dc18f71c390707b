"""Entries to make portfolios of: invented ones, quick and as hostile as one likes, and those of the 27 sample firms."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.model.insight import Insight
from advisor.insight.path import paths
from advisor.insight.path_items import path_item
from advisor.interview import read_answers
from advisor.knowledge import Knowledge
from advisor.portfolio.entry import EntryStep, PortfolioEntry, ScoreRange, build_entry
from advisor.text import Text
from tests.conftest import ROOT, SAMPLES

Make = Callable[..., PortfolioEntry]
STEPS = {
    "crm_goals": Text(zh="为CRM定出可量化的目标", en="Set CRM goals in figures"),
    "feasibility_study": Text(zh="做可行性论证", en="Study feasibility"),
    "sponsor_level": Text(zh="由高层牵头", en="Put a top manager in charge"),
}


def span(points: float | None) -> ScoreRange:
    """A score that is known for sure, or not at all."""
    return ScoreRange(points=points, low=points or 0.0, high=100.0 if points is None else points)


def make_entry(number: int, **changes: Any) -> PortfolioEntry:
    """An invented firm; scores may be given as numbers and steps by their questions."""
    for name in ("need", "ability"):
        if name in changes and not isinstance(changes[name], ScoreRange):
            changes[name] = span(changes[name])
    if "steps" in changes:
        changes["steps"] = tuple(EntryStep(question=question, title=STEPS[question]) for question in changes["steps"])
    values: dict[str, Any] = {
        "id": f"firm_{number}", "row": number + 1, "name": Text(zh=f"某某企业{number}", en=f"Such-and-such {number}"),
        "industry": "software", "size": "medium", "model": "project", "mixed": False,
        "verdict": "conditional", "certainty": "settled", "possible": ("conditional",),
        "need": span(60), "ability": span(50), "factors": {"need_closeness": span(40), "leadership_factor": span(30)},
        "answered": 50, "applicable": 60, "blockers": (), "conditions": ("clear_goals",), "risks": {"no_backing": "high"},
        "path": "found", "steps": (EntryStep(question="crm_goals", title=STEPS["crm_goals"]),),
        "files": {"zh.pdf": f"reports/firm_{number}.zh.pdf"},
    }  # fmt: skip
    return PortfolioEntry(**{**values, **changes})


@pytest.fixture(scope="session")
def crowd(knowledge: Knowledge) -> list[PortfolioEntry]:
    """Sixty invented firms, spread over everything firms differ by."""
    chance = random.Random(11)
    verdicts = ("feasible", "conditional", "not_yet", "not_needed_now", "not_enough_answers")
    risks, conditions = (
        [name for name, finding in knowledge.findings.items() if finding.kind == kind] for kind in ("risk", "condition")
    )
    return [
        make_entry(
            number,
            verdict=(verdict := chance.choice(verdicts)),
            certainty=chance.choice(("settled", "leaning")),
            need=chance.uniform(0, 100),
            ability=None if number % 20 == 19 else chance.uniform(0, 100),
            model=chance.choice(("consumer", "project", "industrial", None)),
            industry=chance.choice(("software", "bank", "hotel", "construction")),
            size=chance.choice(("small", "medium")),
            factors={"need_closeness": span(chance.uniform(0, 100)), "leadership_factor": span(chance.uniform(0, 100))},
            blockers=("no_money",) if number % 9 == 0 else (),
            conditions=tuple(chance.sample(conditions, 3)),
            risks={name: chance.choice(("medium", "high")) for name in chance.sample(risks, 4)},
            path="found" if verdict in ("conditional", "not_yet") else "already",
            steps=chance.sample(sorted(STEPS), 2) if verdict in ("conditional", "not_yet") else (),
        )
        for number in range(1, 61)
    ]


@pytest.fixture(scope="session")
def sample_firms(knowledge: Knowledge) -> list[PortfolioEntry]:
    """The sample firms and those the tests keep, assessed and with their ways to feasible."""
    entries = []
    for row, file in enumerate([*sorted(SAMPLES.glob("*.yaml")), *sorted((ROOT / "tests" / "firms").glob("*.yaml"))], 2):
        answers = read_answers(file, knowledge)
        path = path_item(knowledge, answers, paths(knowledge, answers))
        assessment = assess(answers, knowledge)
        cited = {source for way in path.ways for step in way.steps for source in step.sources}
        from advisor.assessment.citations import cited_works

        insight = Insight(
            likely=(), near=(), path=path, sensitivity=None, scenarios=(),
            citations=cited_works(knowledge, cited - set(assessment.citations)),
        )  # fmt: skip
        examined = Assessment.model_validate(dict(assessment) | {"insight": insight})
        files = {f"{lang}.pdf": f"reports/{file.stem}.{lang}.pdf" for lang in ("zh", "en")}
        entries.append(build_entry(examined, answers, knowledge, file.stem, row, files))
    return entries
