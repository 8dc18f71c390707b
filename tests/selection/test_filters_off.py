"""Filters that a firm switches off: what they would exclude is ranked, marked, and told with the reason that was given."""

from __future__ import annotations

import html

import pytest

from advisor.assessment.model.selection import SettingsItem
from advisor.insight.why import why
from advisor.interview import Answer, Answers
from advisor.reporting import build_document, render
from advisor.reporting.document import Cards, Table
from advisor.reporting.look import Look
from advisor.text import LANGS
from tests.selection.test_kind_of_system import TRADER, made

REASON = "The customer register itself stays on our own servers"
OFFERED = {
    "large_only": {"sizes": ["large"]},
    "abroad": {"data_in_china": "no"},
    "foreign": {"xinchuang": "no", "data_in_china": "yes"},
    "fits": {"data_in_china": "yes", "xinchuang": "yes"},
}
ANSWERS = {
    **TRADER, "data_requirements": frozenset({"data_in_china"}), "domestic_rule": "binding",
    "organisation_kind": "state_owned",
}  # fmt: skip


@pytest.fixture(scope="module")
def assessed(knowledge, whole):
    by = knowledge.with_products("test", {name: made(name, facts) for name, facts in OFFERED.items()})
    answers = Answers({name: Answer("known", value) for name, value in ANSWERS.items()})
    return lambda off: whole(answers, SettingsItem.model_validate({"filters_off": off}), by=by)


@pytest.fixture(scope="module")
def plain(assessed):
    return products(assessed([]))


@pytest.fixture(scope="module")
def switched(assessed):
    return assessed({"size": "", "data_home": REASON, "must_functions": ""})


def products(assessment):
    return {item.product: item for item in assessment.selection.candidates}


def filters(remarks) -> set[str]:
    return {remark.filter for remark in remarks}


def test_what_a_filter_that_is_off_would_exclude_is_ranked_and_marked(plain, switched):
    now = products(switched)
    assert {"size"} == filters(plain["large_only"].excluded) - {"data_home", "domestic"}
    for name, item in now.items():
        assert filters(item.excluded) == filters(plain[name].excluded) - {"size", "data_home", "must_functions"}
        assert filters(item.waived) == filters(plain[name].excluded) & {"size", "data_home", "must_functions"}
        assert (item.rank is None) == bool(item.excluded)
    assert filters(now["abroad"].waived) == {"data_home"}
    assert not any(item.waived for item in plain.values())


def test_it_takes_no_points_and_waits_for_no_answer_but_still_asks(plain, switched):
    off = {"size", "data_home", "must_functions"}
    for name, item in products(switched).items():
        assert not any(remark.against for remark in item.asks if remark.filter in off)
        assert not off & filters(item.depends)
        same_pair = item.way == plain[name].way and item.edition == plain[name].edition
        assert not same_pair or filters(plain[name].asks) == filters(item.asks)


def test_a_legal_one_without_a_reason_stays_and_a_name_of_before_is_passed_over(plain, assessed):
    assert products(assessed({"domestic": "", "retired_filter": ""})) == plain


def test_the_reason_is_printed_with_how_many_it_would_exclude(switched):
    notes = [note.en for note in switched.selection.outcome.notes]
    count = sum("data_home" in filters(item.waived) for item in switched.selection.candidates)
    (told,) = [note for note in notes if REASON in note]
    assert count and f"({count})" in told and "switched off" in told


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("edition", ["evidence", "it"])
def test_reports_and_proofs_mark_it(switched, edition, lang):
    chosen = switched.selection
    leads = next(item for item in chosen.survivors() if item.waived and item.product in OFFERED)
    shown = chosen.outcome.model_copy(update={"name": "shortlist", "products": (leads.product,)})
    few = {"outcome": shown, "robust": None, "candidates": tuple(i for i in chosen.candidates if i.product in OFFERED)}
    told = switched.model_copy(update={"selection": chosen.model_copy(update=few)})
    mark = {"zh": "已由您关闭", "en": "switched off by you"}[lang]
    chapter = next(c for c in build_document(told, lang, edition).chapters if c.id == "products")
    rows = [row for block in chapter.blocks if isinstance(block, Table) for row in block.rows]
    assert any(mark in cell.line.aside for row in rows for cell in row)
    card = next(block for block in chapter.blocks if isinstance(block, Cards)).cards[0]
    assert {"zh": "已关闭的硬条件", "en": "Conditions switched off"}[lang] in {field[0] for field in card.fields}
    assert REASON in html.unescape(render(told, "html", lang, Look(edition=edition)).decode())
    proof = why(told, leads.product)
    assert any(mark in child.text[lang] for child in proof.children)
