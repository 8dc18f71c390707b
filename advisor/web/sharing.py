"""Links: to a case to continue it, to its result to read it; leaving a case, and deleting it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advisor.store.records import Purpose
from advisor.web.i18n import LANG_PREFIX
from advisor.web.limits import OPEN_LINK, SAVE_ANSWERS, limiter
from advisor.web.services import get_services
from advisor.web.session import case_required, current_access, current_case, has_answers, switch_case

blueprint = Blueprint("sharing", __name__)
SHARE_LIFETIME = timedelta(days=30)


@blueprint.get(f"{LANG_PREFIX}/links")
@case_required
def links() -> str:
    """The valid links, and forms to create and revoke them."""
    return _page("", "")


def _page(token: str, purpose: str) -> str:
    services, case, access = get_services(), current_case(), current_access()
    endpoint = "sharing.open_case" if purpose == "return" else "sharing.open_result"
    return render_template(
        "web/links.html",
        case=case,
        links=services.store.links(case.id),
        new_link=url_for(endpoint, token=token, _external=True) if token else "",
        purpose=purpose,
        token=token,
        share_days=min(SHARE_LIFETIME, services.settings.retention).days,
        own_link=access.name if access else "",
    )


@blueprint.post(f"{LANG_PREFIX}/links")
@limiter.limit(SAVE_ANSWERS)
@case_required
def create_link() -> str:
    """Create a link and show it this once, for only its hash is stored. The form of the language switch posts the token
    again, and gets the page in the other language."""
    store, case_id = get_services().store, current_case().id
    purpose: Purpose = "share" if request.form.get("purpose") == "share" else "return"
    token = request.form.get("made", "")
    if token and (access := store.open(token, purpose)) and access.case.id == case_id:
        return _page(token, purpose)
    return _page(store.create_link(case_id, purpose, SHARE_LIFETIME if purpose == "share" else None), purpose)


@blueprint.post(f"{LANG_PREFIX}/links/withdraw")
@limiter.limit(SAVE_ANSWERS)
@case_required
def revoke() -> Response:
    """Revoke a link for everyone who came by it, except the browser that revokes it."""
    services, access, name = get_services(), current_access(), request.form.get("name", "")
    response = redirect(url_for("sharing.links"))
    if access is not None and access.purpose == "return" and access.name == name:
        switch_case(response, services.store.create_link(access.case.id, "browser"))
    services.store.revoke(current_case().id, name)
    return response


@blueprint.route(f"{LANG_PREFIX}/return/<token>", methods=["GET", "POST"])
@limiter.limit(OPEN_LINK)
def open_case(token: str) -> Response | str:
    """Continue the case of a return link; the redirect removes the token from the address. Where the browser works on
    another case with answers, ask whether to replace it first."""
    opened, access = get_services().store.open(token, "return"), current_access()
    if opened is None:
        return redirect(url_for("case.start", lost=1))
    if access is not None and access.case.id == opened.case.id:
        return redirect(url_for("case.tasks"))
    if has_answers() and request.form.get("instead") != "yes":
        return render_template("web/replace_case.html", action="return", fields={})
    response = redirect(url_for("case.tasks", opened=1))
    switch_case(response, token)
    return response


@blueprint.get(f"{LANG_PREFIX}/look/<token>")
@limiter.limit(OPEN_LINK)
def open_result(token: str) -> Response:
    """Read the result of a share link; the redirect removes the token from the address."""
    services = get_services()
    if services.store.open(token, "share") is None:
        return redirect(url_for("case.start", lost=1))
    response = redirect(url_for("shared.overview"))
    services.cookies.set(response, services.cookies.view, token)
    return response


@blueprint.post(f"{LANG_PREFIX}/leave")
def leave() -> Response:
    """Have this browser forget the case; links to it stay valid."""
    services, access = get_services(), current_access()
    if access is not None and access.purpose == "browser":
        services.store.forget_browser(access)
    response = redirect(url_for("case.start"))
    services.cookies.delete(response, services.cookies.case)
    return response


@blueprint.route(f"{LANG_PREFIX}/delete", methods=["GET", "POST"])
@limiter.limit(SAVE_ANSWERS, methods=["POST"])
@case_required
def delete() -> str | Response:
    """Delete the case, after a confirmation."""
    if request.method == "GET":
        return render_template("web/delete.html")
    services = get_services()
    services.delete(current_case())
    response = redirect(url_for("case.start", deleted=1))
    services.cookies.delete(response, services.cookies.case)
    return response
