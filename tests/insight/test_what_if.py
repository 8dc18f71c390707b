"""What if: some answers changed, side by side; scenarios by name beside the firm's file."""

from __future__ import annotations

import pytest

from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.own_figures import knowledge_as_set
from advisor.errors import AnswersError, InputError
from advisor.insight.planned import planned
from advisor.insight.scenarios import MAX_SCENARIOS, Scenario, add_scenario, read_scenarios, scenario_file
from advisor.insight.what_if import change_items, parse_changes, scenario_item, what_if
from advisor.text import Text

TITLE = Text(zh="由老总牵头", en="The chief leads")


def test_changes_show_on_both_sides(knowledge, firms):
    firm = firms["machine_tool_maker"]
    scenario = Scenario("chief_leads", TITLE, parse_changes(["F2=chief", "J1=4"], knowledge))
    comparison = what_if(knowledge, firm, scenario)
    assert comparison.before == planned(knowledge, firm)[0]
    assert {c.id for c in comparison.changes.lost if c.kind == "conditions"} == {"sponsor_at_the_top", "clear_goals"}
    assert comparison.changes.scores["ability"][1] > comparison.changes.scores["ability"][0]
    item = scenario_item(knowledge, firm, comparison)
    assert [c.code for c in item.changes] == ["F2", "J1"]
    assert item.changes[0].before.en != item.changes[0].after.en
    assert firm == firms["machine_tool_maker"], "the firm itself is untouched"


def test_an_answer_not_given_before_is_shown_as_such(knowledge, firms):
    (change,) = change_items(knowledge, firms["machine_tool_maker"], parse_changes(["C19=5"], knowledge))
    assert change.before.en == "not answered"


def test_typed_changes_take_what_a_sheet_takes_and_name_every_mistake(knowledge):
    changes = parse_changes(["H1=300k", "sponsor_level=chief", "A6=consumers,firms", "F7=unknown"], knowledge)
    assert changes["initial_budget"].value == 300_000
    assert changes["buyers"].value == frozenset({"consumers", "firms"})
    assert changes["staff_openness"].status == "unknown"
    with pytest.raises(AnswersError) as caught:
        parse_changes(["F2", "G1="], knowledge)
    assert [p.code for p in caught.value.problems] == ["S101", "S101"]
    with pytest.raises(AnswersError) as caught:
        parse_changes(["F2=boss", "Z9=1"], knowledge)
    assert {p.code for p in caught.value.problems} == {"A102", "A101"}
    with pytest.raises(AnswersError, match="firm"):
        parse_changes(["firm=Other Ltd"], knowledge)


def test_scenarios_are_kept_beside_the_firm_and_read_again(knowledge, tmp_path):
    path = scenario_file(tmp_path / "firm.yaml")
    assert path.name == "firm.scenarios.yaml"
    assert read_scenarios(path, knowledge) == {}
    chief_leads = Scenario(
        "chief_leads", TITLE, parse_changes(["F2=chief", "A6=firms", "H1=2M", "C19=not_applicable"], knowledge)
    )
    cheaper = Scenario("cheaper", Text(zh="少花钱", en="Less money"), parse_changes(["H1=100k"], knowledge))
    add_scenario(path, chief_leads, knowledge)
    add_scenario(path, cheaper, knowledge)
    assert read_scenarios(path, knowledge) == {"chief_leads": chief_leads, "cheaper": cheaper}
    no_buyers = Scenario("no_buyers", TITLE, parse_changes(["A6=none"], knowledge))
    add_scenario(path, no_buyers, knowledge)
    assert read_scenarios(path, knowledge) == {"chief_leads": chief_leads, "cheaper": cheaper, "no_buyers": no_buyers}
    with pytest.raises(InputError, match="has a scenario 'cheaper' already"):
        add_scenario(path, cheaper, knowledge)


def test_what_a_person_wrote_stays_as_it_is(knowledge, tmp_path):
    path = tmp_path / "firm.scenarios.yaml"
    mine = "# for the board\nscenarios:\n    lead:   # the chief\n        answers: {F2: chief}\n"
    path.write_text(mine, "utf-8")
    add_scenario(path, Scenario("cheaper", TITLE, parse_changes(["H1=100k"], knowledge)), knowledge)
    assert path.read_text("utf-8").startswith(mine)
    assert list(read_scenarios(path, knowledge)) == ["lead", "cheaper"]
    flow = "scenarios: {lead: {answers: {F2: chief}}}\n"
    path.write_text(flow, "utf-8")
    with pytest.raises(InputError, match="could not be added"):
        add_scenario(path, Scenario("cheaper", TITLE, parse_changes(["H1=100k"], knowledge)), knowledge)
    assert path.read_text("utf-8") == flow


def test_a_full_file_takes_no_more_and_can_still_be_read(knowledge, tmp_path):
    path = tmp_path / "firm.scenarios.yaml"
    changes = parse_changes(["F2=chief"], knowledge)
    for number in range(MAX_SCENARIOS):
        add_scenario(path, Scenario(f"s{number}", TITLE, changes), knowledge)
    with pytest.raises(InputError, match="the most it may"):
        add_scenario(path, Scenario("one_more", TITLE, changes), knowledge)
    assert len(read_scenarios(path, knowledge)) == MAX_SCENARIOS


WRONG = """\
scenarios:
  Good Name: {answers: {F2: chief}}
  empty: {title: nothing}
  wrong_answer:
    answers: {F2: boss}
  titled: {title: {zh: x}, answers: {F2: chief}}
  numbered: {title: {1: x}, answers: {F2: chief}}
  more: {title: x, answers: {F2: chief}, note: y}
"""


def test_every_mistake_in_a_file_of_scenarios_is_named_with_its_line(knowledge, tmp_path):
    path = tmp_path / "firm.scenarios.yaml"
    path.write_text(WRONG, "utf-8")
    with pytest.raises(AnswersError) as caught:
        read_scenarios(path, knowledge)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [
        ("S103", 2), ("S103", 3), ("A102", 5), ("S104", 6), ("S104", 7), ("S103", 8),
    ]  # fmt: skip
    path.write_text("F2: chief", "utf-8")
    with pytest.raises(AnswersError, match="not a file of scenarios"):
        read_scenarios(path, knowledge)


def test_a_scenario_tells_what_becomes_of_money_people_and_time(knowledge, firms):
    """More users cost more and take longer; a factor that an answer raises is told with both its points."""
    firm = firms["seed_company"]
    scenario = Scenario(
        "larger",
        Text(zh="更多人用", en="more users"),
        parse_changes(["I8=280", "F2=none"], knowledge),
    )
    comparison = what_if(knowledge, firm, scenario)
    figures = {figure.label.en: figure for figure in scenario_item(knowledge, firm, comparison).figures}
    assert figures["Users"].after.en == "280"
    assert {
        "First-year cost",
        "Own person-days, project proper",
        "Weeks until every site has switched",
        "Leadership",
    } <= set(figures)
    assert comparison.after.project.go_live[1] > comparison.before.project.go_live[1]
    assert any(change.kind == "plan" for change in comparison.changes.gained)


def test_a_scenario_is_judged_with_what_the_firm_set_itself(knowledge, firms):
    """Only the scenario differs: one side with the firm's own years and the other without told changes that were none."""
    firm, own = firms["seed_company"], SettingsItem.model_validate({"years": 3, "quantities": {"users": 300}})
    before, _ = planned(knowledge, firm, settings=own)
    scenario = Scenario("nobody", TITLE, parse_changes(["F2=none"], knowledge))
    comparison = what_if(knowledge_as_set(knowledge, own), firm, scenario, before)
    assert comparison.after.selection.settings == before.selection.settings == own
    assert comparison.after.selection.years == 3
    figures = {figure.label.en for figure in scenario_item(knowledge, firm, comparison).figures}
    assert "Users" not in figures and "Leadership" in figures
