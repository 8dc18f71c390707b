"""A firm of six has no head of HR: its people are named by what they do."""

from __future__ import annotations

from advisor.assessment import assess
from advisor.assessment.roles import head_count, role_name
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.wording import ReportWording
from advisor.text import catalogue


def test_roles_of_a_small_firm_are_what_people_do(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    small = firms["small_haulier"].with_answer("employees", Answer("known", 6.0))
    large = small.with_answer("employees", Answer("known", 600.0))
    named = [ReportWording(assess(firm, knowledge), "en").role("it") for firm in (small, large)]
    assert named == ["whoever looks after IT", "head of IT"]
    assert head_count(assess(small.with_answer("employees", None), knowledge)) is None
    assert role_name("it", None) == role_name("it", 60.0) == role_name("it", 600.0)


def test_a_firm_of_forty_has_heads_of_sales_and_finance_and_no_head_of_hr() -> None:
    names = {role: role_name(role, 45.0).en for role in ("sales", "finance", "hr", "operations", "it")}
    assert names["sales"] == "head of sales" and names["finance"] == "head of finance"
    assert not any(names[role].startswith("head of") for role in ("hr", "operations", "it"))


def test_all_kinds_of_firms_have_a_name_for_every_role() -> None:
    roles = {
        kind: {key.partition(".")[2] for key in catalogue("report") if key.startswith(f"{kind}.")}
        for kind in ("role", "role_small", "role_few")
    }
    assert roles["role"] == roles["role_small"] == roles["role_few"]
