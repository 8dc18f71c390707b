"""Operations on reports: order one, poll its state, fetch the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Response, url_for

from advisor.errors import Problem
from advisor.reporting.editions import CONTENT_TYPES, OLD_NAMES, EditionName, current_name, forms_for
from advisor.text import LANGS, Text, say
from advisor.web.api import models as m
from advisor.web.api.operations import ApiError, operation
from advisor.web.api.request_answers import carried_over, firm_answers
from advisor.web.limits import RENDER_REPORT
from advisor.web.render_queue import RenderJob
from advisor.web.services import get_services


@operation("POST", "/reports", "Have a report made", m.ReportState, body=m.ReportOrder, status=202, limit=RENDER_REPORT)
def order_report(body: m.ReportOrder) -> m.ReportState | Response:
    """A report, rendered in the background: poll its state until it is ready. An edition that does not come in the format
    asked for comes in its own."""
    services, answers = get_services(), firm_answers(body)
    assessment = services.cache.assessment(answers, services.knowledge, body.date)
    edition = cast("EditionName", current_name(body.edition))
    (form,) = forms_for(edition, [body.form])
    job = services.render_queue.submit(assessment, form, body.lang, edition=edition)
    renamed = body.edition if body.edition in OLD_NAMES else None
    return _report_state(job, answers.notes, renamed)


def _find_job(job_id: str) -> RenderJob:
    job = get_services().render_queue.find(job_id)
    if job is None:
        raise ApiError(404, "There is no such report, or it is no longer kept.")
    return job


def _report_state(job: RenderJob, notes: Sequence[Problem] = (), renamed: str | None = None) -> m.ReportState:
    ready = job.state == "ready"
    file = url_for("api.report_file", report=job.id) if ready else None
    told = {lang: say("cli", "edition_renamed", lang, old=renamed, new=job.edition) for lang in LANGS}
    return m.ReportState(
        id=job.id,
        edition=job.edition,
        form=job.form,
        state=job.state,
        seconds=round(job.elapsed, 1),
        file=file,
        note=Text(**told) if renamed else None,
        carried_over=carried_over(*notes),
    )


@operation("GET", "/reports/{report}", "How far a report is", m.ReportState, errors=(404,))
def report(report: str) -> m.ReportState:
    """The state of a report."""
    return _report_state(_find_job(report))


@operation(
    "GET", "/reports/{report}/file", "The report itself", None, errors=(404, 409), media=tuple(CONTENT_TYPES.values())
)
def report_file(report: str) -> Response:
    """The file, once it is ready."""
    job = _find_job(report)
    if job.state != "ready":
        raise ApiError(409, "The report is not ready.", job.state)
    return Response(job.future.result(), content_type=CONTENT_TYPES[job.form])
