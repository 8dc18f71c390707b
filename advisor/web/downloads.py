"""Downloads of a result: reports rendered in the background, answers as a table or a sheet, the assessment as JSON.

Part of the pages of the result.
"""

from __future__ import annotations

from math import ceil

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.reporting.editions import CONTENT_TYPES, DEFAULT_EDITION, EDITIONS, EditionName, current_name
from advisor.reporting.forms import answer_file
from advisor.reporting.look import Look
from advisor.text import LANGS, Lang
from advisor.web.i18n import lang, t
from advisor.web.limits import RENDER_REPORT, limiter
from advisor.web.render_queue import RenderJob
from advisor.web.results import ResultView, blueprint
from advisor.web.services import get_services

__all__ = ["blueprint"]
OFFERED: tuple[tuple[EditionName, str], ...] = (
    ("client", "pdf"),
    ("client", "docx"),
    ("slides", "pptx"),
    ("summary", "pdf"),
    ("evidence", "pdf"),
)
"""What the page of downloads offers in each language."""


@blueprint.get("/take-away")
def downloads() -> str:
    """The report in every edition, form and language offered."""
    return render_template("web/downloads.html", offered=OFFERED)


@blueprint.post("/report")
@limiter.limit(RENDER_REPORT)
def request_report() -> AnyResponse:
    """Queue a report and redirect to its progress."""
    result: ResultView = g.result
    form, requested_lang = request.form.get("form", ""), request.form.get("lang", "")
    report_lang: Lang | None = next((code for code in LANGS if code == requested_lang), None)
    wanted = current_name(request.form.get("edition", DEFAULT_EDITION))
    edition: EditionName | None = next((name for name in EDITIONS if name == wanted), None)
    if edition is None or report_lang is None or form not in EDITIONS[edition].forms:
        raise NotFound
    job = get_services().render_queue.submit(result.assessment, form, report_lang, result.case.id, edition)
    return redirect(url_for(".report_progress", job=job.id), 303)


def _find_job(job_id: str) -> RenderJob:
    result: ResultView = g.result
    job = get_services().render_queue.find(job_id, result.case.id)
    if job is None:
        raise NotFound
    return job


@blueprint.get("/report/<job>")
def report_progress(job: str) -> AnyResponse | str:
    """How far a report is: a page that refreshes itself, or JSON for the script."""
    render_job, queue = _find_job(job), get_services().render_queue
    expected, ahead = queue.expected_seconds(render_job), queue.jobs_ahead(render_job)
    key = "waiting" if ahead else "drawing" if render_job.elapsed <= expected else "late"
    message = t(f"progress_page.{key}", usual=ceil(expected), ahead=ahead)
    if request.headers.get("X-Requested-With") == "advisor":
        return jsonify(state=render_job.state, seconds=round(render_job.elapsed, 1), usual=expected, said=message)
    return render_template("web/progress.html", job=render_job, expected=expected, message=message)


@blueprint.get("/report/<job>/file")
def report_file(job: str) -> AnyResponse:
    """The report itself."""
    render_job = _find_job(job)
    if render_job.state != "ready":
        return redirect(url_for(".report_progress", job=job))
    response = Response(render_job.future.result(), content_type=CONTENT_TYPES[render_job.form])
    filename = f"crm-advisor{Look(render_job.edition).suffix}.{render_job.lang}.{render_job.form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@blueprint.get("/answers.<any(xlsx,csv,yaml):form>")
def answers_file(form: str) -> AnyResponse:
    """The answers as a table or a sheet that can be uploaded again."""
    result: ResultView = g.result
    content, content_type = answer_file(get_services().knowledge, result.answers, form, lang())
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.answers.{form}"'
    return response


@blueprint.get("/assessment.json")
def assessment_file() -> AnyResponse:
    """The whole assessment for a program."""
    result: ResultView = g.result
    response = Response(result.assessment.to_json(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="crm-advisor.assessment.json"'
    return response
