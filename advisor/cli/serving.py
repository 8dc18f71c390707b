"""``advisor serve | purge | backup | restore | new-key``: running the web server and looking after its database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.main import Settings, help_text, speaks_plainly
from advisor.cli.options import option, takes
from advisor.errors import InputError
from advisor.files import read_file, write_file

if TYPE_CHECKING:
    from advisor.store.database import Database

DATABASE = click.option("--database", default=None, metavar="FILE|URL", help=help_text("database"))
MAX_BACKUP = 2_000_000_000


@dataclass(frozen=True)
class ServeOptions:
    """Where to serve, which database from, and to whom."""

    host: str = option("--host", default="127.0.0.1", show_default=True, help=help_text("serve_host"))
    port: int = option(
        "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help=help_text("serve_port")
    )
    database: str | None = option("--database", default=None, metavar="FILE|URL", help=help_text("database"))
    hosts: str | None = option("--hosts", default=None, metavar="NAME,…", help=help_text("serve_hosts"))
    https: bool = option("--https", is_flag=True, help=help_text("serve_https"))
    proxies: int = option(
        "--proxies", default=0, show_default=True, type=click.IntRange(0, 5), help=help_text("serve_proxies")
    )
    keep_days: int | None = option("--keep-days", default=None, type=click.IntRange(1, 3650), help=help_text("serve_keep"))
    metrics_port: int | None = option(
        "--metrics-port", default=None, type=click.IntRange(1, 65535), help=help_text("serve_metrics")
    )


@click.command(help=help_text("serve"))
@takes(ServeOptions)
@click.pass_obj
@speaks_plainly
def serve(settings: Settings, options: ServeOptions) -> None:
    """Open the self-assessment in the browser's reach."""
    from advisor.web.serving import Server
    from advisor.web.settings import WebSettings

    if settings.papers_only or settings.weights or settings.catalogue:
        raise InputError("not_served")
    web = WebSettings.read(
        database=options.database, hosts=options.hosts, https=options.https or None, retention_days=options.keep_days
    )
    server = Server(web, options.host, options.port, options.proxies, options.metrics_port, settings.choice)
    shown = f"[{options.host}]" if ":" in options.host else options.host
    click.echo(settings.say("serve.open", address=f"http://{shown}:{server.port}/"))
    click.echo(settings.say("serve.data", database=_without_password(web.database), days=web.retention_days))
    server.run()
    click.echo(settings.say("serve.stopped"))


def _without_password(database: str) -> str:
    """A database as it may be shown."""
    from sqlalchemy import make_url

    return make_url(database).render_as_string(hide_password=True) if "://" in database else database


def _open(database: str | None) -> Database:
    """The database the option or the environment names, brought to this version."""
    from advisor.store import open_database
    from advisor.store.migrate import migrate
    from advisor.web.settings import WebSettings

    found = open_database(WebSettings.read(database=database).database)
    migrate(found)
    return found


@click.command(help=help_text("purge"))
@DATABASE
@click.pass_obj
@speaks_plainly
def purge(settings: Settings, database: str | None) -> None:
    """Delete every case past its date."""
    from advisor.store import Store

    click.echo(settings.say("purge.done", count=Store(_open(database)).purge()))


@click.command(help=help_text("backup"))
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
@click.pass_obj
@speaks_plainly
def backup(settings: Settings, file: Path, database: str | None) -> None:
    """Write all cases to a file, while the server runs."""
    from advisor.store.backup import backup as take

    if file.exists():
        raise InputError("backup_exists", path=file)
    content = take(_open(database))
    click.echo(settings.say("backup.done", file=write_file(file, content, 0o600), size=f"{len(content) / 1000:,.0f}"))


@click.command(help=help_text("restore"))
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
@click.pass_obj
@speaks_plainly
def restore(settings: Settings, file: Path, database: str | None) -> None:
    """Fill an empty database from a backup."""
    from advisor.store.backup import restore as fill

    content = read_file(file, MAX_BACKUP)
    click.echo(settings.say("restore.done", count=fill(_open(database), content)))


@click.command("new-key", help=help_text("new_key"))
@speaks_plainly
def new_key() -> None:
    """Print a fresh key for ADVISOR_DATA_KEY."""
    from advisor.store.encryption import new_key as make

    click.echo(make())
