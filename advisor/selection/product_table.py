"""Products as a table, one fact a row, for people who keep them in a spreadsheet: out and in again without loss.

    product | field | value | source | page | words | read | expires | confidence | note_zh | note_en

``field`` is a fact (``licence``), a price (``price.hosted``, value ``14-52 USD user_month``), a function
(``function.quotation``, value yes, add_on, custom or no), one of :data:`GROUPS` or :data:`PLAIN_LISTS`, an edition, or a
text (``name``, ``maker``, ``about``, ``watch``, in the two note columns). Cells that start with = + - or @ are text, never
formulas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.errors import KnowledgeError, Place, Problem, ProblemsError
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import LEVELS, Datum
from advisor.selection.price_text import price_cell
from advisor.tables import escape_formula, read_table

COLUMNS = ("product", "field", "value", "source", "page", "words", "read", "expires", "confidence", "note_zh", "note_en")
GROUPS = {"price": "prices", "ai": "ai", "contract": "contracts", "limit": "limits"}
"""The beginning of a field, and the part of a product it stands for: ``price.hosted``, ``ai.drafts``, ``contract.cn``,
``limit.records``."""
PLAIN_LISTS = ("aliases", "ends_in")
"""Parts of a product that are words with commas between, without evidence of their own."""
EDITION_LISTS = ("lacks", "includes")
"""What the value of ``edition.NAME`` lists, besides the most ``users``: ``lacks quotation, contracts; users 3``."""
DETAILS = ("page", "words", "read", "expires")
"""The columns that only what was looked up fills in."""
ProductRow = Mapping[str, str]


def product_rows(products: Iterable[Product]) -> Iterator[dict[str, str]]:
    """Every product as rows of :data:`COLUMNS`."""
    for product in products:
        yield from _plain_rows(product)
        for name, datum in product.facts.told.items():
            yield _datum_row(product, name, datum)
        for key, edition in product.editions.items():
            parts = [f"{word} {', '.join(names)}" for word in EDITION_LISTS if (names := getattr(edition, word))]
            parts += [f"users {edition.users}"] if edition.users else []
            yield _row(product, f"edition.{key}", "; ".join(parts), edition.by, (edition.name.zh, edition.name.en))
        for prefix, field in GROUPS.items():
            for key, datum in getattr(product, field).items():
                yield _datum_row(product, f"{prefix}.{key}", datum)
        for group in product.functions:
            for level in LEVELS:
                for name in getattr(group, level):
                    yield _row(product, f"function.{name}", level, group.by)
        for text in product.watch:
            yield _row(product, "watch", note=(text.zh, text.en))


def _plain_rows(product: Product) -> Iterator[dict[str, str]]:
    """What a product is called, and its plain lists."""
    for field in ("name", "maker", "about"):
        text = getattr(product, field)
        yield _row(product, field, note=(text.zh, text.en))
    if product.generic:
        yield _row(product, "generic", "yes")
    for field in PLAIN_LISTS:
        if words := getattr(product, field):
            yield _row(product, field, ", ".join(words))


def _datum_row(product: Product, field: str, datum: Datum[Any]) -> dict[str, str]:
    value = datum.value
    if field.startswith("price.") and datum.known:
        value = price_cell(datum.known)
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return _row(product, field, text, datum.by, (datum.note.zh, datum.note.en) if datum.note else ("", ""))


def _row(
    product: Product, field: str, value: str = "", by: str | None = None, note: tuple[str, str] = ("", "")
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | {"product": product.id, "field": field, "value": value}
    row |= {"note_zh": note[0], "note_en": note[1]}
    if by is not None:
        evidence = product.evidence[by]
        row |= {"source": evidence.citation, "confidence": evidence.confidence}
        row |= {name: str(value) for name in DETAILS if (value := getattr(evidence, name)) is not None}
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
