"""``advisor serve``: runs the web server."""

from __future__ import annotations

from dataclasses import dataclass

import click

from advisor.cli.exits import handle_errors
from advisor.cli.options import option, with_options
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError


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
@with_options(ServeOptions)
@click.pass_obj
@handle_errors
def serve(settings: Settings, options: ServeOptions) -> None:
    """Open the self-assessment in the browser's reach."""
    from advisor.web.server import Server
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
