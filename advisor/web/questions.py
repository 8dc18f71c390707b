"""The questions themselves: topic by topic, or one at a time with the one that settles most first; saving answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from advisor.assessment.next_question import questions_to_ask
from advisor.assessment.outlook import verdict_outlook
from advisor.errors import Problem
from advisor.interview import Answers, progress
from advisor.interview.answers import Annotation
from advisor.knowledge.schema import Question
from advisor.web import navigation
from advisor.web.fields import FieldValue, FormInput, beside_fingerprint, field_value, read_form
from advisor.web.i18n import LANG_PREFIX, format_time, lang, t
from advisor.web.limits import SAVE_ANSWERS, limiter
from advisor.web.problem_texts import problem_text
from advisor.web.services import get_services
from advisor.web.session import case_required, current_case

blueprint = Blueprint("questions", __name__)
PageResponse = str | Response | tuple[str, int]


@dataclass(frozen=True)
class QuestionField:
    """A question as a page shows it; ``saved_fingerprint`` is that of the saved value, whatever the field shows."""

    question: Question
    value: FieldValue
    problem: Problem | None
    applies: bool
    saved_fingerprint: str
    beside: Annotation
    beside_fingerprint: str


def _question_field(question: Question, answers: Answers, form_input: FormInput, applies: bool = True) -> QuestionField:
    saved, problem = field_value(question, answers.given.get(question.id)), form_input.problems.get(question.id)
    typed = form_input.values.get(question.id) if problem else None
    beside = answers.annotations.get(question.id) or Annotation()
    shown = form_input.typed_beside.get(question.id) or beside
    return QuestionField(question, typed or saved, problem, applies, saved.fingerprint, shown, beside_fingerprint(beside))


@blueprint.route(f"{LANG_PREFIX}/questions/<topic>", methods=["GET", "POST"])
@limiter.limit(SAVE_ANSWERS, methods=["POST"])
@case_required
def topic(topic: str) -> PageResponse:
    """The questions of one topic."""
    services, case = get_services(), current_case()
    knowledge, answers = services.knowledge, services.answers(case)
    page = navigation.topic_page(knowledge, case.edition, answers, topic)
    if page is None:
        raise NotFound
    if request.method == "GET":
        return _topic_page(page, answers, FormInput())
    form_input = read_form(request.form, page.questions, answers, knowledge)
    if (cleared := request.form.get("clear", "")) in {q.id for q in page.questions}:
        form_input.drop(cleared)
        form_input.changes[cleared] = None
    if form_input.changes or form_input.annotations:
        services.store.save_answers(case.id, form_input.changes, knowledge, form_input.annotations)
        answers = services.answers(case)
    updated = navigation.topic_page(knowledge, case.edition, answers, topic)
    assert updated is not None
    if request.headers.get("X-Requested-With") == "advisor":
        return _autosave_response(updated, answers, form_input)
    if form_input.problems:
        return _topic_page(updated, answers, form_input), 422
    if cleared or request.form.get("go") == "language":
        return redirect(_topic_url(topic, f"q-{cleared}" if cleared else None))
    newly_applicable = [q for q in updated.unanswered(answers) if q not in page.applicable]
    if newly_applicable:
        return redirect(_topic_url(topic, f"q-{newly_applicable[0].id}"))
    return redirect(_next_url(topic, answers))


def _from_check() -> dict[str, Any]:
    return {"from": "check"} if request.args.get("from") == "check" else {}


def _topic_url(topic: str, anchor: str | None) -> str:
    return url_for("questions.topic", topic=topic, _anchor=anchor, **_from_check())


def _next_url(topic: str, answers: Answers) -> str:
    """Where to go from a topic: back to the check, to the news that the verdict is settled, or to the next topic."""
    services, case = get_services(), current_case()
    knowledge = services.knowledge
    if _from_check():
        return url_for("case.check", _anchor=f"t-{topic}")
    pages = navigation.topic_pages(knowledge, case.edition, answers)
    incomplete = any(page.unanswered(answers) for page in pages)
    if incomplete and not case.told_settled and verdict_outlook(knowledge, answers).settled:
        services.store.configure(case.id, told_settled=True)
        return url_for("case.settled", after=topic)
    _, following = navigation.adjacent_pages(pages, topic, list(knowledge.topics))
    return url_for("questions.topic", topic=following.topic.id) if following else url_for("case.check")


def _topic_page(page: navigation.TopicPage, answers: Answers, form_input: FormInput) -> str:
    knowledge, case = get_services().knowledge, current_case()
    pages = navigation.topic_pages(knowledge, case.edition, answers)
    previous, _ = navigation.adjacent_pages(pages, page.topic.id, list(knowledge.topics))
    back = url_for("questions.topic", topic=previous.topic.id) if previous else url_for("case.tasks")
    in_section = [other.topic.id for other in pages if other.section.id == page.section.id]
    return render_template(
        "web/topic.html",
        page=page,
        fields=[_question_field(q, answers, form_input, q in page.applicable) for q in page.questions],
        facts=knowledge.facts,
        back=url_for("case.check", _anchor=f"t-{page.topic.id}") if _from_check() else back,
        position=in_section.index(page.topic.id) + 1 if page.topic.id in in_section else 1,
        page_count=len(in_section),
        progress=progress(knowledge.edition_questions(case.edition), answers, knowledge),
        problems=form_input.problems,
        answers=answers.given,
    )


def _autosave_response(page: navigation.TopicPage, answers: Answers, form_input: FormInput) -> Response:
    """JSON for the script that saved: what was saved, what is wrong, and which questions apply now."""
    services, problems = get_services(), form_input.problems
    knowledge = services.knowledge
    done = progress(knowledge.edition_questions(current_case().edition), answers, knowledge)
    saved_at = t("saved_at", time=format_time(services.store.now()))
    return jsonify(
        saved=list({**form_input.changes, **form_input.annotations}),
        notes={name: beside_fingerprint(one) for name, one in form_input.annotations.items()},
        marks=form_input.fingerprints,
        problems={name: problem_text(problem, knowledge, lang()) for name, problem in problems.items()},
        asked=[question.id for question in page.applicable],
        progress=t("progress", answered=done.answered, total=done.total),
        answered=done.answered,
        total=done.total,
        note=t("not_saved", count=len(problems)) if problems else saved_at,
    )


@blueprint.route(f"{LANG_PREFIX}/next", methods=["GET", "POST"])
@limiter.limit(SAVE_ANSWERS, methods=["POST"])
@case_required
def next_question() -> PageResponse:
    """The question that is likely to settle most; none where no answer can change the verdict any more."""
    services, case = get_services(), current_case()
    knowledge, answers = services.knowledge, services.answers(case)
    form_input = FormInput()
    skipped = [name for name in request.args.get("aside", "").split(",") if name in knowledge.questions]
    in_edition = {q.id for q in knowledge.edition_questions(case.edition)}
    if request.method == "POST":
        name = request.form.get("question", "")
        if name not in knowledge.questions:
            raise NotFound
        form_input = read_form(request.form, [knowledge.questions[name]], answers, knowledge)
        if not form_input.problems:
            services.store.save_answers(case.id, form_input.changes, knowledge, form_input.annotations)
            stay = name if request.form.get("go") == "language" else None
            if not stay and not form_input.changes and name not in answers.given:
                skipped.append(name)
            return redirect(url_for("questions.next_question", aside=",".join(skipped) or None, question=stay))
        chosen: str | None = name
    elif request.args.get("question") in in_edition:
        chosen = request.args["question"]
    else:
        outlook = verdict_outlook(knowledge, answers)
        chosen = next(iter(questions_to_ask(knowledge, answers, outlook, in_edition, skipped)), None)
    if chosen is None:
        return redirect(url_for("case.settled"))
    question = knowledge.questions[chosen]
    page = render_template(
        "web/next_question.html",
        field=_question_field(question, answers, form_input),
        facts=knowledge.facts,
        section=next(section for section in knowledge.sections if section.code == question.code[0]),
        problems=form_input.problems,
        answered=len(answers.given),
        skipped=",".join(skipped),
    )
    return (page, 422) if form_input.problems else page
