"""Bringing a database to the tables this version needs, from none or from those of an earlier version."""

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
from advisor.store.database import Database

_LOCK = 7_243_917
"""Any number, the same in every process: the lock under which PostgreSQL is migrated."""


VERSION_TABLE = "alembic_version"
"""Where Alembic keeps the revision."""
SCRIPTS = Path(__file__).with_name("migrations")
"""Where the steps are, in ``versions/``."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision this version works with."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def revisions() -> set[str]:
    """Every revision this version knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


@contextmanager
def emptied_at(database: Database, revision: str) -> Iterator[tuple[Connection, MetaData]]:
    """A database without cases, made anew at an earlier revision, to be filled there; brought to the newest at the end. All
    of it is kept, or nothing. Gives the connection and the tables of that revision.

    Raises :class:`~advisor.errors.InputError` where there are cases.
    """
    with database.engine.execution_options(writes=True).begin() as connection:
        found = MetaData()
        found.reflect(connection)
        filled = [table for table in found.sorted_tables if connection.execute(select(table).limit(1)).first()]
        if any(table.name != VERSION_TABLE for table in filled):
            raise InputError("not_empty")
        found.drop_all(connection)
        command.upgrade(_config(connection), revision)
        tables = MetaData()
        tables.reflect(connection)
        yield connection, tables
        command.upgrade(_config(connection), "head")


def current(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database, to: str = "head") -> None:
    """Bring the database up. Processes that start together take turns; the second finds nothing left to do.

    Raises :class:`~advisor.errors.InputError` for a database that a newer version has been at.
    """
    known = revisions()
    with database.engine.execution_options(writes=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
        at = MigrationContext.configure(connection).get_current_revision()
        if at is not None and at not in known:
            raise InputError("newer_database", revision=at)
        command.upgrade(_config(connection), to)
