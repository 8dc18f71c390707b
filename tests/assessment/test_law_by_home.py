"""Chinese law is put to firms in mainland China or with people there; what stands in the way is told once."""

from __future__ import annotations

import re

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.cases import read_given
from advisor.knowledge.model import CompiledRule
from advisor.knowledge.schema import LegalCheck

ABROAD = {"home_country": "us", "customer_spread": 5, "people_homes": ["us"]}
OF_CHINA = {"data_in_china", "mlps_level_3"}
"""Requirements by which a firm itself says that rules of mainland China bind it."""
NAMES_CHINESE_LAW = re.compile(
    r"中国(?!内地)|等级保护|等保|党委|三重一大|China:|Chinese law|in China\b|MLPS|Party committee|企业微信|WeCom"
)
SAID_BY_THE_FIRM = {"messaging_ways", "home_country"}
"""Where a rule asks by which messenger the firm deals with customers, or where it is, it may name one."""


def words_of(compiled: CompiledRule, knowledge: Knowledge) -> str:
    """What a rule says, with the words of what it concludes."""
    tasks = {task.id: task for task in knowledge.tasks}
    told = [compiled.rule.text]
    for conclusion in compiled.rule.then:
        thing = knowledge.findings.get(conclusion.target) or tasks.get(conclusion.target)
        told += [text for name in ("title", "text", "regime") if (text := getattr(thing, name, None))]
    return "\n".join(f"{text.zh}\n{text.en}" for text in told)


def test_no_rule_that_can_hold_abroad_names_chinese_law(knowledge: Knowledge) -> None:
    """What rests on a Chinese check alone is left out: the rules of that check are tried here themselves."""
    checks = {name: f.regime.en for name, f in knowledge.findings.items() if isinstance(f, LegalCheck)}
    chinese = [name for name, regime in checks.items() if regime.startswith("China:")]
    tried, naming = 0, {}
    for compiled in knowledge.rules:
        for raw in compiled.rule.cases.fires if compiled.rule.cases else ():
            found = raw.get("found", [])
            kept = [name for name in ([found] if isinstance(found, str) else found) if name not in chinese]
            given = {**raw, **ABROAD, "found": kept, "not_found": chinese}
            if asked := raw.get("data_requirements"):
                given["data_requirements"] = [name for name in asked if name not in OF_CHINA]
            if compiled.premise.holds(read_given(given, knowledge)):
                tried += 1
                if raw.keys() & SAID_BY_THE_FIRM:
                    continue
                if named := NAMES_CHINESE_LAW.search(words_of(compiled, knowledge)):
                    naming[compiled.id] = named.group()
    assert not naming
    assert tried > 500


def test_a_rule_on_domestic_technology_is_asked_unless_the_firm_is_known_to_be_abroad(knowledge: Knowledge) -> None:
    public = {"organisation_kind": "public_body"}
    assert not read_given({**public, "home_country": "us"}, knowledge).applies("domestic_rule")
    assert read_given({**public, "home_country": "mainland_china"}, knowledge).applies("domestic_rule")
    assert read_given(public, knowledge).applies("domestic_rule")


def test_an_old_sheet_answered_abroad_is_still_read_and_a_condition_stands_in_its_blocker(
    knowledge: Knowledge, firms: dict[str, Answers]
) -> None:
    answers = firms["machine_tool_maker"]
    changes = {"home_country": "us", "organisation_kind": "state_owned", "domestic_rule": "binding"}
    changes |= {"sponsor_level": "none", "leadership_understanding": 1}
    for name, value in changes.items():
        answers = answers.with_answer(name, Answer("known", value))
    assessment = assess(answers, knowledge, engine="columns")
    hurdles = {hurdle.id: hurdle for hurdle in (*assessment.blockers, *assessment.conditions, *assessment.waiting)}
    assert "sponsor_at_the_top" in hurdles["no_backing_at_all"].covers
    assert hurdles.keys().isdisjoint({"sponsor_at_the_top", "leaders_understand"})
    assert "domestic_list_binds" not in {caution.id for caution in assessment.cautions}


def test_a_firm_in_the_eu_is_told_that_the_regulation_applies_and_cites_no_law_of_china(
    knowledge: Knowledge, firms: dict[str, Answers]
) -> None:
    """A German maker read that the regulation "may apply" to it, and found statutes of China among its sources."""
    german = firms["machine_tool_maker"].with_answer("home_country", Answer("known", "eu_eea"))
    german = german.with_answer("data_requirements", Answer("known", frozenset({"eu_customers"})))
    homes = Answer("known", frozenset({"eu_eea"}))
    german = german.with_answer("customer_spread", Answer("known", 5)).with_answer("people_homes", homes)
    at_home = assess(german, knowledge, engine="columns")
    checks = {check.id: check for check in at_home.legal_checks}
    assert "gdpr_basis_and_rights" in checks and "gdpr_reaching_a_firm_abroad" not in checks
    said = "\n".join([*(f"{c.text.en} {c.text.zh}" for c in checks.values()), *(s.text.en for s in at_home.trace)])
    assert not re.search(r"whether the regulation applies|may apply|是否适用", said)
    laws = {name: work.law_of for name, work in knowledge.external.items() if work.law_of}
    assert {laws[name] for name in at_home.citations if name in laws} == {"eu_eea"}

    chinese = assess(german.with_answer("home_country", Answer("known", "mainland_china")), knowledge, engine="columns")
    assert "gdpr_reaching_a_firm_abroad" in {check.id for check in chinese.legal_checks}
    assert {laws[name] for name in chinese.citations if name in laws} == {"eu_eea", "mainland_china"}


def test_every_law_is_of_a_place_where_a_firm_can_be_at_home(knowledge: Knowledge) -> None:
    places = set(knowledge.facts["home_country"].values)
    works = {work.law_of for work in knowledge.external.values() if work.law_of}
    assert {"mainland_china", "eu_eea", "uk", "us"} <= works <= places


def test_fees_that_pupils_pay_in_advance_are_raised_on_the_first_page(
    knowledge: Knowledge, firms: dict[str, Answers]
) -> None:
    answers = firms["machine_tool_maker"]
    changes: dict[str, object] = {
        "industry": "education",
        "home_country": "mainland_china",
        "buyers": frozenset({"consumers"}),
    }
    changes |= {"people_kinds": frozenset({"children", "consumers"}), "income_forms": frozenset({"membership"})}
    for name, value in changes.items():
        answers = answers.with_answer(name, Answer("known", value))
    first = [check.id for check in assess(answers, knowledge, engine="columns").first_checks]
    assert {"fees_prepaid_by_pupils", "children_in_the_data"} <= set(first)
