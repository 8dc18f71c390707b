"""Style sheet, script and icon: named by their content, so that browsers keep them for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

from flask import Flask, Response, abort, request

from advisor.knowledge.load import data_folder

KINDS = {
    "advisor.css": "text/css; charset=utf-8",
    "advisor.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
PAGE_KINDS = ("text/html", "application/json", "text/css", "text/javascript")
SMALL = 1_000
"""Bytes below which packing is not worth it."""


@dataclass(frozen=True)
class Asset:
    """A file's content, packed too, and the address that changes with it."""

    name: str
    content: bytes
    packed: bytes
    address: str


@cache
def asset(name: str) -> Asset:
    """One of the files by name. Raises ``KeyError`` for another."""
    assert KINDS[name]
    content = (data_folder("templates") / "web" / "static" / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(name, content, gzip.compress(content, 9, mtime=0), f"/static/{digest}/{name}")


def attach(app: Flask) -> None:
    """Serve the files, and pack pages for browsers that take them packed."""
    app.jinja_env.globals["asset"] = lambda name: asset(name).address

    @app.get("/static/<digest>/<name>")
    def static(digest: str, name: str) -> Response:
        if name not in KINDS or asset(name).address != request.path:
            abort(404)
        found = asset(name)
        response = Response(found.content, content_type=KINDS[name])
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    @app.after_request
    def pack(response: Response) -> Response:
        fits = response.mimetype in PAGE_KINDS and not response.direct_passthrough and request.accept_encodings["gzip"] > 0
        if fits and response.status_code == 200 and (response.content_length or 0) >= SMALL:
            response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
        return response
