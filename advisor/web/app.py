"""The application: settings in, a Flask application out, with everything wired."""

from __future__ import annotations

import io
from typing import IO

import jinja2
from flask import Flask, Request

from advisor.insight.knowledge_choice import BUILT_IN, KnowledgeChoice
from advisor.knowledge.load import data_folder
from advisor.reporting.html import add_block_globals
from advisor.web import assets, errors, health, limits, logs, narrow, pages, reading, sharing, sheets, taking, words
from advisor.web.api.views import api
from advisor.web.security import guard
from advisor.web.services import NAME, Services
from advisor.web.settings import WebSettings
from advisor.web.visiting import may_open

MAX_BODY = 1_000_000
MAX_FIELDS = 2_000


class InMemory(Request):
    """A request whose files are kept in memory, which :data:`MAX_BODY` bounds: what a visitor hands in touches no disk."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        return io.BytesIO()


def create_app(settings: WebSettings, choice: KnowledgeChoice = BUILT_IN) -> Flask:
    """The web application, judging by the knowledge chosen.

    Raises :class:`~advisor.errors.AdvisorError` where database or knowledge cannot be used.
    """
    app = Flask("advisor.web", static_folder=None, template_folder=None)
    app.request_class = InMemory
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=MAX_FIELDS,
        TRUSTED_HOSTS=list(settings.hosts),
        PROPAGATE_EXCEPTIONS=False,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    app.jinja_loader = jinja2.FileSystemLoader(data_folder("templates"))
    app.jinja_env.autoescape = True
    add_block_globals(app.jinja_env)
    app.extensions[NAME] = Services(settings, choice)
    logs.attach(app)
    guard(app, settings.https)
    limits.attach(app)
    words.attach(app)
    assets.attach(app)
    narrow.attach(app)
    errors.attach(app)
    health.attach(app)
    app.jinja_env.globals["may_open"] = may_open
    for blueprint in (pages.blueprint, sheets.blueprint, sharing.blueprint, reading.blueprint):
        app.register_blueprint(blueprint)
    app.register_blueprint(api)
    app.register_blueprint(taking.blueprint, name="result", url_prefix=f"{words.PREFIX}/result")
    app.register_blueprint(taking.blueprint, name="shared", url_prefix=f"{words.PREFIX}/shared")
    return app
