"""The application: settings in, a Flask application out, with everything wired."""

from __future__ import annotations

import jinja2
from flask import Flask

from advisor.knowledge.load import data_folder
from advisor.reporting.rendering import equip
from advisor.web import assets, errors, health, limits, logs, pages, reading, results, sharing, words
from advisor.web.api.views import api
from advisor.web.security import guard
from advisor.web.services import NAME, Services
from advisor.web.settings import WebSettings

MAX_BODY = 1_000_000
MAX_FIELDS = 2_000


def create_app(settings: WebSettings) -> Flask:
    """The web application. Raises :class:`~advisor.errors.AdvisorError` where database or knowledge cannot be used."""
    app = Flask("advisor.web", static_folder=None, template_folder=None)
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
    equip(app.jinja_env)
    app.extensions[NAME] = Services(settings)
    logs.attach(app)
    guard(app, settings.https)
    limits.attach(app)
    words.attach(app)
    assets.attach(app)
    errors.attach(app)
    health.attach(app)
    for blueprint in (pages.blueprint, sharing.blueprint, reading.blueprint):
        app.register_blueprint(blueprint)
    app.register_blueprint(api)
    app.register_blueprint(results.blueprint, name="result", url_prefix=f"{words.PREFIX}/result")
    app.register_blueprint(results.blueprint, name="shared", url_prefix=f"{words.PREFIX}/shared")
    return app
