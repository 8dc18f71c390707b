"""Rules over many firms at once: what is foreseen holds in every completion, and some kinds come out as among all."""

from __future__ import annotations

import random

import pytest

from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import FactTable
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge.facts import MODEL_FACT
from tests.random_firms import completed, random_firm


def table(knowledge, *firms):
    return FactTable(knowledge, AnswerTable.of(firms))


def test_a_firm_by_itself_has_the_facts_of_its_column(knowledge):
    """Skip logic is worked out for one firm and for many in ways of their own: they must come to the same."""
    draw = random.Random(5)
    facts = table(knowledge, *(random_firm(knowledge, draw) for _ in range(200)))
    names = [name for name in knowledge.facts if name != MODEL_FACT]
    for place in range(facts.size):
        bit, firm = 1 << place, facts.firm(place)
        for name in names:
            column = facts.today[name]
            assert repr(firm.value(name)) == repr(next((v for v, who in column.values.items() if who & bit), None)), name
            assert firm.applies(name) is not bool(column.inapplicable & bit), name
            assert (firm.unknown(name) is True) is bool(column.unknown & bit), name
        assert firm.doubtful == {name for name in names if facts.foreseen[name].doubtful & bit}


def test_the_rules_fired_are_listed_firm_by_firm(knowledge, firms):
    outcome = ColumnEngine(knowledge).today(table(knowledge, *firms.values()))
    for place, fired in enumerate(outcome.fired()):
        assert fired == [name for name in outcome.rules if outcome.rule(name, place)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_is_foreseen_holds_in_every_completion(knowledge, seed):
    """A rule foreseen to hold does so however the missing answers turn out, and one foreseen to fail never holds."""
    draw = random.Random(seed)
    firms = [random_firm(knowledge, draw) for _ in range(60)]
    engine = ColumnEngine(knowledge)
    foreseen = engine.foresee(table(knowledge, *firms))
    decided = 0
    for _ in range(20):
        outcome = engine.today(table(knowledge, *(completed(firm, knowledge, draw) for firm in firms)))
        for name, (holds, fails) in foreseen.rules.items():
            fired = outcome.rules[name][0]
            assert holds & ~fired == 0, name
            assert fails & fired == 0, name
            decided += (holds | fails).bit_count()
    assert decided > 0.3 * 20 * len(firms) * len(foreseen.rules)


def test_what_may_yet_not_apply_holds_today_and_is_not_foreseen(knowledge):
    """What was answered about field staff stands today, and falls should it turn out that there are none."""
    told = {"visit_reporting": 5, "rep_pay_basis": 1, "activity_review": "no", "industry": "electromechanical"}
    firm = Answers({name: Answer("known", value) for name, value in told.items()})
    some, none = (firm.with_answer("field_staff", Answer("known", number)) for number in (9.0, 0.0))
    engine, rule = ColumnEngine(knowledge), "free_reps_without_tied_pay"
    assert engine.today(table(knowledge, firm)).rule(rule, 0)
    assert engine.foresee(table(knowledge, firm)).rule(rule, 0) is None
    assert engine.foresee(table(knowledge, some)).rule(rule, 0)
    assert engine.today(table(knowledge, none)).rule(rule, 0) is False


def test_some_kinds_alone_come_out_as_among_all(knowledge):
    draw = random.Random(7)
    facts = table(knowledge, *(random_firm(knowledge, draw) for _ in range(40)))
    whole, part = ColumnEngine(knowledge), ColumnEngine(knowledge, ("function", "risk"))
    for among_all, alone in ((whole.today(facts), part.today(facts)), (whole.foresee(facts), part.foresee(facts))):
        assert {r.id for r in knowledge.rules if r.rule.kind in ("function", "risk")} <= set(alone.rules)
        assert all(among_all.rules[name] == sides for name, sides in alone.rules.items())


def test_changes_to_one_sheet_are_as_sheets_of_their_own(knowledge, firms):
    draw = random.Random(8)
    for sheet in list(firms.values())[:3]:
        changed = [random_firm(knowledge, draw).given for _ in range(20)]
        changes = [{}, *({name: given[name] for name in sorted(given)[:3]} for given in changed)]
        own = [Answers({**sheet.given, **change}) for change in changes]
        engine = ColumnEngine(knowledge)
        facts = FactTable(knowledge, AnswerTable.with_changes(sheet, changes))
        assert engine.today(facts).rules == engine.today(table(knowledge, *own)).rules
        assert engine.foresee(facts).rules == engine.foresee(table(knowledge, *own)).rules
