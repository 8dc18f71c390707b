"""Rows of a table of products gathered into products, each checked whole."""

from __future__ import annotations

from typing import Any

import yaml

from advisor.errors import KnowledgeError, Place, Problem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema.products import LEVELS, ProductFacts
from advisor.selection.catalogue import parse_products
from advisor.selection.price_text import parse_price_cell
from advisor.selection.product_table import DETAILS, EDITION_LISTS, GROUPS, PLAIN_LISTS, ProductRow

LISTS = (
    "deployments", "customers", "sizes", "industries", "languages", "kinds", "only_trades", "connectors", "data_regions",
    "partners",
)  # fmt: skip
TEXTS = ("name", "maker", "about", "watch")


def product_files(numbered: list[tuple[int, ProductRow]], file: str, knowledge: Knowledge) -> dict[str, bytes]:
    """Each product of a table as the content of its YAML file, checked whole.

    Raises :class:`~advisor.errors.KnowledgeError` with every mistake and the row it stands in.
    """
    problems: list[Problem] = []
    drafts: dict[str, _ProductDraft] = {}
    for number, row in numbered:
        draft = drafts.setdefault(row["product"], _ProductDraft(row["product"], number))
        problem = draft.take(number, row)
        if problem is not None:
            problems.append(Problem(problem[0], Place(file, number), problem[1]))
    contents: dict[str, bytes] = {}
    for name, draft in drafts.items():
        content = _HEAD + yaml.safe_dump(draft.data(), allow_unicode=True, sort_keys=False, width=120).encode()
        _, mistakes = parse_products([(f"{name}.yaml", content)], knowledge)
        contents[name] = content
        problems += [
            Problem(mistake.code, Place(file, draft.row_of(mistake, content)), mistake.values) for mistake in mistakes
        ]
    if problems:
        raise KnowledgeError(problems)
    return contents


_HEAD = b"# yaml-language-server: $schema=../../docs/schema/rules.json\n"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


class _ProductDraft:
    """One product as it is gathered row by row."""

    def __init__(self, name: str, row: int) -> None:
        self.name, self.first = name, row
        self.texts: dict[str, dict[str, str]] = {}
        self.watch: list[dict[str, str]] = []
        self.facts: dict[str, dict[str, Any]] = {}
        self.groups: dict[str, dict[str, Any]] = {}
        self.functions: dict[str, dict[str, list[str]]] = {}
        self.evidence: dict[tuple[str, ...], str] = {}
        self.rows: dict[str, int] = {}
        self.extras: dict[str, Any] = {}

    def take(self, number: int, row: ProductRow) -> tuple[str, dict[str, object]] | None:
        """Enter one row; the code and values of what is wrong with it, or None."""
        field, value = row["field"], row["value"]
        if field in self.rows and field != "watch":
            return "C105", {"name": self.name, "field": field, "first": self.rows[field]}
        self.rows.setdefault(field, number)
        note = {"zh": row["note_zh"], "en": row["note_en"]}
        if field == "watch":
            self.watch.append(note)
        elif field in TEXTS:
            self.texts[field] = note
        elif field in PLAIN_LISTS or field == "generic":
            self.extras[field] = _words(value) if field in PLAIN_LISTS else value in ("yes", "是")
        elif field in ProductFacts.model_fields:
            parsed: Any = _words(value) if field in LISTS else value
            if field == "minimum_seats" and value.isascii() and value.isdigit() and len(value) < 9:
                parsed = int(value)
            self.facts[field] = self._datum("unknown" if value in ("unknown", "") and field != "industries" else parsed, row)
        elif field.startswith("edition."):
            self.groups.setdefault("editions", {})[field.removeprefix("edition.")] = self._edition(value, row)
        elif (prefix := field.partition(".")[0]) in GROUPS:
            return self._datum_of(GROUPS[prefix], field.removeprefix(f"{prefix}."), value, row)
        elif field.startswith("function.") and value in LEVELS:
            by = self._by(row)
            if by is None:
                return "C106", {"field": field}
            self.functions.setdefault(by, {}).setdefault(value, []).append(field.removeprefix("function."))
        elif field.startswith("function."):
            return ("C107", {"field": field, "value": value}) if value not in ("", "unknown") else None
        else:
            return "C104", {"field": field, "allowed": ", ".join((*TEXTS, *PLAIN_LISTS, *ProductFacts.model_fields))}
        return None

    def _datum_of(self, group: str, key: str, value: str, row: ProductRow) -> tuple[str, dict[str, object]] | None:
        parsed: Any = value or "unknown"
        if group == "prices" and parsed != "unknown" and (parsed := parse_price_cell(value)) is None:
            return "C108", {"value": value}
        if group == "limits" and value.isascii() and value.isdigit():
            parsed = int(value)
        self.groups.setdefault(group, {})[key] = self._datum(parsed, row)
        return None

    def _edition(self, value: str, row: ProductRow) -> dict[str, Any]:
        edition: dict[str, Any] = {"name": {"zh": row["note_zh"], "en": row["note_en"]}, "by": self._by(row)}
        for part in filter(None, map(str.strip, value.split(";"))):
            word, _, rest = part.partition(" ")
            edition[word] = _words(rest) if word in EDITION_LISTS else int(rest) if rest.isdigit() else rest
        return edition

    def _datum(self, value: Any, row: ProductRow) -> dict[str, Any]:
        datum: dict[str, Any] = {"value": value}
        if by := self._by(row):
            datum["by"] = by
        if row["note_zh"] or row["note_en"]:
            datum["note"] = {"zh": row["note_zh"], "en": row["note_en"]}
        return datum

    def _by(self, row: ProductRow) -> str | None:
        """The name of the evidence a row names, the same for rows that say the same."""
        key = tuple(row[name] for name in ("source", *DETAILS, "confidence"))
        if not any(key):
            return None
        return self.evidence.setdefault(key, f"source_{len(self.evidence) + 1}")

    def data(self) -> dict[str, Any]:
        """The product as its YAML file has it."""
        evidence = {
            name: {"citation": source, "confidence": confidence}
            | {detail: value for detail, value in zip(DETAILS, details, strict=True) if value}
            for (source, *details, confidence), name in self.evidence.items()
        }
        functions = [{"by": by, **levels} for by, levels in self.functions.items()]
        product: dict[str, Any] = {"id": self.name, **self.texts, "evidence": evidence, "facts": self.facts}
        parts = {**self.extras, **self.groups, "functions": functions, "watch": self.watch}
        for key, value in parts.items():
            if value:
                product[key] = value
        return {"product": product}

    def row_of(self, problem: Problem, content: bytes) -> int:
        """The row a mistake in the finished product goes back to: that of the field it names, else the product's first."""
        path = str(problem.values.get("path") or problem.values.get("name") or "")
        for field, row in self.rows.items():
            if field in path.split(".") or field.endswith(f".{path}") or path.endswith(field):
                return row
        return self.first
