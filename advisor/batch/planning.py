"""Which documents of a batch are still to be made, given what its journal says is done."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.batch.document_keys import document_key, firm_key
from advisor.batch.firms import FirmRow
from advisor.batch.journal import DocumentRecord, Journal
from advisor.batch.tasks import BatchTask, DocumentSpec, RunContext, answers_as_data
from advisor.knowledge import Knowledge
from advisor.reporting.editions import EditionName, forms_for
from advisor.reporting.look import PLAIN, Look
from advisor.text import LANGS, Lang


@dataclass(frozen=True)
class DocumentKinds:
    """Which documents each firm gets: one for each edition, language and format it has. JSON holds it all: once."""

    editions: tuple[EditionName, ...]
    langs: tuple[Lang, ...]
    formats: tuple[str, ...]


def document_specs(name: str, key: str, kinds: DocumentKinds, look: Look) -> tuple[DocumentSpec, ...]:
    """The documents of the firm called ``name``; ``key`` is the hash of what its assessment is made from."""
    specs = []
    if "json" in kinds.formats:
        path = f"{name}.assessment.json"
        specs.append(DocumentSpec(PLAIN.edition, LANGS[0], "json", path, document_key(key, LANGS[0], "json", PLAIN)))
    for edition in kinds.editions:
        edition_look = dataclasses.replace(look, edition=edition)
        forms = (form for form in forms_for(edition, kinds.formats) if form != "json")
        for form, lang in itertools.product(forms, kinds.langs):
            path = f"{name}{edition_look.suffix}.{lang}.{form}"
            specs.append(DocumentSpec(edition, lang, form, path, document_key(key, lang, form, edition_look)))
    return tuple(specs)


def plan_tasks(
    rows: Sequence[FirmRow],
    context: RunContext,
    knowledge: Knowledge,
    kinds: DocumentKinds,
    journal: Journal,
    folder: Path,
) -> tuple[list[BatchTask], list[str]]:
    """The tasks still to be done, and the firms whose documents are all in place."""
    documents, entries = journal.documents(), journal.entries()
    tasks, kept = [], []
    for row in rows:
        assert row.answers is not None
        answers = answers_as_data(row.answers, knowledge)
        key = firm_key(answers, context, row.scenarios, row.settings)
        specs = document_specs(row.name, key, kinds, context.look)
        missing = tuple(spec for spec in specs if not _is_in_place(spec, documents, folder))
        if missing or entries.get(row.name, ("",))[0] != key:
            answers_json = json.dumps(answers, ensure_ascii=False)
            tasks.append(BatchTask(row.name, row.number, key, answers_json, missing, row.scenarios, row.settings))
        else:
            kept.append(row.name)
    return tasks, kept


def _is_in_place(spec: DocumentSpec, documents: Mapping[str, DocumentRecord], folder: Path) -> bool:
    """Whether the document is in the folder, complete and made from the same input."""
    record = documents.get(spec.path)
    if record is None or record.key != spec.key or not record.firm:
        return False
    path = folder / spec.path
    return path.is_file() and path.stat().st_size == record.size
