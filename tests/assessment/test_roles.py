"""A firm of six has no head of HR: its people are named by what they do."""

from __future__ import annotations

from advisor.assessment import assess
from advisor.assessment.roles import Naming, head_count, role_name
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.wording import ReportWording
from advisor.text import catalogue


def test_roles_of_a_small_firm_are_what_people_do(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    small = firms["small_haulier"].with_answer("employees", Answer("known", 6.0))
    large = small.with_answer("employees", Answer("known", 600.0)).with_answer("it_staff", Answer("known", 9.0))
    named = [ReportWording(assess(firm, knowledge), "en").role("it") for firm in (small, large)]
    assert named == ["whoever looks after IT", "head of IT"]
    assert head_count(assess(small.with_answer("employees", None), knowledge)) is None
    assert role_name("it", Naming()) == role_name("it", Naming(100.0)) == role_name("it", Naming(600.0))


def test_a_firm_of_ninety_five_has_heads_of_sales_and_finance_and_no_head_of_hr() -> None:
    names = {role: role_name(role, Naming(95.0)).en for role in ("sales", "finance", "hr", "operations", "it")}
    assert names["sales"] == "head of sales" and names["finance"] == "head of finance"
    assert not any(names[role].startswith("head of") for role in ("hr", "operations", "it"))


def test_all_kinds_of_firms_have_a_name_for_every_role() -> None:
    roles = {
        kind: {key.partition(".")[2] for key in catalogue("report") if key.startswith(f"{kind}.")}
        for kind in ("role", "role_small", "role_few")
    }
    assert roles["role"] == roles["role_small"] == roles["role_few"]


def test_a_large_firm_with_one_person_for_it_has_no_head_of_it() -> None:
    assert role_name("it", Naming(300.0, it_staff=1.0)).en == "whoever looks after IT"
    assert role_name("it", Naming(300.0, it_staff=9.0)).en == "head of IT"


def test_people_are_called_as_their_trade_calls_them() -> None:
    assert role_name("chief_executive", Naming(190.0, "partnership")).en == "managing partner"
    assert role_name("sales", Naming(720.0, "school")).en == "head of admissions"
    assert role_name("sales", Naming(26.0, "association")).en == "head of member relations"
    assert role_name("sales", Naming(3.0, "association")).en == "whoever looks after members"
    assert role_name("finance", Naming(720.0, "school")) == role_name("finance", Naming(720.0))


def test_no_trade_names_a_role_that_does_not_exist() -> None:
    named = {key.partition(".")[2] for key in catalogue("report") if key.startswith(("role_", "role.")) and "." in key}
    assert named == {key.partition(".")[2] for key in catalogue("report") if key.startswith("role.")}


def test_the_trade_is_read_from_the_answers(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    firm = firms["small_haulier"].with_answer("organisation_kind", Answer("known", "partnership"))
    firm = firm.with_answer("employees", Answer("known", 190.0))
    assert ReportWording(assess(firm, knowledge), "en").role("sales") == "partners who head the practices"
