"""What the server is told: options of ``advisor serve``, and secrets from the environment alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import platformdirs

from advisor.errors import InputError

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class WebSettings:
    """How one server runs. ``hosts`` are the names it answers to; ``https`` says that visitors reach it encrypted."""

    database: str
    data_keys: str = ""
    hosts: tuple[str, ...] = LOCAL_HOSTS
    https: bool = False
    retention: timedelta = timedelta(days=90)
    rules: Path | None = None
    questionnaires: Path | None = None
    reload_seconds: float = 5.0
    rate_limits: bool = True
    drawers: int = 1

    def __post_init__(self) -> None:
        if self.retention < timedelta(days=1):
            raise InputError("bad_retention")


def from_environment(environ: Mapping[str, str] | None = None, **options: object) -> WebSettings:
    """The settings of the environment (``ADVISOR_…``), overruled by ``options`` that are not None.

    Raises :class:`~advisor.errors.InputError` for a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    found: dict[str, object] = {
        "database": env.get("ADVISOR_DATABASE") or str(platformdirs.user_data_path("crm-advisor") / "cases.db"),
        "data_keys": env.get("ADVISOR_DATA_KEY", ""),
        "https": env.get("ADVISOR_HTTPS", "") == "1",
        "rate_limits": env.get("ADVISOR_RATE_LIMITS", "") != "off",
    }
    if hosts := env.get("ADVISOR_HOSTS"):
        found["hosts"] = tuple(host.strip() for host in hosts.split(",") if host.strip())
    if days := env.get("ADVISOR_RETENTION_DAYS"):
        if not days.isdecimal() or len(days) > 5:
            raise InputError("bad_retention")
        found["retention"] = timedelta(days=int(days))
    found.update((name, value) for name, value in options.items() if value is not None)
    return WebSettings(**found)  # type: ignore[arg-type]
