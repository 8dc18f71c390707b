"""The operations of the API: stateless ones take a firm's answers; those of a case take its token."""

from __future__ import annotations

from flask import Response, request, url_for

from advisor.assessment import Assessment
from advisor.assessment.pipeline import assess
from advisor.errors import InputError
from advisor.inference import infer
from advisor.insight.path import paths
from advisor.insight.path_items import path_item
from advisor.insight.scenarios import Scenario
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why import STEP_PREFIX, targets, why
from advisor.insight.why_not import why_not
from advisor.insight.why_selected import COST_PREFIX
from advisor.interview import Answers, Firm
from advisor.interview.answer_files import parse_entries
from advisor.interview.answer_parsing import firm_name
from advisor.interview.serialization import plain
from advisor.interview.session import progress
from advisor.knowledge.schema import Option, Question
from advisor.selection import select
from advisor.store import Access, Case
from advisor.text import Text
from advisor.web import navigation
from advisor.web.api import models as m
from advisor.web.api.openapi import describe
from advisor.web.api.operations import JSON, ApiError, operation
from advisor.web.api.operations import blueprint as api
from advisor.web.limits import CREATE_CASE, RENDER_REPORT, SAVE_ANSWERS
from advisor.web.render_queue import RenderJob
from advisor.web.services import get_services

__all__ = ["api"]
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def _answers(body: m.FirmBody) -> Answers:
    answers = parse_entries({k: v for k, v in body.answers.items() if v is not None}, "answers", get_services().knowledge)
    return Answers(answers, Firm(firm_name(body.firm) if body.firm else None))


@operation("GET", "/openapi.json", "This description", dict)
def openapi() -> Response:
    """The description of the API."""
    return Response(describe(), content_type=JSON)


@operation(
    "GET",
    "/questionnaire",
    "The questions of an edition",
    m.Questionnaire,
    query=(("edition", "quick, full"),),
    errors=(404,),
)
def questionnaire() -> m.Questionnaire:
    """Every question of an edition with what it takes as an answer."""
    knowledge = get_services().knowledge
    edition = request.args.get("edition", "quick")
    if edition not in knowledge.editions:
        raise ApiError(404, "There is no such edition.", ", ".join(knowledge.editions))
    topics = [
        m.TopicOut(
            id=page.topic.id,
            section=page.section.title,
            title=page.topic.title,
            questions=[_question(q) for q in page.questions],
        )
        for page in navigation.topic_pages(knowledge, edition, Answers())
    ]
    return m.Questionnaire(knowledge=knowledge.version, edition=edition, editions=list(knowledge.editions), topics=topics)


def _question(question: Question) -> m.QuestionOut:
    fact = get_services().knowledge.facts[question.id]
    low, high = fact.type.bounds(fact)
    return m.QuestionOut(
        id=question.id,
        code=question.code,
        type=question.type,
        text=question.text,
        help=question.help,
        why=question.why,
        claims=list(question.claims),
        choices=[m.Choice(value=value, text=text) for value, text in (fact.values or {}).items()],
        unit=question.unit,
        low=low,
        high=high,
        conditional=question.ask_if is not None,
    )


@operation("POST", "/assess", "Assess a firm; nothing is kept", Assessment, body=m.FirmBody)
def assess_firm(body: m.FirmBody) -> Assessment:
    """The whole assessment, with what it answers back and what it says of choosing a system."""
    return get_services().cache.assessment(_answers(body), get_services().knowledge, body.date)


@operation("POST", "/explain", "Why something was concluded, or why not", m.Explanation, body=m.About)
def explain(body: m.About) -> m.Explanation:
    """The proof of what was concluded; for anything else the nearest rules and what kept them from firing."""
    services, answers = get_services(), _answers(body)
    if _needs_selection(body.about):
        assessment = services.cache.assessment(answers, services.knowledge, None)
    else:
        assessment = assess(answers, services.knowledge, engine="columns")
    if body.about in targets(assessment):
        return m.Explanation(why=why(assessment, body.about), why_not=None)
    facts = infer(services.knowledge, [answers], "columns")[0].facts
    return m.Explanation(why=None, why_not=why_not(services.knowledge, answers, facts, body.about))


def _needs_selection(about: str) -> bool:
    """Whether only a complete assessment explains it: a product, an option, a cost, a step of the path."""
    knowledge = get_services().knowledge
    return (
        about in knowledge.products
        or isinstance(knowledge.findings.get(about), Option)
        or about.startswith((COST_PREFIX, STEP_PREFIX))
    )


@operation("POST", "/what-if", "Some answers changed, both sides", m.WhatIf, body=m.Changed)
def compare_scenario(body: m.Changed) -> m.WhatIf:
    """The firm as it is and as it would be."""
    services, answers = get_services(), _answers(body)
    changes = parse_entries({k: v for k, v in body.changes.items() if v is not None}, "changes", services.knowledge)
    if not changes:
        raise InputError("nothing_to_change")
    outcome = what_if(services.knowledge, answers, Scenario("what_if", Text(zh="假设", en="what if"), changes))
    return m.WhatIf(verdict=outcome.before.verdict.name, scenario=scenario_item(services.knowledge, answers, outcome))


@operation("POST", "/path", "The least that would make a firm feasible", m.Path, body=m.FirmBody)
def path(body: m.FirmBody) -> m.Path:
    """The ways to feasible, or what stands against all of them."""
    services, answers = get_services(), _answers(body)
    return m.Path(path=path_item(services.knowledge, answers, paths(services.knowledge, answers)))


@operation("POST", "/shortlist", "Which kind of CRM, which products, at what cost", m.Shortlist, body=m.FirmBody)
def shortlist(body: m.FirmBody) -> m.Shortlist:
    """Kinds, ways of running it, products in order with every exclusion, and cost."""
    services, answers = get_services(), _answers(body)
    return m.Shortlist(
        selection=select(assess(answers, services.knowledge, body.date, "columns"), answers, services.knowledge)
    )


# --- reports ----------------------------------------------------------------------------------------------------------


@operation("POST", "/reports", "Have a report made", m.ReportState, body=m.ReportOrder, status=202, limit=RENDER_REPORT)
def order_report(body: m.ReportOrder) -> m.ReportState | Response:
    """A report, rendered in the background: poll its state until it is ready."""
    services = get_services()
    assessment = services.cache.assessment(_answers(body), services.knowledge, body.date)
    return _report_state(services.render_queue.submit(assessment, body.form, body.lang))


def _find_job(job_id: str) -> RenderJob:
    job = get_services().render_queue.find(job_id)
    if job is None:
        raise ApiError(404, "There is no such report, or it is no longer kept.")
    return job


def _report_state(job: RenderJob) -> m.ReportState:
    ready = job.state == "ready"
    file = url_for("api.report_file", report=job.id) if ready else None
    return m.ReportState(id=job.id, state=job.state, seconds=round(job.elapsed, 1), file=file)


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


# --- cases ------------------------------------------------------------------------------------------------------------


@operation("POST", "/cases", "Begin a case", m.Begun, body=m.NewCase, status=201, errors=(404,), limit=CREATE_CASE)
def create_case(body: m.NewCase) -> m.Begun:
    """Create a case, which keeps answers between requests."""
    services = get_services()
    if body.edition not in services.knowledge.editions:
        raise ApiError(404, "There is no such edition.", ", ".join(services.knowledge.editions))
    case, token = services.store.create(body.edition, purpose="return")
    return m.Begun(id=case.id, token=token, expires=case.expires_at)


def _access(case_id: str) -> Access:
    """Access to a case for whoever holds its token; to anyone else it does not exist."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ApiError(401, "Send the token of the case: Authorization: Bearer TOKEN.")
    access: Access | None = get_services().store.open(token.strip(), "return", "browser")
    if access is None or access.case.id != case_id:
        raise ApiError(404, "There is no such case for this token.")
    return access


def _case(case_id: str) -> Case:
    return _access(case_id).case


def _case_out(access: Access) -> m.CaseOut:
    services, case = get_services(), access.case
    answers = services.answers(case)
    done = progress(services.knowledge.edition_questions(case.edition), answers, services.knowledge)
    return m.CaseOut(
        id=case.id,
        edition=case.edition,
        revision=case.revision,
        expires=access.expires_at,
        answers={name: plain(services.knowledge.questions[name], answer) for name, answer in answers.given.items()},
        answered=done.answered,
        applicable=done.total,
    )


@operation("GET", "/cases/{case}", "A case and its answers", m.CaseOut, secured=True, errors=(404,))
def read_case(case: str) -> m.CaseOut:
    """A case with its answers and progress."""
    return _case_out(_access(case))


@operation(
    "PATCH",
    "/cases/{case}",
    "Keep answers",
    m.CaseOut,
    body=m.AnswerChanges,
    secured=True,
    errors=(404, 410),
    limit=SAVE_ANSWERS,
)
def save_answers(body: m.AnswerChanges, case: str) -> m.CaseOut:
    """Save answers, all or none; null deletes one."""
    services, access = get_services(), _access(case)
    services.store.extend(access)
    answers = parse_entries({k: v for k, v in body.answers.items() if v is not None}, "answers", services.knowledge)
    deleted = {name: None for key, value in body.answers.items() if value is None for name in _question_ids(key)}
    services.store.save_answers(access.case.id, {**deleted, **answers}, services.knowledge)
    return _case_out(_access(case))


def _question_ids(key: str) -> tuple[str, ...]:
    """The ids of the questions a key names. Raises :class:`ApiError` where there is none."""
    knowledge = get_services().knowledge
    ids = (key,) if key in knowledge.questions else knowledge.codes.get(key, ())
    if not ids:
        raise ApiError(422, "There is no such question.", key[:120])
    return ids


@operation("GET", "/cases/{case}/assessment", "What a case is told", Assessment, secured=True, errors=(404,))
def case_assessment(case: str) -> Assessment:
    """The assessment of a case's present answers."""
    return get_services().result(_case(case)).assessment


@operation("DELETE", "/cases/{case}", "Delete a case", None, status=204, secured=True, errors=(404,))
def delete_case(case: str) -> None:
    """Delete everything about a case."""
    get_services().delete(_case(case))
