"""How often one address may do what costs: begin a case, save, have reports drawn, try links."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from advisor.web.services import services

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True, strategy="moving-window")
BEGIN = "30 per hour"
SAVE = "240 per minute"
DRAW = "20 per minute"
OPEN = "30 per minute"
ASK = "120 per minute"


@limiter.request_filter
def unlimited() -> bool:
    """Whether this application counts no requests."""
    return not services().settings.rate_limits


def attach(app: Flask) -> None:
    """Count the requests of an application."""
    limiter.init_app(app)
