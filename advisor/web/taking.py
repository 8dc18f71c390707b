"""What one takes away from a result: reports drawn aside, answers as a table or a sheet, the assessment for a program.

Part of the pages of the result, own or shared.
"""

from __future__ import annotations

from math import ceil

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.reporting.forms import answer_file
from advisor.text import LANGS, Lang
from advisor.web.drawing import Job
from advisor.web.limits import DRAW, limiter
from advisor.web.results import Seen, blueprint
from advisor.web.services import services
from advisor.web.words import lang, t

__all__ = ["blueprint"]
FORMS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@blueprint.get("/take-away")
def take_away() -> str:
    """The report in every form and language."""
    return render_template("web/take_away.html")


@blueprint.post("/report")
@limiter.limit(DRAW)
def order() -> AnyResponse:
    """Have a report drawn and go where its progress is shown."""
    seen: Seen = g.seen
    form, wanted = request.form.get("form", ""), request.form.get("lang", "")
    tongue: Lang | None = next((code for code in LANGS if code == wanted), None)
    if form not in FORMS or tongue is None:
        raise NotFound
    job = services().drawing.ask(seen.assessment, form, tongue, seen.case.id)
    return redirect(url_for(".progress", job=job.id), 303)


def _job(name: str) -> Job:
    seen: Seen = g.seen
    job = services().drawing.job(name, seen.case.id)
    if job is None:
        raise NotFound
    return job


@blueprint.get("/report/<job>")
def progress(job: str) -> AnyResponse | str:
    """How far a report is: a page that looks again by itself, or JSON for the script."""
    found = _job(job)
    usual, ahead = services().drawing.usual(found), services().drawing.ahead(found)
    word = "waiting" if ahead else "drawing" if found.seconds <= usual else "late"
    said = t(f"progress_page.{word}", usual=ceil(usual), ahead=ahead)
    if request.headers.get("X-Requested-With") == "advisor":
        return jsonify(state=found.state, seconds=round(found.seconds, 1), usual=usual, said=said)
    return render_template("web/progress.html", job=found, usual=usual, said=said)


@blueprint.get("/report/<job>/file")
def fetch(job: str) -> AnyResponse:
    """The report itself."""
    found = _job(job)
    if found.state != "ready":
        return redirect(url_for(".progress", job=job))
    response = Response(found.future.result(), content_type=FORMS[found.form])
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.{found.lang}.{found.form}"'
    return response


@blueprint.get("/answers.<any(xlsx,csv,yaml):form>")
def answers_file(form: str) -> AnyResponse:
    """The answers as a table or a sheet that can be read in again."""
    seen: Seen = g.seen
    content, kind = answer_file(services().knowledge, seen.answers, form, lang())
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.answers.{form}"'
    return response


@blueprint.get("/assessment.json")
def as_json() -> AnyResponse:
    """The whole assessment for a program."""
    seen: Seen = g.seen
    response = Response(seen.assessment.to_json(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="crm-advisor.assessment.json"'
    return response
