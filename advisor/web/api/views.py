"""The operations: stateless ones take a firm's answers; those of a case take its token."""

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
from advisor.interview import Answers
from advisor.interview import Firm as NamedFirm
from advisor.interview.plain import plain
from advisor.interview.reading import parse_entries
from advisor.interview.session import progress
from advisor.interview.values import firm_name
from advisor.knowledge.schema import Option, Question
from advisor.selection import select
from advisor.store import Access, Case
from advisor.text import Text
from advisor.web import flow
from advisor.web.api import models as m
from advisor.web.api.openapi import describe
from advisor.web.api.operations import JSON, Refused, operation
from advisor.web.api.operations import blueprint as api
from advisor.web.drawing import Job
from advisor.web.limits import BEGIN, DRAW, SAVE
from advisor.web.services import services

__all__ = ["api"]
FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def _answers(firm: m.Firm) -> Answers:
    given = parse_entries({k: v for k, v in firm.answers.items() if v is not None}, "answers", services().knowledge)
    return Answers(given, NamedFirm(firm_name(firm.firm) if firm.firm else None))


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
    knowledge = services().knowledge
    edition = request.args.get("edition", "quick")
    if edition not in knowledge.editions:
        raise Refused(404, "There is no such edition.", ", ".join(knowledge.editions))
    topics = [
        m.TopicOut(
            id=page.topic.id,
            section=page.section.title,
            title=page.topic.title,
            questions=[_question(q) for q in page.questions],
        )
        for page in flow.pages(knowledge, edition, Answers())
    ]
    return m.Questionnaire(knowledge=knowledge.version, edition=edition, editions=list(knowledge.editions), topics=topics)


def _question(question: Question) -> m.QuestionOut:
    fact = services().knowledge.facts[question.id]
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


@operation("POST", "/assess", "Assess a firm; nothing is kept", Assessment, body=m.Firm)
def assess_firm(body: m.Firm) -> Assessment:
    """The whole assessment, with what it answers back and what it says of choosing a system."""
    return services().bench.assessment(_answers(body), services().knowledge, body.date)


@operation("POST", "/explain", "Why something was concluded, or why not", m.Explanation, body=m.About)
def explain(body: m.About) -> m.Explanation:
    """The proof of what was concluded; for anything else the nearest rules and what kept them from firing."""
    own, answers = services(), _answers(body)
    whole = _is_chosen(body.about)
    assessment = (
        own.bench.assessment(answers, own.knowledge, None) if whole else assess(answers, own.knowledge, engine="columns")
    )
    if body.about in targets(assessment):
        return m.Explanation(why=why(assessment, body.about), why_not=None)
    found = why_not(own.knowledge, answers, infer(own.knowledge, [answers], "columns")[0].facts, body.about)
    return m.Explanation(why=None, why_not=found)


def _is_chosen(about: str) -> bool:
    """Whether only the selection and the path of a whole assessment can tell of it: a product, an option, a cost, a step."""
    knowledge = services().knowledge
    return (
        about in knowledge.products
        or isinstance(knowledge.findings.get(about), Option)
        or about.startswith((COST_PREFIX, STEP_PREFIX))
    )


@operation("POST", "/what-if", "Some answers changed, both sides", m.WhatIf, body=m.Changed)
def try_out(body: m.Changed) -> m.WhatIf:
    """The firm as it is and as it would be."""
    own, answers = services(), _answers(body)
    changes = parse_entries({k: v for k, v in body.changes.items() if v is not None}, "changes", own.knowledge)
    if not changes:
        raise InputError("nothing_to_change")
    found = what_if(own.knowledge, answers, Scenario("what_if", Text(zh="假设", en="what if"), changes))
    return m.WhatIf(verdict=found.before.verdict.name, scenario=scenario_item(own.knowledge, answers, found))


@operation("POST", "/path", "The least that would make a firm feasible", m.Path, body=m.Firm)
def path(body: m.Firm) -> m.Path:
    """The ways to feasible, or what stands against all of them."""
    own, answers = services(), _answers(body)
    return m.Path(path=path_item(own.knowledge, answers, paths(own.knowledge, answers)))


@operation("POST", "/shortlist", "Which kind of CRM, which products, at what cost", m.Shortlist, body=m.Firm)
def shortlist(body: m.Firm) -> m.Shortlist:
    """Kinds, ways of running it, products in order with every exclusion, and cost."""
    own, answers = services(), _answers(body)
    return m.Shortlist(selection=select(assess(answers, own.knowledge, body.date, "columns"), answers, own.knowledge))


# --- reports ----------------------------------------------------------------------------------------------------------


@operation("POST", "/reports", "Have a report made", m.ReportState, body=m.ReportOrder, status=202, limit=DRAW)
def order_report(body: m.ReportOrder) -> m.ReportState | Response:
    """A report, made aside: ask for its state until it is ready."""
    own = services()
    assessment = own.bench.assessment(_answers(body), own.knowledge, body.date)
    return _state(own.drawing.ask(assessment, body.form, body.lang))


def _job(name: str) -> Job:
    job = services().drawing.job(name)
    if job is None:
        raise Refused(404, "There is no such report, or it is no longer kept.")
    return job


def _state(job: Job) -> m.ReportState:
    ready = job.state == "ready"
    file = url_for("api.report_file", report=job.id) if ready else None
    return m.ReportState(id=job.id, state=job.state, seconds=round(job.seconds, 1), file=file)


@operation("GET", "/reports/{report}", "How far a report is", m.ReportState, errors=(404,))
def report(report: str) -> m.ReportState:
    """The state of a report."""
    return _state(_job(report))


@operation("GET", "/reports/{report}/file", "The report itself", None, errors=(404, 409), media=tuple(FILES.values()))
def report_file(report: str) -> Response:
    """The file, once it is ready."""
    job = _job(report)
    if job.state != "ready":
        raise Refused(409, "The report is not ready.", job.state)
    return Response(job.future.result(), content_type=FILES[job.form])


# --- cases ------------------------------------------------------------------------------------------------------------


@operation("POST", "/cases", "Begin a case", m.Begun, body=m.NewCase, status=201, errors=(404,), limit=BEGIN)
def begin(body: m.NewCase) -> m.Begun:
    """A case that keeps answers between requests."""
    own = services()
    if body.edition not in own.knowledge.editions:
        raise Refused(404, "There is no such edition.", ", ".join(own.knowledge.editions))
    case, token = own.store.create(body.edition, purpose="return")
    return m.Begun(id=case.id, token=token, expires=case.expires_at)


def _access(name: str) -> Access:
    """The way into the case of that name, for whoever holds its token; to anyone else there is none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Refused(401, "Send the token of the case: Authorization: Bearer TOKEN.")
    access: Access | None = services().store.open(token.strip(), "return", "browser")
    if access is None or access.case.id != name:
        raise Refused(404, "There is no such case for this token.")
    return access


def _case(name: str) -> Case:
    return _access(name).case


def _shown(access: Access) -> m.CaseOut:
    own, case = services(), access.case
    answers = own.answers(case)
    done = progress(own.knowledge.edition_questions(case.edition), answers, own.knowledge)
    return m.CaseOut(
        id=case.id,
        edition=case.edition,
        revision=case.revision,
        expires=access.expires_at,
        answers={name: plain(own.knowledge.questions[name], answer) for name, answer in answers.given.items()},
        answered=done.answered,
        applicable=done.total,
    )


@operation("GET", "/cases/{case}", "A case and its answers", m.CaseOut, secured=True, errors=(404,))
def show(case: str) -> m.CaseOut:
    """A case as it stands."""
    return _shown(_access(case))


@operation("PATCH", "/cases/{case}", "Keep answers", m.CaseOut, body=m.Changes, secured=True, errors=(404, 410), limit=SAVE)
def keep(body: m.Changes, case: str) -> m.CaseOut:
    """Keep some answers, all or none; null takes one back."""
    own, found = services(), _access(case)
    own.store.extend(found)
    given = parse_entries({k: v for k, v in body.answers.items() if v is not None}, "answers", own.knowledge)
    back = {n: None for k, v in body.answers.items() if v is None for n in _names(k)}
    own.store.save_answers(found.case.id, {**back, **given}, own.knowledge)
    return _shown(_access(case))


def _names(key: str) -> tuple[str, ...]:
    """The questions a key names. Raises :class:`Refused` where there is none."""
    knowledge = services().knowledge
    names = (key,) if key in knowledge.questions else knowledge.codes.get(key, ())
    if not names:
        raise Refused(422, "There is no such question.", key[:120])
    return names


@operation("GET", "/cases/{case}/assessment", "What a case is told", Assessment, secured=True, errors=(404,))
def case_assessment(case: str) -> Assessment:
    """The assessment of a case's present answers."""
    return services().result(_case(case)).assessment


@operation("DELETE", "/cases/{case}", "Delete a case", None, status=204, secured=True, errors=(404,))
def delete(case: str) -> None:
    """Everything about a case, at once and for good."""
    services().delete(_case(case))
