"""A backup is a file of lines: what it is, then every row of every table, then a seal over all of it.

It is taken from one state of the database while others go on writing, and restores into SQLite as into PostgreSQL. Answers
that are sealed stay sealed: keep the key apart from the backup.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from advisor.errors import InputError
from advisor.store.database import Database
from advisor.store.migrating import current, head
from advisor.store.tables import Base

KIND = "crm-advisor backup"
BATCH = 500
MAX_UNPACKED = 4_000_000_000


def backup(database: Database) -> bytes:
    """The content of a backup file. Raises :class:`~advisor.errors.InputError` for a database of another version."""
    if current(database) != head():
        raise InputError("not_migrated")
    out = io.BytesIO()
    digest = hashlib.sha256()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed, database.reading() as session:
        for line in _lines(session):
            digest.update(line)
            packed.write(line)
        packed.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
    return out.getvalue()


def _lines(session: Session) -> Iterator[bytes]:
    yield json.dumps({"kind": KIND, "revision": head()}).encode() + b"\n"
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table).order_by(*table.primary_key.columns)):
            yield json.dumps([table.name, [_plain(value) for value in row]], ensure_ascii=False).encode() + b"\n"


def restore(database: Database, content: bytes) -> int:
    """Fill an empty database, already migrated, from a backup; all of it or nothing. Returns the number of rows.

    Raises :class:`~advisor.errors.InputError` where the file is no backup, is damaged, or comes from another version, or
    where the database holds cases.
    """
    lines = _checked(content)
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    with database.writing() as session:
        if any(session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables.values()):
            raise InputError("not_empty")
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
        for line in lines:
            name, values = line
            rows[name].append(_row(tables[name], values))
        for name, table in tables.items():
            for start in range(0, len(rows[name]), BATCH):
                session.execute(insert(table), rows[name][start : start + BATCH])
    return len(lines)


def _checked(content: bytes) -> list[Any]:
    """The rows of a backup whose seal holds."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            whole = packed.read(MAX_UNPACKED)
        body, _, last = whole.rstrip(b"\n").rpartition(b"\n")
        body += b"\n"
        sealed = json.loads(last)["sha256"] == hashlib.sha256(body).hexdigest()
        first, *rows = [json.loads(line) for line in body.splitlines()]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise InputError("bad_backup") from None
    if not sealed or first.get("kind") != KIND:
        raise InputError("bad_backup")
    if first.get("revision") != head():
        raise InputError("other_backup", revision=first.get("revision"), ours=head())
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value


def _row(table: Table, values: list[Any]) -> dict[str, Any]:
    found = {}
    for column, value in zip(table.columns, values, strict=True):
        if isinstance(value, dict) and "bytes" in value:
            value = base64.b64decode(value["bytes"])
        elif isinstance(value, dict):
            value = datetime.fromisoformat(value["moment"])
        found[column.key] = value
    return found
