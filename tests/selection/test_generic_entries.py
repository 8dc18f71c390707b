"""An entry that stands for a kind of product is in no ranking: its makers are asked by name."""

from __future__ import annotations

import pytest

from advisor.interview import Answer, Answers
from advisor.selection.product_drafts import product_files
from advisor.selection.product_table import product_rows
from tests.selection.test_kind_of_system import TRADER, made

SHOP = {
    **TRADER, "industry": "retail", "buyers": frozenset({"consumers"}), "field_staff": 0.0, "customer_accounts": 50000.0,
    "sales_channels": frozenset({"own_shops"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def candidates(knowledge, chosen):
    one = made("one_of_them", {"kinds": ["private_domain"]})
    many = made("several", {"kinds": ["private_domain"]}).model_copy(update={"generic": True})
    by = knowledge.with_products("test", {"one_of_them": one, "several": many})
    selection = chosen(Answers({name: Answer("known", value) for name, value in SHOP.items()}), by=by)
    return {item.product: item for item in selection.candidates}


def test_a_kind_of_product_is_not_ranked_beside_products(candidates, knowledge):
    assert [remark.filter for remark in candidates["several"].excluded] == ["one_product"]
    assert candidates["several"].rank is None and candidates["one_of_them"].rank is not None
    named = {name for name, product in knowledge.products.items() if product.generic}
    assert named == {"wecom_scrm"}
    assert all(candidates[name].rank is None for name in named)


def test_it_stays_one_through_a_table(knowledge):
    rows = list(enumerate(product_rows([knowledge.products["wecom_scrm"]]), 2))
    (content,) = product_files(rows, "mine.csv", knowledge).values()
    assert b"generic: true" in content
