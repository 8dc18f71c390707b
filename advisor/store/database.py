"""Opening the database: SQLite in a file by default, PostgreSQL by URL."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from advisor.errors import InputError, shortened

BUSY_MS = 10_000
"""How long a writer waits for another process before it gives up."""


class Database:
    """An engine and its read and write sessions. Writers of one process take turns: on SQLite they would only collide."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._write_lock = threading.Lock()

    @contextmanager
    def read_session(self) -> Iterator[Session]:
        """A session on one snapshot of the database; it commits nothing."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection, Session(connection) as session:
            yield session

    @contextmanager
    def write_session(self) -> Iterator[Session]:
        """A session in one transaction, committed at its end."""
        lock = self._write_lock if self.is_sqlite else nullcontext()
        with (
            lock,
            self.engine.execution_options(writes=True).connect() as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def checkpoint(self) -> None:
        """Truncate SQLite's write-ahead log, so that deleted content is in no file any more."""
        if self.is_sqlite:
            with self._write_lock, self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_alive(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                return connection.execute(text("select 1")).scalar() == 1
        except DBAPIError:
            return False

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(location: str | Path) -> Database:
    """The database in a file, or at a URL (``postgresql+psycopg://user:password@host/name``, ``sqlite:///path``).

    Raises :class:`~advisor.errors.InputError` for a URL that is none, a driver that is not installed, or a database that
    cannot be opened.
    """
    is_path = "://" not in str(location)
    try:
        url = make_url(f"sqlite:///{Path(location).expanduser().absolute()}" if is_path else str(location))
        if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise InputError("bad_database", detail=url.get_backend_name())
        if url.get_backend_name() == "sqlite":
            if url.database in (None, "", ":memory:"):
                raise InputError("bad_database", detail=":memory:")
            _make_private(Path(str(url.database)))
        options: dict[str, Any] = {} if url.get_backend_name() == "sqlite" else {"pool_pre_ping": True}
        engine = create_engine(url, **options)
    except ArgumentError:
        raise InputError("bad_database", detail="URL") from None
    except ModuleNotFoundError as error:
        raise InputError("bad_database", detail=f"pip install '.[postgres]' ({error.name})") from None
    except OSError as error:
        raise InputError("unwritable", path=location, detail=error.strerror or error) from None
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine)
    with failures_told(), engine.connect():
        return Database(engine)


@contextmanager
def failures_told() -> Iterator[None]:
    """What a database refuses, told as an :class:`~advisor.errors.InputError`."""
    try:
        yield
    except DBAPIError as error:
        raise InputError("database_failed", detail=shortened(error.orig)) from None


def _make_private(path: Path) -> None:
    """Make a new database's file for its owner alone; SQLite gives those beside it the same permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _configure_sqlite(engine: Engine) -> None:
    """Configure SQLite for a server: a committed answer is on the disk, a deleted one is overwritten."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "foreign_keys=on",
            "journal_mode=wal",
            "synchronous=full",
            "secure_delete=on",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
