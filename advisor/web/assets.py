"""Style sheet, script and icon: addressed by a hash of their content, so that browsers may cache them forever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

from flask import Flask, Response, abort, request

from advisor.knowledge.load import data_folder

CONTENT_TYPES = {
    "advisor.css": "text/css; charset=utf-8",
    "advisor.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
COMPRESSED_TYPES = ("text/html", "application/json", "text/css", "text/javascript")
MIN_COMPRESSED_BYTES = 1_000
"""Smaller responses are sent as they are."""


@dataclass(frozen=True)
class Asset:
    """A file's content and the URL that changes with it."""

    name: str
    content: bytes
    address: str


@cache
def asset(name: str) -> Asset:
    """One of the files by name. Raises ``KeyError`` for another."""
    assert CONTENT_TYPES[name]
    content = (data_folder("templates") / "web" / "static" / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(name, content, f"/static/{digest}/{name}")


def init_app(app: Flask) -> None:
    """Serve the files, and compress responses for browsers that accept gzip."""
    app.jinja_env.globals["asset"] = lambda name: asset(name).address

    @app.get("/static/<digest>/<name>")
    def static(digest: str, name: str) -> Response:
        if name not in CONTENT_TYPES or asset(name).address != request.path:
            abort(404)
        response = Response(asset(name).content, content_type=CONTENT_TYPES[name])
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    @app.after_request
    def compress(response: Response) -> Response:
        suitable = response.mimetype in COMPRESSED_TYPES and not response.direct_passthrough
        accepted = request.accept_encodings["gzip"] > 0
        if suitable and accepted and response.status_code == 200 and (response.content_length or 0) >= MIN_COMPRESSED_BYTES:
            response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
        return response
