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
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advisor.errors import InputError
from advisor.store.database import Database
from advisor.store.migrating import current, emptied_at, head, revisions
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
    tables = Base.metadata.sorted_tables
    columns = {table.name: table.columns.keys() for table in tables}
    yield json.dumps({"kind": KIND, "revision": head(), "columns": columns}).encode() + b"\n"
    for table in tables:
        for row in session.execute(select(table).order_by(*table.primary_key.columns)):
            yield json.dumps([table.name, [_plain(value) for value in row]], ensure_ascii=False).encode() + b"\n"


def restore(database: Database, content: bytes) -> int:
    """Fill an empty database, already migrated, from a backup of this or an earlier version; all of it or nothing. Returns
    the number of rows.

    Raises :class:`~advisor.errors.InputError` where the file is no backup, is damaged, or comes from a later version, or
    where the database holds cases.
    """
    about, lines = _checked(content)
    with emptied_at(database, about["revision"]) as (connection, metadata):
        for table in metadata.sorted_tables:
            names = about.get("columns", {}).get(table.name) or table.columns.keys()
            rows = [_row(names, values) for name, values in lines if name == table.name]
            for start in range(0, len(rows), BATCH):
                connection.execute(insert(table), rows[start : start + BATCH])
    return len(lines)


def _checked(content: bytes) -> tuple[dict[str, Any], list[Any]]:
    """What a backup says of itself, and its rows, where its seal holds."""
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
    if first.get("revision") not in revisions():
        raise InputError("other_backup", revision=first.get("revision"), ours=head())
    return first, rows


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value


def _row(names: Iterable[str], values: list[Any]) -> dict[str, Any]:
    found = {}
    for name, value in zip(names, values, strict=True):
        if isinstance(value, dict) and "bytes" in value:
            value = base64.b64decode(value["bytes"])
        elif isinstance(value, dict):
            value = datetime.fromisoformat(value["moment"])
        found[name] = value
    return found
