"""Pages of information: privacy, and the reference of the knowledge."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from advisor.knowledge.load import data_folder
from advisor.text import Lang, say
from advisor.web.assets import asset
from advisor.web.i18n import LANG_PREFIX
from advisor.web.services import get_services
from advisor.web.session import nav_links

blueprint = Blueprint("info", __name__)
OWN_CASE_LINKS = {"case.tasks": "nav.questions", "result.overview": "nav.result"}
SHARED_RESULT_LINKS = {"shared.overview": "nav.shared"}
"""Links back from the reference pages, by endpoint, with the key of their text."""


@blueprint.get(f"{LANG_PREFIX}/privacy")
def privacy() -> str:
    """What is kept, for how long, and how to have it deleted."""
    services = get_services()
    return render_template(
        "web/privacy.html", days=services.settings.retention.days, encrypted=services.store.cipher.enabled
    )


@blueprint.get("/knowledge/<any(zh,en):site>/<page>.html")
def reference(site: Lang, page: str) -> Response:
    """A page of the reference: one that lists something, its contents, or the search."""
    nav = nav_links()
    links = {"case.start": "brand"} | (OWN_CASE_LINKS if nav.case else {}) | (SHARED_RESULT_LINKS if nav.shared else {})
    back_links = tuple((url_for(endpoint, lang=site), say("web", name, site)) for endpoint, name in links.items())
    html = get_services().live_knowledge.reference_page(site, page, back_links)
    if html is None:
        raise NotFound
    # with our script the switch of language keeps the position on the page
    script = f'<script src="{asset("advisor.js").address}"></script>\n</body>'
    html = html.replace("</body>", script)
    return Response(html, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


@blueprint.get("/knowledge/search.js")
def reference_search() -> Response:
    """The script of the search page of the reference."""
    script = (data_folder("templates") / "reference" / "search.js").read_bytes()
    return Response(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


@blueprint.get("/knowledge/reference.css")
def reference_style() -> Response:
    """The style sheet of the reference."""
    style = (data_folder("templates") / "reference" / "reference.css").read_bytes()
    return Response(style, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})
