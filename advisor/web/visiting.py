"""Whose case a request is about: the cookie of a browser that works on one, or was shown one."""

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
from advisor.web.services import services

DAY = timedelta(days=1)
"""A browser's date is moved on at most once in this time."""
P = ParamSpec("P")
R = TypeVar("R")


def find_access() -> Access | None:
    """The case this browser works on, None where it has none (any more)."""
    if "access" not in g:
        token = request.cookies.get(services().cookies.case)
        g.access = services().store.open(token, "browser", "return") if token else None
    found: Access | None = g.access
    return found


def find_view() -> Access | None:
    """The case whose result this browser was shown."""
    if "view" not in g:
        token = request.cookies.get(services().cookies.view)
        g.view = services().store.open(token, "share") if token else None
    found: Access | None = g.view
    return found


def something_to_lose() -> bool:
    """Whether this browser works on a case that holds something."""
    access = find_access()
    if access is None:
        return False
    answers = services().answers(access.case)
    return bool(answers.given or answers.firm.name)


def take_up(response: Response, token: str) -> None:
    """Have this browser work on the case of a token, and on no other any more."""
    own, access = services(), find_access()
    if access is not None and access.purpose == "browser":
        own.store.forget_browser(access)
    own.cookies.put(response, own.cookies.case, token)


@dataclass(frozen=True)
class Ways:
    """Where a visitor may go: to a case of their own, to a result that was shared with them."""

    case: bool = False
    view: bool = False


def may_open() -> Ways:
    """The ways open to this browser; none where the database does not answer, which the page of the error must survive."""
    try:
        return Ways(find_access() is not None, find_view() is not None)
    except SQLAlchemyError:
        return Ways()


def own_case() -> Case:
    """The case of a view that has asked for one."""
    access = find_access()
    assert access is not None
    return access.case


def with_case(view: Callable[P, R]) -> Callable[P, R | Response]:
    """A view that needs a case; without one a visitor is led to the start, where it is said why."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        access = find_access()
        if access is None:
            return redirect(url_for("pages.start", lost=1))
        own = services()
        if request.method == "POST" and access.expires_at - own.store.now() < BROWSER_LIFETIME - DAY:
            own.store.extend(access)
        return view(*args, **kwargs)

    return run
