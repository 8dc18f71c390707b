"""Whose case a request is about: the cookie of a browser that works on one, or was shown one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from advisor.store import Access, Case
from advisor.web.services import services

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
    token = request.cookies.get(services().cookies.view)
    return services().store.open(token, "share") if token else None


def own_case() -> Case:
    """The case of a view that has asked for one."""
    access = find_access()
    assert access is not None
    return access.case


def with_case(view: Callable[P, R]) -> Callable[P, R | Response]:
    """A view that needs a case; without one a visitor is led to the start, where it is said why."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if find_access() is None:
            return redirect(url_for("pages.start", lost=1))
        return view(*args, **kwargs)

    return run
