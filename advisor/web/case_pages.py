"""The pages of a case around its questions: start, list of tasks, settled verdict, check of all answers."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advisor.assessment.outlook import verdict_outlook
from advisor.interview import progress, remarks
from advisor.interview.answer_parsing import firm_name
from advisor.store.records import Order
from advisor.web import navigation
from advisor.web.i18n import LANG_PREFIX, lang
from advisor.web.limits import CREATE_CASE, SAVE_ANSWERS, limiter
from advisor.web.services import get_services
from advisor.web.session import case_required, current_access, current_case, has_answers, switch_case

blueprint = Blueprint("case", __name__)


@blueprint.get("/")
def root() -> Response:
    """Redirect to the start page in the visitor's language."""
    return redirect(url_for("case.start", lang=lang()))


@blueprint.get(f"{LANG_PREFIX}/")
def start() -> str:
    """What it is, how long it takes, what comes out, what happens to data."""
    services = get_services()
    knowledge = services.knowledge
    editions = {name: (edition, len(knowledge.edition_questions(name))) for name, edition in knowledge.editions.items()}
    return render_template(
        "web/start.html",
        editions=editions,
        lost="lost" in request.args,
        access=current_access(),
        days=services.settings.retention.days,
    )


@blueprint.post(f"{LANG_PREFIX}/start")
@limiter.limit(CREATE_CASE)
def begin() -> Response | str:
    """Create a case for this browser; where it works on one with answers, ask whether to replace it first."""
    services = get_services()
    edition = request.form.get("edition", "")
    if edition not in services.knowledge.editions:
        edition = next(iter(services.knowledge.editions))
    order: Order = "telling" if request.form.get("order") == "telling" else "sections"
    if has_answers() and request.form.get("instead") != "yes":
        return render_template("web/replace_case.html", action="begin", fields={"edition": edition, "order": order})
    _, token = services.store.create(edition, order)
    first_page = "questions.next_question" if order == "telling" else "case.tasks"
    response = redirect(url_for(first_page))
    switch_case(response, token)
    return response


@blueprint.get(f"{LANG_PREFIX}/tasks")
@case_required
def tasks() -> str:
    """The sections, the progress of each, and where to continue."""
    services, case = get_services(), current_case()
    knowledge, answers = services.knowledge, services.answers(case)
    states = list(navigation.section_states(knowledge, case.edition, answers))
    return render_template(
        "web/tasks.html",
        case=case,
        states=states,
        done=sum(state.state == "done" for state in states),
        progress=progress(knowledge.edition_questions(case.edition), answers, knowledge),
        settled=verdict_outlook(knowledge, answers).settled,
        firm=answers.firm.name.zh if answers.firm.name else "",
        edition=knowledge.editions[case.edition],
        other_editions=[edition for name, edition in knowledge.editions.items() if name != case.edition],
        opened="opened" in request.args,
    )


@blueprint.post(f"{LANG_PREFIX}/tasks")
@limiter.limit(SAVE_ANSWERS)
@case_required
def configure() -> Response:
    """Set the firm's name for the report, or choose another edition."""
    services, case = get_services(), current_case()
    if "firm" in request.form:
        name = firm_name(request.form["firm"])
        services.set_firm_name(case, name.zh if name else "")
    edition = request.form.get("edition")
    if edition in services.knowledge.editions:
        services.store.configure(case.id, edition=edition, told_settled=False)
    return redirect(url_for("case.tasks"))


@blueprint.get(f"{LANG_PREFIX}/settled")
@case_required
def settled() -> str:
    """The verdict can no longer change: see it, or answer the rest all the same?"""
    services, case = get_services(), current_case()
    knowledge, answers = services.knowledge, services.answers(case)
    pages = navigation.topic_pages(knowledge, case.edition, answers)
    order = list(knowledge.topics)
    after = request.args.get("after", "")
    following = navigation.adjacent_pages(pages, after, order)[1] if after in order else None
    next_page = following or next((page for page in pages if page.unanswered(answers)), None)
    return render_template(
        "web/settled.html",
        outlook=verdict_outlook(knowledge, answers),
        unanswered=sum(len(page.unanswered(answers)) for page in pages),
        next_url=url_for("questions.topic", topic=next_page.topic.id) if next_page else url_for("case.check"),
    )


@blueprint.get(f"{LANG_PREFIX}/check")
@case_required
def check() -> str:
    """All answers, those of this edition with links to change them, unanswered questions first. ``read`` is how many an
    upload just brought."""
    services, case = get_services(), current_case()
    knowledge, answers = services.knowledge, services.answers(case)
    pages = navigation.topic_pages(knowledge, case.edition, answers)
    topic_of = {q.id: page.topic.id for page in pages for q in page.applicable}
    return render_template(
        "web/check.html",
        further=[knowledge.questions[name] for name in answers.given if name not in topic_of],
        pages=pages,
        answers=answers.given,
        notes=answers.notes,
        facts=knowledge.facts,
        remarks=remarks(answers, knowledge),
        topic_of=topic_of,
        unanswered=[(page, q) for page in pages for q in page.unanswered(answers)],
        progress=progress(knowledge.edition_questions(case.edition), answers, knowledge),
        read=request.args.get("read", 0, type=int),
    )
