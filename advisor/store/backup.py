"""A backup is a file of lines: a header, then every row of every table, then a checksum over all of it.

It is taken from one snapshot of the database while others go on writing, and restores into SQLite as into PostgreSQL.
Encrypted answers stay encrypted: keep the key apart from the backup.
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
from advisor.store.migrate import current_revision, head_revision, known_revisions, rebuilt_at
from advisor.store.models import Base

KIND = "crm-advisor backup"
INSERT_BATCH = 500
MAX_UNPACKED = 4_000_000_000


def backup(database: Database) -> bytes:
    """The content of a backup file. Raises :class:`~advisor.errors.InputError` for a database of another version."""
    if current_revision(database) != head_revision():
        raise InputError("not_migrated")
    buffer = io.BytesIO()
    digest = hashlib.sha256()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file, database.read_session() as session:
        for line in _lines(session):
            digest.update(line)
            file.write(line)
        file.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
    return buffer.getvalue()


def _lines(session: Session) -> Iterator[bytes]:
    tables = Base.metadata.sorted_tables
    columns = {table.name: table.columns.keys() for table in tables}
    yield json.dumps({"kind": KIND, "revision": head_revision(), "columns": columns}).encode() + b"\n"
    for table in tables:
        for row in session.execute(select(table).order_by(*table.primary_key.columns)):
            yield json.dumps([table.name, [_to_json(value) for value in row]], ensure_ascii=False).encode() + b"\n"


def restore(database: Database, content: bytes) -> int:
    """Fill an empty database, already migrated, from a backup of this or an earlier version; all of it or nothing. Returns
    the number of rows.

    Raises :class:`~advisor.errors.InputError` where the file is no backup, is damaged, or comes from a later version, or
    where the database holds cases.
    """
    header, lines = _read_backup(content)
    with rebuilt_at(database, header["revision"]) as (connection, metadata):
        for table in metadata.sorted_tables:
            names = header.get("columns", {}).get(table.name) or table.columns.keys()
            rows = [_from_json(names, values) for name, values in lines if name == table.name]
            for start in range(0, len(rows), INSERT_BATCH):
                connection.execute(insert(table), rows[start : start + INSERT_BATCH])
    return len(lines)


def _read_backup(content: bytes) -> tuple[dict[str, Any], list[Any]]:
    """The header of a backup and its rows, once the checksum is verified."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            unpacked = file.read(MAX_UNPACKED)
        body, _, last = unpacked.rstrip(b"\n").rpartition(b"\n")
        body += b"\n"
        intact = json.loads(last)["sha256"] == hashlib.sha256(body).hexdigest()
        header, *rows = [json.loads(line) for line in body.splitlines()]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise InputError("bad_backup") from None
    if not intact or header.get("kind") != KIND:
        raise InputError("bad_backup")
    if header.get("revision") not in known_revisions():
        raise InputError("other_backup", revision=header.get("revision"), ours=head_revision())
    return header, rows


def _to_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value


def _from_json(names: Iterable[str], values: list[Any]) -> dict[str, Any]:
    row = {}
    for name, value in zip(names, values, strict=True):
        if isinstance(value, dict) and "bytes" in value:
            value = base64.b64decode(value["bytes"])
        elif isinstance(value, dict):
            value = datetime.fromisoformat(value["moment"])
        row[name] = value
    return row
