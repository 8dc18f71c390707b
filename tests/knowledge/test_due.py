"""What is to be looked at again and by when, and who stands for a rule."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from advisor.cli.main import advisor
from advisor.errors import KnowledgeError
from advisor.knowledge import load_knowledge
from advisor.knowledge.due import dates_of, due_entries
from advisor.knowledge.schema import Review
from tests.conftest import SMALL

DAY, NEXT_YEAR = date(2026, 12, 1), date(2027, 12, 1)


def run(*words: str):
    return CliRunner().invoke(advisor, ["--lang", "en", "rules", *words])


def test_every_work_and_every_piece_of_evidence_is_listed_once_soonest_first(knowledge):
    entries = due_entries(knowledge)
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids)) and set(knowledge.external) <= set(ids)
    dated = [f"{p.id}/{n}" for p in knowledge.products.values() for n, e in p.evidence.items() if dates_of(e)[1]]
    assert set(dated) <= set(ids)
    days = [entry.expires for entry in entries if entry.expires]
    assert days == sorted(days) and all(entry.expires is None for entry in entries[len(days) :])


def test_a_point_of_law_names_the_legal_checks_that_rest_on_it(knowledge):
    laws = [entry for entry in due_entries(knowledge) if entry.kind == "law"]
    assert laws
    for entry in laws:
        kinds = {knowledge.rules_by_id[name].rule.kind for name in entry.depends["rules"]}
        assert "legal_check" in kinds, entry.id


def test_a_price_names_the_product_and_the_way_it_is_paid_for(knowledge):
    prices = [entry for entry in due_entries(knowledge) if entry.kind == "price"]
    assert prices
    for entry in prices:
        product, _, evidence = entry.id.partition("/")
        assert entry.depends["products"] == (product,)
        assert all(knowledge.products[product].prices[way].by == evidence for way in entry.depends["prices"])


def test_evidence_without_a_date_is_one_line_a_product_and_was_never_looked_up(knowledge):
    product = next(iter(knowledge.products.values()))
    bare = {name: e.model_copy(update={"expires": None, "checked": None}) for name, e in product.evidence.items()}
    undated = knowledge.with_products("undated", {product.id: product.model_copy(update={"evidence": bare})})
    mine = [entry for entry in due_entries(undated) if entry.id.partition("/")[0] == product.id]
    assert [(entry.id, entry.state(DAY, NEXT_YEAR)) for entry in mine] == [(product.id, "never")]
    assert mine[0].looked_at is None and mine[0].depends["functions"]


def test_the_command_fails_only_where_something_is_past_and_lists_what_is_near(knowledge):
    soonest = min(entry.expires for entry in due_entries(knowledge) if entry.expires)
    before = run("due", "--date", soonest.isoformat(), "--by", soonest.isoformat(), "--json")
    after = run("due", "--date", soonest.replace(year=soonest.year + 1).isoformat(), "--json")
    assert (before.exit_code, after.exit_code) == (0, 1)
    near = [row for row in json.loads(before.output) if row["state"] == "near"]
    assert near and {row["expires"] for row in near} == {soonest.isoformat()}
    assert any(row["state"] == "past" and row["depends"] for row in json.loads(after.output))
    shown = run("due", "--date", soonest.isoformat())
    assert f"{soonest}  " in shown.output and "0 past their date" in shown.output
    assert run("due", "--by", "soon").exit_code == 3


def with_review(tmp_path: Path, review: str) -> Path:
    rules = tmp_path / "rules"
    shutil.copytree(SMALL / "rules", rules)
    file = rules / "all.yaml"
    file.write_text(f"review: {review}\n" + file.read_text("utf-8"), "utf-8")
    return rules


def test_a_rule_is_a_draft_until_somebody_stands_for_it(small, tmp_path: Path):
    assert {rule.rule.review.status for rule in small.rules} == {"draft"}
    rules = with_review(tmp_path, "{status: reviewed, by: {zh: 某甲, en: A}, date: 2026-11-01}")
    reviewed = load_knowledge(rules, SMALL / "questionnaires")
    assert {rule.rule.review for rule in reviewed.rules if rule.place.startswith("rules/all.yaml")} == {
        Review.model_validate({"status": "reviewed", "by": {"zh": "某甲", "en": "A"}, "date": "2026-11-01"})
    }
    again = load_knowledge(rules, SMALL / "questionnaires")  # from the cache
    assert again.rules_by_id["stall_leaderless"].rule.review.date == date(2026, 11, 1)


def test_what_is_reviewed_names_who_and_when(tmp_path: Path):
    with pytest.raises(ValidationError, match="stands for it"):
        Review.model_validate({"status": "stable"})
    with pytest.raises(KnowledgeError, match="K103"):
        load_knowledge(with_review(tmp_path, "{status: reviewed}"), SMALL / "questionnaires")


def test_show_says_who_stands_for_a_rule():
    assert "Status: draft, reviewed by nobody but its author" in run("show", "blocked_by_no_money").output
