"""For whoever watches the server: is it alive, can it work?"""

from __future__ import annotations

from flask import Flask, Response, jsonify

from advisor.web.services import services


def attach(app: Flask) -> None:
    """``/healthz`` answers as long as the process runs; ``/readyz`` where database and knowledge can be used."""

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        own = services()
        database = own.store.database.is_alive()
        body = jsonify(
            status="ok" if database else "unavailable",
            database=database,
            knowledge=own.knowledge.version,
            knowledge_refused=own.library.refused is not None,
        )
        return body, 200 if database else 503
