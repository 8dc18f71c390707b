"""What every request and every answer goes through: who may post, which host is meant, what browsers are told."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, abort, g, request

SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
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
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers call the origin of our own forms "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def guard(app: Flask, https: bool) -> None:
    """Have an application refuse forged requests and send the headers on every answer."""

    @app.before_request
    def number() -> None:
        g.request_id = secrets.token_hex(8)

    @app.before_request
    def same_origin() -> None:
        if request.method not in SAFE and not is_own_request():
            abort(403)

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response


def is_own_request() -> bool:
    """Whether a request that may change something comes from our own pages, or from a program without cookies.

    Browsers say where a request comes from (Sec-Fetch-Site, Origin); what says nothing is no browser of today, and may then
    not lean on a cookie.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == request.host_url.rstrip("/")
    return not request.cookies


class Cookies:
    """The two cookies: one of the case a browser works on, one of the result it was shown."""

    def __init__(self, https: bool) -> None:
        self._https = https
        prefix = "__Host-" if https else ""
        self.case, self.view = f"{prefix}case", f"{prefix}view"

    def put(self, response: Any, name: str, value: str) -> None:
        """Set a cookie that no script reads, that goes with our own requests only, and that ends with the browser."""
        response.set_cookie(name, value, secure=self._https, httponly=True, samesite="Lax", path="/")

    def drop(self, response: Any, name: str) -> None:
        """Take a cookie away."""
        response.delete_cookie(name, secure=self._https, httponly=True, samesite="Lax", path="/")
