"""From answers to the facts rules look at: known values, bands read off numbers, and what was asked but not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from advisor.interview.answers import Answers, Status
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Truth, Value
from advisor.knowledge.schema import Band


@dataclass
class Facts:
    """Everything known of one firm while rules run. Findings and the model are added layer by layer.

    ``doubtful`` are the facts of which an answer still missing may yet say that they do not apply.
    """

    values: dict[str, Value]
    status: Mapping[str, Status]
    doubtful: frozenset[str] = frozenset()
    findings: dict[str, Truth] = field(default_factory=dict)

    def value(self, fact: str) -> Value | None:
        """The value of a fact, None where it is missing."""
        return self.values.get(fact)

    def unknown(self, fact: str) -> Truth:
        """Whether the firm said it does not know; None where it was not answered."""
        status = self.status.get(fact)
        return None if status is None else status == "unknown"

    def applies(self, fact: str) -> bool:
        """Whether the fact makes sense for this firm."""
        return self.status.get(fact) != "not_applicable"

    def found(self, finding: str) -> Truth:
        """Whether a finding was concluded (True), ruled out (False), or cannot be decided (None)."""
        return self.findings.get(finding)

    def set_model(self, models: frozenset[str]) -> None:
        """Enter the operating models in play."""
        self.values[MODEL_FACT] = models


def derive(knowledge: Knowledge, answers: Answers, only: Collection[str] | None = None) -> Facts:
    """The facts that follow from answers alone. Answers to questions that do not apply to this firm are left out.

    ``only`` names the questions and bands that will be looked at, where not all are.
    """
    values: dict[str, Value] = {}
    status: dict[str, Status] = {}
    bands = knowledge.bands if only is None else {name: b for name, b in knowledge.bands.items() if name in only}
    asked = answers.given if only is None else [*only, *(band.of for band in bands.values())]
    for name in asked:
        answer = answers.given.get(name)
        if answer is None:
            continue
        status[name] = answer.status
        if answer.status == "known" and answer.value is not None and not isinstance(answer.value, tuple):
            values[name] = answer.value
    doubtful = set()
    for name, premise in knowledge.asked_if.items():
        if name not in asked and only is not None:
            continue
        applies = premise.holds(answers)
        if applies is False:
            status[name] = "not_applicable"
            values.pop(name, None)
        elif applies is None:
            doubtful.add(name)
    for name, band in bands.items():
        source = values.get(band.of)
        if (source_status := status.get(band.of)) is not None:
            status[name] = source_status
        if isinstance(source, int | float):
            values[name] = band_of(source, band)
        if band.of in doubtful:
            doubtful.add(name)
    return Facts(values, status, frozenset(doubtful))


def band_of(number: float, band: Band) -> str:
    """The step of ``band`` that ``number`` falls into."""
    return next(step.id for step in band.steps if step.below is None or number < step.below)
