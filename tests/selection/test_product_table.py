"""Catalogues as tables: out and in again without loss, every mistake named with its row, nothing taken for a formula."""

from __future__ import annotations

import io
import zipfile

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from advisor.errors import InputError, KnowledgeError
from advisor.knowledge.schema import Product
from advisor.selection.catalogue import expired, read_catalogue, with_catalogue
from advisor.selection.product_drafts import product_files
from advisor.selection.product_table import COLUMNS, read_rows, to_csv
from advisor.selection.product_workbook import to_xlsx
from advisor.tables import escape_formula, unescape_formula


def facts_of(product: Product) -> dict:
    """A product without the names of its evidence, which a table does not keep."""
    plain = product.model_dump(mode="json")
    evidence = plain.pop("evidence")

    def resolved(node):
        if isinstance(node, dict):
            return {k: evidence[v] if k == "by" and v else resolved(v) for k, v in node.items()}
        return [resolved(item) for item in node] if isinstance(node, list) else node

    plain["functions"] = {
        name: (level, evidence[group["by"]])
        for group in plain["functions"]
        for level in ("yes", "add_on", "custom", "no")
        for name in group[level]
    }
    return resolved({k: v for k, v in plain.items() if k != "functions"}) | {"functions": plain["functions"]}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_our_products_go_out_and_come_in_again(knowledge, form):
    products = list(knowledge.products.values())
    rows = read_rows(to_csv(products) if form == "csv" else to_xlsx(products), f"t.{form}")
    files = product_files(rows, f"t.{form}", knowledge)
    assert list(files) == [product.id for product in products]
    for product in products:
        again = Product.model_validate(
            yaml.safe_load(files[product.id].decode().replace(": yes", ": 'yes'").replace(": no\n", ": 'no'\n"))["product"]
        )
        assert facts_of(again) == facts_of(product)


def test_a_workbook_is_the_same_bytes_every_time(knowledge):
    products = list(knowledge.products.values())[:3]
    assert to_xlsx(products) == to_xlsx(products)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=x", "\tx", "plain", "'plain", ""])
def test_what_could_be_a_formula_goes_out_guarded_and_comes_back_as_it_was(text):
    assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape_formula(escape_formula(text)) == text


def evil(knowledge) -> Product:
    product = next(iter(knowledge.products.values()))
    raw = product.model_dump(mode="json")
    raw["name"] = {"zh": "=cmd()", "en": "@SUM(A1)"}
    raw["watch"] = [{"zh": "+1", "en": "-1"}]
    return Product.model_validate(raw)


def test_no_cell_of_a_table_is_a_formula(knowledge):
    product = evil(knowledge)
    sheet = load_workbook(io.BytesIO(to_xlsx([product]))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(to_xlsx([product]))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert "'=cmd()" in to_csv([product]).decode("utf-8-sig")
    again = read_rows(to_xlsx([product]), "t.xlsx")
    assert again[0][1]["note_zh"] == "=cmd()"


def sheet(*rows: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *rows]).encode()


def test_every_mistake_is_named_with_its_row(knowledge):
    content = sheet(
        "mine,name,,,,,,,,我的,Mine",
        "mine,licence,proprietry,page,https://x.example,said,2026-01-01,2027-01-01,high,,",
        "mine,colour,blue,,,,,,,,",
        "mine,price.hosted,cheap,page,https://x.example,said,2026-01-01,2027-01-01,high,,",
        "mine,function.flying,yes,page,https://x.example,said,2026-01-01,2027-01-01,high,,",
        "mine,function.quotation,maybe,page,https://x.example,said,2026-01-01,2027-01-01,high,,",
        "mine,function.contracts,yes,,,,,,,,",
        "mine,name,,,,,,,,又,Again",
    )
    with pytest.raises(KnowledgeError) as caught:
        product_files(read_rows(content, "t.csv"), "t.csv", knowledge)
    mistakes = {(problem.code, problem.place.line) for problem in caught.value.problems}
    assert {("C104", 4), ("C108", 5), ("C107", 7), ("C106", 8), ("C105", 9), ("K103", 3)} <= mistakes
    assert any(code == "K101" for code, _ in mistakes)
    for problem in caught.value.problems:
        assert problem.line("zh") and problem.line("en")


def test_a_function_nobody_knows_is_named_with_its_row(knowledge):
    rows = read_rows(to_csv([knowledge.products["pipedrive"]]), "t.csv")
    last = rows[-1][0] + 1
    odd = dict(rows[-1][1]) | {"field": "function.flying", "value": "yes"}
    with pytest.raises(KnowledgeError) as caught:
        product_files([*rows, (last, odd)], "t.csv", knowledge)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("K203", last)]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'"open', b"\x00\x01"])
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(KnowledgeError):
        read_rows(content, "t.csv")


def test_a_workbook_that_would_fill_the_memory_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(KnowledgeError, match="packed beyond reason"):
        read_rows(out.getvalue(), "t.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b"not a workbook"])
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(KnowledgeError):
        read_rows(content, "t.xlsx")


def test_a_workbook_typed_by_hand_is_read(knowledge):
    """Dates and numbers as a spreadsheet keeps them."""
    import datetime

    book = Workbook()
    for row in [
        COLUMNS,
        *([r[name] for name in COLUMNS] for _, r in read_rows(to_csv([knowledge.products["civicrm"]]), "t")),
    ]:
        typed = [datetime.datetime.fromisoformat(v) if v.count("-") == 2 and v[:2] == "20" else v for v in row]
        book.active.append([int(v) if isinstance(v, str) and v.isdigit() else v for v in typed])
    out = io.BytesIO()
    book.save(out)
    files = product_files(read_rows(out.getvalue(), "t.xlsx"), "t.xlsx", knowledge)
    assert b"2026-11-29" in files["civicrm"]


def test_a_catalogue_of_ones_own_stands_beside_ours(knowledge, tmp_path):
    rows = read_rows(to_csv([knowledge.products["pipedrive"]]), "t.csv")
    ours = product_files(rows, "t.csv", knowledge)["pipedrive"]
    (tmp_path / "mine.yaml").write_bytes(ours.replace(b"id: pipedrive", b"id: mine"))
    (tmp_path / "pipedrive.yaml").write_bytes(ours.replace(b"en: Pipedrive\n", b"en: Renamed\n"))
    both = with_catalogue(knowledge, tmp_path)
    assert len(both.products) == len(knowledge.products) + 1
    assert both.products["pipedrive"].name.en == "Renamed"
    assert both.version.startswith(f"{knowledge.version}-catalogue-")


def test_mistakes_in_all_files_of_a_catalogue_come_at_once(knowledge, tmp_path):
    (tmp_path / "one.yaml").write_text("product: {id: one}\n")
    (tmp_path / "two.yaml").write_text("rules: []\n")
    (tmp_path / "three.yaml").write_text("product: [\n")
    with pytest.raises(KnowledgeError) as caught:
        read_catalogue(tmp_path, knowledge)
    assert {problem.place.file for problem in caught.value.problems} == {"one.yaml", "two.yaml", "three.yaml"}
    assert "K217" in {problem.code for problem in caught.value.problems}


def test_a_folder_without_products_is_refused(knowledge, tmp_path):
    with pytest.raises(InputError):
        read_catalogue(tmp_path, knowledge)
    with pytest.raises(InputError):
        read_catalogue(tmp_path / "nowhere", knowledge)


def test_what_is_past_its_date_is_found(knowledge):
    from datetime import date

    assert not list(expired(None, knowledge, date(2026, 11, 24)))
    looked_up = {p.id for p in knowledge.products.values() if any(e.expires for e in p.evidence.values())}
    assert looked_up and {name for name, _, _ in expired(None, knowledge, date(2030, 1, 1))} == looked_up


def test_what_is_cited_is_counted_over_every_product_there_was(knowledge):
    """Nobody comes nearer to the aims by dropping a product from the list."""
    counted = knowledge.selection.cited.products
    assert len(set(counted)) == 36 and set(counted) <= set(knowledge.products)


def test_the_catalogue_is_broad_and_says_what_it_does_not_know(knowledge):
    assert len(knowledge.products) >= 25
    unknown = [
        p.id for p in knowledge.products.values() for n in type(p.facts).model_fields if getattr(p.facts, n).known is None
    ]
    assert len(unknown) > 20
    for product in knowledge.products.values():
        assert product.name.zh and product.about.en and product.evidence
