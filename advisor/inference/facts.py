"""From answers to the facts rules look at: known values, bands read off numbers, and what was asked but not known.

:class:`FactTable` has them for many firms by column, :class:`Facts` for one firm by name, from the same answers. Premises of
skip logic are compiled for many and simply asked of one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar, cast

from advisor.inference.columns import UNDECIDED, Column, Firms, grouped
from advisor.inference.compiled import Judge, compiled
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers, Status
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Found, Test, Truth, Value
from advisor.knowledge.schema import Band

Result = TypeVar("Result")


@dataclass
class Facts:
    """Everything known of one firm. Findings and the model are entered once rules have run.

    ``doubtful`` are the facts of which an answer still missing may yet say that they do not apply.
    """

    values: dict[str, Value]
    status: Mapping[str, Status]
    doubtful: frozenset[str] = frozenset()
    findings: dict[str, Truth] = field(default_factory=dict)
    margins: dict[str, Margin] = field(default_factory=dict)

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which a fact is known to lie."""
        return self.margins.get(fact)

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

    def set_computed(self, values: Mapping[str, Value], margins: Mapping[str, Margin]) -> None:
        """Enter the facts that were computed between layers of rules, and those that are known within bounds."""
        self.values.update(values)
        self.margins.update(margins)


def derive(knowledge: Knowledge, answers: Answers) -> Facts:
    """The facts that follow from the answers of one firm alone; those to questions that do not apply are left out."""
    return FactTable(knowledge, AnswerTable.of([answers])).firm(0)


def band_of(number: float, band: Band) -> str:
    """The step of ``band`` that ``number`` falls into."""
    return next(step.id for step in band.steps if step.below is None or number < step.below)


def band_around(margin: Margin, band: Band) -> str | None:
    """The step of ``band`` that a whole margin falls into; None where it reaches over several."""
    low, high = band_of(margin.low, band), band_of(margin.high, band)
    return low if low == high else None


class FactTable:
    """The facts of many firms, by column, each worked out when it is first looked at.

    ``today`` takes the answers as they stand; ``foreseen`` speaks for every completion of the missing answers: that a firm
    does not know something today decides nothing, and a fact whose lead-in question is open may yet turn out not to apply.
    """

    def __init__(self, knowledge: Knowledge, answers: AnswerTable) -> None:
        self.knowledge, self.answers = knowledge, answers
        self.size = len(answers)
        self.everyone: Firms = (1 << self.size) - 1
        self.today, self.foreseen = FactColumns(self), FactColumns(self, foresee=True)
        self._answered: dict[str, list[tuple[Answer, Firms]]] = {}
        self._once: dict[Hashable, object] = {}

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What some work on these facts gives, done when it is first asked for; ``key`` names the work and whatever else it
        depends on."""
        if key not in self._once:
            self._once[key] = work()
        return cast("Result", self._once[key])

    def answered(self, question: str) -> list[tuple[Answer, Firms]]:
        """The different answers to a question, each with the firms that gave it."""
        found = self._answered.get(question)
        if found is None:
            found = self._answered[question] = list(self._group(question))
        return found

    def _group(self, question: str) -> Iterable[tuple[Answer, Firms]]:
        column = self.answers.column(question)
        sets = [self.everyone] * len(column.answers) if column.codes is None else grouped(column.codes, len(column.answers))
        return ((answer, who) for answer, who in zip(column.answers, sets, strict=True) if answer is not None)

    def only(self, firm: int) -> FactTable:
        """The facts of one of the firms, as a table."""
        return self if self.size == 1 else FactTable(self.knowledge, self.answers.only(firm))

    def firm(self, place: int) -> Facts:
        """The facts of one firm, as its answers stand."""
        answers = Answers(self.answers.sheet(place))
        decided = Answers({name: answer for name, answer in answers.given.items() if answer.status != "unknown"})
        status = {name: answers.given[name].status for name in self.knowledge.questions if name in answers.given}
        values = {name: value for name in status if (value := answers.value(name)) is not None}
        margins = {name: margin for name in status if (margin := answers.margin(name)) is not None}
        for name, premise in self.knowledge.asked_if.items():
            if premise.holds(answers) is False:
                status[name] = "not_applicable"
                values.pop(name, None)
                margins.pop(name, None)
        doubtful = {name for name, premise in self.knowledge.asked_if.items() if premise.holds(decided) is None}
        for name, band in self.knowledge.bands.items():
            if (source_status := status.get(band.of)) is not None:
                status[name] = source_status
            if isinstance(number := values.get(band.of), int | float):
                values[name] = band_of(number, band)
            elif band.of in margins and (step := band_around(margins[band.of], band)) is not None:
                values[name] = step
            if band.of in doubtful:
                doubtful.add(name)
        return Facts(values, status, frozenset(doubtful), margins=margins)


class FactColumns:
    """The columns of a :class:`FactTable` in one of its two readings."""

    def __init__(self, table: FactTable, foresee: bool = False) -> None:
        self.table, self.foresee = table, foresee
        self._raw: dict[str, Column] = {}
        self._columns: dict[str, Column] = {}

    def __getitem__(self, fact: str) -> Column:
        """The column of a question or a band; one without values for a fact nobody answers."""
        column = self._columns.get(fact)
        if column is None:
            band = self.table.knowledge.bands.get(fact)
            column = self._columns[fact] = self._banded(band) if band else self._asked(fact)
        return column

    def raw(self, question: str) -> Column:
        """The answers to a question as given, before skip logic."""
        column = self._raw.get(question)
        if column is None:
            column = self._raw[question] = self._read(question)
        return column

    def _read(self, question: str) -> Column:
        column = Column()
        for answer, who in self.table.answered(question):
            if answer.status == "not_applicable":
                column.inapplicable |= who
            elif answer.status == "unknown":
                column.unknown |= 0 if self.foresee else who
            elif isinstance(answer.value, Margin):
                column.margins[answer.value] = column.margins.get(answer.value, 0) | who
                column.asked |= who
            elif answer.value is None or isinstance(answer.value, tuple):
                column.asked |= who
            else:
                column.add(answer.value, who)
        column.asked |= column.known | column.unknown
        return column

    def _asked(self, question: str) -> Column:
        """A question with skip logic: where it does not apply, its answer does not count."""
        column, lead_in = self.raw(question), _lead_ins(self.table.knowledge).get(question)
        if lead_in is None:
            return column
        applies, out = lead_in(self)
        doubtful = self.table.everyone & ~applies & ~out if self.foresee else 0
        return column.limited(out, doubtful) if out or doubtful else column

    def _banded(self, band: Band) -> Column:
        source = self[band.of]
        banded = Column({}, 0, source.asked, source.unknown, source.inapplicable, source.doubtful)
        for value, who in source.values.items():
            assert isinstance(value, int | float)
            banded.add(band_of(value, band), who)
        for margin, who in source.margins.items():
            if (step := band_around(margin, band)) is not None:
                banded.add(step, who)
        return banded


@lru_cache(maxsize=8)
def _lead_ins(knowledge: Knowledge) -> Mapping[str, Judge[FactColumns]]:
    """The premise of every question that is not for everyone; it looks at answers as given and at no finding."""

    def leaf(part: Test | Found, negated: bool) -> Judge[FactColumns]:
        return lambda columns: columns.raw(part.fact).sides(part, negated) if isinstance(part, Test) else UNDECIDED

    return {question: compiled(premise, leaf) for question, premise in knowledge.asked_if.items()}
