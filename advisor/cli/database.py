"""``advisor purge | backup | restore | new-key``: maintenance of the web server's database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError
from advisor.files import read_file, write_file

if TYPE_CHECKING:
    from advisor.store.database import Database

DATABASE = click.option("--database", default=None, metavar="FILE|URL", help=help_text("database"))
MAX_BACKUP = 2_000_000_000


def _open_migrated(database: str | None) -> Database:
    """The database the option or the environment names, brought to this version."""
    from advisor.store import open_database
    from advisor.store.migrate import migrate
    from advisor.web.settings import WebSettings

    migrated = open_database(WebSettings.read(database=database).database)
    migrate(migrated)
    return migrated


@click.command(help=help_text("purge"))
@DATABASE
@click.pass_obj
@handle_errors
def purge(settings: Settings, database: str | None) -> None:
    """Delete every case past its date."""
    from advisor.store import Store

    click.echo(settings.say("purge.done", count=Store(_open_migrated(database)).purge()))


@click.command(help=help_text("backup"))
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
@click.pass_obj
@handle_errors
def backup(settings: Settings, file: Path, database: str | None) -> None:
    """Write all cases to a file, while the server runs."""
    from advisor.store.backup import backup as dump_cases

    if file.exists():
        raise InputError("backup_exists", path=file)
    content = dump_cases(_open_migrated(database))
    click.echo(settings.say("backup.done", file=write_file(file, content, 0o600), size=f"{len(content) / 1000:,.0f}"))


@click.command(help=help_text("restore"))
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
@click.pass_obj
@handle_errors
def restore(settings: Settings, file: Path, database: str | None) -> None:
    """Fill an empty database from a backup."""
    from advisor.store.backup import restore as load_cases

    content = read_file(file, MAX_BACKUP)
    click.echo(settings.say("restore.done", count=load_cases(_open_migrated(database), content)))


@click.command("new-key", help=help_text("new_key"))
@handle_errors
def new_key() -> None:
    """Print a fresh key for ADVISOR_DATA_KEY."""
    from advisor.store.encryption import new_key as generate_key

    click.echo(generate_key())
