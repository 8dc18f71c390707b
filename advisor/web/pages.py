"""The way through the questionnaire: start, list of tasks, questions, check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from advisor.assessment.next_question import next_question
from advisor.assessment.outlook import verdict_outlook
from advisor.errors import Problem
from advisor.interview import Answers, progress
from advisor.interview.values import firm_name
from advisor.knowledge.schema import Question
from advisor.store.records import Order
from advisor.web import flow
from advisor.web.fields import Reading, Shown, read_form, shown
from advisor.web.limits import BEGIN, SAVE, limiter
from advisor.web.mistakes import told
from advisor.web.services import services
from advisor.web.visiting import find_access, own_case, something_to_lose, take_up, with_case
from advisor.web.words import PREFIX, clock, lang, t

blueprint = Blueprint("pages", __name__)
Answered = str | Response | tuple[str, int]


@blueprint.get("/")
def root() -> Response:
    """To the start in the visitor's language."""
    return redirect(url_for("pages.start", lang=lang()))


@blueprint.get(f"{PREFIX}/")
def start() -> str:
    """What it is, how long it takes, what comes out, what happens to data."""
    own = services()
    editions = {
        name: (edition, len(own.knowledge.edition_questions(name))) for name, edition in own.knowledge.editions.items()
    }
    access = find_access()
    return render_template(
        "web/start.html", editions=editions, lost="lost" in request.args, access=access, days=own.settings.retention.days
    )


@blueprint.post(f"{PREFIX}/start")
@limiter.limit(BEGIN)
def begin() -> Response | str:
    """A new case for this browser; where it works on another already, only once it said that it wants one instead."""
    own = services()
    edition = request.form.get("edition", "")
    if edition not in own.knowledge.editions:
        edition = next(iter(own.knowledge.editions))
    order: Order = "telling" if request.form.get("order") == "telling" else "sections"
    if something_to_lose() and request.form.get("instead") != "yes":
        return render_template("web/instead.html", how="begin", fields={"edition": edition, "order": order})
    _, token = own.store.create(edition, order)
    response = redirect(url_for("pages.ask_next") if order == "telling" else url_for("pages.tasks"))
    take_up(response, token)
    return response


@blueprint.get(f"{PREFIX}/tasks")
@with_case
def tasks() -> str:
    """The sections, how far each is, and where to go on."""
    own, case = services(), own_case()
    answers = own.answers(case)
    states = list(flow.sections(own.knowledge, case.edition, answers))
    asked = own.knowledge.edition_questions(case.edition)
    outlook = verdict_outlook(own.knowledge, answers)
    return render_template(
        "web/tasks.html",
        case=case,
        states=states,
        done=sum(state.state == "done" for state in states),
        progress=progress(asked, answers, own.knowledge),
        settled=outlook.settled,
        firm=answers.firm.name.zh if answers.firm.name else "",
        edition=own.knowledge.editions[case.edition],
        others=[edition for name, edition in own.knowledge.editions.items() if name != case.edition],
        opened="opened" in request.args,
    )


@blueprint.post(f"{PREFIX}/tasks")
@limiter.limit(SAVE)
@with_case
def configure() -> Response:
    """The firm's name for the report, another edition, or another order."""
    own, case = services(), own_case()
    if "firm" in request.form:
        name = firm_name(request.form["firm"])
        own.name(case, name.zh if name else "")
    edition = request.form.get("edition")
    if edition in own.knowledge.editions:
        own.store.configure(case.id, edition=edition, told_settled=False)
    return redirect(url_for("pages.tasks"))


@dataclass(frozen=True)
class Asked:
    """A question as a page shows it; ``was`` marks what is kept of it, whatever the field shows."""

    question: Question
    shown: Shown
    problem: Problem | None
    applies: bool
    was: str


def _asked(question: Question, answers: Answers, reading: Reading, does_apply: bool = True) -> Asked:
    kept = shown(question, answers.given.get(question.id))
    typed = reading.typed.get(question.id) if question.id in reading.problems else None
    return Asked(question, typed or kept, reading.problems.get(question.id), does_apply, kept.mark)


@blueprint.route(f"{PREFIX}/questions/<topic>", methods=["GET", "POST"])
@limiter.limit(SAVE, methods=["POST"])
@with_case
def topic(topic: str) -> Answered:
    """The questions of one topic."""
    own, case = services(), own_case()
    answers = own.answers(case)
    page = flow.page_of(own.knowledge, case.edition, answers, topic)
    if page is None:
        raise NotFound
    if request.method == "GET":
        return _topic_page(page, answers, Reading())
    reading = read_form(request.form, page.questions, answers, own.knowledge)
    if (taken_back := request.form.get("clear", "")) in {q.id for q in page.questions}:
        reading.drop(taken_back)
        reading.changes[taken_back] = None
    if reading.changes:
        own.store.save_answers(case.id, reading.changes, own.knowledge)
    now = own.answers(case) if reading.changes else answers
    if request.headers.get("X-Requested-With") == "advisor":
        return _saved(page, now, reading)
    after = flow.page_of(own.knowledge, case.edition, now, topic)
    assert after is not None
    if reading.problems:
        return _topic_page(after, now, reading), 422
    if taken_back or request.form.get("go") == "language":
        return redirect(_here(topic, f"q-{taken_back}" if taken_back else None))
    fresh = [q for q in after.open(now) if q not in page.asked]
    if fresh:
        return redirect(_here(topic, f"q-{fresh[0].id}"))
    return redirect(_onward(topic, now))


def _from() -> dict[str, Any]:
    return {"from": "check"} if request.args.get("from") == "check" else {}


def _here(topic: str, anchor: str | None) -> str:
    return url_for("pages.topic", topic=topic, _anchor=anchor, **_from())


def _onward(topic: str, answers: Answers) -> str:
    """Where a visitor goes from a topic: back to the check, the news that all is settled, or the next topic."""
    own, case = services(), own_case()
    if _from():
        return url_for("pages.check", _anchor=f"t-{topic}")
    found = flow.pages(own.knowledge, case.edition, answers)
    left = any(page.open(answers) for page in found)
    if left and not case.told_settled and verdict_outlook(own.knowledge, answers).settled:
        own.store.configure(case.id, told_settled=True)
        return url_for("pages.settled", after=topic)
    _, following = flow.neighbours(found, topic, list(own.knowledge.topics))
    return url_for("pages.topic", topic=following.topic.id) if following else url_for("pages.check")


def _topic_page(page: flow.Page, answers: Answers, reading: Reading) -> str:
    own, case = services(), own_case()
    asked = [_asked(question, answers, reading, question in page.asked) for question in page.questions]
    found = flow.pages(own.knowledge, case.edition, answers)
    before, _ = flow.neighbours(found, page.topic.id, list(own.knowledge.topics))
    back = url_for("pages.topic", topic=before.topic.id) if before else url_for("pages.tasks")
    in_section = [p for p in found if p.section.id == page.section.id]
    return render_template(
        "web/question.html",
        page=page,
        asked=asked,
        facts=own.knowledge.facts,
        back=url_for("pages.check", _anchor=f"t-{page.topic.id}") if _from() else back,
        place=next((n for n, p in enumerate(in_section, 1) if p.topic.id == page.topic.id), 1),
        places=len(in_section),
        progress=progress(own.knowledge.edition_questions(case.edition), answers, own.knowledge),
        problems=reading.problems,
        given=answers.given,
    )


def _saved(page: flow.Page, answers: Answers, reading: Reading) -> Response:
    """What the script is told after it saved: what is kept, what is wrong, and which questions apply now."""
    own, case = services(), own_case()
    now = flow.page_of(own.knowledge, case.edition, answers, page.topic.id)
    assert now is not None
    done = progress(own.knowledge.edition_questions(case.edition), answers, own.knowledge)
    return jsonify(
        saved=list(reading.changes),
        marks=reading.marks,
        problems={name: told(problem, own.knowledge, lang()) for name, problem in reading.problems.items()},
        asked=[question.id for question in now.asked],
        progress=t("progress", answered=done.answered, total=done.total),
        answered=done.answered,
        total=done.total,
        note=t("not_saved", count=len(reading.problems)) if reading.problems else t("saved_at", time=clock(own.store.now())),
    )


@blueprint.route(f"{PREFIX}/next", methods=["GET", "POST"])
@limiter.limit(SAVE, methods=["POST"])
@with_case
def ask_next() -> Answered:
    """The one question that is likely to settle most; none where no answer can change the verdict any more."""
    own, case = services(), own_case()
    answers = own.answers(case)
    reading = Reading()
    aside = [name for name in request.args.get("aside", "").split(",") if name in own.knowledge.questions]
    among = {q.id for q in own.knowledge.edition_questions(case.edition)}
    if request.method == "POST":
        name = request.form.get("question", "")
        if name not in own.knowledge.questions:
            raise NotFound
        question = own.knowledge.questions[name]
        reading = read_form(request.form, [question], answers, own.knowledge)
        if not reading.problems:
            own.store.save_answers(case.id, reading.changes, own.knowledge)
            stay = name if request.form.get("go") == "language" else None
            if not stay and not reading.changes and name not in answers.given:
                aside.append(name)
            return redirect(url_for("pages.ask_next", aside=",".join(aside) or None, question=stay))
        chosen: str | None = name
    elif request.args.get("question") in among:
        chosen = request.args["question"]
    else:
        chosen = next_question(own.knowledge, answers, verdict_outlook(own.knowledge, answers), among - set(aside))
    if chosen is None:
        return redirect(url_for("pages.settled"))
    question = own.knowledge.questions[chosen]
    section = next(s for s in own.knowledge.sections if s.code == question.code[0])
    body = render_template(
        "web/next.html",
        asked=[_asked(question, answers, reading)],
        facts=own.knowledge.facts,
        section=section,
        problems=reading.problems,
        answered=len(answers.given),
        aside=",".join(aside),
        given=answers.given,
    )
    return (body, 422) if reading.problems else body


@blueprint.get(f"{PREFIX}/settled")
@with_case
def settled() -> str:
    """The verdict can no longer change: see it, or answer the rest all the same?"""
    own, case = services(), own_case()
    answers = own.answers(case)
    outlook = verdict_outlook(own.knowledge, answers)
    found = flow.pages(own.knowledge, case.edition, answers)
    order = list(own.knowledge.topics)
    after = request.args.get("after", "")
    following = flow.neighbours(found, after, order)[1] if after in order else None
    go_on = following or next((page for page in found if page.open(answers)), None)
    return render_template(
        "web/settled.html",
        outlook=outlook,
        left=sum(len(page.open(answers)) for page in found),
        go_on=url_for("pages.topic", topic=go_on.topic.id) if go_on else url_for("pages.check"),
    )


@blueprint.get(f"{PREFIX}/check")
@with_case
def check() -> str:
    """All answers with links to change them; what is missing first. ``read`` is how many a sheet just brought."""
    own, case = services(), own_case()
    answers = own.answers(case)
    found = flow.pages(own.knowledge, case.edition, answers)
    return render_template(
        "web/check.html",
        pages=found,
        given=answers.given,
        notes=answers.notes,
        facts=own.knowledge.facts,
        missing=[(page, q) for page in found for q in page.open(answers)],
        progress=progress(own.knowledge.edition_questions(case.edition), answers, own.knowledge),
        firm=answers.firm.name.zh if answers.firm.name else "",
        read=request.args.get("read", 0, type=int),
    )
