"""A private catalogue beside ours: a folder of YAML files, one a product, read with the same checks and the same errors.

A product of the same id takes the place of ours; everything else is added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from advisor import yaml_source
from advisor.errors import InputError, KnowledgeError, Place, Problem, ProblemsError
from advisor.files import read_file
from advisor.knowledge.check_selection import INDUSTRY, check_product
from advisor.knowledge.draft import Draft, validate_file
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Function, Product, RulesFile


def with_catalogue(knowledge: Knowledge, folder: Path) -> Knowledge:
    """The knowledge with the products of a folder added.

    Raises :class:`~advisor.errors.KnowledgeError` with every mistake of every file, :class:`~advisor.errors.InputError`
    where the folder has no YAML files.
    """
    products, digest = read_catalogue(folder, knowledge)
    return knowledge.with_products(digest, products)


def read_catalogue(folder: Path, knowledge: Knowledge) -> tuple[dict[str, Product], str]:
    """The products of a folder by id, and a short hash of its content. Raises as :func:`with_catalogue`."""
    paths = sorted(path for path in folder.rglob("*.yaml") if path.is_file()) if folder.is_dir() else []
    if not paths:
        raise InputError("no_folder", path=folder)
    files = [(path.relative_to(folder).as_posix(), read_file(path, yaml_source.MAX_BYTES)) for path in paths]
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    products, problems = parse_products(files, knowledge)
    if problems:
        raise KnowledgeError(problems)
    return products, digest.hexdigest()[:8]


def parse_products(files: list[tuple[str, bytes]], knowledge: Knowledge) -> tuple[dict[str, Product], list[Problem]]:
    """The products in the content of files, and every mistake there is."""
    draft, problems = Draft(), list[Problem]()
    for name, content in files:
        try:
            raw = yaml_source.parse_bytes(content, name)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        draft.places[name] = raw
        if isinstance(raw, dict) and (others := [key for key in raw if key not in ("product", "theme")]):
            problems.append(Problem("K217", Place(name, *yaml_source.locate(raw, (others[0],))), {"section": others[0]}))
        problems.extend(validate_file(raw, name, RulesFile, draft))
    products: dict[str, Product] = {}
    if not problems:
        for raw in draft.merged.get("product", []):
            product = Product.model_validate(raw)
            products[product.id] = product
            problems.extend(_unknown_names(product, draft, knowledge))
    return products, problems


def _unknown_names(product: Product, draft: Draft, knowledge: Knowledge) -> Iterator[Problem]:
    functions = [name for name, finding in knowledge.findings.items() if isinstance(finding, Function)]
    trades = knowledge.facts[INDUSTRY].values if INDUSTRY in knowledge.facts else {}
    yield from check_product(product, functions, trades, lambda *path: draft.place("product", product.id, path))


def expired(products: dict[str, Product] | None, knowledge: Knowledge, on: date) -> Iterator[tuple[str, str, date]]:
    """Every piece of evidence that was to be looked at again before a day: (product, evidence, its date)."""
    for name, product in (products if products is not None else knowledge.products).items():
        for key, evidence in product.evidence.items():
            if evidence.expires and evidence.expires < on:
                yield name, key, evidence.expires
