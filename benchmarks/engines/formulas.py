"""The rules as two-valued formulas that any engine can take, and firms as rows of plain values.

A premise has three values, the engines compared here have two. So each rule becomes a formula that is true exactly where
the rule holds for sure, with negation carried down to its leaves; and what a rule asks under ``not: {found: x}`` becomes a
second formula, true exactly where every rule that draws ``x`` fails for sure. Leaves speak of the columns of a row: a
missing value passes none of them. A set of words is spread over a column per word (1 or 0) and one for its size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import Facts, FactTable
from advisor.interview import Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import Knowledge
from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import COMPARISONS, All, Any, Found, Not, Premise, Test

Cell = str | int | float
Row = dict[str, Cell]
YES, NO = 1, 0
NEGATED = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}


@dataclass(frozen=True)
class Passes:
    """The value of a fact is known and passes a test, or is known and does not."""

    test: Test
    negated: bool


@dataclass(frozen=True)
class Outside:
    """A fact does not apply to the firm."""

    fact: str


@dataclass(frozen=True)
class Drawn:
    """One of the rules that draw a finding has fired."""

    finding: str
    makers: tuple[str, ...]


@dataclass(frozen=True)
class OneOf:
    """A column has one of some words or steps."""

    column: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class Limit:
    """The number in a column compared with a limit."""

    column: str
    op: str
    limit: float


@dataclass(frozen=True)
class Every:
    """All parts are true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Some:
    """At least one part is true."""

    parts: tuple[Formula, ...]


Formula = Passes | Outside | Drawn | OneOf | Limit | Every | Some


@dataclass(frozen=True)
class FormulaRule:
    """A rule of the project as a formula."""

    id: str
    layer: int
    formula: Formula
    draws: tuple[str, ...]


@dataclass(frozen=True)
class Syntax:
    """How a language writes a formula over columns."""

    one_of: Callable[[OneOf], str]
    limit: Callable[[Limit], str]
    drawn: Callable[[Drawn], str]
    every: Callable[[Sequence[str]], str]
    some: Callable[[Sequence[str]], str]


def formula_rules(knowledge: Knowledge) -> list[FormulaRule]:
    """Every rule as a formula over tests, each after those it builds on."""
    return [
        FormulaRule(
            rule.id,
            rule.layer,
            formula_of(knowledge, rule.premise),
            tuple(then.target for then in rule.rule.then if then.kind != "evidence"),
        )
        for rule in ColumnEngine(knowledge).rules
    ]


def column_rules(knowledge: Knowledge) -> list[FormulaRule]:
    """Every rule as a formula over columns, each after those it builds on."""
    return [replace(rule, formula=over_columns(rule.formula, knowledge)) for rule in formula_rules(knowledge)]


def formula_of(knowledge: Knowledge, premise: Premise, negated: bool = False, sure: bool = False) -> Formula:
    """True exactly where a premise (or its negation) holds.

    With ``sure`` true exactly where the opposite fails, which a fact that does not apply makes happen too.
    """
    match premise:
        case Test(fact):
            passes = Passes(premise, negated)
            return Some((passes, Outside(fact))) if sure else passes
        case Found(finding):
            makers = knowledge.makers.get(finding, ())
            if not negated:
                return Drawn(finding, tuple(rule.id for rule in makers))
            failing = tuple(formula_of(knowledge, rule.premise, negated=True, sure=True) for rule in makers)
            return Every(failing) if failing else Some(())
        case Not(part):
            return formula_of(knowledge, part, not negated, sure)
        case All(parts) | Any(parts):
            inner = tuple(formula_of(knowledge, part, negated, sure) for part in parts)
            return Every(inner) if isinstance(premise, All) != negated else Some(inner)


def over_columns(formula: Formula, knowledge: Knowledge) -> Formula:
    """The formula with its tests written over the columns of a row, nested alike parts made one."""
    match formula:
        case Passes(test, negated):
            return _over_columns(test, negated, knowledge.facts[test.fact])
        case Outside(fact):
            return OneOf(_status(fact), ("not_applicable",))
        case Every(parts) | Some(parts):
            return _joined(type(formula), [over_columns(part, knowledge) for part in parts])
        case _:
            return formula


def _joined(kind: type[Every | Some], parts: Sequence[Formula]) -> Formula:
    flat = tuple(leaf for part in parts for leaf in (part.parts if isinstance(part, kind) else (part,)))
    return flat[0] if len(flat) == 1 else kind(flat)


def _over_columns(test: Test, negated: bool, fact: Fact) -> Formula:
    name, argument = test.fact, test.argument
    if test.op == "unknown":
        return OneOf(_status(name), ("known",) if negated else ("unknown",))
    if not fact.values:
        return _number(test, negated)
    if not fact.type.several:
        domain: tuple[str | int, ...] = fact.steps or tuple(fact.values)
        passing = tuple(value for value in domain if test.accepts(value) != negated)
        return OneOf(name, passing) if passing else Some(())
    if test.op == "count":
        assert isinstance(argument, tuple)
        return Limit(f"{name}__count", NEGATED[argument[0]] if negated else argument[0], argument[1])
    assert isinstance(argument, frozenset)
    words = [OneOf(f"{name}__{word}", (NO if negated else YES,)) for word in sorted(argument)]
    return _joined(Every if (test.op == "includes") != negated else Some, words)


def _number(test: Test, negated: bool) -> Formula:
    if test.op in COMPARISONS:
        assert isinstance(test.argument, int | float)
        return Limit(test.fact, NEGATED[test.op] if negated else test.op, test.argument)
    assert isinstance(test.argument, frozenset)
    numbers = sorted(float(word) for word in test.argument)
    if negated:
        return Every(tuple(Some((Limit(test.fact, "below", n), Limit(test.fact, "above", n))) for n in numbers))
    return Some(tuple(Every((Limit(test.fact, "at_least", n), Limit(test.fact, "at_most", n))) for n in numbers))


def written(formula: Formula, syntax: Syntax) -> str:
    """A formula over columns in a language."""
    match formula:
        case OneOf():
            return syntax.one_of(formula)
        case Limit():
            return syntax.limit(formula)
        case Drawn():
            return syntax.drawn(formula)
        case Every(parts):
            return syntax.every([written(part, syntax) for part in parts])
        case Some(parts):
            return syntax.some([written(part, syntax) for part in parts])
        case _:
            raise TypeError(f"not over columns: {formula}")


def leaves(formula: Formula) -> Iterator[Formula]:
    """The leaves of a formula in reading order."""
    if isinstance(formula, Every | Some):
        for part in formula.parts:
            yield from leaves(part)
    else:
        yield formula


def columns_used(rules: Sequence[FormulaRule]) -> dict[str, bool]:
    """The columns that formulas look at, in reading order, and whether each is a number."""
    found = [leaf for rule in rules for leaf in leaves(rule.formula) if isinstance(leaf, OneOf | Limit)]
    return {leaf.column: isinstance(leaf, Limit) for leaf in found}


def facts_of(knowledge: Knowledge, firms: Sequence[Answers]) -> list[Facts]:
    """What follows from each firm's answers alone, with the facts computed between layers worked out and entered
    where they are known; formulas know nothing of what lies within bounds."""
    table = FactTable(knowledge, AnswerTable.of(firms))
    outcome = ColumnEngine(knowledge).today(table)
    found = [table.firm(place) for place in range(len(firms))]
    for place, facts in enumerate(found):
        facts.set_computed(outcome.values(place), {})
    return found


def row_of(knowledge: Knowledge, facts: Facts) -> Row:
    """One firm as plain values by column; what is missing is not in it."""
    row: Row = {_status(name): status for name, status in facts.status.items()}
    for name, value in facts.values.items():
        if isinstance(value, frozenset):
            row.update({f"{name}__{word}": YES if word in value else NO for word in knowledge.facts[name].values})
            row[f"{name}__count"] = len(value)
        else:
            row[name] = value
    return row


def _status(fact: str) -> str:
    return f"{fact}__status"
