"""Operations on a case, which keeps answers between requests; all but the first take its token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from flask import request

from advisor.assessment import Assessment
from advisor.errors import Problem
from advisor.interview import remarks
from advisor.interview.annotations import updated
from advisor.interview.answers import Annotation
from advisor.interview.serialization import plain
from advisor.interview.session import progress
from advisor.store import Access, Case
from advisor.web.api import models as m
from advisor.web.api.operations import ApiError, operation
from advisor.web.api.request_answers import carried_over, entries
from advisor.web.limits import CREATE_CASE, SAVE_ANSWERS
from advisor.web.services import get_services


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


def _case_out(access: Access, notes: Sequence[Problem] = ()) -> m.CaseOut:
    """A case as it is kept; ``notes`` are on answers that this request brought."""
    services, case = get_services(), access.case
    answers = services.answers(case)
    done = progress(services.knowledge.edition_questions(case.edition), answers, services.knowledge)
    return m.CaseOut(
        id=case.id,
        edition=case.edition,
        revision=case.revision,
        expires=access.expires_at,
        answers={name: plain(services.knowledge.questions[name], answer) for name, answer in answers.given.items()},
        annotations={name: m.AnnotationOut(**asdict(one)) for name, one in answers.annotations.items()},
        answered=done.answered,
        applicable=done.total,
        remarks=[m.RemarkOut.model_validate(asdict(remark)) for remark in remarks(answers, services.knowledge)],
        carried_over=carried_over(*notes, *answers.notes),
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
    """Save answers, all or none; null deletes one with what stands beside it. A bare answer leaves what stands beside it."""
    services, access = get_services(), _access(case)
    services.store.extend(access)
    answers, kept = entries(body.answers, "answers"), services.answers(access.case).annotations
    emptied = {key for key, value in body.answers.items() if value is None or _without_value(value)}
    deleted = {name: None for key in emptied for name in _question_ids(key)}
    beside = {name: updated(kept.get(name), one) for name, one in answers.annotations.items()}
    anew = [key for key, value in body.answers.items() if value is None or isinstance(value, m.AnnotatedAnswer)]
    replaced = {name: answers.annotations.get(name, Annotation()) for key in anew for name in _question_ids(key)}
    services.store.save_answers(access.case.id, {**deleted, **answers.given}, services.knowledge, {**beside, **replaced})
    return _case_out(_access(case), answers.notes)


def _without_value(value: m.Value) -> bool:
    return isinstance(value, m.AnnotatedAnswer) and "value" in value.model_fields_set and value.value is None


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
