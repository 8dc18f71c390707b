"""A browser's session: the case its cookie opens, and the result that was shared with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from advisor.store import Access, Case
from advisor.store.cases import BROWSER_LIFETIME
from advisor.web.services import get_services

RENEWAL_INTERVAL = timedelta(days=1)
"""A browser's access is extended at most once in this time."""
P = ParamSpec("P")
R = TypeVar("R")


def current_access() -> Access | None:
    """Access to the case this browser works on; None where it has none, or none any more."""
    if "access" not in g:
        services = get_services()
        token = request.cookies.get(services.cookies.case)
        g.access = services.store.open(token, "browser", "return") if token else None
    access: Access | None = g.access
    return access


def shared_access() -> Access | None:
    """Access to the case whose result was shared with this browser."""
    if "shared_access" not in g:
        services = get_services()
        token = request.cookies.get(services.cookies.view)
        g.shared_access = services.store.open(token, "share") if token else None
    access: Access | None = g.shared_access
    return access


def has_answers() -> bool:
    """Whether this browser works on a case that holds answers or a name, which another case would put out of reach."""
    access = current_access()
    if access is None:
        return False
    answers = get_services().answers(access.case)
    return bool(answers.given or answers.firm.name)


def switch_case(response: Response, token: str) -> None:
    """Have this browser work on the case of a token, and no longer on its present one."""
    services, access = get_services(), current_access()
    if access is not None and access.purpose == "browser":
        services.store.forget_browser(access)
    services.cookies.set(response, services.cookies.case, token)


@dataclass(frozen=True)
class NavLinks:
    """Which links the navigation shows: to a case of one's own, to a result that was shared."""

    case: bool = False
    shared: bool = False


def nav_links() -> NavLinks:
    """The links for this browser; none where the database does not answer, so that the error page can still be shown."""
    try:
        return NavLinks(current_access() is not None, shared_access() is not None)
    except SQLAlchemyError:
        return NavLinks()


def current_case() -> Case:
    """The case of a view that requires one."""
    access = current_access()
    assert access is not None
    return access.case


def case_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Decorate a view that needs a case; a browser without one is redirected to the start, which says why."""

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        access = current_access()
        if access is None:
            return redirect(url_for("case.start", lost=1))
        store = get_services().store
        if request.method == "POST" and access.expires_at - store.now() < BROWSER_LIFETIME - RENEWAL_INTERVAL:
            store.extend(access)
        return view(*args, **kwargs)

    return wrapped
