"""Answers filled in elsewhere: an empty sheet or table to take away, and reading a filled one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advisor.errors import AnswersError, Place, Problem
from advisor.interview import Answers
from advisor.interview.reading import parse_answers
from advisor.reporting.forms import answer_file
from advisor.web.limits import ASK, BEGIN, limiter
from advisor.web.services import services
from advisor.web.visiting import find_access
from advisor.web.words import PREFIX, lang

blueprint = Blueprint("sheets", __name__)
ENDINGS = ("xlsx", "csv", "yaml", "yml", "json")
SHOWN = 20
"""How many mistakes a page lists."""


@blueprint.get(f"{PREFIX}/sheet")
def sheet() -> str:
    """How to fill in a sheet, empty ones to take away, and where to hand a filled one in."""
    return _page([])


def _page(problems: Sequence[Problem], notes: Sequence[Problem] = (), read: int = 0) -> str:
    """The page with what kept a sheet from being read; or, of ``read`` answers, what was carried over from earlier ones."""
    shown, more = (problems or notes)[:SHOWN], len(problems or notes) - SHOWN
    access = find_access()
    return render_template("web/sheet.html", problems=shown, refused=not notes, read=read, more=more, access=access)


@blueprint.get(f"{PREFIX}/sheet/empty.<any(xlsx,csv,yaml):form>")
@limiter.limit(ASK)
def empty(form: str) -> Response:
    """All questions as a file to fill in."""
    content, kind = answer_file(services().knowledge, Answers(), form, lang())
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.questions.{lang()}.{form}"'
    return response


@blueprint.post(f"{PREFIX}/sheet")
@limiter.limit(BEGIN)
def hand_in() -> AnyResponse | tuple[str, int]:
    """Take over the answers of a sheet: all of them, or none where one cannot be read. Others given before stay."""
    own, sent = services(), request.files.get("sheet")
    name = (sent.filename or "").rpartition("/")[2][-80:] if sent else ""
    if sent is None or not name:
        return _page([Problem("A122", Place(""))]), 422
    if name.lower().rpartition(".")[2] not in ENDINGS:
        return _page([Problem("A123", Place(name), {"allowed": ", ".join(ENDINGS)})]), 422
    try:
        answers = parse_answers(sent.read(), name, own.knowledge)
    except AnswersError as error:
        return _page(error.problems), 422
    if not answers.given:
        return _page([Problem("A124", Place(name))]), 422
    access, token = find_access(), ""
    if access is None:
        case, token = own.store.create(_edition(answers))
    else:
        case = access.case
    own.store.save_answers(case.id, answers.given, own.knowledge)
    if answers.firm.name:
        own.name(case, answers.firm.name[lang()])
    if answers.notes:
        response: AnyResponse = make_response(_page([], answers.notes, len(answers.given)))
    else:
        response = redirect(url_for("pages.check", read=len(answers.given)))
    if token:
        own.cookies.put(response, own.cookies.case, token)
    return response


def _edition(answers: Answers) -> str:
    """The shortest edition that asks all that was answered, else the longest."""
    knowledge = services().knowledge
    asked = {name: {q.id for q in knowledge.edition_questions(name)} for name in knowledge.editions}
    by_length = sorted(asked, key=lambda name: len(asked[name]))
    return next((name for name in by_length if set(answers.given) <= asked[name]), by_length[-1])
