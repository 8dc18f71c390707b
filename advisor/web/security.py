"""Protection of every request: forged ones are rejected, every response carries the security headers; cookies."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, abort, g, request

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers call the origin of our own forms "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def init_app(app: Flask, https: bool) -> None:
    """Have an application reject forged requests and send the headers with every response."""

    @app.before_request
    def set_request_id() -> None:
        g.request_id = secrets.token_hex(8)

    @app.before_request
    def require_same_origin() -> None:
        if request.method not in SAFE_METHODS and not is_same_origin():
            abort(403)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response


def is_same_origin() -> bool:
    """Whether a request that may change something comes from our own pages, or from a program without cookies.

    Browsers send Sec-Fetch-Site or Origin; a client that sends neither is no current browser and may not use a cookie.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == request.host_url.rstrip("/")
    return not request.cookies


class Cookies:
    """The two cookies: one for the case a browser works on, one for the result that was shared with it."""

    def __init__(self, https: bool) -> None:
        self._https = https
        prefix = "__Host-" if https else ""
        self.case, self.view = f"{prefix}case", f"{prefix}view"

    def set(self, response: Any, name: str, value: str) -> None:
        """Set a session cookie that no script can read and that is sent with requests from our own pages only."""
        response.set_cookie(name, value, secure=self._https, httponly=True, samesite="Lax", path="/")

    def delete(self, response: Any, name: str) -> None:
        """Delete a cookie."""
        response.delete_cookie(name, secure=self._https, httponly=True, samesite="Lax", path="/")
