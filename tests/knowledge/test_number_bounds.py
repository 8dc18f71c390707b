"""Numbers between bounds: what lies on a bound is an answer, what lies beyond is none, however it is given or tried."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from advisor.errors import InputError
from advisor.knowledge import premises
from advisor.knowledge.answer_types.number import NEAR, NUMBER, around
from advisor.knowledge.answer_types.shared.base import RefusedError
from advisor.text import Text


def question(**more: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{"unit": None, "unit_of_one": None, "integer": False, "min": None, "max": None, "about": 0.2} | more
    )


def fact(low: float | None = 10.0, high: float | None = 100.0, **more: object) -> SimpleNamespace:
    return SimpleNamespace(name="heads", low=low, high=high, question=question(**more))


def refusal(raw: object, of: SimpleNamespace) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        NUMBER.read(of, raw)
    return refused.value


def refused_by(action, *arguments) -> list[tuple[str, dict[str, object]]]:
    """What a check of a premise finds wrong."""
    calls: list[tuple[str, dict[str, object]]] = []
    action(*arguments, lambda code, **values: calls.append((code, values)))
    return calls


def test_the_bounds_themselves_are_answers_and_nothing_beyond():
    assert [NUMBER.read(fact(), raw) for raw in ("10", 100, "100.0", 55.5)] == [10.0, 100.0, 100.0, 55.5]
    for raw in ("9.99", 100.01, -10):
        assert refusal(raw, fact()).code == "A104"
    assert refusal(5, fact()).values == {"value": "5", "low": "10", "high": "100"}


def test_without_an_upper_bound_any_number_is_one_and_it_is_told_so():
    assert NUMBER.read(fact(high=None), 1e12) == 1e12
    assert refusal(5, fact(high=None)).values["high"] == "∞"
    assert refusal(101, fact(low=None)).values["low"] == "0"
    assert NUMBER.read(fact(low=None), -3) == -3.0


def test_a_question_for_whole_numbers_takes_no_part_of_one():
    assert NUMBER.read(fact(integer=True), 11.0) == 11.0
    assert refusal(11.5, fact(integer=True)).code == "A109"
    assert NUMBER.read(fact(), 11.5) == 11.5


def test_what_is_no_number_is_refused_with_one_that_is():
    unit = Text(zh="人", en="people")
    assert refusal(["1", "2"], fact()).code == refusal({"a": 1}, fact()).code == "A105"
    wrong = refusal("several", fact(unit=unit))
    assert (wrong.code, wrong.values["example"]["en"]) == ("A103", "12 people")
    assert refusal(None, fact()).values["example"]["en"] == "12"


def test_where_a_question_states_no_least_number_it_is_nothing():
    assert NUMBER.limits(question(), {}) == (0.0, None)
    assert NUMBER.limits(question(min=-5.0, max=5.0), {}) == (-5.0, 5.0)


def test_a_premise_may_compare_with_a_bound_and_nothing_beyond():
    assert NUMBER.threshold(fact(), "at_least", 10, None) == 10
    assert NUMBER.threshold(fact(), "at_least", 100, None) == 100
    for value in (9.99, 100.01):
        assert refused_by(NUMBER.threshold, fact(), "at_least", value) == [
            ("K307", {"value": value, "low": "10", "high": "100"})
        ]
    assert refused_by(NUMBER.threshold, fact(low=-1.0, high=None), "at_least", -2)[0][1] == {
        "value": -2,
        "low": "-1",
        "high": "∞",
    }
    assert refused_by(NUMBER.threshold, fact(low=None), "at_least", 101)[0][1]["low"] == "0"
    for value in (True, "20"):
        assert refused_by(NUMBER.threshold, fact(), "at_least", value) == [("K305", {"value": str(value)})]


def test_a_premise_lists_numbers_without_needless_points():
    assert NUMBER.words(fact(), [10, 20.0, 0.5], None) == frozenset({"10", "20", "0.5"})
    assert NUMBER.words(fact(), 10.0, None) == frozenset({"10"})
    assert refused_by(NUMBER.words, fact(), [10, "many"]) == [("K305", {"value": "[10, 'many']"})]


def at(op: str, argument: object) -> premises.Test:
    return premises.Test("heads", op, argument)


def test_checks_try_a_number_on_and_on_either_side_of_each_limit_within_the_bounds():
    tried = list(NUMBER.probes(fact(), [at("at_least", 50), at("in", frozenset({"20"}))]))
    assert tried == pytest.approx([20 - NEAR, 20, 20 + NEAR, 50 - NEAR, 50, 50 + NEAR])
    assert NEAR == 0.001
    assert list(NUMBER.probes(fact(), [at("at_least", 10)])) == pytest.approx([10, 10 + NEAR])
    assert list(NUMBER.probes(fact(), [at("at_least", 100)])) == pytest.approx([100 - NEAR, 100])
    assert list(NUMBER.probes(fact(high=None), [at("at_least", 100)])) == pytest.approx([100 - NEAR, 100, 100 + NEAR])


def test_where_nothing_is_compared_the_least_number_is_tried():
    assert list(NUMBER.probes(fact(), [])) == [10.0]
    assert list(NUMBER.probes(fact(low=None), [])) == [0.0]


def test_numbers_tried_lie_on_and_between_the_points_and_beyond_them_all():
    assert list(around(fact(), [50.0, 5.0, 200.0])) == [10.0, 30.0, 50.0, 100.0]
    assert list(around(fact(high=None), [50.0])) == [10.0, 30.0, 50.0, 101.0]
    assert list(around(fact(low=None), [1.0])) == [0.0, 1.0, 3.0]
    assert list(around(fact(high=100.0), [10.0, 100.0])) == [10.0, 55.0, 100.0, 100.0]
    assert list(around(fact(), [12.0])) == [10.0, 11.0, 12.0, 25.0]
    assert list(around(fact(), [11.0])) == [10.0, 11.0, 23.0], "between neighbours there is none"


def test_trials_are_about_all_that_rules_and_points_name():
    item = SimpleNamespace(points={20.0: 0.0, 40.0: 100.0})
    bare = SimpleNamespace(points=None)
    trials = list(NUMBER.trials(fact(), [at("at_least", 30), at("in", frozenset({"60"}))], [item, bare]))
    assert trials == [10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 50.0, 60.0, 100.0]


def test_a_lever_moves_a_number_within_its_bounds_only():
    assert [NUMBER.moves_to(fact(), value) for value in (9.9, 10, 100, 100.1, "50")] == [False, True, True, False, False]
    assert NUMBER.moves_to(fact(high=None), 1e9)
    assert [NUMBER.moves_to(fact(low=None), value) for value in (-0.1, 0)] == [False, True]


def test_a_case_of_a_rule_states_numbers():
    assert NUMBER.in_case(fact(), 3) == 3.0
    for raw in (True, "3"):
        with pytest.raises(InputError):
            NUMBER.in_case(fact(), raw)


def test_a_spreadsheet_lets_in_what_lies_within_the_bounds():
    assert NUMBER.cell_test(fact()).conditions == ("{at}>=10", "{at}<=100")
    assert NUMBER.cell_test(fact(low=None, high=None, integer=True)).conditions == ("{at}>=0", "{at}=INT({at})")
    assert NUMBER.cell_test(fact(), share=100).conditions == ("{at}>=0.1", "{at}<=1")
    assert NUMBER.cell_test(fact()).any_words, "about 120"
    assert [NUMBER.in_cell(value) for value in (3.0, 2.5)] == [3, 2.5]
    [filled], [blank] = NUMBER.cells(fact(), 3.0, "en"), NUMBER.cells(fact(), None, "en")
    assert (filled.content, blank.content) == (3, None)


def test_bounds_are_told_in_words():
    assert NUMBER.range(fact(high=1_234_567.0), "en").count("1,234,567") == 1
    assert "10" in NUMBER.range(fact(), "en")
    assert "0.5" in NUMBER.range(fact(low=0.5), "en")
    assert NUMBER.kind_of_range(fact(integer=True)) == "whole"
    assert NUMBER.kind_of_range(fact()) == "number"
    assert NUMBER.range(fact(low=None, high=5.0), "en").endswith("0 to 5")
    assert "(people)" in NUMBER.how_to(fact(unit=Text(zh="人", en="people")), "en")


def test_numbers_are_written_with_the_digits_that_matter():
    unit = Text(zh="人", en="people")
    assert [NUMBER.plain(value) for value in (3.0, 2.5, 3)] == [3, 2.5, 3]
    assert NUMBER.in_words(fact(unit=unit), 1234.0) == Text(zh="1,234人", en="1,234 people")
    assert NUMBER.in_words(fact(), 0.25) == Text(zh="0.25", en="0.25")
    assert (NUMBER.in_field(12345.0), NUMBER.in_yaml(12345.0), NUMBER.in_table(fact(), 12345.5, "en")) == (
        "12,345",
        "12345",
        "12,345.5",
    )
    assert NUMBER.earns(fact(), SimpleNamespace(points={0.0: 1.0}))
    assert not NUMBER.earns(fact(), SimpleNamespace(points=None))
    assert (NUMBER.ordered, NUMBER.numeric, NUMBER.typed) == (True, True, True)
