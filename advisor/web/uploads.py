"""Answers from a file: a blank sheet to download, and uploading a completed one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advisor.errors import AnswersError, Place, Problem, ProblemsError
from advisor.interview import Answers
from advisor.interview.annotations import updated
from advisor.interview.answer_files import parse_answers
from advisor.interview.table_options import TableOptions, parse_mapping
from advisor.reporting.forms import answer_file
from advisor.web.i18n import LANG_PREFIX, lang
from advisor.web.limits import CREATE_CASE, QUERY, limiter
from advisor.web.services import get_services
from advisor.web.session import current_access, switch_case

blueprint = Blueprint("uploads", __name__)
EXTENSIONS = ("xlsx", "csv", "yaml", "yml", "json", "xlsm", "xls", "et", "ods", "fods", "tsv")
MAX_PROBLEMS_SHOWN = 20


@blueprint.get(f"{LANG_PREFIX}/sheet")
def upload_page() -> str:
    """How to fill in a sheet, blank ones to download, and the form to upload one."""
    return _page([])


def _page(problems: Sequence[Problem], notes: Sequence[Problem] = (), read: int = 0) -> str:
    """The page with the problems of a sheet; or, for ``read`` answers, with notes on those that were carried over."""
    messages = problems or notes
    shown, more = messages[:MAX_PROBLEMS_SHOWN], len(messages) - MAX_PROBLEMS_SHOWN
    access = current_access()
    return render_template("web/upload.html", problems=shown, refused=not notes, read=read, more=more, access=access)


@blueprint.get(f"{LANG_PREFIX}/sheet/empty.<any(xlsx,csv,yaml):form>")
@limiter.limit(QUERY)
def blank_sheet(form: str) -> Response:
    """All questions as a file to fill in."""
    content, content_type = answer_file(get_services().knowledge, Answers(), form, lang())
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.questions.{lang()}.{form}"'
    return response


@blueprint.post(f"{LANG_PREFIX}/sheet")
@limiter.limit(CREATE_CASE)
def upload() -> AnyResponse | tuple[str, int]:
    """Save the answers of a sheet: all of them, or none where one cannot be read. Other answers of the case stay."""
    services, file = get_services(), request.files.get("sheet")
    filename = (file.filename or "").rpartition("/")[2][-80:] if file else ""
    if file is None or not filename:
        return _page([Problem("A122", Place(""))]), 422
    if filename.lower().rpartition(".")[2] not in EXTENSIONS:
        return _page([Problem("A123", Place(filename), {"allowed": ", ".join(EXTENSIONS)})]), 422
    try:
        answers = parse_answers(file.read(), filename, services.knowledge, _table_options())
    except AnswersError as error:
        return _page(error.problems), 422
    if not answers.given and not answers.annotations:
        return _page([Problem("A124", Place(filename))]), 422
    access, token = current_access(), ""
    if access is None:
        case, token = services.store.create(_shortest_edition(answers))
    else:
        case = access.case
    kept = services.answers(case).annotations
    beside = {name: updated(kept.get(name), annotation) for name, annotation in answers.annotations.items()}
    services.store.save_answers(case.id, answers.given, services.knowledge, beside)
    if answers.lines:
        services.store.save_second_line(case.id, answers.lines, services.knowledge)
    if answers.firm.name:
        services.set_firm_name(case, answers.firm.name[lang()])
    notes = answers.notes
    if answers.views:
        notes = (*notes, Problem("A183", Place(filename), {"count": len(answers.views.sheets)}, "note"))
    if notes:
        response: AnyResponse = make_response(_page([], notes, len(answers.given)))
    else:
        response = redirect(url_for("case.check", read=len(answers.given)))
    if token:
        switch_case(response, token)
    return response


def _table_options() -> TableOptions:
    """How the user says a table is to be read. Raises :class:`~advisor.errors.AnswersError` for a mapping that is none."""
    mapping = request.files.get("mapping")
    encoding = request.form.get("encoding", "").strip()[:40]
    if mapping is None or not mapping.filename:
        return TableOptions("", encoding)
    try:
        return TableOptions("", encoding, parse_mapping(mapping.read(), mapping.filename[-80:], get_services().knowledge))
    except ProblemsError as error:
        raise AnswersError(error.problems) from None


def _shortest_edition(answers: Answers) -> str:
    """The shortest edition with all the questions that were answered, else the longest."""
    knowledge = get_services().knowledge
    questions = {name: {q.id for q in knowledge.edition_questions(name)} for name in knowledge.editions}
    by_length = sorted(questions, key=lambda name: len(questions[name]))
    return next((name for name in by_length if set(answers.given) <= questions[name]), by_length[-1])
