"""Migrating a database to the tables of this version, from an empty one or from an earlier version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, select, text

from advisor.errors import InputError
from advisor.store.database import Database, failures_told

_ADVISORY_LOCK = 7_243_917
"""Any number, the same in every process: the lock under which PostgreSQL is migrated."""


VERSION_TABLE = "alembic_version"
"""Where Alembic keeps the revision."""
SCRIPTS = Path(__file__).with_name("migrations")
"""Alembic's folder, with one migration a file in ``versions/``."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The revision this version works with."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def known_revisions() -> set[str]:
    """Every revision this version knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


@contextmanager
def rebuilt_at(database: Database, revision: str) -> Iterator[tuple[Connection, MetaData]]:
    """Rebuild a database without cases at an earlier revision, to be filled there; it is migrated to the newest at the end,
    all in one transaction. Yields the connection and the tables of that revision.

    Raises :class:`~advisor.errors.InputError` where there are cases.
    """
    with database.engine.execution_options(writes=True).begin() as connection:
        existing = MetaData()
        existing.reflect(connection)
        filled = [table for table in existing.sorted_tables if connection.execute(select(table).limit(1)).first()]
        if any(table.name != VERSION_TABLE for table in filled):
            raise InputError("not_empty")
        existing.drop_all(connection)
        command.upgrade(_config(connection), revision)
        tables = MetaData()
        tables.reflect(connection)
        yield connection, tables
        command.upgrade(_config(connection), "head")


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database, target: str = "head") -> None:
    """Migrate the database. Processes that start together take turns; the second finds nothing left to do.

    Raises :class:`~advisor.errors.InputError` for a database that a newer version has migrated, or that refuses.
    """
    known = known_revisions()
    with failures_told(), database.engine.execution_options(writes=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"select pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is not None and revision not in known:
            raise InputError("newer_database", revision=revision)
        command.upgrade(_config(connection), target)
