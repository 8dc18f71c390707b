"""Two knowledges that ask for a date, when a contract ends: the tiny one of tests/small, and the product's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.knowledge import Knowledge, data_folder, load_knowledge
from tests.conftest import SMALL

QUESTIONS = """\
questions:
  - id: contract_end
    code: {code}
    type: date
    earliest: 2026-01-01
    latest: 2035-12-31
    text: {{zh: 现有系统的合同何时到期？, en: When does the contract for the present system end?}}
    why: {{zh: 到期日决定何时能换。, en: The end says when to change.}}
    claims: [{claim}]
    role: it
  - id: notice_given
    code: {next_code}
    type: yes_no
    text: {{zh: 是否已书面通知不再续约？, en: Has notice been given?}}
    why: {{zh: 逾期自动续约。, en: Without it the contract goes on.}}
    claims: [{claim}]
    role: it
    ask_if: {{contract_end: {{at_most: 2027-12-31}}}}
"""
RULES = """\
findings:
  - {{id: bound_for_long, kind: condition, title: {{zh: 合同未到期, en: The contract runs on}}, text: {{zh: 合同未到期。, en: It runs on.}}, lifted_by: {{zh: 合同到期, en: its end}}}}
  - {{id: hurry, kind: condition, title: {{zh: 时间很紧, en: Time is short}}, text: {{zh: 即将到期。, en: It ends soon.}}, lifted_by: {{zh: 续约半年, en: half a year more}}}}
rules:
  - {{id: contract_runs_on, when: {{contract_end: {{above: 2028-06-30}}}}, then: {{condition: bound_for_long}}, sources: [{claim}], basis: inferred, text: {{zh: 合同到期前不宜更换。, en: No change before the contract ends.}}, cases: {{fires: {{contract_end: 2028-07-01}}, silent: {{contract_end: 2028-06-30}}, undecided: {{contract_end: unknown}}}}}}
  - {{id: contract_ends_soon, when: {{contract_end: {{at_most: 2026-12-31}}, not: {{contract_end: [2026-06-30, 2026-09-30]}}}}, then: {{condition: hurry}}, sources: [{claim}], basis: inferred, text: {{zh: 即将到期。, en: It ends soon.}}}}
fixed:
  contract_end: {{zh: 合同已经签了。, en: The contract is signed.}}
  notice_given: {{zh: 通知已经发出。, en: The notice is sent.}}
"""  # noqa: E501


def with_dates(folder: Path, rules: Path, questionnaires: Path, codes: tuple[str, str], claim: str) -> Path:
    """A copy of a knowledge that asks for a date and draws conclusions from it."""
    shutil.copytree(rules, folder / "rules")
    shutil.copytree(questionnaires, folder / "questionnaires", ignore=shutil.ignore_patterns("samples"))
    (folder / "questionnaires" / "dated.yaml").write_text(
        QUESTIONS.format(code=codes[0], next_code=codes[1], claim=claim), "utf-8"
    )
    (folder / "rules" / "dated.yaml").write_text(RULES.format(claim=claim), "utf-8")
    return folder


@pytest.fixture(scope="session")
def dated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_dates(tmp_path_factory.mktemp("dated"), SMALL / "rules", SMALL / "questionnaires", ("A12", "A13"), "P1-01")


@pytest.fixture(scope="session")
def dated(dated_folder: Path) -> Knowledge:
    """The tiny knowledge with a date."""
    return load_knowledge(dated_folder / "rules", dated_folder / "questionnaires")


@pytest.fixture(scope="session")
def product_with_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's rules and questionnaires with a date asked about suppliers."""
    folder = tmp_path_factory.mktemp("product")
    with_dates(folder, data_folder("rules"), data_folder("questionnaires"), ("J18", "J19"), "P4-22")
    project = folder / "questionnaires" / "j_project.yaml"
    asked = "[supplier_stage, supplier_record, design_checked, price_only, references_seen"
    text = project.read_text("utf-8")
    assert asked in text
    project.write_text(text.replace(asked, f"{asked}, contract_end, notice_given"), "utf-8")
    return folder
