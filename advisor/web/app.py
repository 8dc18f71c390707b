"""The application factory: settings in, a Flask application out."""

from __future__ import annotations

import io
from typing import IO

import jinja2
from flask import Flask, Request

from advisor.insight.knowledge_choice import BUILT_IN, KnowledgeChoice
from advisor.knowledge.load import data_folder
from advisor.reporting.html import add_block_globals
from advisor.web import (
    assets,
    case_pages,
    downloads,
    errors,
    explanations,
    health,
    i18n,
    info_pages,
    limits,
    logs,
    narrow_charts,
    questions,
    results,
    security,
    sharing,
    uploads,
    what_if,
)
from advisor.web.api.views import api
from advisor.web.services import EXTENSION, Services
from advisor.web.session import nav_links
from advisor.web.settings import WebSettings

MAX_BODY = 1_000_000
MAX_FIELDS = 2_000
PAGES = (case_pages.blueprint, questions.blueprint, uploads.blueprint, sharing.blueprint, info_pages.blueprint)
RESULT = {results.blueprint, explanations.blueprint, what_if.blueprint, downloads.blueprint}
"""Registered twice: for the visitor's own result, and for one that was shared."""


class InMemoryRequest(Request):
    """A request whose files stay in memory, bounded by :data:`MAX_BODY`: what a visitor uploads is never written to disk."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        return io.BytesIO()


def create_app(settings: WebSettings, choice: KnowledgeChoice = BUILT_IN) -> Flask:
    """The web application with the knowledge chosen.

    Raises :class:`~advisor.errors.AdvisorError` where database or knowledge cannot be used.
    """
    app = Flask("advisor.web", static_folder=None, template_folder=None)
    app.request_class = InMemoryRequest
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
    app.extensions[EXTENSION] = Services(settings, choice)
    logs.init_app(app)
    security.init_app(app, settings.https)
    limits.init_app(app)
    i18n.init_app(app)
    assets.init_app(app)
    narrow_charts.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    app.jinja_env.globals["nav_links"] = nav_links
    for blueprint in (*PAGES, api):
        app.register_blueprint(blueprint)
    for blueprint in RESULT:
        app.register_blueprint(blueprint, name="result", url_prefix=f"{i18n.LANG_PREFIX}/result")
        app.register_blueprint(blueprint, name="shared", url_prefix=f"{i18n.LANG_PREFIX}/shared")
    return app
