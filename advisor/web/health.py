"""Health checks: is the server alive, is it ready?"""

from __future__ import annotations

from flask import Flask, Response, jsonify

from advisor.web.services import get_services


def init_app(app: Flask) -> None:
    """``/healthz`` answers as long as the process runs; ``/readyz`` where database and knowledge can be used."""

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        services = get_services()
        database = services.store.database.is_alive()
        body = jsonify(
            status="ok" if database else "unavailable",
            database=database,
            knowledge=services.knowledge.version,
            knowledge_refused=services.live_knowledge.load_error is not None,
        )
        return body, 200 if database else 503
