"""Products as a table, one fact a row, for people who keep them in a spreadsheet: out and in again without loss.

    product | field | value | source | checked | expires | confidence | note_zh | note_en

``field`` is a fact (``licence``), a price (``price.hosted``, value ``14-52 USD user_month``), a function
(``function.quotation``, value yes, add_on, custom or no), or a text (``name``, ``maker``, ``about``, ``watch``, in the two
note columns). Cells that start with = + - or @ are text, never formulas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from advisor.errors import KnowledgeError, Place, Problem, ProblemsError
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import LEVELS, ProductFacts
from advisor.selection.price_text import price_cell
from advisor.tables import escape_formula, read_table

COLUMNS = ("product", "field", "value", "source", "checked", "expires", "confidence", "note_zh", "note_en")
ProductRow = Mapping[str, str]


def product_rows(products: Iterable[Product]) -> Iterator[dict[str, str]]:
    """Every product as rows of :data:`COLUMNS`."""
    for product in products:
        for field in ("name", "maker", "about"):
            text = getattr(product, field)
            yield _row(product, field, note=(text.zh, text.en))
        for name in ProductFacts.model_fields:
            datum = getattr(product.facts, name)
            value = ", ".join(datum.value) if isinstance(datum.value, tuple) else str(datum.value)
            yield _row(product, name, value, datum.by, (datum.note.zh, datum.note.en) if datum.note else ("", ""))
        for way, datum in product.prices.items():
            price = datum.known
            value = price_cell(price) if price else "unknown"
            yield _row(product, f"price.{way}", value, datum.by, (datum.note.zh, datum.note.en) if datum.note else ("", ""))
        for group in product.functions:
            for level in LEVELS:
                for name in getattr(group, level):
                    yield _row(product, f"function.{name}", level, group.by)
        for text in product.watch:
            yield _row(product, "watch", note=(text.zh, text.en))


def _row(
    product: Product, field: str, value: str = "", by: str | None = None, note: tuple[str, str] = ("", "")
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | {"product": product.id, "field": field, "value": value}
    row |= {"note_zh": note[0], "note_en": note[1]}
    if by is not None:
        evidence = product.evidence[by]
        row |= {
            "source": evidence.citation,
            "checked": str(evidence.checked),
            "expires": str(evidence.expires),
            "confidence": evidence.confidence,
        }
    return row


def to_csv(products: Iterable[Product]) -> bytes:
    """Products as CSV in UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([escape_formula(row[name]) for name in COLUMNS] for row in product_rows(products))
    return out.getvalue().encode("utf-8-sig")


def read_rows(content: bytes, file: str) -> list[tuple[int, ProductRow]]:
    """The rows of a CSV or XLSX file, told apart by the end of its name, with their numbers as a spreadsheet shows them.

    Raises :class:`~advisor.errors.KnowledgeError` where it is no such table.
    """
    try:
        cells = read_table(content, file)
    except ProblemsError as error:
        raise KnowledgeError(error.problems) from None
    header = [cell.lower() for cell in cells[0]] if cells else []
    if missing := [name for name in COLUMNS[:3] if name not in header]:
        raise KnowledgeError(
            [Problem("C102", Place(file, 1), {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)})]
        )
    rows: list[tuple[int, ProductRow]] = []
    for number, row in enumerate(cells[1:], 2):
        named = dict(zip(header, row, strict=False))
        if any(named.values()):
            rows.append((number, {name: named.get(name, "") for name in COLUMNS}))
    return rows
