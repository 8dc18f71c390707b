"""What a batch writes besides reports: the entries of its firms and the list of those that failed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from advisor.batch.dispatch import RunResult
from advisor.batch.firms import FirmRow
from advisor.batch.journal import Journal
from advisor.errors import InputError
from advisor.files import write_file
from advisor.portfolio.entry import PortfolioEntry
from advisor.text import Lang, say


def finished_entries(rows: Sequence[FirmRow], journal: Journal) -> tuple[PortfolioEntry, ...]:
    """The entries of all finished firms in the order of the input, with the documents in the folder."""
    stored, documents = journal.entries(), journal.documents()
    files: dict[str, dict[str, str]] = {}
    for path, record in documents.items():
        files.setdefault(record.firm, {})[path.removeprefix(f"{record.firm}.")] = path
    entries = []
    for row in rows:
        if row.name in stored:
            entry = _parse_entry(stored[row.name][1], journal)
            entries.append(entry.model_copy(update={"row": row.number, "files": files.get(row.name, {})}))
    return tuple(entries)


def _parse_entry(entry: str, journal: Journal) -> PortfolioEntry:
    try:
        return PortfolioEntry.model_validate_json(entry)
    except ValidationError as error:
        detail = f"entry: {error.error_count()}"
        raise InputError("bad_journal", path=journal.path, detail=detail) from None


def write_failures(result: RunResult, folder: Path, lang: Lang) -> list[Path]:
    """A list of firms that were read and still have no report; none left over from an earlier run."""
    path = folder / "failures.txt"
    if not result.failed:
        path.unlink(missing_ok=True)
        return []
    lines = [say("batch", "failed", lang, firm=f, row=r, reason=why) for f, (r, why) in sorted(result.failed.items())]
    return [write_file(path, "\n".join(lines) + "\n")]
