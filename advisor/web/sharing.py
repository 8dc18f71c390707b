"""Links: into a case to go on with it, into its result to read it; leaving, and deleting everything."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advisor.store.records import Purpose
from advisor.web.limits import OPEN, SAVE, limiter
from advisor.web.services import services
from advisor.web.visiting import find_access, own_case, something_to_lose, take_up, with_case
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
        token=token,
        share_days=min(SHARED_FOR, services().settings.retention).days,
        came_by=access.name if (access := find_access()) else "",
    )


@blueprint.post(f"{PREFIX}/links")
@limiter.limit(SAVE)
@with_case
def make() -> str:
    """A new link, shown this once: only its hash is kept. Who has it on the page may see that page in the other language."""
    purpose: Purpose = "share" if request.form.get("purpose") == "share" else "return"
    made = request.form.get("made", "")
    if made and (access := services().store.open(made, purpose)) and access.case.id == own_case().id:
        return _page(made, purpose)
    token = services().store.create_link(own_case().id, purpose, SHARED_FOR if purpose == "share" else None)
    return _page(token, purpose)


@blueprint.post(f"{PREFIX}/links/withdraw")
@limiter.limit(SAVE)
@with_case
def withdraw() -> Response:
    """Take a link out of force: for all who came in by it, but for whoever takes it out of force."""
    own, access, name = services(), find_access(), request.form.get("name", "")
    response = redirect(url_for("sharing.links"))
    if access is not None and access.purpose == "return" and access.name == name:
        take_up(response, own.store.create_link(access.case.id, "browser"))
    own.store.revoke(own_case().id, name)
    return response


@blueprint.route(f"{PREFIX}/return/<token>", methods=["GET", "POST"])
@limiter.limit(OPEN)
def come_back(token: str) -> Response | str:
    """Go on with a case; the address loses its token at once, unless the browser works on another case already: then only
    once it said that it wants this one instead."""
    found, access = services().store.open(token, "return"), find_access()
    if found is None:
        return redirect(url_for("pages.start", lost=1))
    if access is not None and access.case.id == found.case.id:
        return redirect(url_for("pages.tasks"))
    if something_to_lose() and request.form.get("instead") != "yes":
        return render_template("web/instead.html", how="return", fields={})
    response = redirect(url_for("pages.tasks", opened=1))
    take_up(response, token)
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
        own.store.forget_browser(access)
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
