"""Pages to read: what happens to data, and the knowledge itself."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from advisor.knowledge.load import data_folder
from advisor.text import Lang, say
from advisor.web.assets import asset
from advisor.web.services import services
from advisor.web.visiting import may_open
from advisor.web.words import PREFIX

blueprint = Blueprint("reading", __name__)
OWN = {"pages.tasks": "nav.questions", "result.overview": "nav.result"}
SHARED = {"shared.overview": "nav.shared"}
"""Where the reference site leads back to, each with its name: to a case of one's own, to a result one was sent."""


@blueprint.get(f"{PREFIX}/privacy")
def privacy() -> str:
    """What is kept, for how long, and how to have it deleted."""
    own = services()
    return render_template("web/privacy.html", days=own.settings.retention.days, sealed=own.store.cipher.enabled)


@blueprint.get("/knowledge/<any(zh,en):site>/<page>.html")
def reference(site: Lang, page: str) -> Response:
    """A page of the reference site: rules, questions, scores, findings, papers, works, disagreements."""
    open_to = may_open()
    back = {"pages.start": "brand"} | (OWN if open_to.case else {}) | (SHARED if open_to.view else {})
    ways = tuple((url_for(endpoint, lang=site), say("web", name, site)) for endpoint, name in back.items())
    found = services().library.site(site, page, ways)
    if found is None:
        raise NotFound
    # the site has no script of its own; with ours the switch of language keeps the place on the page
    script = f'<script src="{asset("advisor.js").address}"></script>\n</body>'
    found = found.replace("</body>", script)
    return Response(found, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


@blueprint.get("/knowledge/reference.css")
def reference_style() -> Response:
    """The style sheet of the reference site."""
    style = (data_folder("templates") / "reference" / "reference.css").read_bytes()
    return Response(style, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})
