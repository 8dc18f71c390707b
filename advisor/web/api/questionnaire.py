"""Operations that describe: the API itself, and the questions of an edition."""

from __future__ import annotations

from flask import Response, request

from advisor.interview import Answers
from advisor.knowledge.schema import Question
from advisor.web import navigation
from advisor.web.api import models as m
from advisor.web.api.openapi import describe
from advisor.web.api.operations import JSON, ApiError, operation
from advisor.web.services import get_services


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
