"""Links: into a case to go on with it, into its result to read it; leaving, and deleting everything."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advisor.store.records import Purpose
from advisor.web.limits import OPEN, SAVE, limiter
from advisor.web.services import services
from advisor.web.visiting import find_access, own_case, with_case
from advisor.web.words import PREFIX

blueprint = Blueprint("sharing", __name__)
SHARED_FOR = timedelta(days=30)


@blueprint.get(f"{PREFIX}/links")
@with_case
def links() -> str:
    """The links in force, and new ones."""
    return _page("", "")


def _page(token: str, purpose: str) -> str:
    case = own_case()
    endpoint = "sharing.come_back" if purpose == "return" else "sharing.look"
    made = url_for(endpoint, token=token, _external=True) if token else ""
    return render_template(
        "web/links.html",
        case=case,
        links=services().store.links(case.id),
        made=made,
        purpose=purpose,
        share_days=SHARED_FOR.days,
    )


@blueprint.post(f"{PREFIX}/links")
@limiter.limit(SAVE)
@with_case
def make() -> str:
    """A new link, shown this once: only its hash is kept."""
    purpose: Purpose = "share" if request.form.get("purpose") == "share" else "return"
    token = services().store.link(own_case().id, purpose, SHARED_FOR if purpose == "share" else None)
    return _page(token, purpose)


@blueprint.post(f"{PREFIX}/links/withdraw")
@limiter.limit(SAVE)
@with_case
def withdraw() -> Response:
    """Take a link out of force."""
    services().store.revoke(own_case().id, request.form.get("name", ""))
    return redirect(url_for("sharing.links"))


@blueprint.get(f"{PREFIX}/return/<token>")
@limiter.limit(OPEN)
def come_back(token: str) -> Response:
    """Go on with a case; the address loses its token at once."""
    own = services()
    if own.store.open(token, "return") is None:
        return redirect(url_for("pages.start", lost=1))
    response = redirect(url_for("pages.tasks"))
    own.cookies.put(response, own.cookies.case, token)
    return response


@blueprint.get(f"{PREFIX}/look/<token>")
@limiter.limit(OPEN)
def look(token: str) -> Response:
    """Read a result; the address loses its token at once."""
    own = services()
    if own.store.open(token, "share") is None:
        return redirect(url_for("pages.start", lost=1))
    response = redirect(url_for("shared.overview"))
    own.cookies.put(response, own.cookies.view, token)
    return response


@blueprint.post(f"{PREFIX}/leave")
def leave() -> Response:
    """Have this browser forget the case; links to it stay good."""
    own, access = services(), find_access()
    if access is not None and access.purpose == "browser":
        own.store.leave(access)
    response = redirect(url_for("pages.start"))
    own.cookies.drop(response, own.cookies.case)
    return response


@blueprint.route(f"{PREFIX}/delete", methods=["GET", "POST"])
@limiter.limit(SAVE, methods=["POST"])
@with_case
def delete() -> str | Response:
    """Delete everything, after asking once."""
    if request.method == "GET":
        return render_template("web/delete.html")
    own = services()
    own.delete(own_case())
    response = redirect(url_for("pages.start", deleted=1))
    own.cookies.drop(response, own.cookies.case)
    return response
