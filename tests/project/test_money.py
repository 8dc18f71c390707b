"""Money of a project: by hand to the yuan, never less for a larger firm, never lower for an answer that is missing."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.inference.column_engine import column_engine
from advisor.inference.facts import FactTable, derive
from advisor.inference.project_facts import ProjectFacts
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge import load_knowledge
from advisor.knowledge.schema import Task, Work
from advisor.project.funding import OPEN, cheapest, funding_step, reference_ways, worse
from advisor.project.money import Pricing
from advisor.project.one_firm import LEAST, MOST, OneFirm
from tests.project.firms import WrittenFirms, firm, scheme_of

KNOWLEDGE = load_knowledge()
SCHEME, TASKS = scheme_of(KNOWLEDGE), [task for task in KNOWLEDGE.tasks if task.core]
PRICING = Pricing(SCHEME, TASKS)
COMPLETE = {
    "employees": 130.0,
    "field_staff": 36.0,
    "own_sites": 2.0,
    "crm_users": 45.0,
    "existing_systems": frozenset({"erp"}),
    "customer_data_home": "several_systems",
    "customer_accounts": 2100.0,
    "buyers": frozenset({"firms"}),
}


def test_the_first_year_by_hand() -> None:
    money = PRICING.money(WrittenFirms((firm(),)))
    hosted, q = money.ways["hosted"], money.quantities
    outside = sum(
        task.outside_days.base[1] + sum(each[1] * q[name][0, 0] for name, each in task.outside_days.per.items())
        for task in TASKS
        if "hosted" in task.ways
    )
    way = SCHEME.ways["hosted"]
    licence, work = 45 * way.licence_year[1], outside * way.day_rate[1]
    once = work * (1 + SCHEME.management[1])
    assert hosted.first_year[0, 0] == pytest.approx(licence + once * (1 + SCHEME.contingency[1]))
    assert hosted.later_year[0, 0] == pytest.approx(licence + work * SCHEME.improvement[1])


def test_a_year_of_subscription_of_an_ordinary_firm_is_in_the_right_region() -> None:
    money = PRICING.money(WrittenFirms((firm(),)))
    low, base, high = money.cases.range(money.ways["hosted"].first_year)[:, 0]
    assert 50_000 < low < base < high < 400_000
    assert high / low < 3.5


def test_licences_and_outside_days_are_paid_at_the_prices_of_the_home() -> None:
    money = PRICING.money(WrittenFirms((firm(), firm(home_country="eu_eea"))))
    level = money.quantities["price_level"][0, 1]
    assert level > 2
    for line in ("licence", "work"):
        assert money.ways["hosted"].first[line][0, 1] == pytest.approx(level * money.ways["hosted"].first[line][0, 0])


def test_a_day_rate_the_firm_set_is_paid_as_it_is() -> None:
    own = {way: money.model_copy(update={"own_day_rate": True}) for way, money in SCHEME.ways.items()}
    pricing = Pricing(SCHEME.model_copy(update={"ways": own}), TASKS)
    at_home, abroad = pricing.money(WrittenFirms((firm(), firm(home_country="us")))).ways["hosted"].first["work"][0]
    assert abroad == pytest.approx(at_home)


def test_open_users_leave_the_sum_open() -> None:
    money = PRICING.money(WrittenFirms((firm(crm_users=None, employees=None),)))
    assert np.isnan(money.cases.range(money.ways["hosted"].first_year)).all()


@pytest.mark.parametrize("fact", ["crm_users", "own_sites", "customer_accounts"])
def test_a_larger_firm_never_has_less_work_or_cost(fact: str) -> None:
    numbers = [1, 2, 5, 9, 14, 30, 80, 200, 700, 3000]
    money = PRICING.money(WrittenFirms(tuple(firm(**{fact: n}) for n in numbers)))
    for way, cost in money.ways.items():
        for kind, figure in (("first", cost.first_year), ("later", cost.later_year)):
            assert (np.diff(money.cases.range(figure), axis=1) >= -1e-6).all(), (way, kind)


def test_more_functions_and_special_processes_never_cost_less() -> None:
    few = PRICING.money(WrittenFirms((firm(),), {"must_functions": 4.0, "should_functions": 2.0}))
    many = PRICING.money(WrittenFirms((firm(),), {"must_functions": 9.0, "should_functions": 8.0}))
    special = PRICING.money(WrittenFirms((firm(process_specificity=5),)))
    plain = PRICING.money(WrittenFirms((firm(process_specificity=1),)))
    for way in SCHEME.ways:
        assert many.ways[way].first_year[0, 0] > few.ways[way].first_year[0, 0]
        assert special.ways[way].first_year[0, 0] > plain.ways[way].first_year[0, 0]


def test_one_firm_costs_the_same_alone_and_among_many() -> None:
    firms = tuple(firm(crm_users=n) for n in (3, 45, 900))
    together = PRICING.money(WrittenFirms(firms))
    for place, one in enumerate(firms):
        alone = PRICING.money(WrittenFirms((one,)))
        for way in SCHEME.ways:
            assert alone.ways[way].first_year[:, 0].tolist() == together.ways[way].first_year[:, place].tolist()


def test_a_task_without_work_is_refused() -> None:
    task = TASKS[0].model_dump() | {"own_days": Work().model_dump(), "outside_days": Work().model_dump()}
    with pytest.raises(ValueError, match="days of work"):
        Task.model_validate(task)


def _yes_no(*flags: bool) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(flags)


def test_the_reference_way_is_one_that_suppliers_run_where_it_is_allowed() -> None:
    allowed = {"hosted": _yes_no(True, True, False, False), "private_cloud": _yes_no(True, False, False, False)}
    allowed |= {"on_premise": _yes_no(True, True, True, False), "open_source": _yes_no(True, True, True, False)}
    allowed |= {"custom": _yes_no(False, False, False, False)}
    reference = reference_ways(allowed, ["hosted", "private_cloud", "on_premise", "open_source"])  # type: ignore[arg-type]
    chosen = [{way for way, mask in reference.items() if mask[place]} for place in range(4)]
    own = {"on_premise", "open_source"}
    assert chosen == [{"hosted", "private_cloud"}, {"hosted"}, own, own]


def test_money_is_held_against_first_and_later_years_and_the_worse_counts() -> None:
    first, later = np.array([[100.0], [150.0], [250.0]]), np.array([[40.0], [60.0], [90.0]])

    def step(initial: float, yearly: float) -> float:
        shares = (0.1, 0.33)
        start = funding_step(shares, np.array([initial + yearly]), first)
        return float(worse(start, funding_step(shares, np.array([yearly]), later))[0])

    assert step(0, 240) == 4  # a subscription paid out of the yearly budget is money
    assert step(60, 20) == 2
    assert step(400, 0) == 0
    assert step(0, 0) == 0
    assert np.isnan(step(float("nan"), 50))


def test_the_cheapest_of_the_reference_ways_counts_and_an_open_cost_leaves_it_open() -> None:
    money = PRICING.money(WrittenFirms((firm(),)))
    everything = dict.fromkeys(money.ways, _yes_no(True))
    candidates = reference_ways(everything, list(money.ways))
    costs = {way: cost.four_years[0] for way, cost in money.ways.items()}
    assert list(money.ways)[int(cheapest(costs, candidates)[0])] == "hosted"
    assert cheapest({**costs, "private_cloud": np.array([np.nan])}, candidates).tolist() == [OPEN]


def test_one_firm_by_itself_costs_what_it_costs_in_a_table_of_firms(knowledge, firms) -> None:
    """Two readers of facts, the same figures: what is open, what does not apply, functions counted."""
    for answers in firms.values():
        facts = FactTable(knowledge, AnswerTable.of([answers]))
        outcome = column_engine(knowledge, ("function", "option")).today(facts)
        table = ProjectFacts(facts, outcome.rules)
        counts = {name: [int(table.counted(name)[0])] * 3 for name in ("must_functions", "should_functions")}
        alone = PRICING.money(OneFirm(facts.firm(0), counts))
        among = PRICING.money(table)
        for way in SCHEME.ways:
            least, middle, most = alone.ways[way].first_year[0]
            known = among.ways[way].first_year[0, 0]
            assert np.isnan(known) or least == middle == most == pytest.approx(known)


def test_a_missing_answer_of_a_closed_question_leaves_a_sum_within_what_every_answer_gives(knowledge) -> None:
    def cost(step: int | None) -> tuple[float, float]:
        facts = derive(knowledge, Answers({n: Answer("known", v) for n, v in COMPLETE.items()}))
        if step is not None:
            facts.values["process_specificity"] = step
        money = PRICING.money(OneFirm(facts, {"must_functions": (8, 8, 8), "should_functions": (5, 5, 5)}))
        span = money.cases.range(money.ways["hosted"].first_year)
        return float(span[0, LEAST]), float(span[2, MOST])

    low, high = cost(None)
    assert all(low <= least and most <= high for least, most in map(cost, range(1, 6)))
