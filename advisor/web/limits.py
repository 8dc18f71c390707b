"""Rate limits for each client address: creating cases, saving answers, rendering reports, opening links."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from advisor.web.services import get_services

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True, strategy="moving-window")
CREATE_CASE = "30 per hour"
SAVE_ANSWERS = "240 per minute"
RENDER_REPORT = "20 per minute"
OPEN_LINK = "30 per minute"
QUERY = "120 per minute"


@limiter.request_filter
def unlimited() -> bool:
    """Whether rate limits are switched off."""
    return not get_services().settings.rate_limits


def init_app(app: Flask) -> None:
    """Limit the requests of an application."""
    limiter.init_app(app)
